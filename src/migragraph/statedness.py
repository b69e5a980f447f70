"""The dataset without what is inferred: only facts that a source states or an outside authority vouches for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pyoxigraph import NamedNode

from migragraph.iris import document_of
from migragraph.namespaces import MG, RDF
from migragraph.support import Exemptions, Fact, Support

__all__ = ["keep_stated"]

Borne = Mapping[tuple[NamedNode, object], list[Fact]]
"""The facts that evidence supports, by the evidence and the property."""


def keep_stated(facts: Collection[Fact], support: Support, exemptions: Exemptions) -> tuple[Fact, ...]:
    """Leave out the facts whose every support is inferred, and what follows only from them.

    What follows: the inferences themselves, derivations, a thing of which nothing but bookkeeping is left and that no
    kept fact names, the evidence for the facts left out, and the nested nodes that nothing leads to any more.
    """
    borne = _borne(support)
    inferred = {fact for fact, by in support.supporters.items() if all(one.basis == MG.inferred for one in by)}
    dropped = {
        fact.subject for fact in facts if fact.object in (MG.Inference, MG.Derivation) and fact.predicate == RDF.type
    }
    kept = [fact for fact in facts if fact not in inferred]
    while True:
        left = [fact for fact in kept if fact.subject not in dropped and fact.object not in dropped]
        left = _without_idle(left, borne)
        hollow = _hollow(facts, left, exemptions) | _unreached(facts, left) | _idle(left, borne)
        if len(left) == len(kept) and hollow <= dropped:
            return tuple(left)
        dropped |= hollow
        kept = left


def _borne(support: Support) -> Borne:
    """Give the facts that a piece of evidence supports by each of the properties that it names."""
    borne: dict[tuple[NamedNode, object], list[Fact]] = {}
    for fact, supporters in support.supporters.items():
        for one in supporters:
            borne.setdefault((one.evidence, fact.predicate), []).append(fact)
    return borne


def _without_idle(facts: list[Fact], borne: Borne) -> list[Fact]:
    """Leave out the properties that evidence names for facts of which none is left: it would fit another fact then."""
    left = set(facts)
    idle = {pair for pair, supported in borne.items() if left.isdisjoint(supported)}
    return [fact for fact in facts if fact.predicate != MG.property or (fact.subject, fact.object) not in idle]


def _idle(facts: Iterable[Fact], borne: Borne) -> set[NamedNode]:
    """Give the evidence that supported facts and names no property of one now."""
    evidence = {one for one, _ in borne}
    return evidence - {fact.subject for fact in facts if fact.predicate == MG.property}


def _bears_facts(fact: Fact, exemptions: Exemptions) -> bool:
    return fact.predicate not in exemptions.properties


def _hollow(before: Iterable[Fact], after: Collection[Fact], exemptions: Exemptions) -> set[NamedNode]:
    """Give the subjects that stated something besides bookkeeping and do so no more, unless a kept fact names them."""
    had = {fact.subject for fact in before if _bears_facts(fact, exemptions)}
    return had - {fact.subject for fact in after if _bears_facts(fact, exemptions)} - _led_to(after)


def _unreached(before: Iterable[Fact], after: Collection[Fact]) -> set[NamedNode]:
    """Give the nested nodes to which a fact led before and none leads now."""
    return {node for node in _led_to(before) if document_of(node) != node.value} - _led_to(after)


def _led_to(facts: Iterable[Fact]) -> set[NamedNode]:
    return {fact.object for fact in facts if isinstance(fact.object, NamedNode)}
