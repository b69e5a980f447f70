"""Mutants in which a number, a date, a text, a hedge, a unit or a code is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from benchmarks.mutations.exchange import Change, change_values
from benchmarks.mutations.mutants import Material, Mutate, show
from benchmarks.mutations.printing import DATES, split_date
from migragraph.namespaces import MG, SCHEMA, XSD, Namespace
from migragraph.support import Fact, Term

__all__ = ["VALUE_KINDS", "alter_word", "other_digits"]

UNIT = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#").unitMeasure
SEX = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#").sex
SDMX_CODE = Namespace("http://purl.org/linked-data/sdmx/2009/code#")

HEDGES = ["exact", "approximately", "at-least", "more-than", "at-most", "up-to", "nearly", "less-than", "more-than-to"]
NUMBERS = frozenset((XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger))
BOUNDS = (MG.lowerBound, MG.upperBound)
FIGURES = (Namespace("http://purl.org/linked-data/sdmx/2009/measure#").obsValue, MG.lowerValue, MG.upperValue)
NO_TEXTS = NUMBERS | DATES | {XSD.boolean, XSD.duration}
# What the graph says in words of its own is no text that a source prints.
IN_OWN_WORDS = (MG.aim, MG.gist)
OTHER_END = {
    MG.lowerValue: MG.upperValue,
    MG.upperValue: MG.lowerValue,
    SCHEMA.startDate: SCHEMA.endDate,
    SCHEMA.endDate: SCHEMA.startDate,
    MG.startAsPrinted: MG.endAsPrinted,
    MG.endAsPrinted: MG.startAsPrinted,
}
# --02-29 is a day, so that the year in which a day without one is moved has to have it.
LEAP_YEAR = 2000


def other_digits(text: str) -> Iterator[str]:
    """Change each digit of a text in turn."""
    for place in re.finditer(r"\d", text):
        digit = str((int(place.group()) + 1) % 10)
        yield text[: place.start()] + digit + text[place.end() :]


def _like(text: str, term: Literal) -> Literal:
    return Literal(text, language=term.language) if term.language else Literal(text, datatype=term.datatype)


def _of_type(
    change: Callable[[Literal], Iterable[str]], datatypes: frozenset[NamedNode], *, but: bool = False
) -> Change:
    """Change literals of these datatypes, or of all others."""

    def changed(fact: Fact, _: Material) -> Iterator[Term]:
        term = fact.object
        if isinstance(term, Literal) and (term.datatype in datatypes) != but:
            yield from (_like(text, term) for text in change(term))

    return changed


def _digits(term: Literal) -> Iterator[str]:
    return other_digits(term.value)


def _scaled(term: Literal) -> Iterator[str]:
    for factor in (10, 1000):
        yield f"{Decimal(term.value) * factor:f}"


def _next(term: Literal) -> Iterator[str]:
    for step in (1, 2):
        yield str(int(term.value) + step)


def _moved(*, days: int = 0, months: int = 0, years: int = 0) -> Change:
    """Move a date, forth and back, in a part that it has."""

    def move(term: Literal) -> Iterator[str]:
        year, month, day = split_date(term.value)
        if (days and not day) or (months and not month) or (years and year == "-"):
            return
        for sign in (1, -1):
            number = int(month or 1) - 1 + sign * months
            first = (LEAP_YEAR if year == "-" else int(year)) + sign * years + number // 12
            moved = date(first, number % 12 + 1, 1) + timedelta(int(day or 1) - 1 + sign * days)
            head = "-" if year == "-" else f"{moved:%Y}"
            yield head + (f"-{moved:%m}" if month else "") + (f"-{moved:%d}" if day else "")

    return _of_type(move, DATES)


def _sharpened(fact: Fact, _: Material) -> Iterator[Term]:
    """Give a date more precision than was printed."""
    term = fact.object
    if isinstance(term, Literal) and term.datatype == XSD.gYear:
        yield Literal(f"{term.value}-01", datatype=XSD.gYearMonth)
        yield Literal(f"{term.value}-01-01", datatype=XSD.date)
    elif isinstance(term, Literal) and term.datatype == XSD.gYearMonth:
        yield Literal(f"{term.value}-01", datatype=XSD.date)


def _other_duration(term: Literal) -> Iterator[str]:
    yield from other_digits(term.value)
    yield term.value.translate(str.maketrans("YMD", "MDY"))


def _hedges(names: Iterable[str], *, exact: bool) -> Change:
    """Put other hedges in the place of the exact one, or of those that are not."""

    def change(fact: Fact, material: Material) -> Iterator[Term]:
        if (show(fact.object) == "exact") == exact:
            assert isinstance(fact.object, NamedNode)
            scheme = fact.object.value.rpartition("/")[0]
            yield from (NamedNode(f"{scheme}/{name}") for name in names)

    return change


def _sexes(fact: Fact, _: Material) -> Iterator[Term]:
    yield from (SDMX_CODE[f"sex-{code}"] for code in "FMTN")


def _other_end(fact: Fact, material: Material) -> Iterable[Term]:
    """Put the other end of a span in the place of one."""
    return material.index[fact.subject].get(OTHER_END[fact.predicate], [])


def _units(_: Fact, material: Material) -> Iterable[Term]:
    """Put every other unit in the place of one."""
    return material.rivals[UNIT]


def _turned(term: Literal) -> Iterator[str]:
    yield "false" if term.value in ("true", "1") else "true"


def alter_word(text: str) -> Iterator[str]:
    """Change one letter in the middle of the longest word of a text."""
    word = max(re.findall(r"[^\W\d_]+", text), key=len, default="")
    if word:
        place = text.index(word) + len(word) // 2
        yield text[:place] + ("x" if text[place].lower() != "x" else "z") + text[place + 1 :]


def _printed(fact: Fact, material: Material) -> Iterable[Term]:
    """Alter a text that is given as a source prints it."""
    return (
        ()
        if fact.predicate in IN_OWN_WORDS
        else _of_type(lambda term: alter_word(term.value), NO_TEXTS, but=True)(fact, material)
    )


VALUE_KINDS: Mapping[str, Mutate] = {
    "a digit of a number changed": change_values(_of_type(_digits, NUMBERS), *FIGURES, MG.editionNumber),
    "a number ten or a thousand times as large": change_values(_of_type(_scaled, NUMBERS), *FIGURES),
    "an ordinal changed": change_values(_of_type(_next, NUMBERS), MG.editionNumber),
    "a bound changed": change_values(_of_type(_digits, NUMBERS), *BOUNDS),
    "the ends of a span exchanged": change_values(_other_end, *OTHER_END),
    "a digit in a text changed": change_values(_of_type(_digits, NO_TEXTS, but=True)),
    "a letter of a printed text changed": change_values(_printed),
    "a digit of a date changed": change_values(_of_type(_digits, DATES)),
    "a date moved by a day": change_values(_moved(days=1)),
    "a date moved by a month": change_values(_moved(months=1)),
    "a date moved by a year": change_values(_moved(years=1)),
    "a date made more precise than printed": change_values(_sharpened),
    "a duration changed": change_values(_of_type(_other_duration, frozenset((XSD.duration,)))),
    "a yes turned into a no": change_values(_of_type(_turned, frozenset((XSD.boolean,)))),
    "a hedge dropped": change_values(_hedges(["exact"], exact=False), MG.hedge),
    "a hedge exchanged": change_values(_hedges(HEDGES[1:], exact=False), MG.hedge),
    "a hedge added": change_values(_hedges(HEDGES, exact=True), MG.hedge),
    "a unit exchanged": change_values(_units, UNIT),
    "a sex code exchanged": change_values(_sexes, SEX),
}
"""How the mutants of each kind are made, by its name."""
