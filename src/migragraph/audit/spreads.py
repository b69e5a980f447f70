"""Spreads: over which times and areas the figures of an indicator lie, where they count one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from migragraph.consistency import Extent, Observation, measure_span
from migragraph.support import Index

__all__ = ["Lack", "Spread", "find_spread"]

Lack: TypeAlias = Literal["", "one", "different", "unknown"]
"""Why figures are not broken down: there is one value alone, each is of another thing, or no two values are known."""


class Spread(NamedTuple):
    """The times, by date, or the areas of some figures; ``lack`` is empty where one thing is counted in several."""

    values: tuple[NamedNode, ...]
    lack: Lack


def find_spread(figures: Iterable[Observation], dimension: Literal["period", "area"], index: Index) -> Spread:
    """Find the times or areas for which figures of one population, of one sex and about one thing are given.

    Figures are by area only at one time, and by time only in one area. A time that nobody gives tells no figures
    apart.
    """
    series: dict[tuple[object, ...], set[NamedNode]] = defaultdict(set)
    for one in figures:
        value, other = (one.period, one.area) if dimension == "period" else (one.area, one.period)
        if value is not None:
            series[one.population, one.sex, one.about, other].add(value)
    known = [_keep_known(values, dimension, index) for values in series.values()]
    broken_down = {value for values in known if len(values) > 1 for value in values}
    values = broken_down or set().union(*series.values())
    ordered = tuple(sorted(values, key=lambda value: _order(value, index)))
    if broken_down:
        return Spread(ordered, "")
    if len(values) <= 1:
        return Spread(ordered, "one")
    return Spread(ordered, "different" if all(len(own) == 1 for own in series.values()) else "unknown")


def _keep_known(values: set[NamedNode], dimension: str, index: Index) -> set[NamedNode]:
    return {value for value in values if dimension == "area" or measure_span(value, index) != Extent()}


def _order(value: NamedNode, index: Index) -> tuple[bool, Decimal, Decimal, str]:
    """Put times in the order of their dates, those of no known date and areas after them by IRI."""
    span = measure_span(value, index)
    return (span == Extent(), span.low or Decimal(0), span.high or Decimal(0), value.value)
