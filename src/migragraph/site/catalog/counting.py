"""The counts of a graph that its catalog gives: triples, subjects, and how many of each class, property and folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.namespaces import OWL, RDF, SCHEMA, SKOS
from migragraph.nesting import Statement

__all__ = ["Counts", "Folder", "count_triples", "list_folders"]

_SAME = frozenset((OWL.sameAs, SCHEMA.sameAs, SKOS.exactMatch, SKOS.closeMatch))


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


def count_triples(triples: Iterable[Triple | Statement], base: str) -> Counts:
    """Count the triples of a graph; a link is one to a thing that does not lie under the base."""
    total = 0
    subjects: set[NamedNode | BlankNode | Triple] = set()
    classes: Counter[NamedNode] = Counter()
    properties: Counter[NamedNode] = Counter()
    links: Counter[tuple[NamedNode, str]] = Counter()
    for subject, predicate, value in triples:
        total += 1
        subjects.add(subject)
        properties[predicate] += 1
        if not isinstance(value, NamedNode):
            continue
        if predicate == RDF.type:
            classes[value] += 1
        elif predicate in _SAME and not value.value.startswith(base):
            links[predicate, _head(value.value)] += 1
    return Counts(total, len(subjects), classes, properties, links)


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
