"""Sequence: things that cannot have been so in their order, by the precision of their dates.

What the shapes hold by themselves (the states of an instrument in their order, an end before its start) is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from migragraph.consistency.extents import ANYTHING, Extent, measure_date
from migragraph.consistency.observations import find_node, find_nodes
from migragraph.consistency.reports import Fault, make_finding
from migragraph.consistency.times import (
    find_dates,
    measure_end,
    measure_source,
    measure_span,
    measure_start,
    measure_state,
)
from migragraph.dataset import Dataset
from migragraph.namespaces import ELI, MG, RDF, SCHEMA, SDMX_DIMENSION, Namespace
from migragraph.quotations import Testimony
from migragraph.report import Finding, Severity
from migragraph.support import Index

__all__ = ["check_sequence"]

_REPEALS, _WHOLE, _YEAR, _PARTICIPATION = ELI.repeals, SCHEMA.superEvent, MG.editionYear, MG.participation
_ATTESTED, _MADE_AT, _PERIOD = MG.attestedOn, MG.madeAt, SDMX_DIMENSION.refPeriod
_LOOKED_AT = frozenset((_REPEALS, _WHOLE, _YEAR, _PARTICIPATION, MG.status))
_STATUS = Namespace("https://w3id.org/migragraph/scheme/instrument-status/")

_REPLACED = Fault(
    "replaced-when-repealed",
    Severity.WARNING,
    "An instrument that another repeals has no state of being replaced.",
    "Add to the old instrument a state with the status replaced, from the day on which the new one is in force.",
)
_REPLACED_THEN = _REPLACED._replace(
    message="An instrument is replaced on another day than the one on which its successor comes into force.",
    advice="Correct one of the two dates, or say in a note why they differ.",
)
_PART = Fault(
    "part-within-whole",
    Severity.VIOLATION,
    "An event begins before, or ends after, the event that it is part of.",
    "Correct a date of the two events, or schema:superEvent.",
)
_EDITION = Fault(
    "edition-after-its-year",
    Severity.WARNING,
    "An edition comes out before the year in its name.",
    "Correct mg:editionYear, or the date of the state.",
)
_TOLD = Fault(
    "told-after-it-was",
    Severity.VIOLATION,
    "A source tells of what was only after it came out.",
    "Correct schema:datePublished of the source, or the date.",
)
_LIFE = Fault(
    "acts-while-it-exists",
    Severity.WARNING,
    "A body takes part in something before it was founded, or after it was dissolved.",
    "Correct the date, or name the body that stood at the time.",
)


def check_sequence(dataset: Dataset, testimonies: Iterable[Testimony]) -> Iterator[Finding]:
    """Find replacements that do not meet, parts outside their wholes, and what was told or done before it could be."""
    for subject, properties in dataset.index.items():
        if not _LOOKED_AT.isdisjoint(properties):
            yield from _check_replacements(subject, dataset)
            yield from _check_parts(subject, dataset)
            yield from _check_edition(subject, dataset)
            yield from _check_actors(subject, dataset)
    yield from _check_sources(dataset, testimonies)


def _check_replacements(subject: NamedNode, dataset: Dataset) -> Iterator[Finding]:
    index = dataset.index
    for old in find_nodes(index[subject], _REPEALS):
        if old not in index:
            continue
        replaced = _reach(old, _STATUS.replaced, index)
        begun = [
            *find_dates(subject, ELI.first_date_entry_in_force, index),
            *_reach(subject, _STATUS["in-force"], index),
        ]
        if begun and not replaced:
            yield make_finding(dataset, _REPLACED, old, MG.state, subject)
        elif begun and not any(one.meets(other) for one in replaced for other in begun):
            yield make_finding(dataset, _REPLACED_THEN, old, MG.state, subject)


def _reach(thing: NamedNode, status: NamedNode, index: Index) -> list[Extent]:
    """Give the days on which a thing may have reached a status, for each state that says so."""
    states = find_nodes(index[thing], MG.state)
    return [measure_state(state, index) for state in states if status in index.get(state, {}).get(MG.status, ())]


def _check_parts(subject: NamedNode, dataset: Dataset) -> Iterator[Finding]:
    index = dataset.index
    for whole in find_nodes(index[subject], _WHOLE):
        # The shapes hold a series against its events.
        if SCHEMA.EventSeries in index.get(whole, {}).get(RDF.type, ()):
            continue
        start, end = measure_start(subject, index), measure_end(subject, index)
        first, last = Extent(measure_start(whole, index).low), Extent(None, measure_end(whole, index).high)
        if start.is_before(first) or last.is_before(start) or last.is_before(end):
            yield make_finding(dataset, _PART, subject, _WHOLE, whole)


def _check_edition(subject: NamedNode, dataset: Dataset) -> Iterator[Finding]:
    index = dataset.index
    for year in find_dates(subject, _YEAR, index):
        if any(one.is_before(year) for one in _reach(subject, _STATUS.published, index)):
            yield make_finding(dataset, _EDITION, subject, _YEAR)


def _check_actors(subject: NamedNode, dataset: Dataset) -> Iterator[Finding]:
    """Hold the days of an event, a state and a membership against the life of the bodies that act in it."""
    index = dataset.index
    when, actors = _find_deed(subject, index)
    for actor in actors:
        born, gone = (find_dates(actor, name, index) for name in (SCHEMA.foundingDate, SCHEMA.dissolutionDate))
        # Where authorities differ on the date, only what none of them allows is reported.
        early = bool(born) and all(when.is_before(one) for one in born)
        if early or (gone and all(one.is_before(when) for one in gone)):
            yield make_finding(dataset, _LIFE, subject, None, actor)


def _find_deed(subject: NamedNode, index: Index) -> tuple[Extent, tuple[NamedNode, ...]]:
    """Give the days of an event or a state, with those who act in it."""
    properties = index[subject]
    if nodes := find_nodes(properties, _PARTICIPATION):
        actors = (find_node(index.get(node, {}), MG.participant) for node in nodes)
        return measure_span(subject, index), tuple(filter(None, actors))
    if MG.status in properties:
        return measure_state(subject, index), find_nodes(properties, MG.effectedBy)
    return ANYTHING, ()


def _check_sources(dataset: Dataset, testimonies: Iterable[Testimony]) -> Iterator[Finding]:
    """Hold what a source reports as past against the day on which the source came out."""
    index = dataset.index
    for one in testimonies:
        days = [fact.object for fact in one.facts if fact.predicate == _ATTESTED]
        told = [measure_date(day) for day in days if isinstance(day, Literal)]
        told += [measure_start(event, index) for event in find_nodes(index[one.subject], _MADE_AT)]
        told += [measure_start(period, index) for period in find_nodes(index[one.subject], _PERIOD)]
        for source in dict.fromkeys(words.source for words in one.quotations) if told else ():
            if any(measure_source(source, index).is_before(day) for day in told):
                yield make_finding(dataset, _TOLD, one.subject, None, source)
