"""Which terms a file uses, and as what: a property, a class (or datatype), or just by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from migragraph.namespaces import MG, OWL, QB, RDF, RDFS, SH, XSD
from migragraph.positions import read_mentions
from migragraph.reading import ParsedFile

__all__ = ["Use", "read_query_uses", "read_uses"]

RDF_TYPE, RDF_FIRST, RDF_REST = RDF["type"], RDF["first"], RDF["rest"]
# The datatypes that a literal has without anyone writing them.
SILENT_DATATYPES = {XSD["string"], RDF["langString"], RDF["dirLangString"]}
QUERY_TEXTS = {SH[name] for name in ("select", "ask", "construct")}

# Predicates whose values are terms, by the role that the term has there; of a list, each member has it.
ROLES: Mapping[NamedNode, str] = {
    RDF_TYPE: "class",
    RDF["predicate"]: "property",
    MG["property"]: "property",
    RDFS["subPropertyOf"]: "property",
    **{RDFS[name]: "class" for name in ("domain", "range", "subClassOf")},
    **{
        OWL[name]: "class"
        for name in (
            "allValuesFrom", "complementOf", "disjointUnionOf", "disjointWith", "equivalentClass", "intersectionOf",
            "onClass", "onDataRange", "onDatatype", "someValuesFrom", "unionOf",
        )
    },
    **{
        OWL[name]: "property"
        for name in (
            "equivalentProperty", "hasKey", "inverseOf", "onProperty", "propertyChainAxiom", "propertyDisjointWith",
        )
    },
    **{QB[name]: "property" for name in ("attribute", "componentProperty", "dimension", "measure", "measureDimension")},
    **{SH[name]: "class" for name in ("class", "datatype", "targetClass")},
    **{
        SH[name]: "property"
        for name in (
            "alternativePath", "disjoint", "equals", "ignoredProperties", "inversePath", "lessThan",
            "lessThanOrEquals", "oneOrMorePath", "path", "targetObjectsOf", "targetSubjectsOf", "zeroOrMorePath",
            "zeroOrOnePath",
        )
    },
}  # fmt: skip

Cells: TypeAlias = Mapping[object, tuple[object, object]]


class Use(NamedTuple):
    """A term and its role in one file: "property", "class" (or datatype), "object", "name" or just "term"."""

    iri: str
    role: str


def read_uses(file: ParsedFile, prefixes: Mapping[str, str]) -> Iterator[Use]:
    """Give the uses of terms in a file of RDF, in the order in which each is first met, some of them repeatedly.

    ``prefixes`` are those of the queries that its shapes hold.
    """
    cells = cache(lambda: _read_lists(file))
    last: object = None
    met: dict[NamedNode, set[NamedNode]] = {}
    for subject, predicate, value, graph in file.rows:
        if (known := met.get(predicate)) is None:
            known = met[predicate] = set()
            yield Use(predicate.value, "property")
        # Statements stand together by their subject, and most of them repeat what was met.
        if subject is not last and isinstance(subject, NamedNode):
            yield Use(subject.value, "term")
        last = subject
        if isinstance(graph, NamedNode):
            yield Use(graph.value, "term")
        if isinstance(value, NamedNode):
            if value not in known:
                known.add(value)
                yield Use(value.value, ROLES.get(predicate) or "object")
        elif isinstance(value, Literal):
            yield from _read_literal(predicate, value, prefixes)
        elif role := ROLES.get(predicate):
            yield from (Use(member, role) for member in _members(value, cells()))


def _read_literal(predicate: NamedNode, value: Literal, prefixes: Mapping[str, str]) -> Iterator[Use]:
    if (datatype := value.datatype) not in SILENT_DATATYPES:
        yield Use(datatype.value, "class")
    if predicate in QUERY_TEXTS:
        yield from read_query_uses(value.value, prefixes)


def _read_lists(file: ParsedFile) -> dict[object, tuple[object, object]]:
    first = {subject: value for subject, predicate, value, _ in file.rows if predicate == RDF_FIRST}
    rest = {subject: value for subject, predicate, value, _ in file.rows if predicate == RDF_REST}
    return {cell: (member, rest.get(cell)) for cell, member in first.items()}


def _members(head: object, cells: Cells) -> Iterator[str]:
    """Give the IRIs in a list and in the lists in it (a path in a path); a broken or circular one ends early."""
    waiting, seen = [head], set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, BlankNode) and node in cells and node not in seen:
            seen.add(node)
            for part in cells[node]:
                if isinstance(part, NamedNode) and part != RDF["nil"]:
                    yield part.value
                else:
                    waiting.append(part)


def read_query_uses(text: str, prefixes: Mapping[str, str]) -> Iterator[Use]:
    """Give the terms that a query names: one by its prefix as "name", one by its IRI as "object"."""
    for mention in read_mentions(text, tuple(prefixes.items())):
        if mention.role != "prefix":
            yield Use(mention.iri, "object" if mention.name is None else "name")
