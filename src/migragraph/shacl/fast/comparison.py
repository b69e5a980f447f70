"""Literals in order, by SPARQL's ``<`` and ``<=``: https://www.w3.org/TR/sparql11-query/#OperatorMapping.

Beyond the types of that table, ``xsd:date``, ``xsd:time``, ``xsd:gYear`` and ``xsd:gYearMonth`` are compared too, as
the table may be extended (https://www.w3.org/TR/sparql11-query/#operatorExtensibility), by the order of XML Schema
(https://www.w3.org/TR/xmlschema11-2/#vp-dt-timeOnTL). A moment with a time zone and one without are then in order only
where they are more than fourteen hours apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from pyoxigraph import Literal

from migragraph.literals import is_well_typed
from migragraph.namespaces import XSD
from migragraph.shacl.shapes import Term

__all__ = ["INTEGERS", "Value", "are_equal", "is_at_most", "is_less", "read_value"]

INTEGERS = frozenset(
    XSD[name].value
    for name in (
        "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "long", "int",
        "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
# Python turns no longer text into an integer, by default.
LONGEST_INTEGER = 4000
ZONE_RANGE = Fraction(14 * 3600)
MOMENT = re.compile(
    r"(?:(?P<year>-?\d{4,})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?)?"
    r"(?:T?(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?))?(?P<zone>Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)

Number: TypeAlias = int | Decimal | float | np.float32


class Moment(NamedTuple):
    """Hold seconds on the time line, in UTC where the literal has a time zone."""

    seconds: Fraction
    zoned: bool


class Value(NamedTuple):
    """Hold what a literal stands for; values of different kinds are in no order."""

    kind: str
    content: Number | str | bool | Moment


@lru_cache(maxsize=1 << 16)
def read_value(term: Term) -> Value | None:
    """Give the value of a literal, or None where it is none, is ill-typed, or its type has no order."""
    read = _READERS.get(term.datatype.value) if isinstance(term, Literal) and not term.language else None
    return read(term.value) if read is not None and isinstance(term, Literal) and is_well_typed(term) else None


def is_less(one: Value | None, other: Value | None) -> bool:
    """Tell whether ``one < other`` is true; it is not where the two cannot be compared."""
    if one is None or other is None or one.kind != other.kind:
        return False
    left, right = one.content, other.content
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left.seconds < right.seconds - (0 if left.zoned == right.zoned else ZONE_RANGE)
    if one.kind == "number":
        left, right = _promote(left, right)  # type: ignore[arg-type]
    return bool(left < right)  # type: ignore[operator]


def are_equal(one: Value | None, other: Value | None) -> bool:
    """Tell whether two values are known to be equal."""
    if one is None or other is None or one.kind != other.kind:
        return False
    left, right = one.content, other.content
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left.zoned == right.zoned and left.seconds == right.seconds
    if one.kind == "number":
        left, right = _promote(left, right)  # type: ignore[arg-type]
    return bool(left == right)


def is_at_most(one: Value | None, other: Value | None) -> bool:
    """Tell whether ``one <= other`` is true; it is not where the two cannot be compared."""
    return is_less(one, other) or are_equal(one, other)


def _promote(one: Number, other: Number) -> tuple[Number, Number]:
    """Bring two numbers to one type: https://www.w3.org/TR/sparql11-query/#operandDataTypes."""
    if isinstance(one, float) or isinstance(other, float):
        return _to_double(one), _to_double(other)
    if isinstance(one, np.float32) or isinstance(other, np.float32):
        return _to_single(one), _to_single(other)
    return one, other


def _to_double(number: Number) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, number)


def _to_single(number: Number) -> np.float32:
    with np.errstate(over="ignore"):
        return np.float32(_to_double(number))


def _read_integer(text: str) -> Value:
    return Value("number", int(text) if len(text) < LONGEST_INTEGER else Decimal(text))


def _read_decimal(text: str) -> Value:
    return Value("number", Decimal(text))


def _read_double(text: str) -> Value:
    return Value("number", float(text))


def _read_float(text: str) -> Value:
    return Value("number", _to_single(float(text)))


def _read_string(text: str) -> Value:
    return Value("string", text)


def _read_boolean(text: str) -> Value:
    return Value("boolean", text in {"true", "1"})


def _read_moments(kind: str) -> Callable[[str], Value | None]:
    def read(text: str) -> Value | None:
        found = MOMENT.fullmatch(text)
        if found is None:
            return None
        year, month, day = (int(found[part] or default) for part, default in (("year", 1972), ("month", 1), ("day", 1)))
        hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
        seconds = Fraction(_count_days(year, month, day) * 86400 + hour * 3600 + minute * 60) + Fraction(
            found["second"] or 0
        )
        zone = found["zone"]
        return Value(kind, Moment(seconds - _read_zone(zone), zone is not None))

    return read


def _read_zone(zone: str | None) -> int:
    """Give the seconds by which a time zone is before UTC."""
    if zone is None or zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds


def _count_days(year: int, month: int, day: int) -> int:
    """Count the days from the 1st of March of the year 0, in the calendar that goes on for ever both ways."""
    year -= month < 3
    months = (month + 9) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * months + 2) // 5 + day - 1


_READERS: Mapping[str, Callable[[str], Value | None]] = {
    **dict.fromkeys(INTEGERS, _read_integer),
    XSD["decimal"].value: _read_decimal,
    XSD["double"].value: _read_double,
    XSD["float"].value: _read_float,
    XSD["string"].value: _read_string,
    XSD["boolean"].value: _read_boolean,
    **{XSD[kind].value: _read_moments(kind) for kind in ("dateTime", "date", "time", "gYear", "gYearMonth")},
}
