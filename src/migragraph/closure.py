"""What the ontology implies: super-types, super-properties, and the direct properties of participations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.namespaces import MG, RDF, RDFS

__all__ = ["imply"]

Supers = Mapping[NamedNode, frozenset[NamedNode]]

_TYPE = RDF.type


def imply(triples: Iterable[Triple]) -> list[Triple]:
    """Give the triples that the ontology among the triples implies and that are not among them, each once.

    The rules are RDFS's rdfs9 and rdfs7 (https://www.w3.org/TR/rdf11-mt/#rdfs-entailment) over named terms, and one
    of our own: a participation in a role that has a ``mg:directProperty`` links the event to the participant by it.
    Domains and ranges imply nothing here.
    """
    known = dict.fromkeys(triples)
    classes = _supers(known, RDFS.subClassOf)
    properties = _supers(known, RDFS.subPropertyOf)
    implied: dict[Triple, None] = {}
    for triple in [*known, *_direct(known)]:
        for consequence in _consequences(triple, classes, properties):
            if consequence not in known:
                implied[consequence] = None
    return list(implied)


def _consequences(triple: Triple, classes: Supers, properties: Supers) -> Iterable[Triple]:
    subject, predicate, object_ = triple
    yield triple
    if predicate == _TYPE:
        if isinstance(object_, NamedNode):
            for super_ in sorted(classes.get(object_, ()), key=str):
                yield Triple(subject, _TYPE, super_)
        return
    for super_ in sorted(properties.get(predicate, ()), key=str):
        yield Triple(subject, super_, object_)


def _supers(triples: Iterable[Triple], relation: NamedNode) -> dict[NamedNode, frozenset[NamedNode]]:
    above: dict[NamedNode, set[NamedNode]] = {}
    for triple in triples:
        if (
            triple.predicate == relation
            and isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
        ):
            above.setdefault(triple.subject, set()).add(triple.object)
    return {term: frozenset(_reach(term, above) - {term}) for term in above}


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
        if triple.predicate == MG.participation and not isinstance(triple.subject, Triple):
            events[triple.object] = triple.subject
        elif triple.predicate == MG.participant:
            participants.setdefault(triple.subject, []).append(triple)
        elif triple.predicate == MG.role:
            roles.append(triple)
        elif triple.predicate == MG.directProperty and isinstance(triple.object, NamedNode):
            direct[triple.subject] = triple.object
    return [
        Triple(events[role.subject], direct[role.object], participant.object)
        for role in roles
        if role.object in direct and role.subject in events
        for participant in participants.get(role.subject, ())
    ]
