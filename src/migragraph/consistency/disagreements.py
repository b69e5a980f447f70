"""Disagreements: the points on which the sources, the outside authorities and the derivations of a graph differ."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from migragraph.consistency.extents import ANYTHING, HEDGE, Extent, measure_date
from migragraph.consistency.observations import Observation, find_nodes, list_observations
from migragraph.consistency.sides import Relation, Side, Witnesses, relate
from migragraph.consistency.times import measure_state
from migragraph.dataset import Dataset
from migragraph.memo import Memo
from migragraph.namespaces import DCTERMS, ELI, MG, SCHEMA, SDMX_MEASURE, SKOS
from migragraph.quotations import Testimony
from migragraph.support import Index

__all__ = ["KINDS", "SINGLE_DATES", "Disagreement", "find_disagreements"]

KINDS = ("figure", "hedge", "date", "actor", "name")
"""What sides can differ on: figures, a hedge that one place drops, dates, who brought a state about, and names."""

SINGLE_DATES = (
    SCHEMA.foundingDate,
    SCHEMA.dissolutionDate,
    SCHEMA.startDate,
    SCHEMA.endDate,
    SCHEMA.datePublished,
    DCTERMS.issued,
    ELI.date_document,
    ELI.first_date_entry_in_force,
)
"""The properties of which a thing has one true date: two of them differ."""

_FIGURE = (SDMX_MEASURE.obsValue, MG.lowerValue, MG.upperValue)
_STATE, _NAME = MG.state, SKOS.altLabel
_STATE_DATES = (MG.date, MG.notBefore, MG.notAfter)
_EXACTER = "It says more exactly what the other says."
_HEDGED = "Words that leave the hedge out do not make the figure exact."


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which authorities differ: of what kind, the things that it is about, the property, and the sides.

    ``relation`` says how the sides bear on one another. ``preferred`` is the side to take, None where there is no
    ``reason`` to take one.
    """

    kind: str
    things: tuple[NamedNode, ...]
    point: NamedNode
    sides: tuple[Side, ...]
    relation: Relation
    preferred: Side | None = None
    reason: str = ""


def find_disagreements(
    dataset: Dataset,
    kinds: Collection[str] = KINDS,
    testimonies: Iterable[Testimony] | None = None,
    observations: Collection[Observation] | None = None,
) -> list[Disagreement]:
    """Find the points on which authorities differ, sorted by kind, thing and property; of some kinds or of all.

    Figures differ that have one indicator, population, area and sex, and the same period or one that is unknown; names
    are listed as the forms of one thing, which contradict nothing. ``testimonies`` and ``observations`` are those of
    the dataset, where they have been read already; otherwise only the testimonies are read that bear on a point.
    """
    index = dataset.index
    witnesses = Witnesses(index, testimonies)
    if observations is None:
        observations = list(list_observations(index)) if {"figure", "hedge"}.intersection(kinds) else []
    found = {
        "figure": _compare_figures(observations, index, witnesses),
        "hedge": _find_dropped_hedges(observations, witnesses),
        "date": itertools.chain(_compare_dates(index, witnesses), _compare_states(index, witnesses)),
        "actor": _compare_effects(index, witnesses),
        "name": _list_names(index, witnesses),
    }
    return sorted((one for kind in KINDS if kind in kinds for one in found[kind]), key=_order)


def _order(one: Disagreement) -> tuple[int, list[str], str]:
    return KINDS.index(one.kind), [thing.value for thing in one.things], one.point.value


def _compare_figures(observations: Iterable[Observation], index: Index, witnesses: Witnesses) -> Iterator[Disagreement]:
    for group in _gather(observations, index):
        if len({(one.low, one.high, one.hedge) for one in group}) > 1:
            sides = tuple(_figure_side(one, witnesses) for one in group)
            things = tuple(one.iri for one in group)
            yield Disagreement("figure", things, SDMX_MEASURE.obsValue, sides, relate(one.extent for one in group))


def _gather(observations: Iterable[Observation], index: Index) -> Iterator[tuple[Observation, ...]]:
    """Give the figures of the same thing at the same time; those of an unknown time stand with each known one.

    What a figure is about, and its period, tell figures apart only where both say it.
    """
    by_subject: dict[tuple[NamedNode | None, ...], dict[tuple[object, object], list[Observation]]] = {}
    # Times are compared by their numbers: the same dates are the same time.
    numbers: dict[tuple[object, ...], int] = {}
    times: Memo[NamedNode | None, int | None] = Memo(
        lambda period: None if (found := _find_time(period, index)) is None else numbers.setdefault(found, len(numbers))
    )
    for one in observations:
        key = (times[one.period], one.about or None)
        by_subject.setdefault(one.subject, {}).setdefault(key, []).append(one)
    for places in by_subject.values():
        told_of = {about for period, about in places if period is not None}
        timed = {period for period, about in places if about is not None}
        for period, about in places:
            # What leaves something open stands in the groups that say it, where there are any.
            in_a_timed_one = period is None and (about in told_of or (about is None and bool(timed)))
            in_one_about_something = about is None and period in timed
            if not (in_a_timed_one or in_one_about_something):
                yield tuple(sorted(_join(places, period, about), key=lambda one: one.iri.value))


def _join(
    places: dict[tuple[object, object], list[Observation]], period: object, about: object
) -> Iterator[Observation]:
    for place in dict.fromkeys([(period, about), (None, about), (period, None), (None, None)]):
        yield from places.get(place, ())


def _find_time(period: NamedNode | None, index: Index) -> tuple[object, ...] | None:
    """Give the dates of a period, or its IRI where it has none but a duration; None where nothing is known of it."""
    properties = index.get(period, {}) if period else {}
    dated = (SCHEMA.startDate, SCHEMA.endDate, MG.notBefore, MG.notAfter, SCHEMA.duration)
    known = tuple((name, value) for name in dated for value in properties.get(name, ()))
    return known or None


def _figure_side(one: Observation, witnesses: Witnesses) -> Side:
    values = tuple(value for name in _FIGURE for value in witnesses.index[one.iri].get(name, ()))
    return witnesses.side(one.iri, _FIGURE, values, one.hedge, one.origin)


def _find_dropped_hedges(observations: Iterable[Observation], witnesses: Witnesses) -> Iterator[Disagreement]:
    """Find the figures that one place prints with a hedge and another without."""
    for one in observations:
        if one.hedge == HEDGE.exact:
            continue
        whole = _figure_side(one, witnesses)
        hedging = {words.passage for proof in witnesses.find(one.iri, [MG.hedge]) for words in proof.quotations}
        bare = tuple(
            proof
            for proof in whole.testimonies
            if proof.quotations and hedging.isdisjoint(words.passage for words in proof.quotations)
        )
        hedged = tuple(proof for proof in whole.testimonies if proof.quotations and proof not in bare)
        if hedged and bare:
            sides = tuple(
                Side(one.iri, whole.values, hedge, proofs, tuple(dict.fromkeys(witnesses.authorities(proofs))))
                for hedge, proofs in ((one.hedge, hedged), (None, bare))
            )
            yield Disagreement("hedge", (one.iri,), MG.hedge, sides, Relation.LESS_PRECISE, sides[0], _HEDGED)


def _compare_dates(index: Index, witnesses: Witnesses) -> Iterator[Disagreement]:
    for subject, properties in index.items():
        for point in SINGLE_DATES:
            values = properties.get(point)
            if values and len(dates := [value for value in values if isinstance(value, Literal)]) > 1:
                extents = [measure_date(value) for value in dates]
                sides = [witnesses.side(subject, [point], (value,)) for value in dates]
                yield _differ_in_time(subject, point, sides, extents)


def _compare_states(index: Index, witnesses: Witnesses) -> Iterator[Disagreement]:
    for subject, states in _group_states(index):
        yield from _compare_state_dates(subject, states, witnesses)


def _compare_effects(index: Index, witnesses: Witnesses) -> Iterator[Disagreement]:
    for subject, states in _group_states(index):
        yield from _compare_actors(subject, states, witnesses)


def _group_states(index: Index) -> Iterator[tuple[NamedNode, list[NamedNode]]]:
    """Give each thing with those of its states that have one status."""
    for subject, properties in index.items():
        by_status: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for state in find_nodes(properties, _STATE):
            for status in find_nodes(index.get(state, {}), MG.status):
                by_status[status].append(state)
        yield from ((subject, states) for states in by_status.values())


def _compare_state_dates(
    subject: NamedNode, states: Iterable[NamedNode], witnesses: Witnesses
) -> Iterator[Disagreement]:
    index = witnesses.index
    dated = [(state, measure_state(state, index)) for state in states]
    dated = [(state, extent) for state, extent in dated if extent != ANYTHING]
    if len({extent for _, extent in dated}) > 1:
        sides = [witnesses.side(state, _STATE_DATES, _list_values(state, _STATE_DATES, index)) for state, _ in dated]
        yield _differ_in_time(subject, MG.date, sides, [extent for _, extent in dated])


def _list_values(subject: NamedNode, properties: Iterable[NamedNode], index: Index) -> tuple[NamedNode | Literal, ...]:
    return tuple(value for name in properties for value in index.get(subject, {}).get(name, ()))


def _differ_in_time(subject: NamedNode, point: NamedNode, sides: list[Side], extents: list[Extent]) -> Disagreement:
    relation = relate(extents)
    exactest = [side for side, extent in zip(sides, extents, strict=True) if all(o.includes(extent) for o in extents)]
    if relation == Relation.LESS_PRECISE and len(exactest) == 1:
        return Disagreement("date", (subject,), point, tuple(sides), relation, exactest[0], _EXACTER)
    return Disagreement("date", (subject,), point, tuple(sides), relation)


def _compare_actors(subject: NamedNode, states: Iterable[NamedNode], witnesses: Witnesses) -> Iterator[Disagreement]:
    """Find one step in the life of a thing that is ascribed to different actors, who may act for one another."""
    index = witnesses.index
    acted = [(state, actors) for state in states if (actors := _list_values(state, [MG.effectedBy], index))]
    if len({frozenset(actors) for _, actors in acted}) > 1:
        sides = tuple(witnesses.side(state, [MG.effectedBy], actors) for state, actors in acted)
        yield Disagreement("actor", (subject,), MG.effectedBy, sides, Relation.COMPATIBLE)


def _list_names(index: Index, witnesses: Witnesses) -> Iterator[Disagreement]:
    for subject, properties in index.items():
        by_language: dict[str, list[Literal]] = defaultdict(list)
        for value in properties.get(_NAME, ()):
            if isinstance(value, Literal):
                by_language[value.language or ""].append(value)
        for forms in by_language.values():
            sides = tuple(witnesses.side(subject, [SKOS.altLabel], (form,)) for form in forms)
            if len(sides) > 1:
                yield Disagreement("name", (subject,), SKOS.altLabel, sides, Relation.COMPATIBLE)
