"""Concepts: what of the ontology names a concept or a scheme from below, which its own triples do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.namespaces import SKOS

__all__ = ["Concepts"]

_BELOW = {SKOS.broader: "narrower", SKOS.inScheme: "concepts"}
_DIGITS = re.compile(r"(\d{1,9})")


class Concepts:
    """The concepts of an ontology, by what is above them."""

    def __init__(self, ontology: Iterable[Triple]) -> None:
        self.notations: dict[NamedNode, str] = {}
        found: dict[NamedNode, dict[str, dict[NamedNode, None]]] = {}
        for triple in ontology:
            word = _BELOW.get(triple.predicate)
            if not isinstance(triple.subject, NamedNode):
                continue
            if word and isinstance(triple.object, NamedNode):
                found.setdefault(triple.object, {}).setdefault(word, {})[triple.subject] = None
            elif triple.predicate == SKOS.notation and isinstance(triple.object, Literal):
                self.notations.setdefault(triple.subject, triple.object.value)
        self._below = found

    def below(self, concept: NamedNode) -> Mapping[str, Sequence[NamedNode]]:
        """Give the narrower concepts, and of a scheme its concepts, by the word for them, in the order of notations."""
        return {word: sorted(some, key=self._key) for word, some in sorted(self._below.get(concept, {}).items())}

    def _key(self, concept: NamedNode) -> tuple[list[tuple[int, str]], str]:
        parts = _DIGITS.split(self.notations.get(concept, "~"))
        return [(int(part), "") if part.isdigit() and part.isascii() else (-1, part) for part in parts], concept.value
