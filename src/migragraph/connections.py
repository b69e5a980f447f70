"""Connections: what belongs to a thing and what names it, each table made in one pass when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.iris import document_of, is_minted
from migragraph.memo import Memo
from migragraph.namespaces import DCAT, MG, OA, ORG, RDF, SCHEMA, SKOS
from migragraph.support import Fact, Index

__all__ = ["Connections"]

_QUIET = (MG.Evidence, MG.Passage, DCAT.Dataset)
"""The classes whose instances name things only as evidence does, and the graph itself."""

_TOLD_ELSEWHERE = frozenset((ORG.member, MG.of, RDF.type))


class Connections:
    """What belongs to a thing and what names it, in the order in which the data tell it."""

    def __init__(self, index: Index, ontology: Sequence[Triple]) -> None:
        self._index = index
        self._ontology = ontology

    @cached_property
    def nodes(self) -> Mapping[str, Sequence[NamedNode]]:
        """Give the subjects of the data by the IRIs of their documents."""
        found: dict[str, list[NamedNode]] = {}
        for node in self._index:
            found.setdefault(document_of(node), []).append(node)
        return found

    @cached_property
    def terms(self) -> Mapping[NamedNode | BlankNode | Triple, Sequence[Triple]]:
        """Give the triples of the ontology by their subjects."""
        found: dict[NamedNode | BlankNode | Triple, list[Triple]] = {}
        for triple in self._ontology:
            found.setdefault(triple.subject, []).append(triple)
        return found

    @cached_property
    def unknowns(self) -> Mapping[object, Sequence[NamedNode]]:
        """Give the nodes that are ``mg:of`` a thing, by the thing."""
        return self._invert(MG.of)

    @cached_property
    def members(self) -> Mapping[object, Sequence[NamedNode]]:
        """Give the posts and memberships by their members."""
        return self._invert(ORG.member)

    @cached_property
    def graph(self) -> NamedNode | None:
        """Give the graph as the data describe it, the first that is a ``dcat:Dataset``; None where they do not."""
        told = (node for node, properties in self._index.items() if DCAT.Dataset in properties.get(RDF.type, ()))
        return next(told, None)

    @cached_property
    def quoted(self) -> frozenset[object]:
        """Give what is quoted, and what is translated."""
        leading = (OA.hasSource, SCHEMA.translationOfWork)
        values = (properties.get(name, ()) for properties in self._index.values() for name in leading)
        return frozenset(chain.from_iterable(values))

    @cached_property
    def incoming(self) -> Mapping[object, Sequence[Fact]]:
        """Give the facts by which other things name a thing, by the thing; neither evidence nor what is told elsewhere.

        Other things: those of another document, a nested node counting as its thing.
        """
        found: dict[object, list[Fact]] = {}
        documents: Memo[NamedNode, str] = Memo(document_of)
        for subject, properties in self._index.items():
            types = properties.get(RDF.type, ())
            if any(kind in types for kind in _QUIET):
                continue
            owner = document_of(subject) if is_minted(subject.value) else subject.value
            for predicate, values in properties.items():
                if predicate in _TOLD_ELSEWHERE:
                    continue
                for value in values:
                    if isinstance(value, NamedNode) and documents[value] != owner:
                        found.setdefault(value, []).append(Fact(subject, predicate, value))
        return found

    @cached_property
    def related(self) -> Mapping[object, Sequence[NamedNode]]:
        """Give the terms of the ontology that are ``skos:related`` to a thing, by the thing."""
        found: dict[object, list[NamedNode]] = {}
        for triple in self._ontology:
            if triple.predicate == SKOS.related and isinstance(triple.subject, NamedNode):
                found.setdefault(triple.object, []).append(triple.subject)
        return found

    def _invert(self, property_: NamedNode) -> dict[object, list[NamedNode]]:
        found: dict[object, list[NamedNode]] = {}
        for node, properties in self._index.items():
            for value in dict.fromkeys(properties.get(property_, ())):
                found.setdefault(value, []).append(node)
        return found
