"""Entries: what each thing is called and bears, as the search finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.labels import PREFERRED, Labels
from migragraph.lookup.numbers import NUMBERS
from migragraph.namespaces import RDF

__all__ = ["Entry", "collect_entries"]

Terms = Iterable[NamedNode | Literal]
Properties = Mapping[NamedNode, Iterable[NamedNode | Literal]]


class Entry(NamedTuple):
    """A thing that can be found: where its page lies, its class, its names and numbers.

    ``path`` is that of its document, without a suffix; ``anchor`` its place there, empty for the thing of the document
    itself; ``kind`` its class; ``labels`` its labels by the tag of the language; ``others`` its other names.
    """

    iri: NamedNode
    path: str
    anchor: str
    kind: NamedNode | None
    labels: Mapping[str, str]
    others: tuple[str, ...]
    numbers: tuple[str, ...]


def collect_entries(dataset: Dataset, labels: Labels, path_of: Callable[[str], str | None]) -> list[Entry]:
    """Collect the named things, terms and concepts that have a page, sorted by IRI.

    ``path_of`` gives the path of the document with an IRI, or None where there is no such document.
    """
    described = {**_index_ontology(dataset), **dataset.index}
    named = sorted((term.value, term) for term in labels.names)
    return [entry for _, term in named if (entry := _collect(term, described.get(term, {}), labels, path_of))]


def _index_ontology(dataset: Dataset) -> dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]]:
    found: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
    for triple in dataset.ontology:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            found.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    return found


def _collect(
    term: NamedNode, properties: Properties, labels: Labels, path_of: Callable[[str], str | None]
) -> Entry | None:
    document, _, anchor = term.value.partition("#")
    path = path_of(document)
    if path is None:
        return None
    names = labels.names[term]
    own: dict[str, str] = {}
    for property_, literal in names:
        if property_ in PREFERRED:
            own.setdefault(literal.language or "", literal.value)
    others = dict.fromkeys(literal.value for _, literal in names if literal.value not in own.values())
    numbers = dict.fromkeys(number for name in NUMBERS for number in _texts(properties.get(name, ())))
    own = own or {"": labels.find(term).text}
    return Entry(term, path, anchor, _kind(properties, labels), own, tuple(others), tuple(numbers))


def _texts(values: Terms) -> Iterator[str]:
    return (value.value for value in values if isinstance(value, Literal))


def _kind(properties: Properties, labels: Labels) -> NamedNode | None:
    """Give the first class that has a name of its own, or else the first."""
    kinds = [kind for kind in properties.get(RDF.type, ()) if isinstance(kind, NamedNode)]
    return next((kind for kind in kinds if kind in labels.names), kinds[0] if kinds else None)
