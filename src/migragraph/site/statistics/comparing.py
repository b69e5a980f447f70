"""Comparing: which figures of an indicator may stand beside one another on one scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from migragraph.consistency import SEX
from migragraph.site.statistics.figures import Figure

__all__ = ["LIMIT", "WAYS", "Comparison", "compare_figures", "order_figures"]

LIMIT = 36
"""How many figures are drawn in one chart."""

_SEXES: Mapping[object, int] = {SEX.T: 0, SEX.F: 1, SEX.M: 2}


class Comparison(NamedTuple):
    """Figures that are alike but for one thing, ``by`` one of ``WAYS``, in the order in which they are to stand."""

    by: str
    figures: Sequence[Figure]


def _same_but_period(figure: Figure, *, is_stock: bool) -> Hashable:
    """Give what figures over time share: two flows also the length of time over which they are counted."""
    one, time = figure.observation, figure.time
    length = "stock" if is_stock and time.length else time.length
    return (one.population, one.area, one.sex, length) if length else None


def _same_but_area(figure: Figure, *, is_stock: bool) -> Hashable:
    one = figure.observation
    return (one.population, one.sex, figure.time.term) if figure.time.is_known else None


def _same_but_sex(figure: Figure, *, is_stock: bool) -> Hashable:
    one = figure.observation
    return (one.population, one.area, figure.time.term) if figure.time.is_known else None


def _same_but_side(figure: Figure, *, is_stock: bool) -> Hashable:
    one = figure.observation
    return (one.population, one.area, one.sex, figure.time.term) if figure.time.is_known else None


WAYS: Mapping[str, tuple[Callable[..., Hashable], Callable[[Figure], Hashable]]] = {
    "period": (_same_but_period, lambda figure: figure.time.term),
    "area": (_same_but_area, lambda figure: figure.observation.area),
    "sex": (_same_but_sex, lambda figure: figure.observation.sex),
    "side": (_same_but_side, lambda figure: (figure.observation.origin, figure.observation.about)),
}
"""By what figures may differ, those preferred first: for each what they share, and by what they differ.

They always share the indicator, the unit and the population, and all other dimensions but one; None stands for a figure
that cannot be compared in this way. By side: who states it, or what it is about.
"""


def compare_figures(figures: Iterable[Figure], *, is_stock: bool) -> list[Comparison]:
    """Sort figures of one indicator and unit into sets that may be compared; each is in one set at most.

    The way in which the largest sets come about, of those that can be drawn whole, goes first.
    """
    rest = list(figures)
    ways = [way for way in WAYS if way != "side"]
    found: list[Comparison] = []
    while ways:
        sets = {way: _find_sets(rest, way, is_stock=is_stock) for way in ways}
        way = max(ways, key=lambda way: _rate(sets[way]))
        ways.remove(way)
        found += [Comparison(way, order_figures(some, way)) for some in sets[way]]
        rest = _leave(rest, sets[way])
    sides = _find_sets(rest, "side", is_stock=is_stock)
    return [*found, *(Comparison("side", order_figures(some, "side")) for some in sides)]


def order_figures(figures: Iterable[Figure], by: str = "period") -> list[Figure]:
    """Order figures: areas by the number that is printed, the largest first; all else by time, then by sex."""
    return sorted(figures, key=lambda figure: (-figure.observation.high if by == "area" else 0, *_order(figure)))


def _order(figure: Figure) -> tuple[object, ...]:
    one, time = figure.observation, figure.time
    return (time.first is None, time.first or 0, time.last or 0, _SEXES.get(one.sex, len(_SEXES)), one.iri.value)


def _find_sets(figures: Iterable[Figure], way: str, *, is_stock: bool) -> list[list[Figure]]:
    share, differ = WAYS[way]
    sets: dict[Hashable, list[Figure]] = defaultdict(list)
    for figure in figures:
        key = share(figure, is_stock=is_stock)
        if key is not None:
            sets[key].append(figure)
    return [some for some in sets.values() if len({differ(figure) for figure in some}) > 1]


def _rate(sets: Sequence[Sequence[Figure]]) -> float:
    drawn = [len(some) for some in sets if len(some) <= LIMIT]
    return sum(drawn) / len(drawn) if drawn else 0.0


def _leave(figures: Iterable[Figure], sets: Iterable[Iterable[Figure]]) -> list[Figure]:
    taken = {figure.observation.iri for some in sets for figure in some}
    return [figure for figure in figures if figure.observation.iri not in taken]
