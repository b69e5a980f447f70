"""Mutants in which the words quoted, their source or what they are for is wrong: the values are as they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from benchmarks.mutations.mutants import Material, Mutant, Mutate, Node, show
from benchmarks.mutations.values import alter_word, other_digits
from migragraph.namespaces import MG, OA
from migragraph.passages import fold
from migragraph.quotations import Quotation, Testimony

__all__ = ["WORD_KINDS"]

HEDGE_BEFORE = re.compile(
    r"\b(?:approximately|about|around|more than|over|up to|nearly|almost|at least|less than)\s+(?=\S*\d|US\$)",
    re.IGNORECASE,
)


def _words(change: Callable[[str], Iterable[str]]) -> Mutate:
    """Make the mutants in which one quotation is another, of every evidence whatever its basis."""

    def mutate(material: Material, kind: str) -> Iterator[Mutant]:
        for testimony in material.testimonies:
            for quotation in testimony.quotations:
                for exact in dict.fromkeys(change(quotation.exact)):
                    if fold(exact) != fold(quotation.exact):
                        new = quotation._replace(exact=exact)
                        is_so = material.stands(new) and material.keeps(testimony, quotation.exact, exact)
                        reason = "the source has these words too" if is_so else ""
                        yield replace(_requote(kind, testimony, new, material), borne_out=reason)

    return mutate


def _requote(kind: str, testimony: Testimony, new: Quotation, material: Material) -> Mutant:
    """Put a quotation in the place of the one that makes the same passage."""
    old = next(quotation for quotation in testimony.quotations if quotation.passage == new.passage)
    passage = material.index[new.passage]
    changes: dict[NamedNode, Node] = {new.passage: {**passage, OA.hasSource: [new.source]}}
    for selector in passage[OA.hasSelector]:
        if isinstance(selector, NamedNode) and OA.exact in material.index[selector]:
            changes[selector] = {**material.index[selector], OA.exact: [Literal(new.exact)]}
    before, after = (old.exact, new.exact) if old.source == new.source else (show(old.source), show(new.source))
    return Mutant(kind, testimony, changes, before, after, quotation=new)


def _altered(exact: str) -> Iterator[str]:
    """Put another word in the place of each."""
    words = exact.split(" ")
    for place, word in enumerate(words):
        yield " ".join([*words[:place], "thus" if word.lower() != "thus" else "so", *words[place + 1 :]])


def _left_out(exact: str) -> Iterator[str]:
    words = exact.split(" ")
    yield from (" ".join(words[:place] + words[place + 1 :]) for place in range(1, len(words) - 1))


def _exchanged(exact: str) -> Iterator[str]:
    words = exact.split(" ")
    for place in range(len(words) - 1):
        yield " ".join([*words[:place], words[place + 1], words[place], *words[place + 2 :]])


def _repeated(exact: str) -> Iterator[str]:
    words = exact.split(" ")
    yield from (" ".join(words[: place + 1] + words[place:]) for place in range(len(words)))


def _leave_out_hedges(material: Material, kind: str) -> Iterator[Mutant]:
    """Begin the quotation behind its hedge, so that what is left are still words of the source."""
    for testimony in material.stated:
        reason = "" if any(fact.predicate == MG.hedge for fact in testimony.facts) else "it is not for the hedge"
        for quotation in testimony.quotations:
            for match in HEDGE_BEFORE.finditer(quotation.exact):
                new = quotation._replace(exact=quotation.exact[match.end() :])
                yield replace(_requote(kind, testimony, new, material), borne_out=reason)


def _exchange_sources(material: Material, kind: str) -> Iterator[Mutant]:
    """Say of each quotation that it stands in another source."""
    for testimony in material.testimonies:
        for quotation in testimony.quotations:
            for source in material.texts:
                if source != quotation.source:
                    new = quotation._replace(source=source)
                    reason = "that source has the words too" if material.stands(new) else ""
                    yield replace(_requote(kind, testimony, new, material), borne_out=reason)


def _misname(property_: NamedNode, value: NamedNode | Literal) -> Mutate:
    """Let each evidence be for a property, or a value, that its subject does not have."""

    def mutate(material: Material, kind: str) -> Iterator[Mutant]:
        for testimony in material.testimonies:
            node = material.index[testimony.evidence]
            before = ", ".join(show(term) for term in node.get(property_, ()))
            yield Mutant(
                kind, testimony, {testimony.evidence: {**node, property_: [value]}}, before or "-", show(value)
            )

    return mutate


WORD_KINDS: Mapping[str, Mutate] = {
    "a word of a quote altered": _words(_altered),
    "a word of a quote left out": _words(_left_out),
    "a word of a quote repeated": _words(_repeated),
    "two words of a quote exchanged": _words(_exchanged),
    "a letter of a quote altered": _words(alter_word),
    "a digit of a quote changed": _words(other_digits),
    "the hedge left out of a quote": _leave_out_hedges,
    "a source exchanged": _exchange_sources,
    "evidence for another property": _misname(MG.property, MG.noSuchProperty),
    "evidence for another value": _misname(MG.value, Literal("no such value")),
}
"""How the mutants of each kind are made, by its name."""
