"""Contents: what one file of data or of the ontology says by itself; the dataset puts the files together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from migragraph.errors import DataError
from migragraph.namespaces import MG, OA, RDF
from migragraph.nesting import Statement, label_rows, name_rows
from migragraph.reading import ParsedFile
from migragraph.support import Fact, Index, index_facts

__all__ = ["PARTS", "Contents", "read_contents", "read_terms"]

_TYPE, _TARGET, _BASIS, _INFERRED = RDF.type, OA.hasTarget, MG.basis, MG.inferred
_TELLING = frozenset((_TYPE, _TARGET, _BASIS))
PARTS = frozenset((MG.content, RDF.subject, RDF.predicate, RDF.object))
"""The properties by which the content of a statement is written as rdf:Statement nodes."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The facts of a file, also by subject and property, and what its statements say in named graphs.

    ``typed`` are the types that the build itself knows: mg:Passage, mg:Inference, and oa:Annotation for what has a
    target. ``parts`` are the facts by which the content of statements is written.
    """

    facts: dict[Fact, None]
    index: Index
    typed: dict[Fact, None]
    parts: dict[Fact, None]
    spoken: dict[Quad, None]


def read_contents(file: ParsedFile) -> Contents:
    """Read what a file of data says, its nested nodes named; raise DataError for what is not described plainly."""
    facts: dict[Fact, None] = {}
    typed: dict[Fact, None] = {}
    parts: dict[Fact, None] = {}
    spoken: dict[Quad, None] = {}
    for subject, predicate, value, graph in name_rows(file.quads, file.path):
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            advice = "Name its nodes with IRIs."
            raise DataError(f"{subject} is not described by plain triples.", path=file.path, advice=advice)
        if not isinstance(graph, DefaultGraph):
            spoken[Quad(subject, predicate, value, graph)] = None
            continue
        fact = Fact(subject, predicate, value)
        facts[fact] = None
        if predicate in _TELLING:
            typed |= {Fact(subject, _TYPE, class_): None for class_ in _type(fact)}
        elif predicate in PARTS:
            parts[fact] = None
    return Contents(facts, index_facts(facts), typed, parts, spoken)


def _type(fact: Fact) -> Iterator[NamedNode]:
    if fact.predicate == _TARGET:
        yield OA.Annotation
    elif fact.predicate == _TYPE:
        if "#passage-" in fact.subject.value:
            yield MG.Passage
    elif fact.object == _INFERRED:
        yield MG.Inference


def read_terms(file: ParsedFile) -> dict[Statement, None]:
    """Read what a file of the ontology says, its blank nodes labelled; raise DataError for a triple term."""
    for quad in file.quads:
        if isinstance(quad.object, Triple):
            raise DataError(f"a triple is the value of {quad.predicate}.", path=file.path, advice="Name nodes instead.")
    return {(subject, predicate, value): None for subject, predicate, value, _ in label_rows(file.quads, file.path)}
