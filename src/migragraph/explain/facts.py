"""Facts: what is said of a thing, row by row, with its nested nodes, what it does not tell, and who names it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.explain.explanation import Mention, Name, NotStated, Row, Value
from migragraph.explain.naming import MEASURES, Naming, read_figure, write_bound
from migragraph.explain.witnesses import Witnesses
from migragraph.iris import document_of, is_minted, thing_of
from migragraph.namespaces import MG, ORG, RDF, RDFS, SCHEMA, SKOS
from migragraph.support import Exemptions, Fact, read_exemptions

__all__ = ["LATE", "Facts", "Incoming"]

_FIRST = (*MEASURES, MG.hedge)
_LEFT_OUT = (MG.evidence, MG.editorialNote)
LATE = (RDF.type, RDFS.label, SKOS.prefLabel, MG.sha256)
"""The properties that stand at the head of an explanation, or that no reader looks for."""

_DATES = (MG.date, MG.notAfter, MG.notBefore, SCHEMA.startDate)
_DERIVATION = (MG.derivation,)
_FULL: Mapping[NamedNode, tuple[NamedNode, ...]] = {
    MG.startAsPrinted: (MG.date, SCHEMA.startDate),
    MG.endAsPrinted: (SCHEMA.endDate,),
}
"""The dates that say in full what is printed."""


class Incoming(NamedTuple):
    """A property by which other things name a thing, and those things, sorted by CURIE."""

    property: NamedNode
    things: tuple[NamedNode, ...]


class Facts:
    """The facts of a dataset, told row by row."""

    def __init__(self, naming: Naming, witnesses: Witnesses) -> None:
        self.naming = naming
        self.witnesses = witnesses
        self.index = naming.dataset.index
        self._connections = naming.dataset.connections
        self._exempt: Exemptions = read_exemptions(naming.dataset.ontology)

    def list_rows(self, subject: NamedNode, properties: Collection[NamedNode] | None = None) -> tuple[Row, ...]:
        """Give the facts of a thing and of its nested nodes; only those of some properties, where these are named.

        A figure's number stands first; of a thing in the ontology only its own triples are given.
        """
        if subject not in self.index:
            return tuple(self._list_terms(subject, properties))
        return tuple(self._list_rows(subject, properties, {subject}))

    def _list_rows(
        self, subject: NamedNode, asked: Collection[NamedNode] | None, seen: set[NamedNode]
    ) -> Iterator[Row]:
        names = sorted(self.index[subject], key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
        for property_ in names:
            if property_ in _LEFT_OUT or (property_ in LATE and not (asked and property_ in asked)):
                continue
            for value in self._sorted(self.index[subject][property_]):
                wanted = asked is None or property_ in asked
                nested = tuple(self._list_nested(subject, property_, value, None if wanted else asked, seen))
                if wanted or nested:
                    yield self._row(Fact(subject, property_, value), nested)

    def _list_nested(
        self,
        subject: NamedNode,
        property_: NamedNode,
        value: NamedNode | Literal,
        asked: Collection[NamedNode] | None,
        seen: set[NamedNode],
    ) -> Iterator[Row]:
        if isinstance(value, NamedNode) and value not in seen and self._is_nested(subject, property_, value):
            yield from self._list_rows(value, asked, {*seen, value})

    def _is_nested(self, subject: NamedNode, property_: NamedNode, value: NamedNode) -> bool:
        """Tell whether a value is told within its thing: a node nested in it, or how a figure was derived."""
        is_part = is_minted(value.value) and document_of(value) == document_of(subject)
        return value in self.index and (is_part or property_ in _DERIVATION)

    def _row(self, fact: Fact, nested: tuple[Row, ...]) -> Row:
        exempt = fact.predicate in self._exempt.properties or self._is_exempt(fact.subject)
        found = self.witnesses.find(fact)
        return Row(
            property=self._name_property(fact),
            value=self._value(fact, nested),
            need="none" if (exempt and not found) or nested else "evidence",
            witnesses=found,
            nested=nested,
        )

    def _name_property(self, fact: Fact) -> Name:
        """Name the property of a fact; a name that is the label itself is no other name, but is still borne out."""
        name = self.naming.name(fact.predicate)
        is_label = fact.predicate == SKOS.altLabel and fact.object.value == self.naming.name(fact.subject).label
        return Name(name.iri, name.curie, self.naming.say("called")) if is_label else name

    def _is_exempt(self, subject: NamedNode) -> bool:
        return not self._exempt.classes.isdisjoint(
            term for term in self.index[subject].get(RDF.type, ()) if isinstance(term, NamedNode)
        )

    def _value(self, fact: Fact, nested: tuple[Row, ...]) -> Value:
        value = self.naming.value(fact.object)
        if fact.predicate in MEASURES:
            figure = read_figure(fact.subject, self.naming)
            return _retold(value, figure.text) if figure and figure.value else value
        if fact.predicate == MG.computedFrom and isinstance(fact.object, NamedNode):
            figure = read_figure(fact.object, self.naming)
            return _retold(value, f"{value.text}: {figure.text}") if figure else value
        if fact.predicate == MG.inPost and self._is_acting(fact):
            return _retold(value, f"{value.text} ({self.naming.say('acting')})")
        if nested and fact.object not in self.naming.labels.names:
            return _retold(value, ", ".join(self._sum_up(nested)))
        return value

    def _sum_up(self, nested: Iterable[Row]) -> Iterator[str]:
        """Give the values of a nested node that has no name, its dates with the words of their bounds.

        A date as it is printed is left out where the full one stands.
        """
        names = {row.property.iri for row in nested}
        for row in nested:
            property_ = NamedNode(row.property.iri)
            is_full = any(name.value in names for name in _FULL.get(property_, ()))
            if not row.nested and not is_full:
                yield write_bound(property_, row.value.text, self.naming.language)

    def _is_acting(self, fact: Fact) -> bool:
        """Tell whether who speaks or takes part holds the post of a fact for the time being."""
        properties = self.index[fact.subject]
        persons = (one for name in (MG.speaker, MG.participant) for one in properties.get(name, ()))
        return any(self.witnesses.is_acting(person, fact.object) for person in persons)

    def _sorted(self, values: Iterable[NamedNode | Literal]) -> list[NamedNode | Literal]:
        """Sort dated nested nodes by their dates, and leave the rest in the order of the data."""
        return sorted(values, key=self._date)

    def _date(self, value: NamedNode | Literal) -> str:
        if not isinstance(value, NamedNode) or not is_minted(value.value):
            return ""
        properties = self.index.get(value, {})
        return next((dates[0].value for name in _DATES if (dates := properties.get(name))), "~")

    def _list_terms(self, subject: NamedNode, asked: Collection[NamedNode] | None) -> Iterator[Row]:
        for triple in self._connections.terms.get(subject, ()):
            if not isinstance(triple.object, NamedNode | Literal):
                continue
            if asked is not None and triple.predicate not in asked:
                continue
            if triple.predicate not in LATE or asked:
                yield Row(self.naming.name(triple.predicate), self.naming.value(triple.object), "ontology", ())

    def list_properties(self, subject: NamedNode) -> set[NamedNode]:
        """Give the properties of a thing, of the nodes nested in it, and of what nobody tells of it."""
        found = {triple.predicate for triple in self._connections.terms.get(subject, ())}
        waiting = [subject]
        seen: set[NamedNode] = set()
        while waiting:
            node = waiting.pop()
            seen.add(node)
            for name, values in self.index.get(node, {}).items():
                if name != MG.evidence:
                    found.add(name)
                    things = (one for one in values if isinstance(one, NamedNode) and one not in seen)
                    waiting += [one for one in things if self._is_nested(node, name, one)]
        for unknown in self._connections.unknowns.get(subject, ()):
            found.update(one for one in self.index[unknown].get(MG.property, ()) if isinstance(one, NamedNode))
        return found

    def list_notes(self, subject: NamedNode) -> tuple[str, ...]:
        """Give the editorial notes on a thing and on the nodes nested in it."""
        document = document_of(subject)
        inner = f"{document}#"
        nodes = self._connections.nodes.get(document, ())
        own = [node for node in nodes if node == subject or node.value.startswith(inner)]
        notes = (note for node in own for note in self.index[node].get(MG.editorialNote, ()))
        return tuple(dict.fromkeys(note.value for note in notes))

    def list_unknowns(self, subject: NamedNode, asked: Collection[NamedNode] | None = None) -> tuple[NotStated, ...]:
        """Give what nobody tells of a thing; of some properties only, where these are named."""
        return tuple(
            self._unknown(node)
            for node in self._connections.unknowns.get(subject, ())
            if MG.Unknown in self.index[node].get(RDF.type, ())
            and (asked is None or not set(asked).isdisjoint(self.index[node].get(MG.property, ())))
        )

    def _unknown(self, node: NamedNode) -> NotStated:
        properties = self.index[node]
        facts = [Fact(node, name, value) for name, values in properties.items() for value in values]
        found = dict.fromkeys(one for fact in facts for one in self.witnesses.find(fact))
        reasons = [value.value for value in properties.get(MG.reason, ())]
        point = next((one for one in properties.get(MG.property, ()) if isinstance(one, NamedNode)), None)
        return NotStated(
            unknown=self.naming.name(node),
            property=self.naming.name(point) if point else None,
            wording=tuple(value.value for value in properties.get(MG.wording, ())),
            reason=reasons[0] if reasons else next((one.reason for one in found if one.reason), ""),
            witnesses=tuple(found),
        )

    def list_memberships(self, subject: NamedNode) -> tuple[Row, ...]:
        """Give the posts and memberships of a thing, each with its own facts."""
        return tuple(
            Row(
                self.naming.name(ORG.member),
                self.naming.value(node),
                "none",
                (),
                tuple(self._list_rows(node, None, {subject, node})),
            )
            for node in self._connections.members.get(subject, ())
        )

    def list_mentions(self, subject: NamedNode) -> tuple[Mention, ...]:
        """Give the other things that name a thing, by the property; a nested node stands for its thing."""
        return tuple(
            Mention(self.naming.name(one.property), tuple(map(self.naming.name, one.things)))
            for one in self.list_incoming(subject)
        )

    def list_incoming(self, subject: NamedNode) -> tuple[Incoming, ...]:
        """Give the other things that name a thing as terms, so that a page may count all and name only some of them."""
        found: dict[NamedNode, dict[NamedNode, None]] = {}
        for fact in self._connections.incoming.get(subject, ()):
            found.setdefault(fact.predicate, {})[thing_of(fact.subject)] = None
        for term in self._connections.related.get(subject, ()):
            found.setdefault(SKOS.related, {})[term] = None
        return tuple(
            Incoming(name, tuple(sorted(things, key=self.naming.labels.shorten))) for name, things in found.items()
        )


def _retold(value: Value, text: str) -> Value:
    return Value(text, value.iri, value.curie, value.lexical, value.datatype, value.language)
