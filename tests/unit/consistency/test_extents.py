from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from pyoxigraph import Literal

from migragraph.consistency.extents import ANYTHING, HEDGE, Extent, measure_date, measure_figure
from migragraph.namespaces import XSD


def day(text: str) -> Decimal:
    return Decimal(datetime.date.fromisoformat(text).toordinal())


@pytest.mark.parametrize(
    ("text", "datatype", "first", "last"),
    [
        ("2020", "gYear", "2020-01-01", "2020-12-31"),
        ("2020-02", "gYearMonth", "2020-02-01", "2020-02-29"),
        ("2021-12", "gYearMonth", "2021-12-01", "2021-12-31"),
        ("2020-03-20", "date", "2020-03-20", "2020-03-20"),
        ("2020-03-20Z", "date", "2020-03-20", "2020-03-20"),
        ("2020+07:00", "gYear", "2020-01-01", "2020-12-31"),
    ],
)
def test_a_date_is_all_the_days_that_it_may_be(text: str, datatype: str, first: str, last: str) -> None:
    assert measure_date(Literal(text, datatype=XSD[datatype])) == Extent(day(first), day(last))


@pytest.mark.parametrize(
    "literal",
    [
        Literal("2020-13", datatype=XSD.gYearMonth),
        Literal("2021-02-29", datatype=XSD.date),
        Literal("2020", datatype=XSD.date),
        Literal("0000", datatype=XSD.gYear),
        Literal("-0044", datatype=XSD.gYear),
        Literal("12020", datatype=XSD.gYear),
        Literal("--11-22", datatype=XSD.gMonthDay),
        Literal("2020"),
        Literal("", datatype=XSD.date),
    ],
)
def test_what_is_no_day_of_the_calendar_leaves_all_possible(literal: Literal) -> None:
    assert measure_date(literal) == ANYTHING


@pytest.mark.parametrize(
    ("figure", "hedge", "low", "high"),
    [
        ("49", "exact", "49", "49"),
        ("650000", "approximately", "645000", "655000"),
        ("4000", "approximately", "3500", "4500"),
        ("34.88", "approximately", "34.875", "34.885"),
        ("0", "approximately", "-0.5", "0.5"),
        ("860000", "nearly", "850000", "860000"),
        ("45", "more-than", "45", None),
        ("45", "at-least", "45", None),
        ("5", "up-to", None, "5"),
        ("5", "at-most", None, "5"),
        ("5", "less-than", None, "5"),
        ("5", "one-of-another-scheme", None, None),
    ],
)
def test_a_hedge_says_what_a_figure_may_be(figure: str, hedge: str, low: str | None, high: str | None) -> None:
    extent = measure_figure(Decimal(figure), Decimal(figure), HEDGE[hedge])
    assert (extent.low, extent.high) == (low and Decimal(low), high and Decimal(high))


def test_bounds_that_are_given_count_for_more_than_a_word() -> None:
    bounds = (Decimal(600), Decimal(800))
    assert measure_figure(Decimal(700), Decimal(700), HEDGE.approximately, bounds) == Extent(*bounds)


def figure(hedge: str, low: str, high: str | None = None) -> Extent:
    return measure_figure(Decimal(low), Decimal(high or low), HEDGE[hedge])


@pytest.mark.parametrize(
    ("one", "other", "meets", "includes"),
    [
        (figure("more-than", "45"), figure("exact", "49"), True, True),
        (figure("more-than", "45"), figure("exact", "45"), False, False),
        (figure("at-least", "45"), figure("exact", "45"), True, True),
        (figure("nearly", "80"), figure("exact", "80"), False, False),
        (figure("nearly", "80"), figure("exact", "79"), True, True),
        (figure("more-than-to", "30", "40"), figure("exact", "30"), False, False),
        (figure("more-than-to", "30", "40"), figure("exact", "40"), True, True),
        (figure("up-to", "5"), figure("more-than", "5"), False, False),
        (figure("up-to", "5"), figure("exact", "4"), True, True),
        (figure("approximately", "250"), figure("exact", "256"), False, False),
        (figure("more-than", "45"), figure("at-most", "60"), True, False),
        (figure("exact", "1"), ANYTHING, True, False),
        (ANYTHING, figure("exact", "1"), True, True),
    ],
)
def test_figures_meet_where_both_can_be_true(one: Extent, other: Extent, meets: bool, includes: bool) -> None:
    assert one.meets(other) == other.meets(one) == meets
    assert one.includes(other) == includes
    assert one.includes(one)
