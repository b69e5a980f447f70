"""Whether literals fit their datatypes: XML Schema 1.1, Part 2 (https://www.w3.org/TR/xmlschema11-2/)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

from pyoxigraph import Literal

from migragraph.namespaces import XSD

__all__ = ["DATATYPES", "find_misfits", "is_well_typed"]

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_LEAP_YEAR = 2000
_BATCH = 1000


def _match(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern, re.ASCII).fullmatch


def _match_day(pattern: str) -> Callable[[str], bool]:
    """Match a pattern whose groups are year, month and day, or month and day, and ask the calendar."""
    compiled = re.compile(pattern, re.ASCII)

    def fits(text: str) -> bool:
        found = compiled.fullmatch(text)
        if found is None:
            return False
        *year, month, day = (int(part[-4:]) for part in found.groups())
        # The calendar repeats itself every 400 years, before the year 0 as after it, so that four digits are enough;
        # it knows neither that year nor five digits.
        try:
            date(year[0] % 400 + 400 if year else _LEAP_YEAR, month, day)
        except ValueError:
            return False
        return True

    return fits


def _match_range(low: int, high: int) -> Callable[[str], bool]:
    """Match an integer within bounds, ends included."""
    compiled = re.compile(r"[+-]?0*(\d{1,20})", re.ASCII)

    def fits(text: str) -> bool:
        found = compiled.fullmatch(text)
        number = int(found[1]) * (-1 if text[0] == "-" else 1) if found else 0
        return found is not None and low <= number <= high

    return fits


_DAY = r"(-?(?:[1-9]\d{3,}|0\d{3}))-(\d\d)-(\d\d)"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_FLOAT = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|[+-]?INF|NaN"
_DURATION = r"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"

_PATTERNS: dict[str, str] = {
    XSD.boolean.value: r"true|false|0|1",
    XSD.decimal.value: r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    XSD.double.value: _FLOAT,
    XSD.duration.value: _DURATION,
    XSD.float.value: _FLOAT,
    XSD.gDay.value: r"---(?:0[1-9]|[12]\d|3[01])" + _ZONE,
    XSD.gMonth.value: r"--(?:0[1-9]|1[0-2])" + _ZONE,
    XSD.gYear.value: r"-?(?:[1-9]\d{3,}|0\d{3})" + _ZONE,
    XSD.gYearMonth.value: r"-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])" + _ZONE,
    XSD.integer.value: r"[+-]?\d+",
    XSD.negativeInteger.value: r"-0*[1-9]\d*",
    XSD.nonNegativeInteger.value: r"\+?\d+|-0+",
    XSD.nonPositiveInteger.value: r"-\d+|\+?0+",
    XSD.positiveInteger.value: r"\+?0*[1-9]\d*",
    XSD.time.value: _TIME + _ZONE,
}
"""The datatypes of which a pattern says all; no text with a newline fits any."""

DATATYPES: dict[str, Callable[[str], object]] = {
    **{datatype: _match(pattern) for datatype, pattern in _PATTERNS.items()},
    XSD.date.value: _match_day(_DAY + _ZONE),
    XSD.byte.value: _match_range(-(2**7), 2**7 - 1),
    XSD.dateTime.value: _match_day(_DAY + "T" + _TIME + _ZONE),
    XSD.dateTimeStamp.value: _match_day(_DAY + "T" + _TIME + _ZONE.removesuffix("?")),
    XSD.gMonthDay.value: _match_day(r"--(\d\d)-(\d\d)" + _ZONE),
    XSD.int.value: _match_range(-(2**31), 2**31 - 1),
    XSD.long.value: _match_range(-(2**63), 2**63 - 1),
    XSD.short.value: _match_range(-(2**15), 2**15 - 1),
    XSD.unsignedByte.value: _match_range(0, 2**8 - 1),
    XSD.unsignedInt.value: _match_range(0, 2**32 - 1),
    XSD.unsignedLong.value: _match_range(0, 2**64 - 1),
    XSD.unsignedShort.value: _match_range(0, 2**16 - 1),
}
"""For each datatype that is looked at, whether a lexical form is one of its own: what is true, or not."""


def is_well_typed(literal: Literal) -> bool:
    """Tell whether a literal's lexical form is one of its datatype's; of other datatypes nothing is known."""
    fits = DATATYPES.get(literal.datatype.value)
    return fits is None or bool(fits(literal.value))


def find_misfits(datatype: str, texts: Sequence[str]) -> Iterator[int]:
    """Give the places of the texts that are no lexical forms of a datatype, in their order."""
    fits = DATATYPES.get(datatype)
    if fits is None:
        return
    lines = "\n".join((*texts, ""))
    if datatype not in _PATTERNS or lines.count("\n") != len(texts):
        yield from (place for place, text in enumerate(texts) if not fits(text))
        return
    pass_fitting = _pass_lines(_PATTERNS[datatype])
    place = start = 0
    while start < len(lines):
        end = pass_fitting(lines, start).end()
        if end == start:
            yield place
            end = lines.index("\n", start) + 1
        place, start = place + lines.count("\n", start, end), end


@cache
def _pass_lines(pattern: str) -> Callable[[str, int], re.Match[str]]:
    """Make what passes over lines that each match a pattern, up to so many at a time."""
    return re.compile(rf"(?:(?:{pattern})\n){{0,{_BATCH}}}", re.ASCII).match  # type: ignore[return-value]
