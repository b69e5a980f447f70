"""Posts: whether a person held, on the day of speaking, the post in which a source shows the speaker."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.consistency.extents import ANYTHING, Extent
from migragraph.consistency.observations import find_node, find_nodes
from migragraph.consistency.reports import Fault, make_finding
from migragraph.consistency.times import find_dates, measure_end, measure_span, measure_start
from migragraph.dataset import Dataset
from migragraph.namespaces import MG, ORG, RDF, SCHEMA, XSD
from migragraph.quotations import Testimony
from migragraph.report import Finding, Severity
from migragraph.support import Index

__all__ = ["check_posts"]

_MEMBER, _POST, _SPEAKER, _MADE_AT = ORG.member, MG.inPost, MG.speaker, MG.madeAt
_PARTICIPATION, _PARTICIPANT = MG.participation, MG.participant


class _Showing(NamedTuple):
    """A person shown in a post at some events, any of which may be the one; and the thing that shows it."""

    person: NamedNode
    post: NamedNode
    events: tuple[NamedNode, ...]
    focus: NamedNode


@dataclass(frozen=True, slots=True)
class _Holding:
    iri: NamedNode
    post: NamedNode
    attested: tuple[Extent, ...]
    start: Extent
    end: Extent

    def shows(self, days: Extent) -> bool:
        """Tell whether the holding is attested on one of the days, or covers them all."""
        if any(days.includes(day) for day in self.attested):
            return True
        begun = self.start.high is not None and days.low is not None and self.start.high <= days.low
        lasts = self.end.low is None or (days.high is not None and days.high <= self.end.low)
        return begun and lasts

    def excludes(self, days: Extent) -> bool:
        """Tell whether the holding surely ended before the days, or began after them."""
        return days.is_before(self.start) or self.end.is_before(days)

    def overlaps(self, other: _Holding) -> bool:
        """Tell whether both surely held at once: attested on one day, or one attested while the other lasts."""
        return any(one.shows(day) for one, two in ((self, other), (other, self)) for day in two.attested)


def check_posts(dataset: Dataset, testimonies: Collection[Testimony]) -> Iterator[Finding]:
    """Find the speakers shown in a post that they cannot have held then, or that nothing shows them in then."""
    index = dataset.index
    holdings = _list_holdings(index)
    spoken = list(_list_spoken(testimonies, index))
    for showing in spoken:
        if not any(one.post == showing.post for one in holdings.get(showing.person, ())):
            message = "A speaker is shown in a post that nothing says the person ever held."
            yield _report(dataset, Severity.VIOLATION, message, showing)
    for showing in dict.fromkeys((*spoken, *_list_appearances(index))):
        yield from _judge(showing, holdings.get(showing.person, ()), dataset)
    for held in holdings.values():
        yield from _find_doubles(held, dataset)


def _list_holdings(index: Index) -> dict[NamedNode, list[_Holding]]:
    held: dict[NamedNode, list[_Holding]] = defaultdict(list)
    for subject, properties in index.items():
        person = find_node(properties, _MEMBER)
        post = find_node(properties, _POST) if person else None
        if person and post and MG.PostHolding in properties.get(RDF.type, ()):
            attested = tuple(find_dates(subject, MG.attestedOn, index))
            held[person].append(
                _Holding(subject, post, attested, measure_start(subject, index), measure_end(subject, index))
            )
    return held


def _list_spoken(testimonies: Collection[Testimony], index: Index) -> Iterator[_Showing]:
    """Give each speaker whom evidence from a source shows in a post, with the events at which that may have been.

    These are the events at which the source has the person make a statement, or else take part.
    """
    occasions = _find_occasions(testimonies, index)
    shown: dict[tuple[NamedNode, NamedNode, NamedNode], NamedNode] = {}
    for one in testimonies:
        if one.speaker and one.post:
            for words in one.quotations:
                shown.setdefault((one.speaker, one.post, words.source), one.subject)
    for (speaker, post, source), subject in shown.items():
        yield _Showing(speaker, post, occasions.get((speaker, source), ()), subject)


def _find_occasions(
    testimonies: Iterable[Testimony], index: Index
) -> Mapping[tuple[NamedNode, NamedNode], tuple[NamedNode, ...]]:
    """Give for a person and a source the events at which the person speaks by it, or else those of taking part."""
    said: dict[tuple[NamedNode, NamedNode], dict[NamedNode, None]] = defaultdict(dict)
    attended: dict[tuple[NamedNode, NamedNode], dict[NamedNode, None]] = defaultdict(dict)
    for one in testimonies:
        properties = index[one.subject]
        event = find_node(properties, _MADE_AT)
        speaker = find_node(properties, _SPEAKER) if event else find_node(properties, _PARTICIPANT)
        owner = event or NamedNode(one.subject.value.partition("#")[0])
        for words in one.quotations if speaker else ():
            if speaker:
                (said if event else attended)[speaker, words.source][owner] = None
    return {key: tuple(said.get(key) or attended[key]) for key in (*said, *attended)}


def _list_appearances(index: Index) -> Iterator[_Showing]:
    """Give each participation of a person in a post, and each statement at an event that has no full date."""
    for event, properties in index.items():
        for node in find_nodes(properties, _PARTICIPATION):
            person, post = (find_node(index.get(node, {}), name) for name in (_PARTICIPANT, _POST))
            if person and post:
                yield _Showing(person, post, (event,), event)
        at = find_node(properties, _MADE_AT)
        person, post = (find_node(properties, name) if at else None for name in (_SPEAKER, _POST))
        # The shapes judge the statements at events whose day is known.
        if person and post and at and not _has_full_date(at, index):
            yield _Showing(person, post, (at,), event)


def _has_full_date(event: NamedNode, index: Index) -> bool:
    dates = index.get(event, {}).get(SCHEMA.startDate, ())
    return any(not isinstance(value, NamedNode) and value.datatype == XSD.date for value in dates)


def _judge(showing: _Showing, holdings: Iterable[_Holding], dataset: Dataset) -> Iterator[Finding]:
    days = [one for one in (measure_span(event, dataset.index) for event in showing.events) if one != ANYTHING]
    held = [one for one in holdings if one.post == showing.post]
    if not held or not days or any(one.shows(day) for one in held for day in days):
        return
    if all(one.excludes(day) for one in held for day in days):
        message = "A speaker is shown in a post that the person did not hold then, by its start or its end."
        yield _report(dataset, Severity.VIOLATION, message, showing)
    else:
        message = "Nothing shows the person in this post on the day of the event."
        yield _report(dataset, Severity.WARNING, message, showing)


def _find_doubles(held: Iterable[_Holding], dataset: Dataset) -> Iterator[Finding]:
    message = "The person is shown in another post at the same time."
    advice = "Check that both are posts of one person, and not of two who share a name."
    for one, other in itertools.combinations(held, 2):
        if one.post != other.post and one.overlaps(other):
            fault = Fault("one-post-at-a-time", Severity.INFO, message, advice)
            yield make_finding(dataset, fault, one.iri, _POST, other.post)


def _report(dataset: Dataset, severity: Severity, message: str, showing: _Showing) -> Finding:
    advice = "Add the date to mg:attestedOn of the holding, with its evidence, or correct the post or the date."
    fault = Fault("speaker-in-post", severity, message, advice)
    return make_finding(dataset, fault, showing.focus, _POST, showing.post)
