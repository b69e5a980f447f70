"""Figure: one number, sum, share, date or span that a phrase states, as a value and as the words that state it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

__all__ = ["KINDS", "Figure", "Kind", "Value"]

Kind = Literal["quantity", "range", "percentage", "money", "ordinal", "date", "interval", "duration", "unknown"]

KINDS: tuple[Kind, ...] = (
    "quantity",
    "range",
    "percentage",
    "money",
    "ordinal",
    "date",
    "interval",
    "duration",
    "unknown",
)
"""What a figure can be; ``unknown`` is a word or sign of number that gives no value ("dozens", "12,34,5")."""

Value = Decimal | str
"""A number, or a date or duration as ISO 8601 writes it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a phrase.

    ``value`` is None in a span, which has ``lower`` and ``upper``; an open end of an interval is None. ``unit`` is a
    normal name ("people", "percent", an ISO 4217 code), None where it is not known. ``precision`` is that of a date or
    interval: day, month (of a year or of none), year, month-day (no year). ``text`` is what stands from ``start`` to
    ``end``, in code points of the phrase.
    """

    kind: Kind
    value: Value | None
    lower: Value | None
    upper: Value | None
    unit: str | None
    hedge: str
    precision: str | None
    text: str
    start: int
    end: int
