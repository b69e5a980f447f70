"""Times: on which days the things of a dataset may have been, each by the precision of its own dates."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from migragraph.consistency.extents import Extent, measure_date
from migragraph.namespaces import MG, SCHEMA
from migragraph.support import Index

__all__ = ["find_dates", "measure_end", "measure_source", "measure_span", "measure_start", "measure_state"]


def find_dates(subject: NamedNode, property_: NamedNode, index: Index) -> list[Extent]:
    """Give the extents of the dates that a subject has by a property."""
    return [measure_date(value) for value in index.get(subject, {}).get(property_, ()) if isinstance(value, Literal)]


def measure_state(state: NamedNode, index: Index) -> Extent:
    """Give the days on which a state may have been reached: by its date, or else by the bounds of it."""
    if dates := find_dates(state, MG.date, index):
        return dates[0]
    return Extent(
        _first(find_dates(state, MG.notBefore, index)).low, _first(find_dates(state, MG.notAfter, index)).high
    )


def measure_start(thing: NamedNode, index: Index) -> Extent:
    """Give the days on which a thing may have begun: by its start, cut by what it did not come before."""
    start = _first(find_dates(thing, SCHEMA.startDate, index))
    earliest = _first(find_dates(thing, MG.notBefore, index)).low
    low = earliest if start.low is None else start.low if earliest is None else max(start.low, earliest)
    return Extent(low, start.high if start.high is not None else measure_end(thing, index).high)


def measure_end(thing: NamedNode, index: Index) -> Extent:
    """Give the days on which a thing may have ended: by its end, or else by what it did not come after."""
    if ends := find_dates(thing, SCHEMA.endDate, index):
        return ends[0]
    return Extent(None, _first(find_dates(thing, MG.notAfter, index)).high)


def measure_span(event: NamedNode, index: Index) -> Extent:
    """Give the days on which an event may have been going on; one with a start alone is over on that day."""
    start, end = measure_start(event, index), measure_end(event, index)
    return Extent(start.low, start.high if end.high is None else end.high)


def measure_source(source: NamedNode, index: Index) -> Extent:
    """Give the days on which a source may have come out."""
    return _first(find_dates(source, SCHEMA.datePublished, index))


def _first(extents: Iterable[Extent]) -> Extent:
    return next(iter(extents), Extent())
