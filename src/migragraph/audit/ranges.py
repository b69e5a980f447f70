"""Ranges: arithmetic with figures that are known only to lie between two numbers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import NamedTuple

from migragraph.consistency import Extent

__all__ = ["Range", "add", "divide", "multiply", "round_half_up", "subtract"]

_ENDLESS = Decimal("Infinity")
_ZERO = Decimal(0)


class Range(NamedTuple):
    """All numbers from ``low`` to ``high``, either of which may be endless."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, extent: Extent) -> Range:
        """Give the range of an extent; no figure of the graph is below 0."""
        return cls(_ZERO if extent.low is None else extent.low, _ENDLESS if extent.high is None else extent.high)

    @property
    def is_point(self) -> bool:
        """Tell whether there is one number in it."""
        return self.low == self.high

    def meets(self, other: Range) -> bool:
        """Tell whether a number is in both."""
        return self.low <= other.high and other.low <= self.high


_ANYTHING = Range(-_ENDLESS, _ENDLESS)


def add(one: Range, other: Range) -> Range:
    """Add two ranges."""
    return Range(one.low + other.low, one.high + other.high)


def subtract(one: Range, other: Range) -> Range:
    """Take a range from another."""
    return Range(_difference(one.low, other.high, -_ENDLESS), _difference(one.high, other.low, _ENDLESS))


def multiply(one: Range, other: Range) -> Range:
    """Multiply two ranges."""
    ends = [_product(left, right) for left in one for right in other]
    return Range(min(ends), max(ends))


def divide(one: Range, other: Range) -> Range:
    """Divide a range by another; anything where that may be 0. Raises ZeroDivisionError where it is 0."""
    if other.low == other.high == 0:
        raise ZeroDivisionError("the formula divides by 0.")
    if other.low <= 0 <= other.high:
        return _ANYTHING
    inverse = sorted(_ZERO if end.is_infinite() else 1 / end for end in other)
    # A point stays one: the inverse would be rounded once more than the quotient.
    if one.is_point and other.is_point:
        return Range(one.low / other.low, one.low / other.low)
    return multiply(one, Range(*inverse))


def round_half_up(one: Range, places: int) -> Range:
    """Round the ends of a range to a number of decimal places, a half upwards; endless ones stay as they are."""
    return Range(*(_round(end, places) for end in one))


def _round(number: Decimal, places: int) -> Decimal:
    if number.is_infinite():
        return number
    try:
        return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except DecimalException:
        # More digits than are kept: the number is already as exact as it can be.
        return number


def _difference(one: Decimal, other: Decimal, endless: Decimal) -> Decimal:
    return endless if one.is_infinite() and other.is_infinite() else one - other


def _product(one: Decimal, other: Decimal) -> Decimal:
    return _ZERO if 0 in (one, other) else one * other
