"""Origins: the files that describe the nodes which findings are about, and what these nodes are called there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.reading import ParsedFile, read_labels
from migragraph.shacl import ShaclReport, name_node
from migragraph.shacl.engines import Statement
from migragraph.shacl.shapes import Term

if TYPE_CHECKING:
    from migragraph.shacl.fast import NumberedGraph

__all__ = ["Origins", "list_files", "list_origins", "list_parents", "trace_origins"]


class Origins(NamedTuple):
    """Hold by name the files that describe nodes, the nodes that point to nested ones, and labels in files."""

    files: Mapping[str, Sequence[Path]]
    parents: Mapping[str, str]
    labels: Mapping[str, str]


def list_origins(files: Sequence[ParsedFile]) -> dict[str, Path]:
    """Give for each subject with an IRI the first file that describes it."""
    origins: dict[str, Path] = {}
    for file in reversed(files):
        origins |= dict.fromkeys(file.derive(_list_subjects), file.path)
    return origins


def list_files(ontology: Sequence[ParsedFile], data: Mapping[str, Sequence[Path]]) -> dict[str, Sequence[Path]]:
    """Give for each subject with an IRI the files that describe it: of the data, and the first of the ontology."""
    origins: dict[str, Sequence[Path]] = {name: (path,) for name, path in list_origins(ontology).items()}
    return origins | {name: (*files, *origins.get(name, ())) for name, files in data.items()}


def _list_subjects(file: ParsedFile) -> dict[str, None]:
    subjects = dict.fromkeys(row[0] for row in file.rows)
    return {subject.value: None for subject in subjects if isinstance(subject, NamedNode)}


def list_parents(triples: Iterable[Triple | Statement], report: ShaclReport) -> dict[str, str]:
    """Give for each nested node that a result is about, and each in which it is nested, the first that points to it."""
    parents: dict[Term, Term] = {}
    waiting = {result.focus for result in report.results if _is_nested(result.focus)}
    while waiting:
        found: dict[Term, Term] = {}
        for subject, _, value in triples:
            if value in waiting and not isinstance(value, Triple) and isinstance(subject, NamedNode | BlankNode):
                found.setdefault(value, subject)
        parents |= found
        waiting = set(filter(_is_nested, found.values())) - parents.keys()
    return {_name(node, report): _name(parent, report) for node, parent in parents.items()}


def _name(node: Term, report: ShaclReport) -> str:
    return name_node(node, report.ranks)


def _is_nested(node: Term) -> bool:
    return isinstance(node, BlankNode) or (isinstance(node, NamedNode) and "#" in node.value)


def trace_origins(graph: NumberedGraph, report: ShaclReport) -> Origins:
    """Give the origins of the nodes that the results are about, and of those in which they are nested."""
    nodes: set[Term] = set()
    parents: dict[Term, Term] = {}
    waiting = {result.focus for result in report.results if not isinstance(result.focus, Literal)}
    while waiting:
        nodes |= waiting
        found = graph.find_parents(filter(_is_nested, waiting))
        parents |= found
        waiting = {node for node in found.values() if not isinstance(node, Literal)} - nodes
    things = (NamedNode(node.value.partition("#")[0]) for node in nodes if isinstance(node, NamedNode))
    places = graph.find_files({*nodes, *things})
    return Origins(
        {name_node(node, report.ranks): [path for path, _ in some] for node, some in places.items()},
        {name_node(node, report.ranks): name_node(parent, report.ranks) for node, parent in parents.items()},
        _find_labels(graph, report, places),
    )


def _find_labels(
    graph: NumberedGraph, report: ShaclReport, places: Mapping[Term, Sequence[tuple[Path, int]]]
) -> dict[str, str]:
    """Give for blank nodes the labels that they have in their files, which are read again for these."""
    rows: dict[Path, dict[int, str]] = {}
    for node, ((path, row), *_) in places.items():
        # A blank node is in one file only.
        if isinstance(node, BlankNode):
            rows.setdefault(path, {})[row] = name_node(node, report.ranks)
    labels: dict[str, str] = {}
    for path, names in rows.items():
        labels |= read_labels(path, names, graph.count_rows(path))
    return labels
