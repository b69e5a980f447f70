"""What the ontology implies: super-types, super-properties, and the direct properties of participations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from itertools import chain, starmap
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.namespaces import MG, RDF, RDFS
from migragraph.nesting import Statement, Term

__all__ = ["RULING", "Pair", "Rules", "close_subject", "imply", "imply_of", "imply_statements", "read_rules"]

Supers: TypeAlias = Mapping[object, tuple[NamedNode, ...]]
Pairs: TypeAlias = Mapping[NamedNode, list[tuple[Term, Term]]]

Pair: TypeAlias = tuple[NamedNode, Term]

_TYPE = RDF.type
_PARTICIPATION, _PARTICIPANT, _ROLE, _DIRECT = MG.participation, MG.participant, MG.role, MG.directProperty
RULING = (RDFS.subClassOf, RDFS.subPropertyOf, _PARTICIPATION, _PARTICIPANT, _ROLE, _DIRECT)
"""The properties by which more is implied than is told."""


class Rules(NamedTuple):
    """The super-classes and super-properties of each term, and the pairs that participations imply of each event."""

    classes: Supers
    properties: Supers
    direct: Mapping[NamedNode | BlankNode, Sequence[Pair]]


def imply(triples: Iterable[Triple]) -> list[Triple]:
    """Give what ``imply_statements`` gives, as triples."""
    known: dict[Statement, None] = dict.fromkeys((*triple,) for triple in triples)
    return list(starmap(Triple, imply_statements(known, known.__contains__)))


def imply_statements(known: Collection[Statement], is_known: Callable[[Statement], bool]) -> list[Statement]:
    """Give the triples that the ontology among the triples implies and that are not among them, each once.

    ``is_known`` tells whether a triple is among them.

    The rules are RDFS's rdfs9 and rdfs7 (https://www.w3.org/TR/rdf11-mt/#rdfs-entailment) over named terms, and one
    of our own: a participation in a role that has a ``mg:directProperty`` links the event to the participant by it.
    Domains and ranges imply nothing here.
    """
    rules = read_rules(known)
    direct: list[Statement] = [(subject, *pair) for subject, pairs in rules.direct.items() for pair in pairs]
    implied: dict[Statement, None] = dict.fromkeys(direct)
    # Few terms are predicates, and most of them are one term in many triples.
    implying: dict[int, bool] = {}
    for subject, predicate, value in chain(known, direct):
        if (implies := implying.get(id(predicate))) is None:
            implies = implying[id(predicate)] = predicate == _TYPE or predicate in rules.properties
        if implies:
            for pair in _follow(predicate, value, rules):
                implied[subject, *pair] = None
    return [statement for statement in implied if not is_known(statement)]


def imply_of(subject: NamedNode | BlankNode, about: Collection[Pair], rules: Rules) -> list[Pair]:
    """Give the properties and values that are implied of one subject, by what is said of it, each once."""
    direct = rules.direct.get(subject, ())
    implied: dict[Pair, None] = dict.fromkeys(direct)
    for predicate, value in (*about, *direct):
        implied |= dict.fromkeys(_follow(predicate, value, rules))
    return [pair for pair in implied if pair not in about]


def close_subject(
    subject: NamedNode | BlankNode,
    terms: Iterable[Triple],
    properties: Mapping[NamedNode, Sequence[NamedNode | Literal]],
    rules: Rules,
    among: Container[NamedNode] | None = None,
) -> dict[Pair, None]:
    """Give what triples and properties say of a subject, and what that implies: all, or by some predicates."""
    about: dict[Pair, None]
    if not terms and subject not in rules.direct and rules.properties.keys().isdisjoint(properties):
        # Of most subjects nothing is implied but more types.
        kept = [name for name in properties if among is None or name in among]
        about = {(name, value): None for name in kept for value in properties[name]}
        if _TYPE in kept:
            above = (rules.classes.get(type_, ()) for type_ in properties[_TYPE])
            about |= {(_TYPE, class_): None for classes in above for class_ in classes}
        return about
    about = dict.fromkeys((triple.predicate, triple.object) for triple in terms)
    about |= {(name, value): None for name, values in properties.items() for value in values}
    about |= dict.fromkeys(imply_of(subject, about, rules))
    return about if among is None else {pair: None for pair in about if pair[0] in among}


def read_rules(triples: Iterable[tuple[Term, NamedNode, Term] | Triple]) -> Rules:
    """Read the super-terms, and what the participations imply, which lie in other subjects than theirs.

    Of the triples only those by the properties in RULING tell of that.
    """
    told = _group(triples, RULING)
    classes, properties = (_supers(told[relation]) for relation in (RDFS.subClassOf, RDFS.subPropertyOf))
    return Rules(classes, properties, _direct(told))


def _follow(predicate: NamedNode, value: Term, rules: Rules) -> list[Pair]:
    if predicate == _TYPE:
        return [(_TYPE, super_) for super_ in rules.classes.get(value, ())]
    return [(super_, value) for super_ in rules.properties.get(predicate, ())]


def _group(triples: Iterable[tuple[Term, NamedNode, Term] | Triple], predicates: Iterable[NamedNode]) -> Pairs:
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


def _direct(told: Pairs) -> Mapping[NamedNode | BlankNode, Sequence[Pair]]:
    """Give ``event schema:organizer actor`` and its like for the participations that are told of."""
    events = {node: event for event, node in told[_PARTICIPATION] if isinstance(event, NamedNode | BlankNode)}
    direct = {role: property_ for role, property_ in told[_DIRECT] if isinstance(property_, NamedNode)}
    participants: dict[Term, list[Term]] = {}
    for node, participant in told[_PARTICIPANT]:
        participants.setdefault(node, []).append(participant)
    found: dict[NamedNode | BlankNode, dict[Pair, None]] = {}
    for node, role in told[_ROLE]:
        if role in direct and node in events:
            pairs = ((direct[role], participant) for participant in participants.get(node, ()))
            found.setdefault(events[node], {}).update(dict.fromkeys(pairs))
    return {event: tuple(pairs) for event, pairs in found.items()}
