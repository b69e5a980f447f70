"""The dataset without what is inferred: only facts that a source states or an outside authority vouches for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode

from migragraph.iris import document_of
from migragraph.namespaces import MG, RDF
from migragraph.support import Exemptions, Fact, Support

__all__ = ["keep_stated"]


def keep_stated(facts: Collection[Fact], support: Support, exemptions: Exemptions) -> tuple[Fact, ...]:
    """Leave out the facts whose every support is inferred, and what follows only from them.

    What follows: the inferences themselves, derivations, a thing of which nothing but bookkeeping is left, the facts
    that point to such a thing, and the nested nodes that nothing leads to any more.
    """
    inferred = {fact for fact, by in support.supporters.items() if all(one.basis == MG.inferred for one in by)}
    dropped = {
        fact.subject for fact in facts if fact.object in (MG.Inference, MG.Derivation) and fact.predicate == RDF.type
    }
    kept = [fact for fact in facts if fact not in inferred]
    while True:
        left = [fact for fact in kept if fact.subject not in dropped and fact.object not in dropped]
        hollow = _hollow(facts, left, exemptions) | _unreached(facts, left)
        if len(left) == len(kept) and hollow <= dropped:
            return tuple(left)
        dropped |= hollow
        kept = left


def _bears_facts(fact: Fact, exemptions: Exemptions) -> bool:
    return fact.predicate not in exemptions.properties


def _hollow(before: Iterable[Fact], after: Iterable[Fact], exemptions: Exemptions) -> set[NamedNode]:
    """Give the subjects that stated something besides bookkeeping and do so no more."""
    had = {fact.subject for fact in before if _bears_facts(fact, exemptions)}
    return had - {fact.subject for fact in after if _bears_facts(fact, exemptions)}


def _unreached(before: Iterable[Fact], after: Iterable[Fact]) -> set[NamedNode]:
    """Give the nested nodes to which a fact led before and none leads now."""
    nested = {fact.subject for fact in before if document_of(fact.subject) != fact.subject.value}
    return nested - {fact.object for fact in after if isinstance(fact.object, NamedNode)}
