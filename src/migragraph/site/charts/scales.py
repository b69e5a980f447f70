"""Scales: where a number or a day stands across a drawing, and the round ones that are marked there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from migragraph.site.charts.lettering import NARROW, SMALL, measure_text
from migragraph.spelling import write_number

__all__ = ["Scale", "make_scale", "mark_numbers", "mark_years"]

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_GAP = 14


class Scale(NamedTuple):
    """The numbers from the left edge of a drawing to the right one."""

    low: Decimal
    high: Decimal

    def place(self, number: Decimal) -> float:
        """Give where a number stands, from 0 at the left edge to 1 at the right one; what lies beyond stands there."""
        share = float((number - self.low) / (self.high - self.low))
        return min(max(share, 0.0), 1.0)


def make_scale(low: Decimal, high: Decimal, *, room: bool) -> Scale:
    """Make a scale that shows 0 and all numbers, with some room beyond them where bars are open at their ends."""
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    more = (high - low) * (Decimal("0.13") if room else Decimal("0.02"))
    return Scale(low - more if low < 0 else low, high + more if high > 0 else high)


def mark_numbers(scale: Scale, language: str) -> list[tuple[Decimal, str]]:
    """Give round numbers of a scale, each as people write it, few enough to stand side by side in a narrow window."""
    marks: list[tuple[Decimal, str]] = []
    for count in (5, 4, 3, 2, 1):
        marks = [(number, write_number(f"{number:f}", language)) for number in _list_round(scale, count)]
        if sum(measure_text(text, SMALL) + _GAP for _, text in marks) <= NARROW:
            break
    return marks


def mark_years(first: int, last: int) -> Sequence[int]:
    """Give round years from the first to the last, few enough to stand side by side in a narrow window."""
    most = int(NARROW / (measure_text("2000", SMALL) + _GAP))
    step = next((step for step in _YEARS if (last - first) / step < most), _YEARS[-1])
    return range(first + -first % step, last + 1, step)


def _list_round(scale: Scale, count: int) -> list[Decimal]:
    rough = (scale.high - scale.low) / count
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(step * power for step in _STEPS if step * power >= rough)
    number = (scale.low / step).to_integral_value(rounding="ROUND_CEILING") * step
    found = []
    while number <= scale.high:
        # Decimals know a -0, and keep zeros behind the point.
        found.append(number.normalize() if number else Decimal(0))
        number += step
    return found
