"""Results of a SHACL validation, in one fixed order, and the standard report that is made of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.namespaces import RDF, SH, XSD
from migragraph.report import Hint
from migragraph.shacl.shapes import Resource, Shapes, Term, copy_path

__all__ = [
    "PLACEHOLDER",
    "TRIPLE_TERMS",
    "Found",
    "ShaclReport",
    "ShaclResult",
    "Unmet",
    "describe_results",
    "pick_message",
    "rank_blank_nodes",
    "sort_results",
]

RDF_TYPE = RDF["type"]
PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
"""A variable in a message: https://www.w3.org/TR/shacl/#sparql-constraints-message."""

TRIPLE_TERMS = "Triple terms (RDF 1.2) were left out: SHACL does not speak of them."


@dataclass(frozen=True, kw_only=True)
class ShaclResult:
    """Hold one validation result (https://www.w3.org/TR/shacl/#results-validation-result)."""

    focus: Term
    severity: NamedNode
    component: NamedNode
    shape: Resource
    path: Resource | None = None
    value: Term | None = None
    constraint: Resource | None = None
    messages: tuple[Literal, ...] = ()


class Unmet(NamedTuple):
    """Hold a target that meets no node, and whose name the data do not declare: its shape, its kind, what it names."""

    shape: Resource
    kind: NamedNode
    value: Term


class Found(NamedTuple):
    """Hold what an engine found, notes on how, and the blank nodes by where they stand, as ShaclReport has them.

    ``unmet`` are the targets that meet no node.
    """

    results: list[ShaclResult]
    notes: list[str]
    ranks: Mapping[BlankNode, int]
    unmet: tuple[Unmet, ...] = ()


@dataclass(frozen=True)
class ShaclReport:
    """Hold the results, the standard report as triples, and what the reader should know of how it came about.

    ``ranks`` number the blank nodes of the data and the shapes, in the order in which they stand there.
    """

    results: tuple[ShaclResult, ...]
    graph: tuple[Triple, ...]
    shapes: Shapes
    ranks: Mapping[BlankNode, int]
    notes: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def conforms(self) -> bool:
        """Tell whether there is no result of any severity (https://www.w3.org/TR/shacl/#conforms)."""
        return not self.results


def pick_message(messages: Iterable[Literal]) -> Literal | None:
    """Choose the English message, else one without a language, else the first of the others by tag and text."""

    def order(message: Literal) -> tuple[int, str, str]:
        language = message.language or ""
        rank = 0 if language.split("-")[0] == "en" else 1 if not language else 2
        return rank, language, message.value

    return min(messages, key=order, default=None)


def rank_blank_nodes(*graphs: Iterable[Triple]) -> dict[BlankNode, int]:
    """Number the blank nodes by where they first stand: a parser's own labels differ from run to run."""
    nodes = (term for graph in graphs for triple in graph for term in triple if isinstance(term, BlankNode))
    return {node: rank for rank, node in enumerate(dict.fromkeys(nodes))}


def sort_results(results: Iterable[ShaclResult], ranks: Mapping[BlankNode, int]) -> tuple[ShaclResult, ...]:
    """Sort by focus node, path, value, shape, component, constraint and messages."""

    def text(term: Term | None) -> str:
        if isinstance(term, BlankNode):
            return f"_:{ranks.get(term, -1):09}"
        return "" if term is None else str(term)

    def order(result: ShaclResult) -> list[str]:
        terms = [result.focus, result.path, result.value, result.shape, result.component, result.constraint]
        return [text(term) for term in [*terms, result.severity, *result.messages]]

    return tuple(sorted(results, key=order))


def describe_results(results: Sequence[ShaclResult], shapes: Shapes) -> tuple[Triple, ...]:
    """Write the standard report: labels follow the order of the results, so two runs give the same triples."""
    report = BlankNode("report")
    conforms = Literal("false" if results else "true", datatype=XSD["boolean"])
    triples = [Triple(report, RDF_TYPE, SH["ValidationReport"]), Triple(report, SH["conforms"], conforms)]
    relabel = _Labels()
    for number, result in enumerate(results, start=1):
        node = BlankNode(f"result{number}")
        triples.append(Triple(report, SH["result"], node))
        labels = (BlankNode(f"result{number}path{step}") for step in itertools.count(1))
        path, copied = copy_path(shapes, result.path, labels) if result.path is not None else (None, [])
        for predicate, value in _describe(result, path):
            triples.append(Triple(node, predicate, value if value is path else relabel.name(value)))
        triples += copied
    return tuple(triples)


class _Labels(dict[BlankNode, BlankNode]):
    """Give each blank node a label of its own, in the order in which they are met."""

    def __missing__(self, node: BlankNode) -> BlankNode:
        self[node] = BlankNode(f"node{len(self) + 1}")
        return self[node]

    def name(self, term: Term) -> Term:
        """Give the term, or the new label of a blank node."""
        return self[term] if isinstance(term, BlankNode) else term


def _describe(result: ShaclResult, path: Resource | None) -> Iterator[tuple[NamedNode, Term]]:
    facts: list[tuple[str, Term | None]] = [
        ("focusNode", result.focus),
        ("resultPath", path),
        ("value", result.value),
        *(("resultMessage", message) for message in result.messages),
        ("resultSeverity", result.severity),
        ("sourceConstraintComponent", result.component),
        ("sourceConstraint", result.constraint),
        ("sourceShape", result.shape),
    ]
    yield RDF_TYPE, SH["ValidationResult"]
    for name, value in facts:
        if value is not None:
            yield SH[name], value
