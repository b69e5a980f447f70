"""Which figures stand on one scale: those that are alike but for one thing, and no others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import NamedNode

from migragraph.consistency import HEDGE, SEX, Extent, Observation
from migragraph.site.statistics.comparing import LIMIT, compare_figures
from migragraph.site.statistics.figures import Figure, Time

BASE = "https://example.org/"


def iri(name: str) -> NamedNode:
    return NamedNode(BASE + name)


def time(name: str) -> Time:
    """Give a period by its name: a year, years as 2017-2023, "day" and a year, or one of which nothing is known."""
    if name == "undated":
        return Time(iri(name))
    first, _, last = name.removeprefix("day").partition("-")
    start = Decimal(date(int(first), 1, 1).toordinal())
    if name.startswith("day"):
        return Time(iri(name), start, start, "1 days", is_known=True)
    end = Decimal(date(int(last or first), 12, 31).toordinal())
    return Time(iri(name), start, end, f"{12 * (int(last or first) - int(first) + 1)} months", is_known=True)


def figure(
    name: str,
    period: str = "2023",
    area: str = "viet-nam",
    *,
    sex: str = "T",
    population: str = "workers",
    by: str = "one",
) -> Figure:
    number = Decimal(len(name))
    one = Observation(
        iri=iri(name),
        indicator=iri("departures"),
        population=iri(population),
        area=iri(area),
        period=iri(period),
        sex=SEX[sex],
        about=frozenset(),
        origin=iri(by),
        unit=iri("people"),
        hedge=HEDGE.exact,
        low=number,
        high=number,
        extent=Extent(number, number),
    )
    return Figure(one, time(period), None, (), is_derived=False)


CASES: dict[str, tuple[list[Figure], list[tuple[str, list[str]]]]] = {
    "years": ([figure("b", "2023"), figure("a", "2022")], [("period", ["a", "b"])]),
    "areas, the largest first": ([figure("a", area="x"), figure("bb", area="y")], [("area", ["bb", "a"])]),
    "sexes": ([figure("m", sex="M"), figure("t"), figure("f", sex="F")], [("sex", ["t", "f", "m"])]),
    "sources": ([figure("a", by="one"), figure("b", by="other")], [("side", ["a", "b"])]),
    "one figure": ([figure("a")], []),
    "a flow of a year and one of seven": ([figure("a", "2023"), figure("b", "2017-2023")], []),
    "a day and a year": ([figure("a", "day2022"), figure("b", "2023")], []),
    "two populations": ([figure("a", population="x"), figure("b", "2022", population="y")], []),
    "areas in different years": ([figure("a", "2022", "x"), figure("b", "2023", "y")], []),
    "sexes in different years": ([figure("a", "2022", sex="F"), figure("b", "2023", sex="M")], []),
    "areas at times of which nothing is known": ([figure("a", "undated", "x"), figure("b", "undated", "y")], []),
    "sources of times of which nothing is known": ([figure("a", "undated"), figure("b", "undated", by="other")], []),
    "a breakdown by sex of one year among several": (
        [figure("t1", "2021"), figure("t2", "2022"), figure("t3"), figure("f3", sex="F"), figure("m3", sex="M")],
        [("period", ["t1", "t2", "t3"]), ("sex", ["f3", "m3"])],
    ),
}


@pytest.mark.parametrize(("figures", "expected"), CASES.values(), ids=CASES)
def test_figures_are_compared_only_where_one_thing_differs(
    figures: list[Figure], expected: list[tuple[str, list[str]]]
) -> None:
    for order in (figures, figures[::-1]):
        found = compare_figures(order, is_stock=False)
        names = [(one.by, [f.observation.iri.value.removeprefix(BASE) for f in one.figures]) for one in found]
        assert names == expected


def test_a_stock_is_of_a_time_however_long_that_is() -> None:
    figures = [figure("a", "day2022"), figure("b", "2023")]
    assert [one.by for one in compare_figures(figures, is_stock=True)] == ["period"]
    assert compare_figures(figures, is_stock=False) == []
    undated = [figure("a", "undated"), figure("b", "2023")]
    assert compare_figures(undated, is_stock=True) == []


def test_sets_that_can_be_drawn_whole_go_before_larger_ones() -> None:
    areas = range(LIMIT + 10)
    figures = [figure(f"{area}-{year}", str(year), f"area{area}") for area in areas for year in (2021, 2022, 2023)]
    found = compare_figures(figures, is_stock=False)
    assert {one.by for one in found} == {"period"}
    assert len(found) == len(areas)


def test_each_figure_is_in_one_chart_at_most() -> None:
    figures = [
        figure(f"{area}-{year}-{sex}", str(year), area, sex=sex)
        for area in ("x", "y")
        for year in (2021, 2022, 2023)
        for sex in "TFM"
    ]
    drawn = [one.observation.iri for chart in compare_figures(figures, is_stock=False) for one in chart.figures]
    assert len(drawn) == len(set(drawn)) == len(figures)
