"""The facts of a page: rows put in the order of the shapes, each with its marks, in lines and blocks for a template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.explain.explanation import Row
from migragraph.explain.naming import write_bound
from migragraph.namespaces import MG, RDF, SCHEMA
from migragraph.site.notes import Mark, Notes
from migragraph.site.ordering import LAST, Ordering, Place
from migragraph.site.reporting import Reporter
from migragraph.site.showing import Showing, Shown

__all__ = ["Block", "Entry", "FactSheet", "Part", "Section", "is_bookkeeping"]

_LONGEST, _MOST = 220, 5
"""A nested node of so many letters, or of so many values, at the most is told in one line."""

_SELF_EVIDENT = frozenset(
    term.value
    for term in (
        *(MG.participant, MG.role, MG.inPost, MG.status, MG.date, MG.notBefore, MG.notAfter),
        *(SCHEMA.startDate, SCHEMA.endDate, RDF.subject, RDF.predicate, RDF.object),
    )
)
"""The properties that need no name in a line: what they say is seen from their values and order."""

_FIRST: Mapping[str, Decimal] = {
    term.value: Decimal(rank - 10) for rank, term in enumerate((MG.speaker, MG.inPost, MG.madeAt, MG.speechMode))
}
"""What stands first of a statement: who says it, where, and how the source gives it."""


class Part(NamedTuple):
    """A value in a line: the name of its property where that needs saying, the value, and the marks after it."""

    label: str
    shown: Shown
    marks: Sequence[Mark]


class Entry(NamedTuple):
    """One value of a property: its anchor or none, what it says in a line, and below it the facts of a nested node."""

    anchor: str
    parts: Sequence[Part]
    is_unsupported: bool
    report: str
    blocks: Sequence[Block]


class Block(NamedTuple):
    """A property, which leads to its definition, and its values."""

    label: Shown
    entries: Sequence[Entry]


class Section(NamedTuple):
    """The properties of a group of the shapes, or those of none, whose name is empty."""

    name: str
    blocks: Sequence[Block]


def is_bookkeeping(row: Row) -> bool:
    """Tell whether a fact needs no evidence and has none."""
    return row.need == "none" and not row.nested and not row.witnesses


class FactSheet:
    """Arrange the facts of one page; each nested node of its document gets its anchor once."""

    def __init__(
        self, showing: Showing, notes: Notes, ordering: Ordering, reporter: Reporter, own: Iterable[str] = ()
    ) -> None:
        self.showing = showing
        self.notes = notes
        self.anchored = set(own)
        self._ordering = ordering
        self._reporter = reporter
        self._index = showing.naming.dataset.index
        self._language = showing.naming.language

    def arrange(self, iri: str, types: Iterable[NamedNode], rows: Sequence[Row]) -> list[Section]:
        """Arrange the facts of a thing: by the groups of the shapes, then by their order, then as they come."""
        places = self._ordering.of(types)
        is_said = any(row.property.iri == MG.speaker.value for row in rows)
        placed = [(self._place(row, places, is_said), row) for row in _bring_together(rows)]
        placed.sort(key=lambda pair: (pair[0].group[:2], pair[0].order))
        return [
            Section(self._name_group(place), list(self._list_blocks(iri, same)))
            for _, group in groupby(placed, key=lambda pair: pair[0].group.iri)
            for same in (list(group),)
            for place in (same[0][0],)
        ]

    def _place(self, row: Row, places: Mapping[str, Place], is_said: bool) -> Place:
        place = places.get(row.property.iri, LAST)
        first = _FIRST.get(row.property.iri) if is_said else None
        return place if first is None else Place(LAST.group, first, place.names)

    def _name_group(self, place: Place) -> str:
        names = place.group.names
        return names.get(self._language) or next(iter(names.values()), "")

    def _list_blocks(self, iri: str, placed: Iterable[tuple[Place, Row]]) -> Iterator[Block]:
        for _, group in groupby(placed, key=lambda pair: (pair[1].property.iri, pair[1].property.label)):
            same = list(group)
            place, row = same[0]
            label = self._name_property(row, place)
            yield Block(label, [self._enter(iri, row) for _, row in same])

    def _name_property(self, row: Row, place: Place) -> Shown:
        shown = self.showing.name(row.property)
        own = place.called(self._language)
        is_usual = row.property.label == self.showing.naming.name(NamedNode(row.property.iri)).label
        return Shown(own, shown.href) if own and is_usual else shown

    def _link_report(self, iri: str, row: Row) -> str:
        if not self._reporter.address:
            return ""
        shorten = self.showing.naming.labels.shorten
        value = shorten(NamedNode(row.value.iri)) if row.value.iri else row.value.text
        return self._reporter.link_fact(shorten(NamedNode(iri)), shorten(NamedNode(row.property.iri)), value)

    def _enter(self, iri: str, row: Row) -> Entry:
        report = self._link_report(iri, row)
        anchor = self._anchor(row)
        if row.nested:
            if _is_brief(row.nested):
                return Entry(anchor, self._join(row), False, report, ())
            blocks = self._nest(row)
            named = NamedNode(row.value.iri) in self.showing.naming.labels.names
            shown = self.showing.value(row.value)
            parts = [Part("", shown._replace(href="") if anchor else shown, self.notes.mark(row.witnesses))]
            return Entry(anchor, parts if named else (), False, report, blocks)
        shown = self.showing.value(row.value)
        if anchor:
            shown = shown._replace(href="")
        parts = [Part("", shown, self.notes.mark(row.witnesses) if row.witnesses else ())]
        return Entry(anchor, parts, row.need == "evidence" and not row.witnesses, report, ())

    def _nest(self, row: Row) -> list[Block]:
        types = [one for one in self._index[NamedNode(row.value.iri)].get(RDF.type, ()) if isinstance(one, NamedNode)]
        sections = self.arrange(row.value.iri, types, row.nested)
        return [block for section in sections for block in section.blocks]

    def _anchor(self, row: Row) -> str:
        """Give the anchor of a node that is told here, in its own document and for the first time."""
        href = self.showing.link(row.value.iri) if row.value.iri else ""
        if not href.startswith("#") or href[1:] in self.anchored:
            return ""
        self.anchored.add(href[1:])
        return href[1:]

    def _join(self, row: Row) -> list[Part]:
        """Put the values of a nested node into one line, those that the same evidence bears out before its marks."""
        places = self._ordering.of(
            one for one in self._index[NamedNode(row.value.iri)].get(RDF.type, ()) if isinstance(one, NamedNode)
        )
        nested = sorted(row.nested, key=lambda one: places.get(one.property.iri, LAST).order)
        told = {witness for one in nested for witness in one.witnesses}
        parts: list[Part] = []
        for witnesses, group in groupby(nested, key=lambda one: one.witnesses):
            same = [self._part(one, places) for one in group]
            same[-1] = same[-1]._replace(marks=self.notes.mark(witnesses))
            parts += same
        rest = [witness for witness in row.witnesses if witness not in told]
        parts[-1] = parts[-1]._replace(marks=[*parts[-1].marks, *self.notes.mark(rest)])
        return parts

    def _part(self, row: Row, places: Mapping[str, Place]) -> Part:
        text = write_bound(NamedNode(row.property.iri), row.value.text, self._language)
        shown = self.showing.value(row.value, text)
        if row.property.iri in _SELF_EVIDENT:
            return Part("", shown, ())
        return Part(places.get(row.property.iri, LAST).called(self._language) or row.property.label, shown, ())


def _bring_together(rows: Iterable[Row]) -> list[Row]:
    """Bring together what stands under one word: a name that is the label is told under another than other names."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        found.setdefault(row.property.iri, {}).setdefault(row.property.label, []).append(row)
    return [row for words in found.values() for same in words.values() for row in same]


def _is_brief(rows: Sequence[Row]) -> bool:
    return (
        len(rows) <= _MOST
        and not any(row.nested or (row.need == "evidence" and not row.witnesses) for row in rows)
        and sum(len(row.value.text) for row in rows) <= _LONGEST
    )
