from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store

from migragraph import dataset as dataset_module
from migragraph.cache import cache_folder
from migragraph.dataset import Dataset, build
from migragraph.errors import DataError
from migragraph.layout import DESCRIPTION, load_layout
from migragraph.store import load_store, open_store

FAIR = "https://example.org/town/event/fair"


def ask(store: Store, query: str) -> bool:
    answer = store.query(f"PREFIX mg: <https://w3id.org/migragraph/ontology#> {query}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def kept() -> set[str]:
    return {path.name for path in cache_folder().iterdir()}


def test_load(dataset: Dataset) -> None:
    store = load_store(dataset)
    one_value_twice = 1
    assert len(store) == len(dataset.quads) - one_value_twice
    assert {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)} == {
        quad.graph_name.value for quad in dataset.named if isinstance(quad.graph_name, NamedNode)
    }
    assert ask(store, f"ASK {{ <{FAIR}> a mg:Happening }}")


def test_named_graphs_are_apart(dataset: Dataset) -> None:
    store = load_store(dataset)
    assert not ask(store, "ASK { ?s mg:haunted ?o }")
    assert ask(store, "ASK { GRAPH <https://example.org/town/statement/rumour> { ?s mg:haunted ?o } }")


def test_the_store_answers_in_canonical_forms(dataset: Dataset) -> None:
    solutions = load_store(dataset).query(f"SELECT ?v {{ <{FAIR}> <https://w3id.org/migragraph/ontology#fee> ?v }}")
    assert isinstance(solutions, QuerySolutions)
    assert sorted(str(solution["v"]).partition("^")[0] for solution in solutions) == ['"1.5"', '"100"']


def test_open_twice_gives_the_same(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = load_layout(project_copy)
    first = open_store(layout)
    assert len(kept()) == 1
    monkeypatch.setattr(dataset_module, "build", None)
    assert set(open_store(layout)) == set(first)
    assert set(first) == set(load_store(build(layout)))


def test_stated_only_is_kept_apart(project_copy: Path) -> None:
    layout = load_layout(project_copy)
    everything = open_store(layout)
    stated = open_store(layout, stated_only=True)
    assert len(stated) < len(everything)
    assert len(kept()) == 2
    assert set(open_store(layout, stated_only=True)) == set(stated)


@pytest.mark.parametrize("name", [DESCRIPTION, "data/laws.ttl", "ontology/terms.ttl", "data/rumour.trig"])
def test_a_changed_byte_is_seen(project_copy: Path, name: str) -> None:
    open_store(load_layout(project_copy))
    path = project_copy / name
    path.write_bytes(path.read_bytes() + b"\n")
    open_store(load_layout(project_copy))
    assert len(kept()) == 2


def test_a_changed_fact_is_answered(project_copy: Path) -> None:
    query = 'ASK { ?law mg:state/mg:date "1999"^^<http://www.w3.org/2001/XMLSchema#gYear> }'
    assert not ask(open_store(load_layout(project_copy)), query)
    path = project_copy / "data" / "laws.ttl"
    path.write_text(path.read_text("utf-8").replace('"2020"', '"1999"'), encoding="utf-8")
    assert ask(open_store(load_layout(project_copy)), query)


def test_a_file_moved_to_another_part_is_seen(project_copy: Path) -> None:
    """The ontology's blank nodes stay, the data's are named."""
    (project_copy / "ontology" / "terms.ttl").rename(project_copy / "ontology" / "a.ttl")
    extra = project_copy / "data" / "a.ttl"
    extra.write_text("<https://e.org/s> <https://e.org/p> [ <https://e.org/q> 1 ] .", encoding="utf-8")
    assert not ask(open_store(load_layout(project_copy)), "ASK { ?s <https://e.org/q> ?o FILTER(isBlank(?s)) }")
    extra.rename(project_copy / "ontology" / "b.ttl")
    assert ask(open_store(load_layout(project_copy)), "ASK { ?s <https://e.org/q> ?o FILTER(isBlank(?s)) }")


@pytest.mark.parametrize("pattern", ["*.sst", "MANIFEST-*", "CURRENT"])
def test_a_damaged_cache_is_built_anew(project_copy: Path, pattern: str) -> None:
    layout = load_layout(project_copy)
    first = set(open_store(layout))
    (folder,) = cache_folder().iterdir()
    path = sorted(folder.glob(pattern))[0]
    path.write_bytes(path.read_bytes()[:-1])
    assert set(open_store(layout)) == first
    assert set(open_store(layout)) == first


def test_several_readers_at_once(project_copy: Path) -> None:
    layout = load_layout(project_copy)
    open_store(layout)
    stores = [open_store(layout) for _ in range(3)]
    assert len({len(store) for store in stores}) == 1


def test_unwritable_cache_is_no_error(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAGRAPH_CACHE", str(project_copy / DESCRIPTION / "cache"))
    assert len(open_store(load_layout(project_copy))) > 0


def test_a_file_that_changes_while_it_is_read_is_not_kept(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change_and_build(*arguments: object, **options: object) -> Dataset:
        (project_copy / "data" / "laws.ttl").write_text("", encoding="utf-8")
        return build(load_layout(project_copy))

    monkeypatch.setattr(dataset_module, "build", change_and_build)
    open_store(load_layout(project_copy))
    assert kept() == set()


def test_unreadable_data(project_copy: Path) -> None:
    (project_copy / "data" / "laws.ttl").write_text("<a", encoding="utf-8")
    with pytest.raises(DataError, match=r"laws\.ttl"):
        open_store(load_layout(project_copy))
    assert kept() == set()
