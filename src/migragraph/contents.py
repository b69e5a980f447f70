"""Contents: what one file of data or of the ontology says by itself; the dataset puts the files together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from migragraph.errors import DataError
from migragraph.namespaces import MG, OA, RDF
from migragraph.nesting import Statement, label_rows, name_rows
from migragraph.reading import ParsedFile, Row
from migragraph.support import Fact, Index, index_facts

__all__ = ["PARTS", "Contents", "read_contents", "read_terms", "sort_rows"]

_TYPE, _TARGET, _BASIS, _INFERRED = RDF.type, OA.hasTarget, MG.basis, MG.inferred
PARTS = frozenset((MG.content, RDF.subject, RDF.predicate, RDF.object))
"""The properties by which the content of a statement is written as rdf:Statement nodes."""
_TELLING = PARTS | {_TYPE, _TARGET, _BASIS}
# What ``Fact(*row[:3])`` gives, in half the time.
_THREE, _make_fact = itemgetter(slice(3)), partial(tuple.__new__, Fact)
_PLAIN = {(NamedNode, NamedNode, DefaultGraph), (NamedNode, Literal, DefaultGraph)}


@dataclass(frozen=True, slots=True)
class Contents:
    """The facts of a file, and what its statements say in named graphs.

    ``typed`` are the types that the build itself knows and the file does not tell: mg:Passage, mg:Inference, and
    oa:Annotation for what has a target. ``index`` holds both by subject and property, the types last. ``parts`` are the
    facts by which the content of statements is written.
    """

    facts: dict[Fact, None]
    typed: dict[Fact, None]
    index: Index
    parts: dict[Fact, None]
    spoken: dict[Quad, None]


def read_contents(file: ParsedFile) -> Contents:
    """Read what a file of data says, its nested nodes named; raise DataError for what is not described plainly."""
    return sort_rows(file.rows, file.path)


def sort_rows(rows: Sequence[Row], path: Path) -> Contents:
    """Give what ``read_contents`` gives, from the quads of a file taken apart."""
    rows = name_rows(rows, path)
    spoken: dict[Quad, None] = {}
    if {(type(subject), type(value), type(graph)) for subject, _, value, graph in rows} - _PLAIN:
        rows = _take_apart(rows, spoken, path)
    facts: dict[Fact, None] = dict.fromkeys(map(_make_fact, map(_THREE, rows)))
    telling = [fact for fact in facts if fact.predicate in _TELLING]
    types = dict.fromkeys(Fact(fact.subject, _TYPE, class_) for fact in telling for class_ in _type(fact))
    typed = {fact: None for fact in types if fact not in facts}
    parts = {fact: None for fact in telling if fact.predicate in PARTS}
    return Contents(facts, typed, index_facts({**facts, **typed}), parts, spoken)


def _take_apart(rows: Iterable[Row], spoken: dict[Quad, None], path: Path) -> list[Row]:
    """Give the rows of the default graph, and put the others with what is spoken."""
    facts = []
    for row in rows:
        subject, _, value, graph = row
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            advice = "Name its nodes with IRIs."
            raise DataError(f"{subject} is not described by plain triples.", path=path, advice=advice)
        if isinstance(graph, DefaultGraph):
            facts.append(row)
        else:
            spoken[Quad(*row)] = None
    return facts


def _type(fact: Fact) -> Iterator[NamedNode]:
    if fact.predicate == _TARGET:
        yield OA.Annotation
    elif fact.predicate == _TYPE:
        if "#passage-" in fact.subject.value:
            yield MG.Passage
    elif fact.predicate == _BASIS and fact.object == _INFERRED:
        yield MG.Inference


def read_terms(file: ParsedFile) -> dict[Statement, None]:
    """Read what a file of the ontology says, its blank nodes labelled; raise DataError for a triple term."""
    for _, predicate, value, _ in file.rows:
        if isinstance(value, Triple):
            raise DataError(f"a triple is the value of {predicate}.", path=file.path, advice="Name nodes instead.")
    return {(subject, predicate, value): None for subject, predicate, value, _ in label_rows(file.rows, file.path)}
