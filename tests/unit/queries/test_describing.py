"""DESCRIBE: the description that pages and exports give, of what a query names or finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from migragraph.dataset import Dataset
from migragraph.describe import describe, index_subjects
from migragraph.store import load_store

Call = Callable[..., tuple[int | str, str, str]]

BASE = "https://example.org/town/"
PREFIXES = f"PREFIX event: <{BASE}event/>\nPREFIX mg: <https://w3id.org/migragraph/ontology#>\n"


def told(dataset: Dataset, *names: str) -> set[Triple]:
    """Give what the description says of some things, in the forms in which the store writes literals."""
    quads = load_store(dataset).quads_for_pattern(None, None, None, None)
    index = index_subjects({Triple(quad.subject, quad.predicate, quad.object) for quad in quads if is_default(quad)})
    return {triple for name in names for triple in describe(index, NamedNode(BASE + name))}


def is_default(quad: object) -> bool:
    return "DefaultGraph" in type(getattr(quad, "graph_name", None)).__name__


@pytest.fixture
def ask(call: Call, project_copy: Path) -> Callable[..., set[Triple]]:
    def run(text: str, *options: str) -> set[Triple]:
        (project_copy / "asked.rq").write_text(PREFIXES + text, encoding="utf-8")
        status, output, errors = call("query", project_copy / "asked.rq", "--project", project_copy, *options)
        assert (status, errors) == (0, "")
        return {Triple(q.subject, q.predicate, q.object) for q in parse(output, format=RdfFormat.TURTLE)}

    return run


def list_things(dataset: Dataset) -> list[str]:
    return sorted({iri.value for iri in dataset.index if iri.value.startswith(BASE) and "#" not in iri.value})


def test_each_thing_is_described_as_by_export(ask: Callable[..., set[Triple]], dataset: Dataset) -> None:
    things = list_things(dataset)
    found = {iri: ask(f"DESCRIBE <{iri}>") for iri in things}
    assert found == {iri: told(dataset, iri.removeprefix(BASE)) for iri in things}
    assert any("#evidence-" in str(triple.subject) for triples in found.values() for triple in triples)


@pytest.mark.parametrize(
    "text",
    [
        "DESCRIBE ?x WHERE { ?x a mg:Event }",
        "DESCRIBE ?x { ?x a mg:Event }",
        "describe ?x where { ?x a mg:Event } order by ?x",
        "DESCRIBE * WHERE { ?x a mg:Event }",
        "# DESCRIBE <http://nothing/>\nDESCRIBE ?x\n# which\nWHERE { ?x a mg:Event . FILTER(STR(?x) != 'DESCRIBE {') }",
    ],
)
def test_what_a_pattern_finds_is_described(ask: Callable[..., set[Triple]], dataset: Dataset, text: str) -> None:
    events = [iri.value.removeprefix(BASE) for iri in dataset.index if "/event/" in iri.value and "#" not in iri.value]
    assert ask(text) == told(dataset, *events)


def test_names_and_variables_stand_side_by_side(ask: Callable[..., set[Triple]], dataset: Dataset) -> None:
    event = next(iri for iri in list_things(dataset) if "/event/" in iri)
    other = next(iri for iri in list_things(dataset) if "/event/" not in iri)
    both = told(dataset, event.removeprefix(BASE), other.removeprefix(BASE))
    name = f"event:{event.removeprefix(BASE + 'event/')}"
    assert ask(f"DESCRIBE {name} <{other}> LIMIT 1") == both
    assert ask(f"DESCRIBE {name} ?x WHERE {{ VALUES ?x {{ <{other}> }} }}") == both


@pytest.mark.parametrize("text", ["DESCRIBE <https://example.org/none>", "DESCRIBE ?x WHERE { ?x a mg:None }"])
def test_of_what_is_not_there_nothing_is_said(ask: Callable[..., set[Triple]], text: str) -> None:
    assert ask(text) == set()
