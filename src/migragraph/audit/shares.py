"""Shares: the shares that sources state, held against those that the counts of the same people give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from migragraph.audit.parts import SEXES, find_share
from migragraph.audit.ranges import Range
from migragraph.consistency import SEX, Observation

__all__ = ["ShareComparison", "compare_shares"]


@dataclass(frozen=True, slots=True)
class ShareComparison:
    """A stated share beside a whole, and the part of it, None where nobody gives it; and the share that they give."""

    stated: Observation
    whole: Observation
    part: Observation | None
    given: Range | None

    @property
    def same_period(self) -> bool:
        """Tell whether the share and the counts are of one time."""
        return self.stated.period == self.whole.period

    @property
    def meets(self) -> bool:
        """Tell whether the counts can give the share that is stated."""
        return self.given is None or Range.of(self.stated.extent).meets(self.given)


def compare_shares(observations: Iterable[Observation], shares: frozenset[NamedNode]) -> Iterator[ShareComparison]:
    """Hold each share of one sex, an observation of an indicator in ``shares``, against the counts of its population.

    The counts are of the same population and area; they may be of another time, and of a stock where the share is one
    of a flow, so that a share that differs from them need not be wrong.
    """
    wholes: dict[object, list[Observation]] = defaultdict(list)
    parts: dict[object, Observation] = {}
    figures = list(observations)
    for one in figures:
        if one.sex == SEX.T and one.indicator not in shares:
            wholes[one.population, one.area].append(one)
        parts.setdefault((*one.subject, one.period), one)
    for stated in figures:
        if stated.indicator in shares and stated.sex in SEXES:
            for whole in wholes[stated.population, stated.area]:
                part = parts.get((whole.indicator, whole.population, whole.area, stated.sex, whole.period))
                given = find_share(Range.of(part.extent), Range.of(whole.extent)) if part else None
                yield ShareComparison(stated, whole, part, given)
