"""The W3C test suite of SHACL: each case gives the results that it expects, or fails where it expects failure."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple, parse

from migragraph.errors import ShapeError
from migragraph.namespaces import RDF, SH, Namespace
from migragraph.shacl import validate_shacl
from migragraph.shacl.shapes import Shapes, Term, index_shapes, objects, write_path

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
ROOT = Path(__file__).parents[2]
# The suite is not in the project: it lies in MIGRAGRAPH_CONFORMANCE, or in shared/ beside it.
FOLDER = Path(os.environ.get("MIGRAGRAPH_CONFORMANCE") or ROOT.parent / "shared" / "conformance") / "shacl"
# What an engine refuses: pyshacl does not bind $shapesGraph, and no processor has to.
# https://www.w3.org/TR/shacl/#sparql-constraints-prebound
REFUSED = {"fast": set[str](), "pyshacl": {"sparql/pre-binding/shapesGraph-001.ttl"}}
COMPARED = [SH[name] for name in ("focusNode", "value", "resultSeverity", "sourceConstraintComponent", "sourceShape")]


class Case(NamedTuple):
    """A case of the suite: its manifest, the node of its expected report, and its two graphs."""

    manifest: Shapes
    expected: Term
    data: Path
    shapes: Path


def read_triples(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=path, base_iri=path.as_uri())]


def read_cases(path: Path) -> Iterator[Case]:
    manifest = index_shapes(read_triples(path))
    for node, facts in manifest.items():
        if SHT["Validate"] in facts.get(RDF["type"], []):
            action = objects(manifest, node, MF["action"])[0]
            graphs = [objects(manifest, action, SHT[name])[0] for name in ("dataGraph", "shapesGraph")]
            data, shapes = (Path(graph.value.removeprefix("file://")) for graph in graphs)
            yield Case(manifest, objects(manifest, node, MF["result"])[0], data, shapes)


def summarise(graph: Shapes, report: Term) -> Counter[tuple[str, ...]]:
    """Write each result as texts; a blank node, whose label says nothing, is like another."""
    return Counter(
        (
            *(str([_show(value) for value in objects(graph, result, predicate)]) for predicate in COMPARED),
            *(write_path(graph, path, {}) for path in objects(graph, result, SH["resultPath"])),
        )
        for result in objects(graph, report, SH["result"])
    )


def _show(term: Term) -> str:
    return "_" if isinstance(term, BlankNode) else str(term)


FILES = sorted(path for path in FOLDER.rglob("*.ttl") if path.name != "manifest.ttl")
NAMES = [path.relative_to(FOLDER).as_posix() for path in FILES]


def test_the_suite_is_at_hand() -> None:
    if not FOLDER.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the W3C suite is not at hand: no folder {FOLDER}")
    assert sum(1 for path in FILES for _ in read_cases(path)) == 121


@pytest.mark.parametrize("engine", REFUSED)
@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_gives_the_results_that_the_case_expects(path: Path, engine: str) -> None:
    for case in read_cases(path):
        try:
            report = validate_shacl(read_triples(case.data), read_triples(case.shapes), engine=engine)
        except ShapeError:
            refused = path.relative_to(FOLDER).as_posix() in REFUSED[engine]
            assert refused or case.expected == SHT["Failure"]
            continue
        assert case.expected != SHT["Failure"]
        graph = index_shapes(report.graph)
        assert summarise(graph, BlankNode("report")) == summarise(case.manifest, case.expected)
        conforms = objects(case.manifest, case.expected, SH["conforms"])
        assert conforms == [Literal(report.conforms)]
        assert isinstance(report.results, tuple)


def test_the_summary_tells_reports_apart() -> None:
    """The comparison itself: a result more, or another value, is another report."""
    node, report = NamedNode("https://example.org/r"), NamedNode("https://example.org/report")
    one = index_shapes([Triple(report, SH["result"], node), Triple(node, SH["value"], Literal("1"))])
    two = index_shapes([Triple(report, SH["result"], node), Triple(node, SH["value"], Literal("2"))])
    none = index_shapes([])
    assert len({str(summarise(graph, report)) for graph in (one, two, none)}) == 3
