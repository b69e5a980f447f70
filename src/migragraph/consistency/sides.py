"""Sides: what each authority says on a point on which they differ, and how the sides bear on one another."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from migragraph.consistency.extents import Extent
from migragraph.namespaces import MG
from migragraph.quotations import Testimony, read_testimonies
from migragraph.support import Index

__all__ = ["Relation", "Side", "Witnesses", "relate"]

Term = NamedNode | Literal


class Relation(enum.StrEnum):
    """How sides bear on one another: they cannot all be true, they can, or one says what another does less exactly."""

    CONTRADICTS = "contradicts"
    COMPATIBLE = "compatible"
    LESS_PRECISE = "less-precise"


@dataclass(frozen=True, slots=True)
class Side:
    """One side: whose value it is (a thing, a figure, a state), the value, its hedge, and what bears it out.

    ``values`` holds one term, or the two ends of a range or of a time. ``authorities`` are the sources, references,
    derivations and inferences that bear the value out, each once; ``testimonies`` are their evidence, with the phrases.
    """

    thing: NamedNode
    values: tuple[Term, ...]
    hedge: NamedNode | None
    testimonies: tuple[Testimony, ...]
    authorities: tuple[NamedNode, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """Give the words quoted for this side, each once."""
        return tuple(dict.fromkeys(words.exact for one in self.testimonies for words in one.quotations))


class Witnesses:
    """The testimonies of a dataset, by what they are about: those given, or else each read when it is asked for."""

    def __init__(self, index: Index, testimonies: Iterable[Testimony] | None = None) -> None:
        self.index = index
        self._is_whole = testimonies is not None
        self._testimonies: dict[NamedNode, list[Testimony]] = {}
        for testimony in testimonies or ():
            self._testimonies.setdefault(testimony.subject, []).append(testimony)

    def find(self, subject: NamedNode, properties: Iterable[NamedNode], values: Iterable[Term] = ()) -> list[Testimony]:
        """Give the testimonies for the properties of a subject; for the values named, where any are."""
        asked, wanted = set(properties), set(values)
        return [
            one
            for one in self._list(subject)
            if any(fact.predicate in asked and (not wanted or fact.object in wanted) for fact in one.facts)
        ]

    def _list(self, subject: NamedNode) -> list[Testimony]:
        if not self._is_whole and subject not in self._testimonies:
            self._testimonies[subject] = list(read_testimonies(subject, self.index))
        return self._testimonies.get(subject, [])

    def side(
        self,
        thing: NamedNode,
        properties: Iterable[NamedNode],
        values: tuple[Term, ...],
        hedge: NamedNode | None = None,
        origin: NamedNode | None = None,
    ) -> Side:
        """Give the side of a thing's values, with all that bears them out; ``origin`` is an authority of its own."""
        testimonies = tuple(self.find(thing, properties, values))
        named = dict.fromkeys(self.authorities(testimonies))
        return Side(thing, values, hedge, testimonies, tuple({origin: None} | named if origin else named))

    def authorities(self, testimonies: Iterable[Testimony]) -> Iterator[NamedNode]:
        """Give the sources quoted, the references named, and the inferences."""
        for one in testimonies:
            if one.basis == MG.inferred:
                yield one.evidence
                continue
            yield from (words.source for words in one.quotations)
            references = self.index.get(one.evidence, {}).get(MG.reference, ())
            yield from (reference for reference in references if isinstance(reference, NamedNode))


def relate(extents: Iterable[Extent]) -> Relation:
    """Say how the extents of some sides bear on one another; the gravest of two of them counts."""
    different = set(extents)
    pairs = list(itertools.combinations(different, 2))
    if not all(one.meets(other) for one, other in pairs):
        return Relation.CONTRADICTS
    if pairs and all(one.includes(other) or other.includes(one) for one, other in pairs):
        return Relation.LESS_PRECISE
    return Relation.COMPATIBLE
