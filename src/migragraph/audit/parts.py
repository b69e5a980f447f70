"""Parts: the figures that are parts of others, by sex or by area, held against their wholes."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TypeAlias

from pyoxigraph import NamedNode

from migragraph.audit.ranges import Range, add, divide, multiply
from migragraph.consistency import SEX, Observation

__all__ = ["SEXES", "Breakdown", "Comparison", "compare_areas", "compare_sexes", "find_share", "group_by_time"]

SEXES = (SEX.F, SEX.M)
"""The codes of the parts by sex; that of the whole is SEX.T."""

Breakdown: TypeAlias = tuple[NamedNode | None, ...]
"""What the parts and the whole have in common: indicator, population, area, period."""

_PERCENT = Range(Decimal(100), Decimal(100))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Parts beside their whole: their sum, its share of the whole in per cent, and what is wrong, empty where nothing.

    ``are_all`` says that the parts are both sexes, which make up the whole.
    """

    whole: Observation
    parts: tuple[Observation, ...]
    sum: Range
    share: Range
    are_all: bool = False
    fault: str = ""


def group_by_time(observations: Iterable[Observation]) -> dict[Breakdown, list[Observation]]:
    """Group figures by what the parts by sex of one whole have in common."""
    groups: dict[Breakdown, list[Observation]] = defaultdict(list)
    for one in observations:
        groups[one.indicator, one.population, one.area, one.period].append(one)
    return groups


def find_share(part: Range, whole: Range) -> Range:
    """Give the share of a part in a whole, in per cent, from 0 to 100; all of that where the whole may be 0."""
    try:
        share = multiply(_PERCENT, divide(part, whole))
    except ZeroDivisionError:
        return Range(Decimal(0), Decimal(100))
    return Range(max(share.low, Decimal(0)), min(share.high, max(share.low, Decimal(100))))


def compare_sexes(group: Iterable[Observation]) -> Iterator[Comparison]:
    """Hold each part by sex, and both together, against the wholes of one group of ``group_by_time``."""
    figures = list(group)
    parts = {sex: [one for one in figures if one.sex == sex] for sex in SEXES}
    for whole in figures:
        if whole.sex == SEX.T:
            for part in itertools.chain.from_iterable(parts.values()):
                yield _compare(whole, (part,))
            for pair in itertools.product(*parts.values()):
                yield _compare(whole, pair, are_all=True)


def compare_areas(
    observations: Iterable[Observation], broader: Mapping[NamedNode, Iterable[NamedNode]]
) -> Iterator[Comparison]:
    """Hold the parts by area that one authority gives against their whole.

    The parts are figures of an indicator that ``broader`` puts below that of the whole, of the same population, period
    and sex, for other areas.
    """
    wholes: dict[Breakdown, list[Observation]] = defaultdict(list)
    figures = list(observations)
    for one in figures:
        wholes[one.indicator, one.population, one.period, one.sex].append(one)
    parts: dict[tuple[Observation, NamedNode | None], list[Observation]] = defaultdict(list)
    for one in figures:
        for above in broader.get(one.indicator, ()):
            for whole in wholes.get((above, one.population, one.period, one.sex), ()):
                if whole.area != one.area:
                    parts[whole, one.origin].append(one)
    for (whole, _), several in parts.items():
        yield _compare(whole, tuple(several))


def _compare(whole: Observation, parts: tuple[Observation, ...], *, are_all: bool = False) -> Comparison:
    total, limit = reduce(add, (Range.of(one.extent) for one in parts)), Range.of(whole.extent)
    fault = ""
    if total.low > limit.high:
        fault = "The parts are more than the whole." if len(parts) > 1 else "The part is more than the whole."
    elif are_all and total.high < limit.low:
        fault = "Both sexes together are less than the whole."
    return Comparison(whole, parts, total, find_share(total, limit), are_all, fault)
