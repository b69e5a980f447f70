"""What the ontology implies: super-types, super-properties, and the direct properties of participations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.namespaces import MG, RDF, RDFS

__all__ = ["imply"]

Supers = Mapping[object, tuple[NamedNode, ...]]

_TYPE = RDF.type
_PARTICIPATION, _PARTICIPANT, _ROLE, _DIRECT = MG.participation, MG.participant, MG.role, MG.directProperty


def imply(triples: Iterable[Triple]) -> list[Triple]:
    """Give the triples that the ontology among the triples implies and that are not among them, each once.

    The rules are RDFS's rdfs9 and rdfs7 (https://www.w3.org/TR/rdf11-mt/#rdfs-entailment) over named terms, and one
    of our own: a participation in a role that has a ``mg:directProperty`` links the event to the participant by it.
    Domains and ranges imply nothing here.
    """
    known = dict.fromkeys(triples)
    classes = _supers(known, RDFS.subClassOf)
    properties = _supers(known, RDFS.subPropertyOf)
    direct = _direct(known)
    implied: dict[Triple, None] = dict.fromkeys(direct)
    for subject, predicate, object_ in (*known, *direct):
        if predicate == _TYPE:
            implied |= {Triple(subject, _TYPE, super_): None for super_ in classes.get(object_, ())}
        elif predicate in properties:
            implied |= {Triple(subject, super_, object_): None for super_ in properties[predicate]}
    return [triple for triple in implied if triple not in known]


def _supers(triples: Iterable[Triple], relation: NamedNode) -> Supers:
    above: dict[NamedNode, set[NamedNode]] = {}
    for triple in triples:
        if (
            triple.predicate == relation
            and isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
        ):
            above.setdefault(triple.subject, set()).add(triple.object)
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


def _direct(triples: Iterable[Triple]) -> list[Triple]:
    """Give ``event schema:organizer actor`` and its like for the participations among the triples."""
    events: dict[object, NamedNode | BlankNode] = {}
    participants: dict[object, list[Triple]] = {}
    roles: list[Triple] = []
    direct: dict[object, NamedNode] = {}
    for triple in triples:
        if triple.predicate == _PARTICIPATION and not isinstance(triple.subject, Triple):
            events[triple.object] = triple.subject
        elif triple.predicate == _PARTICIPANT:
            participants.setdefault(triple.subject, []).append(triple)
        elif triple.predicate == _ROLE:
            roles.append(triple)
        elif triple.predicate == _DIRECT and isinstance(triple.object, NamedNode):
            direct[triple.subject] = triple.object
    return [
        Triple(events[role.subject], direct[role.object], participant.object)
        for role in roles
        if role.object in direct and role.subject in events
        for participant in participants.get(role.subject, ())
    ]
