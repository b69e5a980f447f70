"""Origins: the files that describe the nodes which findings are about, and what these nodes are called there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.reading import ParsedFile, read_labels
from migragraph.report import Finding
from migragraph.shacl import ShaclReport, name_node

__all__ = ["list_labels", "list_origins", "list_parents"]

NO_RANKS: Mapping[BlankNode, int] = MappingProxyType({})


def list_origins(files: Iterable[ParsedFile], ranks: Mapping[BlankNode, int] = NO_RANKS) -> dict[str, Path]:
    """Give for each subject with an IRI, and each blank one that has a rank, the first file that describes it."""
    origins: dict[str, Path] = {}
    for file in files:
        for quad in file.quads:
            subject = quad.subject
            if isinstance(subject, NamedNode) or (isinstance(subject, BlankNode) and subject in ranks):
                origins.setdefault(name_node(subject, ranks), file.path)
    return origins


def list_labels(
    files: Iterable[ParsedFile], findings: Iterable[Finding], ranks: Mapping[BlankNode, int]
) -> dict[str, str]:
    """Give for the blank nodes that findings are about the labels that they have in their files."""
    focuses = {finding.focus for finding in findings if finding.focus and finding.focus.startswith("_:")}
    labels: dict[str, str] = {}
    for file in files if focuses else ():
        names = {node: name_node(node, ranks) for quad in file.quads if isinstance(node := quad.subject, BlankNode)}
        if not focuses.isdisjoint(names.values()):
            labels |= {names[node]: label for node, label in read_labels(file).items()}
    return labels


def list_parents(triples: Iterable[Triple], report: ShaclReport) -> dict[str, str]:
    """Give for each blank node, and each node with a ``#`` in its IRI, a node that points to it."""
    parents: dict[NamedNode | BlankNode, NamedNode | BlankNode] = {}
    for subject, _, value in triples:
        nested = "#" in value.value if isinstance(value, NamedNode) else isinstance(value, BlankNode)
        if nested and isinstance(subject, NamedNode | BlankNode):
            parents.setdefault(value, subject)
    ranks = report.ranks
    named: dict[str, str] = {}
    for value, subject in parents.items():
        named.setdefault(name_node(value, ranks), name_node(subject, ranks))
    return named
