"""Figures: the observations of a dataset, with what a reader of statistics asks of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.consistency import SEX, Observation, find_node, find_nodes
from migragraph.consistency.extents import ANYTHING, Extent, measure_date
from migragraph.dataset import Dataset
from migragraph.namespaces import MG, RDF, SCHEMA, SDMX_ATTRIBUTE, SDMX_DIMENSION
from migragraph.support import Index

__all__ = ["Figure", "Group", "Time", "list_groups"]

_NORMAL = NamedNode("http://purl.org/linked-data/sdmx/2009/code#obsStatus-A")
_STOCK = NamedNode("https://w3id.org/migragraph/scheme/indicator-type/stock")
_DATES = (SCHEMA.startDate, SCHEMA.endDate, MG.notBefore, MG.notAfter)


class Time(NamedTuple):
    """The period of a figure: the term that names it, its first and last day, and its length.

    The days are numbers in the calendar, None where they are not known; the length is empty where one of them is not.
    ``is_known`` is False of a period of which only is known that nothing is: figures of two such periods may be of two
    different times.
    """

    term: NamedNode | Literal | None = None
    first: Decimal | None = None
    last: Decimal | None = None
    length: str = ""
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation with its period, its status where that is not the normal one, its compilers; derived or not."""

    observation: Observation
    time: Time
    status: NamedNode | None
    compilers: tuple[NamedNode, ...]
    is_derived: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one indicator in one unit; ``is_stock`` tells that they are counted at a time, not over one."""

    indicator: NamedNode
    unit: NamedNode | None
    is_stock: bool
    figures: tuple[Figure, ...]

    @property
    def has_sexes(self) -> bool:
        """Tell whether some figure is of one sex alone."""
        return any(figure.observation.sex in (SEX.F, SEX.M) for figure in self.figures)


def list_groups(dataset: Dataset, observations: Iterable[Observation]) -> list[Group]:
    """Group the observations of a dataset by indicator and unit, sorted by the IRIs of these."""
    several: dict[tuple[NamedNode, NamedNode | None], list[Figure]] = defaultdict(list)
    times: dict[NamedNode | Literal | None, Time] = {None: Time()}
    for one in observations:
        period = next(iter(dataset.index[one.iri].get(SDMX_DIMENSION.refPeriod, ())), None)
        if period not in times:
            times[period] = _measure_time(period, dataset.index)
        several[one.indicator, one.unit].append(_read(one, times[period], dataset.index))
    stocks = _list_stocks(dataset)
    keys = sorted(several, key=lambda key: tuple(term.value if term else "" for term in key))
    return [Group(*key, is_stock=key[0] in stocks, figures=tuple(several[key])) for key in keys]


def _read(one: Observation, time: Time, index: Index) -> Figure:
    properties = index[one.iri]
    status = find_node(properties, SDMX_ATTRIBUTE.obsStatus)
    return Figure(
        observation=one,
        time=time,
        status=None if status == _NORMAL else status,
        compilers=find_nodes(properties, MG.compiledBy),
        is_derived=one.origin is not None and MG.Derivation in index.get(one.origin, {}).get(RDF.type, ()),
    )


def _list_stocks(dataset: Dataset) -> set[object]:
    return {
        triple.subject
        for triple in dataset.ontology
        if triple.predicate == MG.indicatorType and triple.object == _STOCK
    }


def _measure_time(period: NamedNode | Literal | None, index: Index) -> Time:
    if isinstance(period, Literal):
        extent = measure_date(period)
        return _make_time(period, extent.low, extent.high, is_known=extent != ANYTHING)
    properties = index.get(period, {}) if period else {}
    ends = {name: _measure_end(properties.get(name, ())) for name in _DATES}
    # Of a period that the data do not describe its IRI says which one it is.
    is_known = not properties or any(end != ANYTHING for end in ends.values())
    return _make_time(period, ends[SCHEMA.startDate].low, ends[SCHEMA.endDate].high, is_known=is_known)


def _measure_end(values: object) -> Extent:
    dates = [value for value in values if isinstance(value, Literal)] if isinstance(values, list) else []
    return measure_date(dates[0]) if dates else ANYTHING


def _make_time(
    period: NamedNode | Literal | None, first: Decimal | None, last: Decimal | None, *, is_known: bool
) -> Time:
    length = "" if first is None or last is None or first > last else _write_length(int(first), int(last))
    return Time(period, first, last, length, is_known)


def _write_length(first: int, last: int) -> str:
    """Give a length in months where it is of whole ones, or else in days, so that years are alike, leap or not."""
    start = date.fromordinal(first)
    after = date.fromordinal(last + 1) if last < date.max.toordinal() else None
    if after and start.day == after.day == 1:
        return f"{(after.year - start.year) * 12 + after.month - start.month} months"
    return f"{last - first + 1} days"
