"""Dates, durations and periods: does the phrase print them, as exactly as the graph has them and no more?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from migragraph.fidelity.case import Case, Fault
from migragraph.fidelity.words import is_printed
from migragraph.figures import Figure
from migragraph.namespaces import MG, SCHEMA
from migragraph.support import Fact, Term

__all__ = ["judge_date", "judge_duration", "judge_period", "read_duration"]

_STARTS = frozenset((SCHEMA.startDate, MG.startAsPrinted, MG.notBefore))
_ENDS = frozenset((SCHEMA.endDate, MG.endAsPrinted, MG.notAfter))
_TIMED = frozenset(("date", "interval"))
_PART = r"(?:(\d{1,9})%s)?"
_DURATION = re.compile(f"P{''.join(_PART % part for part in 'YMWD')}(?:T{''.join(_PART % part for part in 'HMS')})?")
# News print no time zone.
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


def judge_date(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the date that the words print otherwise, less exactly, or more exactly."""
    printed = [date for _, figure in case.figures for date in _list_dates(figure, fact.predicate)]
    if _ZONE.sub("", fact.object.value) not in printed:
        yield case.say("date-differs", fact, _tell(printed, "date"), fact.object.value)


def _list_dates(figure: Figure, property_: NamedNode | None = None) -> list[str]:
    """Give the dates of a figure that a property could have: its one date, the start of a span, or its end."""
    if figure.kind not in _TIMED:
        return []
    dates = [figure.value]
    if property_ not in _ENDS:
        dates.append(figure.lower)
    if property_ not in _STARTS:
        dates.append(figure.upper)
    return [date for date in dates if isinstance(date, str)]


def judge_duration(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the duration that the words print otherwise; what is said to happen annually is told of a year."""
    printed = _list_durations(case)
    if read_duration(fact.object.value) not in map(read_duration, printed):
        yield case.say("duration-differs", fact, _tell(printed, "duration"), fact.object.value)


def _list_durations(case: Case) -> list[str]:
    told = [
        value
        for _, figure in case.figures
        if figure.kind == "duration"
        for value in (figure.value, figure.lower, figure.upper)
        if isinstance(value, str)
    ]
    for words in case.words:
        if words.vocabulary is not None:
            told += [name for name, phrases in words.vocabulary.periods.items() if is_printed(phrases, words.folded)]
    return told


def read_duration(text: str) -> tuple[int, int] | str:
    """Give the months and the seconds of a duration, its value (https://www.w3.org/TR/xmlschema11-2/#duration).

    What is no duration is given as it is.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        return text
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return years * 12 + months, (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds


def judge_period(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the period of which the words print neither an end, with its year, nor the length.

    Words that only point to a time ("currently", a day without its year) are the start of an inference.
    """
    period = case.index[fact.object] if isinstance(fact.object, NamedNode) else {}
    ends = [*_texts(period, SCHEMA.startDate), *_texts(period, SCHEMA.endDate)]
    dates = [date for _, figure in case.figures for date in _list_dates(figure)]
    own, lengths = _texts(period, SCHEMA.duration), _list_durations(case)
    is_told = _meet(ends, dates) or not set(map(read_duration, own)).isdisjoint(map(read_duration, lengths))
    if (ends or own) and not is_told:
        yield case.say("period-differs", fact, _tell([*dates, *lengths], "time"), case.name(fact))


def _texts(node: Mapping[NamedNode, list[Term]], property_: NamedNode) -> list[str]:
    return [value.value for value in node.get(property_, ()) if isinstance(value, Literal)]


def _meet(ends: list[str], dates: list[str]) -> bool:
    """Tell whether an end of a period could be a date that is printed, as far as both are given from the year on."""
    return any(end.startswith(date) or date.startswith(end) for end in ends for date in dates)


def _tell(printed: list[str], noun: str) -> str:
    return f"print {' and '.join(dict.fromkeys(printed))}" if printed else f"print no {noun}"
