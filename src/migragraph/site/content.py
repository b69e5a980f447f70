"""The content of the page of a document: what is told of its thing, put in the form that the template shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.explain import Explainer
from migragraph.explain.explanation import Dispute, Explanation, Figure, NotStated, Row, Witness
from migragraph.explain.facts import LATE
from migragraph.explain.naming import MEASURES, read_figure
from migragraph.iris import is_minted
from migragraph.namespaces import MG, RDF, SCHEMA, SKOS
from migragraph.site.bearing import list_bearing
from migragraph.site.concepts import Concepts
from migragraph.site.documents import Document
from migragraph.site.facts import Block, Entry, FactSheet, Part, Section, is_bookkeeping
from migragraph.site.notes import Mark, Notes
from migragraph.site.passages import Bundle, Passages
from migragraph.site.showing import Showing, Shown

__all__ = ["Bearing", "Content", "Dissent", "Gap", "Inner", "Side", "Teller"]


_DOWNWARD = (SKOS.hasTopConcept.value, SKOS.narrower.value)
"""The properties that name concepts from above; what they name stands in a list of its own, with its notation."""


_TOLD = frozenset(term.value for term in (MG.speechMode, MG.of, MG.reason))
"""What needs no evidence and is told all the same: how words are given; of what something is unknown, and why."""


class Gap(NamedTuple):
    """What nobody tells: the unknown, its property, the words in its place, why, and the marks."""

    unknown: Shown
    property: str
    wording: Sequence[Shown]
    reason: Shown | None
    marks: Sequence[Mark]


class Side(NamedTuple):
    """A side of a disagreement: where its thing is told, what it says, whether it is preferred, and the marks."""

    href: str
    text: str
    is_preferred: bool
    marks: Sequence[Mark]


class Dissent(NamedTuple):
    """A point on which sides differ, how they bear on one another, and why one is preferred, where one is."""

    point: str
    relation: str
    sides: Sequence[Side]
    reason: str


class Bearing(NamedTuple):
    """What bears on an objective: the thing, its figure or its date as one reads it, and who says it."""

    thing: Shown
    told: str
    speakers: Sequence[Shown]


class Inner(NamedTuple):
    """What has an anchor of its own on the page and is told in a section of its own: its name, classes and facts."""

    anchor: str
    name: Shown
    kinds: Sequence[Shown]
    sections: Sequence[Section]


@dataclass
class Content:
    """What the page of a thing tells, in the order in which the template shows it."""

    name: Shown
    kinds: Sequence[Shown]
    notation: str
    figure: Figure | None
    figure_marks: Sequence[Mark] = ()
    figure_speakers: Sequence[str] = ()
    derived_from: Sequence[Shown] = ()
    sections: Sequence[Section] = ()
    below: Mapping[str, Sequence[tuple[str, Shown]]] = field(default_factory=dict)
    bearing: Mapping[str, Sequence[Bearing]] = field(default_factory=dict)
    bookkeeping: Sequence[Block] = ()
    gaps: Sequence[Gap] = ()
    dissents: Sequence[Dissent] = ()
    memberships: Sequence[tuple[Shown, Sequence[Section]]] = ()
    remarks: Sequence[Shown] = ()
    passages: Sequence[Bundle] = ()
    inner: Sequence[Inner] = ()


class Teller:
    """Tell what is known of things in one language."""

    def __init__(self, explainer: Explainer, concepts: Concepts, passages: Passages) -> None:
        self._explainer = explainer
        self._dataset = explainer.naming.dataset
        self._index = explainer.naming.dataset.index
        self._concepts = concepts
        self._passages = passages

    def tell(self, document: Document, nodes: Sequence[NamedNode], showing: Showing, sheet: FactSheet) -> Content:
        """Tell all that the page of a document says; ``nodes`` are what is described in it."""
        thing = NamedNode(document.iri)
        explanation = self._explainer.explain(thing, with_mentions=False)
        sheet.anchored |= {showing.link(node.value)[1:] for node in nodes if _is_thing_within(node)}
        name = showing.name(explanation.thing)
        content = Content(
            name=name._replace(href=""),
            kinds=[showing.name(kind) for kind in explanation.types],
            notation=self._concepts.notations.get(thing, ""),
            figure=explanation.figure,
        )
        self._tell_facts(content, thing, explanation, showing, sheet)
        content.gaps = [self._tell_gap(one, showing, sheet.notes) for one in explanation.unknowns]
        content.dissents = [_tell_dissent(one, showing, sheet.notes) for one in explanation.disputes]
        content.memberships = [
            (
                showing.value(row.value),
                sheet.arrange(row.value.iri, self._types(row), _leave_out(thing, row.nested)),
            )
            for row in explanation.memberships
        ]
        content.remarks = self._show_texts(nodes, MG.editorialNote, showing)
        content.passages = self._passages.show(thing, showing, sheet.anchored)
        content.inner = list(self._tell_inner(nodes, showing, sheet))
        self._anchor_evidence(nodes, showing, sheet)
        content.bearing = {
            kind: [self._tell_bearing(one, showing) for one in some]
            for kind, some in list_bearing(self._dataset, thing).items()
        }
        return content

    def _tell_bearing(self, thing: NamedNode, showing: Showing) -> Bearing:
        properties, naming = self._index[thing], showing.naming
        figure = read_figure(thing, naming)
        dates = [naming.value(value).text for value in properties.get(SCHEMA.startDate, ())]
        speakers = (one for one in properties.get(MG.speaker, ()) if isinstance(one, NamedNode))
        return Bearing(
            thing=showing.term(thing.value),
            told=figure.text if figure else "; ".join(dates),
            speakers=[showing.term(one.value) for one in speakers],
        )

    def _tell_facts(
        self, content: Content, thing: NamedNode, explanation: Explanation, showing: Showing, sheet: FactSheet
    ) -> None:
        """Tell the facts, those that need evidence before bookkeeping; where none needs any, all are facts."""
        types = [NamedNode(kind.iri) for kind in explanation.types]
        below = self._concepts.below(thing)
        told = {one.value for some in below.values() for one in some}
        rows = [row for row in explanation.rows if not (row.property.iri in _DOWNWARD and row.value.iri in told)]
        quiet = [row for row in rows if is_bookkeeping(row) and row.property.iri not in _TOLD]
        loud = [row for row in rows if not is_bookkeeping(row) or row.property.iri in _TOLD]
        if not loud:
            loud, quiet = quiet, []
        if explanation.figure:
            witnesses = list(_witnesses(rows, MEASURES))
            content.figure_marks = sheet.notes.mark(witnesses)
            content.figure_speakers = list(dict.fromkeys(_name_speaker(one) for one in witnesses if one.speaker))
            content.derived_from = [
                showing.value(inner.value)
                for row in rows
                if row.property.iri == MG.derivation.value
                for inner in row.nested
                if inner.property.iri == MG.computedFrom.value
            ]
        content.sections = sheet.arrange(thing.value, types, loud)
        content.below = {
            word: [(self._concepts.notations.get(one, ""), showing.term(one.value)) for one in some]
            for word, some in below.items()
        }
        ordered = sheet.arrange(thing.value, types, quiet)
        rest = (block for section in ordered for block in section.blocks)
        content.bookkeeping = [*self._tell_late(thing, showing), *rest]

    def _tell_late(self, thing: NamedNode, showing: Showing) -> Iterator[Block]:
        """Tell the labels in all languages, the types and the hash of the text, which need no evidence."""
        naming = showing.naming
        properties: dict[NamedNode, list[NamedNode | Literal]] = {}
        for triple in self._dataset.connections.terms.get(thing, ()):
            if isinstance(triple.object, NamedNode | Literal):
                properties.setdefault(triple.predicate, []).append(triple.object)
        for property_ in LATE:
            values = [*self._index.get(thing, {}).get(property_, ()), *properties.get(property_, ())]
            if values:
                parts = [Part("", showing.value(naming.value(value)), ()) for value in dict.fromkeys(values)]
                yield Block(showing.name(naming.name(property_)), [Entry("", [part], False, "", ()) for part in parts])

    def _types(self, row: Row) -> list[NamedNode]:
        found = self._index.get(NamedNode(row.value.iri), {}).get(RDF.type, ())
        return [one for one in found if isinstance(one, NamedNode)]

    def _tell_gap(self, one: NotStated, showing: Showing, notes: Notes) -> Gap:
        node = NamedNode(one.unknown.iri)
        reasons = self._show_texts([node], MG.reason, showing)
        if not reasons and one.reason:
            tag = next(witness.reason_language for witness in one.witnesses if witness.reason == one.reason)
            reasons = [showing.text(one.reason, tag)]
        return Gap(
            unknown=showing.name(one.unknown),
            property=one.property.label if one.property else "",
            wording=self._show_texts([node], MG.wording, showing),
            reason=reasons[0] if reasons else None,
            marks=notes.mark(one.witnesses),
        )

    def _show_texts(self, nodes: Iterable[NamedNode], property_: NamedNode, showing: Showing) -> list[Shown]:
        """Show the texts that some nodes have by a property, each once."""
        values = dict.fromkeys(value for node in nodes for value in self._index.get(node, {}).get(property_, ()))
        return [showing.text(value.value, value.language or "") for value in values if isinstance(value, Literal)]

    def _tell_inner(self, nodes: Iterable[NamedNode], showing: Showing, sheet: FactSheet) -> Iterator[Inner]:
        """Tell the things that have a ``#`` in their IRIs, and the nested nodes that nothing has led to."""
        for node in nodes:
            href = showing.link(node.value)
            if not href.startswith("#") or MG.Evidence in self._index.get(node, {}).get(RDF.type, ()):
                continue
            if not _is_thing_within(node) and href[1:] in sheet.anchored:
                continue
            sheet.anchored.add(href[1:])
            told = self._explainer.explain(node, with_mentions=False)
            types = [NamedNode(kind.iri) for kind in told.types]
            sections = sheet.arrange(node.value, types, told.rows)
            name = showing.name(told.thing)._replace(href="")
            yield Inner(href[1:], name, [showing.name(kind) for kind in told.types], sections)

    def _anchor_evidence(self, nodes: Iterable[NamedNode], showing: Showing, sheet: FactSheet) -> None:
        """Give each evidence of the document its anchor, at the note that tells it."""
        for node in nodes:
            for testimony, witness in self._explainer.witnesses.list(node):
                href = showing.link(testimony.evidence.value)
                if href.startswith("#") and href[1:] not in sheet.anchored:
                    sheet.anchored.add(href[1:])
                    sheet.notes.anchor(witness, href[1:])


def _is_thing_within(node: NamedNode) -> bool:
    """Tell whether a node is a thing of its own with a ``#`` in its IRI, not one that is nested in a thing."""
    return "#" in node.value and not is_minted(node.value)


def _leave_out(thing: NamedNode, rows: Sequence[Row]) -> list[Row]:
    """Leave out that the page's own thing is the member, where what bears this out bears out the rest too."""
    rest = [row for row in rows if row.value.iri != thing.value]
    shown = {witness for row in rest for witness in row.witnesses}
    return [row for row in rows if row in rest or not shown.issuperset(row.witnesses)]


def _witnesses(rows: Iterable[Row], properties: Iterable[NamedNode]) -> Iterator[Witness]:
    names = {property_.value for property_ in properties}
    return iter(dict.fromkeys(one for row in rows if row.property.iri in names for one in row.witnesses))


def _name_speaker(witness: Witness) -> str:
    return ", ".join(name.label for name in (witness.speaker, witness.post) if name)


def _tell_dissent(one: Dispute, showing: Showing, notes: Notes) -> Dissent:
    sides = [
        Side(showing.link(side.thing.iri), side.text, side.is_preferred, notes.mark(side.witnesses))
        for side in one.sides
    ]
    return Dissent(one.point.label, one.relation, sides, one.reason)
