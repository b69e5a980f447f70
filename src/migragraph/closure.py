"""What the ontology implies: super-types, super-properties, and the direct properties of participations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.namespaces import MG, RDF, RDFS

__all__ = ["imply"]

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Supers: TypeAlias = Mapping[object, tuple[NamedNode, ...]]
Pairs: TypeAlias = Mapping[NamedNode, list[tuple[Term, Term]]]

_TYPE = RDF.type
_PARTICIPATION, _PARTICIPANT, _ROLE, _DIRECT = MG.participation, MG.participant, MG.role, MG.directProperty


def imply(triples: Iterable[Triple]) -> list[Triple]:
    """Give the triples that the ontology among the triples implies and that are not among them, each once.

    The rules are RDFS's rdfs9 and rdfs7 (https://www.w3.org/TR/rdf11-mt/#rdfs-entailment) over named terms, and one
    of our own: a participation in a role that has a ``mg:directProperty`` links the event to the participant by it.
    Domains and ranges imply nothing here.
    """
    known = dict.fromkeys(triples)
    told = _group(known, (RDFS.subClassOf, RDFS.subPropertyOf, _PARTICIPATION, _PARTICIPANT, _ROLE, _DIRECT))
    classes, properties = (_supers(told[relation]) for relation in (RDFS.subClassOf, RDFS.subPropertyOf))
    direct = _direct(told)
    implied: dict[Triple, None] = dict.fromkeys(direct)
    for subject, predicate, value in (*known, *direct):
        if predicate == _TYPE:
            implied |= {Triple(subject, _TYPE, super_): None for super_ in classes.get(value, ())}
        elif predicate in properties:
            implied |= {Triple(subject, super_, value): None for super_ in properties[predicate]}
    return [triple for triple in implied if triple not in known]


def _group(triples: Iterable[Triple], predicates: Iterable[NamedNode]) -> Pairs:
    """Give the subjects and objects of some predicates."""
    groups: dict[NamedNode, list[tuple[Term, Term]]] = {predicate: [] for predicate in predicates}
    for subject, predicate, value in triples:
        if (group := groups.get(predicate)) is not None:
            group.append((subject, value))
    return groups


def _supers(pairs: Iterable[tuple[Term, Term]]) -> Supers:
    above: dict[NamedNode, set[NamedNode]] = {}
    for term, super_ in pairs:
        if isinstance(term, NamedNode) and isinstance(super_, NamedNode):
            above.setdefault(term, set()).add(super_)
    return {term: tuple(sorted(_reach(term, above) - {term}, key=str)) for term in above}


def _reach(term: NamedNode, above: Mapping[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    seen: set[NamedNode] = set()
    waiting = [term]
    while waiting:
        for super_ in above.get(waiting.pop(), ()):
            if super_ not in seen:
                seen.add(super_)
                waiting.append(super_)
    return seen


def _direct(told: Pairs) -> list[Triple]:
    """Give ``event schema:organizer actor`` and its like for the participations that are told of."""
    events = {node: event for event, node in told[_PARTICIPATION] if isinstance(event, NamedNode | BlankNode)}
    direct = {role: property_ for role, property_ in told[_DIRECT] if isinstance(property_, NamedNode)}
    participants: dict[Term, list[Term]] = {}
    for node, participant in told[_PARTICIPANT]:
        participants.setdefault(node, []).append(participant)
    return [
        Triple(events[node], direct[role], participant)
        for node, role in told[_ROLE]
        if role in direct and node in events
        for participant in participants.get(node, ())
    ]
