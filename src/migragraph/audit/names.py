"""Names: figures and their dimensions in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from migragraph.audit.ranges import Range
from migragraph.audit.tables import FigureLine
from migragraph.consistency import HEDGE, Observation
from migragraph.labels import Labels

__all__ = ["Names"]


@dataclass(frozen=True, slots=True)
class Names:
    """Name figures, ranges and terms by the English labels of a dataset."""

    labels: Labels

    def name(self, term: NamedNode | None) -> str:
        """Give the label of a term; the empty string where there is none."""
        return self.labels.name(term) if term else ""

    def curie(self, term: NamedNode | None) -> str:
        """Give the CURIE of a term; the empty string where there is none."""
        return self.labels.shorten(term) if term else ""

    def amount(self, one: Observation) -> str:
        """Give the value, or the ends of the range, and the unit."""
        number = f"{one.low:,f}" + (f" to {one.high:,f}" if one.is_range else "")
        return f"{number} {self.name(one.unit)}".rstrip()

    def hedged(self, one: Observation) -> str:
        """Give the amount, with its hedge in brackets where it is not exact."""
        return self.amount(one) + ("" if one.hedge == HEDGE.exact else f" ({self.name(one.hedge)})")

    def setting(self, one: Observation) -> str:
        """Give the population, the area and the period of a figure."""
        return "; ".join(filter(None, map(self.name, (one.population, one.area, one.period))))

    def line(self, one: Observation) -> FigureLine:
        """Give a figure as a line of a table."""
        return FigureLine(
            iri=self.curie(one.iri),
            value=self.amount(one),
            hedge=self.name(one.hedge),
            population=self.name(one.population),
            area=self.name(one.area),
            period=self.name(one.period),
            sex=self.name(one.sex),
            stated_in=self.curie(one.origin),
        )

    def percent(self, share: Range) -> str:
        """Give a share in per cent with two decimals at most."""
        ends = dict.fromkeys(f"{_shorten(end):f}" for end in share)
        return f"{' to '.join(ends)}%"


def _shorten(number: Decimal) -> Decimal:
    rounded = round(number, 2)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()
