"""Mutants in which a thing is wrong: another one that the property has somewhere stands in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from benchmarks.mutations.exchange import Change, change_values
from benchmarks.mutations.mutants import Material, Mutant, Mutate
from migragraph.namespaces import MG, RDF, SCHEMA, Namespace
from migragraph.support import Fact, Term

__all__ = ["THING_KINDS"]

ELI = Namespace("http://data.europa.eu/eli/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
SDMX_ATTRIBUTE = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
SDMX_DIMENSION = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")

ENOUGH_RIVALS = 10

PLACES = (SDMX_DIMENSION.refArea, MG.destination, MG.origin, MG.territory, SCHEMA.location)
ACTORS = (
    ELI.passed_by,
    MG.compiledBy,
    MG.developedBy,
    MG.effectedBy,
    MG.implementedBy,
    MG.participant,
    MG.party,
    MG.takenBy,
    ORG.member,
    ORG.organization,
)
ROLES = (MG.role, ORG.role)
# The mutants of these have kinds of their own, or their values say how the words are to be read, not what they say.
APART = frozenset(
    (
        *PLACES,
        *ACTORS,
        *ROLES,
        SDMX_ATTRIBUTE.unitMeasure,
        SDMX_DIMENSION.refPeriod,
        SDMX_DIMENSION.sex,
        MG.hedge,
        MG.inPost,
        MG.indicator,
        MG.population,
        MG.property,
        MG.speaker,
        MG.status,
        RDF.object,
        RDF.predicate,
        RDF.subject,
    )
)


def _rivals(fact: Fact, material: Material) -> Iterable[Term]:
    """Put some of the other things that the property has in the place of its value."""
    return material.rivals[fact.predicate][:ENOUGH_RIVALS]


def _speakers(_: Fact, material: Material) -> Iterable[Term]:
    """Put each other speaker in the place of one."""
    return material.rivals[MG.speaker]


def _others(fact: Fact, material: Material) -> Iterable[Term]:
    is_thing = isinstance(fact.object, NamedNode) and fact.predicate not in APART
    return _rivals(fact, material) if is_thing else ()


def _split(kind: str, change: Change, *properties: NamedNode) -> dict[str, Mutate]:
    """Make two kinds: where the words name the right value, and where they do not."""
    return {
        f"{kind} where the words name it": change_values(change, *properties, named=True),
        f"{kind} where they do not": change_values(change, *properties, named=False),
    }


def _call_stated(material: Material, kind: str) -> Iterator[Mutant]:
    """Say of what is inferred, with words quoted as a ground, that the words state it."""
    for testimony in material.testimonies:
        if testimony.basis == MG.inferred:
            stated: dict[NamedNode, list[Term]] = {**material.index[testimony.evidence], MG.basis: [MG.stated]}
            is_printed = all(material.prints(testimony, fact.object) for fact in testimony.facts)
            reason = "the words print it" if is_printed else ""
            yield Mutant(kind, testimony, {testimony.evidence: stated}, "inferred", "stated", borne_out=reason)


THING_KINDS: Mapping[str, Mutate] = {
    **_split("a speaker exchanged", _speakers, MG.speaker),
    **_split("a post exchanged", _rivals, MG.inPost),
    **_split("an actor exchanged", _rivals, *ACTORS),
    **_split("a place exchanged", _rivals, *PLACES),
    "a status exchanged": change_values(_rivals, MG.status),
    "a role exchanged": change_values(_rivals, *ROLES),
    "a period exchanged": change_values(_rivals, SDMX_DIMENSION.refPeriod),
    "an indicator exchanged": change_values(_rivals, MG.indicator),
    "a population exchanged": change_values(_rivals, MG.population),
    **_split("another thing exchanged", _others),
    "an inference called a statement": _call_stated,
}
"""How the mutants of each kind are made, by its name."""
