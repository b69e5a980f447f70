"""Labels: what things, terms and concepts are called, in which language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import Shortener, local_name
from migragraph.namespaces import RDFS, SCHEMA, SKOS

__all__ = ["FALLBACK", "NAMES", "PREFERRED", "Label", "Labels", "collect_labels"]

FALLBACK = "en"
"""The language in which a label is given where there is none in the language asked for."""

NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SCHEMA.name)
"""The properties that name a thing, those of its one label first."""

PREFERRED = NAMES[:2]
"""The properties that give the one label."""


class Label(NamedTuple):
    """What something is called, and the tag of the language; the tag is empty for a CURIE and for plain text."""

    text: str
    language: str


@dataclass(frozen=True)
class Labels:
    """The names of all things, terms and concepts of a project: each with the property that gives it."""

    names: Mapping[NamedNode, tuple[tuple[NamedNode, Literal], ...]]
    prefixes: Mapping[str, str]

    def find(self, term: NamedNode, language: str = FALLBACK) -> Label:
        """Give the label of a term in a language, or else in English, or else any, or else its CURIE."""
        literals = [literal for property_, literal in self.names.get(term, ()) if property_ in PREFERRED]
        for tag in (language, FALLBACK, None):
            for literal in literals:
                if literal.language == tag or (literal.language or "").startswith(f"{tag}-"):
                    return Label(literal.value, literal.language or "")
        if literals:
            return Label(literals[0].value, literals[0].language or "")
        return Label(self.shorten(term), "")

    def shorten(self, term: NamedNode) -> str:
        """Give the CURIE of a term, or the IRI as it is."""
        return self._shortener.shorten(term.value).removeprefix("<").removesuffix(">")

    @cached_property
    def _shortener(self) -> Shortener:
        return Shortener(self.prefixes)

    def name(self, term: NamedNode) -> str:
        """Give the English label of a term, or else the last part of its IRI."""
        return self.find(term).text if term in self.names else local_name(term.value)


def collect_labels(dataset: Dataset) -> Labels:
    """Collect the names in the data and the ontology of a project."""
    found: dict[NamedNode, dict[tuple[NamedNode, Literal], None]] = {}
    for subject, property_, name in _named(dataset):
        found.setdefault(subject, {})[property_, name] = None
    return Labels({subject: tuple(names) for subject, names in found.items()}, dataset.prefixes)


def _named(dataset: Dataset) -> Iterator[tuple[NamedNode, NamedNode, Literal]]:
    for subject, properties in dataset.index.items():
        for property_ in NAMES:
            for value in properties.get(property_, ()):
                if isinstance(value, Literal):
                    yield subject, property_, value
    for triple in dataset.ontology:
        if triple.predicate in NAMES and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            yield triple.subject, triple.predicate, triple.object
