"""Extents: what a date or a figure, with its precision or its hedge, leaves possible."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.literals import is_well_typed
from migragraph.namespaces import XSD, Namespace

__all__ = ["ANYTHING", "HEDGE", "Extent", "measure_date", "measure_figure"]

HEDGE = Namespace("https://w3id.org/migragraph/scheme/hedge/")

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:Z|[+-][0-9:]{5})?", re.ASCII)
_DATED = (XSD.gYear, XSD.gYearMonth, XSD.date)


class Extent(NamedTuple):
    """What may be the true value: from ``low`` to ``high``, None where it is open; an end may itself be left out.

    A date is the number of its day in the calendar, so that dates and figures are compared alike.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    below: bool = False

    def is_before(self, other: Extent) -> bool:
        """Tell whether all of this lies below all of the other."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.below or other.above))

    def meets(self, other: Extent) -> bool:
        """Tell whether something is in both."""
        return not (self.is_before(other) or other.is_before(self))

    def includes(self, other: Extent) -> bool:
        """Tell whether all of the other is in this."""
        return _reaches(self.low, self.above, other.low, other.above, 1) and _reaches(
            self.high, self.below, other.high, other.below, -1
        )


ANYTHING = Extent()
"""The extent that leaves all possible."""


def _reaches(own: Decimal | None, own_open: bool, other: Decimal | None, other_open: bool, sign: int) -> bool:
    """Tell whether an end lies as far out as another; ``sign`` is 1 for the lower ends, -1 for the upper ones."""
    if own is None:
        return True
    if other is None:
        return False
    return own * sign < other * sign or (own == other and (other_open or not own_open))


def measure_date(literal: Literal) -> Extent:
    """Give the days that a year, a month or a day may be; anything where it is none of these, or not in the calendar.

    The lexical forms are those of https://www.w3.org/TR/xmlschema11-2/; a time zone is not looked at.
    """
    match = _DATE.fullmatch(literal.value)
    if match is None or literal.datatype not in _DATED or not is_well_typed(literal) or match[1] == "0000":
        return ANYTHING
    year, month, day = int(match[1]), match[2], match[3]
    last_month = int(month or 12)
    last = int(day or calendar.monthrange(year, last_month)[1])
    first_day, last_day = date(year, int(month or 1), int(day or 1)), date(year, last_month, last)
    return Extent(Decimal(first_day.toordinal()), Decimal(last_day.toordinal()))


def measure_figure(
    low: Decimal, high: Decimal, hedge: NamedNode | None, bounds: tuple[Decimal | None, Decimal | None] = (None, None)
) -> Extent:
    """Give what a figure leaves possible by its hedge; ``low`` and ``high`` are the same where it is no range.

    Bounds that are given count for more than those that a word only hints at: "approximately" and "nearly" reach as
    far as half of, and one unit of, the last digit that is not 0.
    """
    # Most are exact: the bounds are not asked for.
    if hedge in (None, HEDGE.exact, HEDGE["more-than-to"]):
        return Extent(low, high, above=hedge == HEDGE["more-than-to"])
    lower, upper = bounds
    if hedge in (HEDGE["more-than"], HEDGE["at-least"]):
        return Extent(low, None, above=hedge == HEDGE["more-than"])
    if hedge in (HEDGE["at-most"], HEDGE["up-to"], HEDGE["less-than"]):
        return Extent(None, high, below=hedge == HEDGE["less-than"])
    if hedge == HEDGE.nearly:
        return Extent(low - _find_unit(low) if lower is None else lower, high, above=True, below=True)
    if hedge == HEDGE.approximately:
        below = low - _find_unit(low) / 2 if lower is None else lower
        return Extent(below, high + _find_unit(high) / 2 if upper is None else upper)
    return Extent(lower, upper)


def _find_unit(figure: Decimal) -> Decimal:
    """Give the unit of the last digit of a figure that is not 0: 10,000 for 650,000, and 0.01 for 34.88."""
    exponent = figure.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
