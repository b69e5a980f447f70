"""Contents: what one file of data or of the ontology says by itself; the dataset puts the files together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from migragraph.errors import DataError
from migragraph.namespaces import MG, OA, RDF
from migragraph.nesting import Statement, label_rows, name_blanks, name_rows
from migragraph.reading import ParsedFile, Row
from migragraph.support import Fact, Index

__all__ = [
    "Contents",
    "Properties",
    "join_properties",
    "list_speech",
    "read_contents",
    "read_plain",
    "read_terms",
    "sort_rows",
]

_TYPE, _TARGET, _BASIS, _INFERRED = RDF.type, OA.hasTarget, MG.basis, MG.inferred
_PASSAGE = "#passage-"
_PARTS = frozenset((MG.content, RDF.subject, RDF.predicate, RDF.object))
"""The properties by which the content of a statement is written as rdf:Statement nodes."""

Properties: TypeAlias = Mapping[NamedNode, list[NamedNode | Literal]]
"""The values of each property of one subject."""
Values: TypeAlias = dict[Any, dict[NamedNode, list[Any]]]
"""The values of each property of each subject, blank nodes among both."""
Leading: TypeAlias = dict[BlankNode, list[tuple[Any, NamedNode]]]
"""The subjects and properties of which each blank node is a value."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The facts of a file, by subject and property, and what its statements say in named graphs.

    ``typed`` are by subject the types that the build itself knows and the file does not tell: mg:Passage, mg:Inference,
    and oa:Annotation for what has a target; they are the last among the types in ``index``. ``parts`` are the facts by
    which the content of statements is written.
    """

    index: Index
    typed: Mapping[NamedNode, Sequence[NamedNode]]
    parts: Sequence[Fact]
    spoken: Mapping[Quad, None]


def read_contents(file: ParsedFile) -> Contents:
    """Read what a file of data says, its nested nodes named; raise DataError for what is not described plainly."""
    return sort_rows(file.rows, file.path)


def sort_rows(rows: Sequence[Row], path: Path) -> Contents:
    """Give what ``read_contents`` gives, from the quads of a file taken apart."""
    plain = read_plain(rows, path)
    if plain is not None:
        return plain
    spoken: dict[Quad, None] = {}
    told = read_plain(_take_apart(name_rows(rows, path), spoken, path), path)
    assert told is not None
    return Contents(told.index, told.typed, told.parts, spoken)


def read_plain(quads: Iterable[Row | Quad], path: Path) -> Contents | None:
    """Give what a file says that has nothing but triples of plain terms, in one pass; None of any other."""
    index: Values = {}
    leading: Leading = {}
    # One IRI is one term wherever it stands: most are named many times.
    known: dict[Any, Any] = {}
    properties: dict[NamedNode, list[Any]] = {}
    last: Any = None
    for subject, predicate, value, graph in quads:
        if type(graph) is not DefaultGraph:
            return None
        # What is said of a subject stands together, mostly.
        if subject != last:
            last = known.setdefault(subject, subject)
            properties = index.setdefault(last, {})
        kind = type(value)
        term: Any = value
        if kind is NamedNode:
            term = known.setdefault(value, value)
        elif kind is BlankNode:
            leading.setdefault(term, []).append((last, predicate))
        elif kind is not Literal:
            return None
        if predicate in properties:
            properties[predicate].append(term)
        else:
            properties[known.setdefault(predicate, predicate)] = [term]
    for properties in index.values():
        _drop_repeated(properties)
    index = _name_blanks(index, leading, path)
    return Contents(index, dict(_add_types(index)), [*_list_parts(index)], {})


def _drop_repeated(properties: dict[NamedNode, list[Any]]) -> None:
    for values in properties.values():
        if len(values) > 1 and len({*values}) < len(values):
            values[:] = dict.fromkeys(values)


def _name_blanks(index: Values, leading: Leading, path: Path) -> Values:
    """Put names in the place of blank nodes; what is said of two that have one name is said of one thing."""
    own = {node: properties for node, properties in index.items() if isinstance(node, BlankNode)}
    if not own and not leading:
        return index
    parents = {
        node: [subject for subject, _ in (some if len(some) == 1 else dict.fromkeys(some))]
        for node, some in leading.items()
    }
    names = name_blanks(own, parents, path)
    for subject, predicate in dict.fromkeys(chain.from_iterable(leading.values())):
        values = index[subject][predicate]
        values[:] = dict.fromkeys([names.get(one, one) if isinstance(one, BlankNode) else one for one in values])
    named: Values = {}
    for subject, properties in index.items():
        name = names.get(subject, subject)
        before = named.setdefault(name, properties)
        if before is not properties:
            for property_, values in properties.items():
                before.setdefault(property_, []).extend(values)
            _drop_repeated(before)
    return named


def _add_types(index: Values) -> Iterator[tuple[NamedNode, list[NamedNode]]]:
    """Add the types that the file does not tell, and give those of each subject that has any."""
    for subject, properties in index.items():
        if _TARGET in properties or _BASIS in properties or _PASSAGE in subject.value:
            types = properties.get(_TYPE, ())
            if added := [type_ for type_ in dict.fromkeys(_list_types(subject, properties)) if type_ not in types]:
                properties.setdefault(_TYPE, []).extend(added)
                yield subject, added


def _list_types(subject: NamedNode, properties: Mapping[NamedNode, Sequence[object]]) -> Iterator[NamedNode]:
    for property_ in properties:
        if property_ == _TARGET:
            yield OA.Annotation
        elif property_ == _TYPE:
            if _PASSAGE in subject.value:
                yield MG.Passage
        elif property_ == _BASIS and _INFERRED in properties[_BASIS]:
            yield MG.Inference


def _list_parts(index: Values) -> Iterator[Fact]:
    for subject, properties in index.items():
        if not _PARTS.isdisjoint(properties):
            for property_, values in properties.items():
                if property_ in _PARTS:
                    yield from (Fact(subject, property_, value) for value in values)


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


def read_terms(file: ParsedFile) -> dict[Statement, None]:
    """Read what a file of the ontology says, its blank nodes labelled; raise DataError for a triple term."""
    for _, predicate, value, _ in file.rows:
        if isinstance(value, Triple):
            raise DataError(f"a triple is the value of {predicate}.", path=file.path, advice="Name nodes instead.")
    return {(subject, predicate, value): None for subject, predicate, value, _ in label_rows(file.rows, file.path)}


def join_properties(
    one: Properties, other: Properties, added: tuple[Sequence[NamedNode], Sequence[NamedNode]]
) -> tuple[Properties, Sequence[NamedNode]]:
    """Give the properties of a subject as two files have them, each value once, and those types that neither states.

    ``added`` are the types that the build added to those that each states; they are the last among the types.
    """
    joined = {**one}
    for property_, values in other.items():
        before = joined.get(property_)
        joined[property_] = values if before is None else list(dict.fromkeys([*before, *values]))
    types = joined.get(_TYPE, ())
    pairs = zip((one, other), added, strict=True)
    stated = {type_ for own, known in pairs for type_ in own.get(_TYPE, ()) if type_ not in known}
    left = [type_ for type_ in types if isinstance(type_, NamedNode) and type_ not in stated]
    if left:
        if not stated:
            del joined[_TYPE]
        joined[_TYPE] = [*(type_ for type_ in types if type_ in stated), *left]
    return joined, left


def list_speech(facts: Iterable[Fact]) -> list[Quad]:
    """Give the contents of statements, authored as rdf:Statement nodes, as quads of the statements' graphs."""
    speech: dict[object, list[NamedNode]] = {}
    nodes: dict[NamedNode, dict[NamedNode, NamedNode | Literal]] = {}
    for fact in facts:
        if fact.predicate == MG.content:
            speech.setdefault(fact.object, []).append(fact.subject)
        elif fact.predicate in _PARTS:
            nodes.setdefault(fact.subject, {})[fact.predicate] = fact.object
    return [
        Quad(subject, predicate, node[RDF.object], statement)
        for name, node in nodes.items()
        if name in speech and len(node) == len(_PARTS) - 1
        for subject, predicate in ((node[RDF.subject], node[RDF.predicate]),)
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
        for statement in speech[name]
    ]
