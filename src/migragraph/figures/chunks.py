"""Chunks: tokens grouped level by level into numbers, dates and hedges, and what each of them means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from migragraph.figures.dates import read_date
from migragraph.figures.figure import Figure, Kind, Value
from migragraph.figures.forms import Case
from migragraph.figures.ruleset import Chunker, Rules
from migragraph.figures.tokens import Item, cut_phrase

__all__ = ["Cut", "Finding", "cut_into_chunks", "measure", "scale_of"]


class Cut(NamedTuple):
    """A phrase cut into tokens and chunks, their codes in one string, and the rules by which they are read."""

    phrase: str
    items: Sequence[Item]
    codes: str
    rules: Rules


class Finding(NamedTuple):
    """What a form has found in a phrase: the items of each of its slots can be asked for."""

    cut: Cut
    match: re.Match[str]
    case: Case

    @property
    def rules(self) -> Rules:
        """Give the rules by which the phrase is read."""
        return self.cut.rules

    def stretch(self, slot: str) -> tuple[int, int] | None:
        """Give the place among the items of a slot, or None where it is absent or empty."""
        for group in self.case.slots.get(slot, ()):
            start, end = self.match.span(group)
            if start < end:
                return start, end
        return None

    def take(self, slot: str) -> Sequence[Item]:
        """Give the items of a slot."""
        stretch = self.stretch(slot)
        return self.cut.items[slice(*stretch)] if stretch else ()

    def one(self, slot: str) -> Item | None:
        """Give the item of a slot, the last where there are more."""
        items = self.take(slot)
        return items[-1] if items else None

    def key(self, slot: str) -> str:
        """Give the words of a slot as one key."""
        return " ".join([item.key for item in self.take(slot)])

    def build(
        self,
        kind: Kind,
        value: Value | None = None,
        lower: Value | None = None,
        upper: Value | None = None,
        *,
        unit: str | None = None,
        hedge: str = "exact",
        precision: str | None = None,
        slot: str = "text",
    ) -> Figure:
        """Build a figure whose text is that of a slot, or else of the whole."""
        first, last = self.stretch(slot) or self.match.span()
        start, end = self.cut.items[first].start, self.cut.items[last - 1].end
        return Figure(kind, value, lower, upper, unit, hedge, precision, self.cut.phrase[start:end], start, end)


def cut_into_chunks(phrase: str, rules: Rules) -> Cut:
    """Cut a phrase into tokens, of which each level before the last replaces what it finds by one."""
    items = cut_phrase(phrase, rules.tokenizer)
    codes = "".join([item.code for item in items])
    for chunker in rules.chunkers:
        found = list(chunker.level.pattern.finditer(codes))
        if found:
            items = _replace(items, found, chunker, rules)
            codes = "".join([item.code for item in items])
    return Cut(phrase, items, codes, rules)


def _replace(items: list[Item], found: list[re.Match[str]], chunker: Chunker, rules: Rules) -> list[Item]:
    made: list[Item] = []
    place = 0
    code = rules.lexicon.chunks[chunker.role]
    for match in found:
        start, end = match.span()
        parts = items[start:end]
        if end - start == 1 and rules.lexicon.has(parts[0].code, chunker.role):
            continue
        make = MAKES[chunker.level.cases[match.lastindex or 0].rule.make]
        value = make(parts, rules)
        key = " ".join([part.key for part in parts])
        made += items[place:start]
        made.append(Item(code, key, parts[0].start, parts[-1].end, value, tuple(parts)))
        place = end
    return made + items[place:]


def measure(item: Item, rules: Rules) -> Decimal | None:
    """Give the number that an item means, or None."""
    if isinstance(item.value, Decimal):
        return item.value
    for role in ("ones", "teens", "tens", "zero", "weak", "half", "article", "twice", "multiple", "scale"):
        value = rules.mean(role, item.key)
        if isinstance(value, Decimal):
            return value
    return None


def scale_of(item: Item, rules: Rules) -> Decimal:
    """Give the scale that a number ends in: that of "4 billion", but 1 of "4"."""
    scale = Decimal(1)
    for part in reversed(item.parts):
        value = rules.mean("scale", part.key) if isinstance(part, Item) else None
        if not isinstance(value, Decimal):
            break
        scale *= value
    return scale


def _add_up(parts: Sequence[Item], rules: Rules) -> Decimal:
    """Add up the words of a number: a scale multiplies what is smaller before it ("two hundred and five thousand")."""
    terms: list[Decimal] = []
    last = Decimal(1)
    for part in parts:
        scale = rules.mean("scale", part.key)
        if isinstance(scale, Decimal):
            smaller = Decimal(0)
            while terms and terms[-1] < scale:
                smaller += terms.pop()
            last = scale
            terms.append((smaller or Decimal(1)) * scale)
        elif not rules.lexicon.has(part.code, "article"):
            value = measure(part, rules) or Decimal(0)
            terms.append(value * last if value < 1 else value)
    return sum(terms, Decimal(0))


def _take_part(parts: Sequence[Item], rules: Rules) -> Decimal | None:
    """Take the part of a scale that a fraction tells ("three quarters of a million"), to two places."""
    count, under, scale = Decimal(1), None, Decimal(1)
    for part in parts:
        fraction = rules.mean("part", part.key) or rules.mean("parts", part.key)
        factor = rules.mean("scale", part.key)
        if isinstance(factor, Decimal):
            scale *= factor
        elif under is None and isinstance(fraction, Decimal):
            under = fraction
        elif under is None:
            count = measure(part, rules) or count
    return None if under is None else round(count * scale / under, 2)


def _rank(parts: Sequence[Item], rules: Rules) -> Decimal:
    last = rules.mean("ordinal", parts[-1].key)
    tens = _add_up(parts[:-1], rules)
    return tens + (last if isinstance(last, Decimal) else Decimal(0))


MAKES: Mapping[str, Callable[[Sequence[Item], Rules], object]] = {
    "date": read_date,
    "fraction": _take_part,
    "number": _add_up,
    "ordinal": _rank,
    "words": lambda parts, rules: None,
}
