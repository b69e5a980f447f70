"""Mutants of the evidence: the graph as it would be if one thing in it were wrong.

A mutant overlays the facts of a few nodes; nothing else of the graph changes. What its new value, words or source also
bear out is no fault that anybody could see, and says so in ``borne_out``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from benchmarks.mutations.printing import is_named, prints_literal
from migragraph.labels import Labels
from migragraph.namespaces import FOAF, MG, RDF
from migragraph.passages import FoldedText, find_words, fold
from migragraph.quotations import Quotation, Testimony, list_testimonies
from migragraph.support import Index, Term

__all__ = ["Material", "Mutant", "Mutate", "Node", "show"]

Node = Mapping[NamedNode, list[Term]]
"""A node as it would be: all its properties with their values."""


@dataclass(frozen=True)
class Mutant:
    """One fault: its kind, the evidence that it touches, the nodes as they would then be, and what became what.

    ``quotation`` is the one that changed, as it would then be; None where the words are as they were.
    """

    kind: str
    testimony: Testimony
    changes: Mapping[NamedNode, Node]
    before: str
    after: str
    quotation: Quotation | None = None
    borne_out: str = ""


@dataclass(frozen=True)
class Material:
    """What mutants are made of: the facts, and the text of each source."""

    index: Index
    texts: Mapping[NamedNode, FoldedText]
    labels: Labels

    @cached_property
    def testimonies(self) -> tuple[Testimony, ...]:
        """Give every evidence that quotes a source."""
        return tuple(testimony for testimony in list_testimonies(self.index) if testimony.quotations)

    @cached_property
    def stated(self) -> tuple[Testimony, ...]:
        """Give every evidence of facts that the words quoted state."""
        return tuple(testimony for testimony in self.testimonies if testimony.basis == MG.stated)

    @cached_property
    def rivals(self) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
        """Give for each property the things that are its values somewhere, nested nodes left out, in order."""
        found: dict[NamedNode, set[NamedNode]] = {}
        for properties in self.index.values():
            for property_, values in properties.items():
                things = (value for value in values if isinstance(value, NamedNode) and "#" not in value.value)
                found.setdefault(property_, set()).update(things)
        return {name: tuple(sorted(values, key=lambda node: node.value)) for name, values in found.items()}

    def list_labels(self, node: Term) -> list[str]:
        """Give every label of a thing or a concept, folded and in lower case; of a literal, its text."""
        names = [name for _, name in self.labels.names.get(node, ())] if isinstance(node, NamedNode) else [node]
        return [fold(name.value).lower() for name in names]

    def quote(self, testimony: Testimony) -> str:
        """Give all words that a testimony quotes, folded and in lower case."""
        return fold(" ".join(quotation.exact for quotation in testimony.quotations)).lower()

    def names(self, testimony: Testimony, node: Term) -> bool:
        """Tell whether the words of a testimony name a thing: by a label, or a person by the last name."""
        words = self.quote(testimony)
        labels = self.list_labels(node)
        about = self.index.get(node, {}) if isinstance(node, NamedNode) else {}
        if FOAF.Person in about.get(RDF.type, ()):
            labels += [label.split()[-1] for label in labels]
        return any(is_named(label, words) for label in labels)

    def prints(self, testimony: Testimony, value: Term) -> bool:
        """Tell whether the words of a testimony print a value, or a label of it."""
        words = self.quote(testimony)
        if isinstance(value, Literal):
            return prints_literal(words, value)
        return any(is_named(label, words) for label in self.list_labels(value))

    def keeps(self, testimony: Testimony, old: str, new: str) -> bool:
        """Tell whether new words print every value, or label of a value, of a testimony that the old ones print."""
        before, after = fold(old).lower(), fold(new).lower()
        return all(
            any(is_named(label, after) for label in labels) or not any(is_named(label, before) for label in labels)
            for fact in testimony.facts
            for labels in [self.list_labels(fact.object)]
        )

    def stands(self, quotation: Quotation) -> bool:
        """Tell whether a quotation stands once in its source."""
        found = find_words(self.texts[quotation.source], quotation.exact, quotation.prefix, quotation.suffix)
        return len(found) == 1


Mutate = Callable[[Material, str], Iterator[Mutant]]
"""Make the mutants of one kind, whose name is given."""


def show(term: Term) -> str:
    """Show a term in a few letters."""
    return term.value if isinstance(term, Literal) else re.split(r"[/#]", term.value)[-1]
