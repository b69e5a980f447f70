"""The SPARQL page of a site: the graph and the examples that the browser is given."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store, parse

from migragraph.dataset import Dataset
from migragraph.export import dump
from migragraph.layout import bundled_root
from migragraph.namespaces import XSD
from migragraph.project import Project
from migragraph.queries import check_query, load_queries, parse_query
from migragraph.site.browser import describe_sparql, render_browser_data
from migragraph.site.site import Site
from migragraph.site.sparql import render_examples, render_graph

PROJECT = Project.load(bundled_root())
PREFIXES = PROJECT.layout.prefixes


def read(files: dict[str, bytes], name: str) -> Any:
    (text,) = (data.decode() for data in files.values())
    start = f"globalThis.{name} = "
    assert text.startswith(start)
    return json.loads(text.removeprefix(start).removesuffix(";\n"))


def test_the_graph_is_the_dataset(dataset: Dataset) -> None:
    base = dataset.layout.base
    paths = {f"{base}plain": "plain", f"{base}Odd": "odd~0123456789"}
    graph = read(render_graph(dataset, paths, dump(dataset, "nquads")), "MigragraphGraph")
    quads = gzip.decompress(base64.b64decode(graph.pop("quads")))
    assert set(parse(quads, format=RdfFormat.N_QUADS)) == set(dataset.quads)
    assert graph == {
        "base": base,
        "prefixes": dict(dataset.prefixes),
        "documents": ["plain", "Odd"],
        "odd": {"Odd": "odd~0123456789"},
    }


def test_the_graph_is_the_same_each_time(dataset: Dataset) -> None:
    assert render_graph(dataset, {}, b"") == render_graph(dataset, {}, b"")


@pytest.fixture(scope="module")
def examples() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(render_examples(PROJECT.queries, PREFIXES), "MigragraphExamples")
    return found


def test_each_query_script_is_an_example_that_runs(examples: list[dict[str, Any]]) -> None:
    assert [one["name"] for one in examples] == [query.name for query in load_queries(bundled_root() / "queries")]
    store = Store()
    for one in examples:
        assert {"en", "vi"} <= one["title"].keys(), one["name"]
        assert not one["text"].startswith("#"), one["name"]
        assert "?_" not in one["text"] or one["name"] in WITH_FREE, one["name"]
        check_query(one["text"])
        store.query(one["text"])


WITH_FREE = {query.name for query in PROJECT.queries if any(one.default is None for one in query.parameters)}


@pytest.mark.parametrize(
    ("default", "written"), [("#+ defaults: [{y: 2020}]\n", f'"2020"^^<{XSD.integer.value}>'), ("", "?_y_integer")]
)
def test_defaults_are_filled_in_and_the_rest_is_free(default: str, written: str) -> None:
    header = (
        "#!/usr/bin/env -S migragraph query\n#+ title: {en: T}\n#+ question: {en: Q?}\n#+ summary: Q?\n"
        "#+ tags: [a]\n#+ description: D.\n"
        f"#+ params: {{y: {{type: integer, description: Y.}}}}\n{default}#+ columns: {{x: X.}}\n"
    )
    query = parse_query(f"{header}\n# Kept.\nSELECT ?x {{ ?x ?p ?o FILTER(?x = ?_y_integer) }}\n", "q")
    (one,) = read(render_examples([query], {}), "MigragraphExamples")
    wanted = f"# Kept.\nSELECT ?x {{ ?x ?p ?o FILTER(?x = {written}) }}"
    assert "".join(one["text"].split()) == "".join(wanted.split())


def test_above_the_limit_the_page_says_so(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migragraph.site.site.has_libraries", lambda: True)
    monkeypatch.setattr("migragraph.site.browser.MOST_QUADS", 7)
    site = Site(dataset)
    excuse = describe_sparql(site, site.page("sparql", "en")).excuse
    assert "at most 7" in excuse
    assert {"assets/sparql-graph.js", "assets/sparql-examples.js"}.isdisjoint(dict(render_browser_data(site)))
