"""Disputes: the points on which what is said of a thing, or of the same figure elsewhere, differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from migragraph.consistency import Disagreement, Side
from migragraph.explain.explanation import Dispute, DisputeSide, Name
from migragraph.explain.naming import MEASURES, Naming, write_bound, write_figure
from migragraph.explain.witnesses import Witnesses
from migragraph.iris import document_of
from migragraph.namespaces import MG, SDMX_ATTRIBUTE

__all__ = ["Disagreements", "group_disagreements", "list_disputes", "tell_dispute"]

Disagreements = Mapping[str, Sequence[Disagreement]]
"""What disagrees, by the IRIs of documents."""

_UNIT = SDMX_ATTRIBUTE.unitMeasure
_BOUNDS = (MG.notBefore, MG.notAfter)
_NAME = "name"
"""Names of one thing that differ contradict nothing; each stands among its facts, with the words that print it."""


def group_disagreements(found: Iterable[Disagreement]) -> Disagreements:
    """Give what disagrees by the IRI of each document that it is about, without the names."""
    grouped: dict[str, list[Disagreement]] = {}
    for one in found:
        for document in dict.fromkeys(document_of(thing) for thing in one.things if one.kind != _NAME):
            grouped.setdefault(document, []).append(one)
    return grouped


def list_disputes(
    found: Iterable[Disagreement], naming: Naming, witnesses: Witnesses, asked: Collection[NamedNode] | None = None
) -> tuple[Dispute, ...]:
    """Tell all that disagrees on a thing; on some properties only, where these are named."""
    return tuple(
        tell_dispute(one, naming, witnesses) for one in found if asked is None or not _points(one).isdisjoint(asked)
    )


def _points(disagreement: Disagreement) -> set[NamedNode]:
    """Give the properties that a disagreement bears on: for a figure its number and its hedge, whichever differs."""
    if disagreement.kind in ("figure", "hedge"):
        return {*MEASURES, MG.hedge}
    return {disagreement.point}


def tell_dispute(one: Disagreement, naming: Naming, witnesses: Witnesses) -> Dispute:
    """Tell a disagreement for a reader."""
    return Dispute(
        kind=one.kind,
        point=_name_point(one, naming),
        relation=one.relation.value,
        sides=tuple(
            DisputeSide(
                thing=naming.name(NamedNode(document_of(side.thing))),
                text=_write_side(side, naming),
                value=_write_plainly(side, naming),
                hedge=naming.name(side.hedge).label if side.hedge else "",
                witnesses=witnesses.tell_each(side.testimonies),
                is_preferred=side == one.preferred,
            )
            for side in one.sides
        ),
        reason=one.reason,
    )


def _is_figure(side: Side, naming: Naming) -> bool:
    return not set(naming.dataset.index.get(side.thing, {})).isdisjoint(MEASURES)


def _write_plainly(side: Side, naming: Naming) -> str:
    """Write the values of a side as they stand in the data: a CURIE, a number, a date with the word of its bound."""
    if _is_figure(side, naming):
        return " to ".join(_numbers(side))
    parts = (
        naming.labels.shorten(value)
        if isinstance(value, NamedNode)
        else write_bound(_find_bound(value, side, naming), value.value)
        for value in side.values
    )
    return " ".join(parts)


def _write_side(side: Side, naming: Naming) -> str:
    properties = naming.dataset.index.get(side.thing, {})
    if _is_figure(side, naming):
        return write_figure(_numbers(side), side.hedge, naming.label(properties.get(_UNIT, ())), naming)
    return " ".join(_write_time(value, side, naming) for value in side.values)


def _write_time(value: NamedNode | Literal, side: Side, naming: Naming) -> str:
    """Write a date with the word of the bound that it is, or another value as it is called."""
    if isinstance(value, NamedNode):
        return naming.name(value).label
    return naming.write_time(_find_bound(value, side, naming), value)


def _find_bound(value: Literal, side: Side, naming: Naming) -> NamedNode:
    """Find the property by which a date is a bound, or else that of a plain date."""
    properties = naming.dataset.index.get(side.thing, {})
    return next((name for name in _BOUNDS if value in properties.get(name, ())), MG.date)


def _name_point(one: Disagreement, naming: Naming) -> Name:
    """Name the property that is differed on, and of the states of a thing which one it is."""
    name = naming.name(one.point)
    index = naming.dataset.index
    status = {naming.label(index.get(side.thing, {}).get(MG.status, ())) for side in one.sides} - {""}
    return Name(name.iri, name.curie, f"{name.label} ({', '.join(sorted(status))})") if status else name


def _numbers(side: Side) -> Iterator[str]:
    return (value.value for value in side.values if isinstance(value, Literal))
