"""What the ontology implies: super-types, super-properties, and the direct properties of participations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, starmap
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.namespaces import MG, RDF, RDFS
from migragraph.nesting import Statement, Term

__all__ = ["imply", "imply_statements"]

Supers: TypeAlias = Mapping[object, tuple[NamedNode, ...]]
Pairs: TypeAlias = Mapping[NamedNode, list[tuple[Term, Term]]]

_TYPE = RDF.type
_PARTICIPATION, _PARTICIPANT, _ROLE, _DIRECT = MG.participation, MG.participant, MG.role, MG.directProperty


def imply(triples: Iterable[Triple]) -> list[Triple]:
    """Give what ``imply_statements`` gives, as triples."""
    return list(starmap(Triple, imply_statements(dict.fromkeys((*triple,) for triple in triples))))


def imply_statements(known: Mapping[Statement, None]) -> list[Statement]:
    """Give the triples that the ontology among the triples implies and that are not among them, each once.

    The rules are RDFS's rdfs9 and rdfs7 (https://www.w3.org/TR/rdf11-mt/#rdfs-entailment) over named terms, and one
    of our own: a participation in a role that has a ``mg:directProperty`` links the event to the participant by it.
    Domains and ranges imply nothing here.
    """
    told = _group(known, (RDFS.subClassOf, RDFS.subPropertyOf, _PARTICIPATION, _PARTICIPANT, _ROLE, _DIRECT))
    classes, properties = (_supers(told[relation]) for relation in (RDFS.subClassOf, RDFS.subPropertyOf))
    direct = _direct(told)
    implied: dict[Statement, None] = dict.fromkeys(direct)
    for subject, predicate, value in chain(known, direct):
        if predicate == _TYPE:
            for super_ in classes.get(value, ()):
                implied[subject, _TYPE, super_] = None
        elif predicate in properties:
            for super_ in properties[predicate]:
                implied[subject, super_, value] = None
    return [statement for statement in implied if statement not in known]


def _group(triples: Iterable[Statement], predicates: Iterable[NamedNode]) -> Pairs:
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


def _direct(told: Pairs) -> list[Statement]:
    """Give ``event schema:organizer actor`` and its like for the participations that are told of."""
    events = {node: event for event, node in told[_PARTICIPATION] if isinstance(event, NamedNode | BlankNode)}
    direct = {role: property_ for role, property_ in told[_DIRECT] if isinstance(property_, NamedNode)}
    participants: dict[Term, list[Term]] = {}
    for node, participant in told[_PARTICIPANT]:
        participants.setdefault(node, []).append(participant)
    return [
        (events[node], direct[role], participant)
        for node, role in told[_ROLE]
        if role in direct and node in events
        for participant in participants.get(node, ())
    ]
