"""The counts of a graph that its catalog gives: triples, subjects, and how many of each class, property and folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode

from migragraph.closure import Pair
from migragraph.namespaces import OWL, RDF, SCHEMA, SKOS

__all__ = ["Counts", "Folder", "Tally", "list_folders"]

_TYPE = RDF.type
_SAME = frozenset((OWL.sameAs, SCHEMA.sameAs, SKOS.exactMatch, SKOS.closeMatch))

Node: TypeAlias = NamedNode | BlankNode
Pairs: TypeAlias = Collection[Pair]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a graph holds; ``links`` counts triples that say the same of things elsewhere, by property and namespace."""

    triples: int
    subjects: int
    classes: Mapping[NamedNode, int]
    properties: Mapping[NamedNode, int]
    links: Mapping[tuple[NamedNode, str], int]


@dataclass(frozen=True, slots=True)
class Folder:
    """A namespace of the project: its prefix, its IRI, how many documents lie in it, and the first of them."""

    prefix: str
    iri: str
    documents: int
    example: str


class Tally:
    """Count the triples of a graph while something else goes through them, subject by subject.

    A link is a triple that says the same of a thing that does not lie under the base.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._subjects = 0
        self._classes: Counter[NamedNode] = Counter()
        self._properties: Counter[NamedNode] = Counter()
        self._links: Counter[tuple[NamedNode, str]] = Counter()

    def watch(self, subjects: Iterable[tuple[Node, Pairs]]) -> Iterator[tuple[Node, Pairs]]:
        """Give each subject with its predicates and objects, none of them twice, and count these."""
        for subject, pairs in subjects:
            self._subjects += bool(pairs)
            for predicate, value in pairs:
                self._properties[predicate] += 1
                if predicate == _TYPE:
                    if isinstance(value, NamedNode):
                        self._classes[value] += 1
                elif predicate in _SAME and isinstance(value, NamedNode) and not value.value.startswith(self._base):
                    self._links[predicate, _head(value.value)] += 1
            yield subject, pairs

    @property
    def counts(self) -> Counts:
        """Give what was counted so far."""
        return Counts(self._properties.total(), self._subjects, self._classes, self._properties, self._links)


def list_folders(iris: Iterable[str], prefixes: Mapping[str, str], base: str) -> list[Folder]:
    """List the namespaces under the base that have a prefix and hold documents, by prefix; ``iris`` are sorted."""
    held: dict[str, list[str]] = {}
    for iri in iris:
        held.setdefault(_head(iri), []).append(iri)
    return [
        Folder(prefix, iri, len(held[iri]), held[iri][0])
        for prefix, iri in sorted(prefixes.items())
        if iri in held and iri != base
    ]


def _head(iri: str) -> str:
    """Give an IRI up to its last ``/`` or ``#``."""
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
