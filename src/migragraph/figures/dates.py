"""Dates: days, months and years as far as a phrase gives them, and durations, as ISO 8601 writes both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from migragraph.figures.ruleset import Rules
from migragraph.figures.tokens import Item

__all__ = ["Day", "complete", "read_date", "write_duration"]

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DURATION = re.compile(r"P(T?)(\d+)([YMDHMS])")
_FINER = {("", "Y"): (12, "", "M"), ("", "D"): (24, "T", "H"), ("T", "H"): (60, "T", "M"), ("T", "M"): (60, "T", "S")}


class Day(NamedTuple):
    """A date as far as it is given."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def precision(self) -> str:
        """Tell what is given: day, month (with a year or without), year, or month-day (without one)."""
        if self.year is None:
            return "month-day" if self.day else "month"
        return "day" if self.day else "month" if self.month else "year"

    @property
    def is_real(self) -> bool:
        """Tell whether there is such a day."""
        if self.month is None or not 1 <= self.month <= 12:
            return self.month is None and self.day is None
        if self.day is None:
            return True
        leap = self.year is None or (self.year % 4 == 0 and (self.year % 100 != 0 or self.year % 400 == 0))
        return 1 <= self.day <= _LENGTHS[self.month - 1] - (self.month == 2 and not leap)

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04}"
        parts = [f"-{part:02}" for part in (self.month, self.day) if part is not None]
        return year + "".join(parts)


def read_date(items: Sequence[Item], rules: Rules) -> Day | None:
    """Read the date that tokens make, as far as they give it; None where there is no such day."""
    year = month = None
    numbers: list[int] = []
    for item in items:
        if isinstance(item.value, Day) or rules.lexicon.has(item.code, "date"):
            return item.value if isinstance(item.value, Day) else None
        name = rules.mean("month", item.key)
        rank = rules.mean("ordinal", item.key)
        if isinstance(name, Decimal):
            month = int(name)
        elif isinstance(item.value, Decimal) and (rules.lexicon.has(item.code, "year") or item.value >= 1000):
            year = int(item.value)
        elif isinstance(item.value, Decimal):
            numbers.append(int(item.value))
        elif isinstance(rank, Decimal):
            numbers.append(int(rank))
    if month is None and len(numbers) == 2:
        return _order(numbers, year, leading=rules.lexicon.has(items[0].code, "year"), order=rules.date_order)
    if month is None and year and numbers and any(item.key == "/" for item in items):
        return _check(Day(year, numbers[0], None))  # 11/2023
    date = Day(year, month, numbers[0] if numbers else None)
    return date if date != Day(None, None, None) and (month is None or date.is_real) else None


def _check(date: Day) -> Day | None:
    return date if date.is_real else None


def _order(numbers: list[int], year: int | None, *, leading: bool, order: str) -> Day | None:
    first, second = numbers
    orders = [Day(year, second, first), Day(year, first, second)]
    if leading or order == "month-day":
        orders.reverse()
    real = [date for date in orders if date.is_real]
    if not real or (len(set(real)) > 1 and order == "ambiguous" and not leading):
        return None
    return real[0]


def complete(low: Day, high: Day) -> tuple[Day, Day]:
    """Complete the ends of a span by one another: "July 16-18, 2024" gives the 18th its month and the 16th its year."""
    if low.month is None and low.day is not None:
        low = low._replace(month=high.month)
    if high.month is None and high.day is not None:
        high = high._replace(month=low.month)
    if low.year is None and low.month is not None:
        low = low._replace(year=high.year)
    if high.year is None and high.month is not None and low.month is not None and low.year is not None:
        high = high._replace(year=low.year)
    return low, high


def write_duration(number: Decimal, one: str) -> str:
    """Write so many of a unit of time: 1.5 of P1Y is P18M, 0.5 of PT1H is PT30M."""
    match = _DURATION.fullmatch(one)
    if match is None:
        raise ValueError(f"{one!r} is no duration of one unit")
    time, letter = match[1], match[3]
    amount = number * int(match[2])
    if amount != amount.to_integral_value() and (time, letter) in _FINER:
        factor, time_finer, finer = _FINER[time, letter]
        if amount * factor == (amount * factor).to_integral_value():
            amount, time, letter = amount * factor, time_finer, finer
    written = str(int(amount)) if amount == amount.to_integral_value() else f"{amount.normalize():f}"
    return f"P{time}{written}{letter}"
