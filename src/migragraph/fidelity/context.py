"""What the judgement of one thing must know of the rest of the graph: names, values of properties, languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.fidelity.names import Names, list_names
from migragraph.labels import Labels, collect_labels
from migragraph.namespaces import DCTERMS, ELI, FOAF, MG, ORG, SCHEMA, SDMX_ATTRIBUTE, SDMX_DIMENSION
from migragraph.support import Index

__all__ = ["COMPARED", "NAMED", "Context", "list_wholes"]

NAMED = frozenset(
    (
        DCTERMS.spatial,
        FOAF.member,
        MG.addressee,
        MG.arisesIn,
        MG.audienceDestination,
        MG.compiledBy,
        MG.destination,
        MG.developedBy,
        MG.effectedBy,
        MG.implementedBy,
        MG.implements,
        MG.inPost,
        MG.launches,
        MG.legalNature,
        MG.objective,
        MG.origin,
        MG.participant,
        MG.party,
        MG.phase,
        MG.presentedAt,
        MG.promulgates,
        MG.proposedBy,
        MG.providedBy,
        MG.submittedTo,
        MG.supports,
        MG.takenBy,
        MG.territory,
        MG.topic,
        SCHEMA.funder,
        SCHEMA.location,
        SCHEMA.organizer,
        SCHEMA.publisher,
        SCHEMA.superEvent,
        SDMX_DIMENSION.refArea,
        ELI.passed_by,
        ELI.repeals,
        ORG.member,
        ORG.memberOf,
        ORG.organization,
        ORG.postIn,
        ORG.unitOf,
    )
)
"""The properties whose value the words name, where they name any thing that could be it."""

COMPARED = NAMED | {MG.role, MG.speaker, MG.status, SDMX_ATTRIBUTE.unitMeasure, ORG.role}
"""The properties whose values are compared with the other values that they have in the graph."""

_WHOLES = (SCHEMA.containedInPlace, SCHEMA.isPartOf, SCHEMA.superEvent, ORG.subOrganizationOf, ORG.unitOf)
_MEMBER, _POST = ORG.member, MG.inPost
_LANGUAGE = SCHEMA.inLanguage
_DEEPEST = 8
ENGLISH = "en"


@dataclass(frozen=True)
class Context:
    """What the judgement of one thing's evidence must know of the rest of the graph."""

    labels: Labels
    names: Names
    rivals: Mapping[NamedNode, frozenset[NamedNode]] = field(repr=False)
    holders: Mapping[NamedNode, frozenset[NamedNode]] = field(repr=False)
    languages: Mapping[NamedNode, str]
    prefixes: Mapping[str, str] = field(repr=False)
    origin: Mapping[NamedNode, Path] = field(repr=False)

    @classmethod
    def of(cls, dataset: Dataset) -> Context:
        """Collect the context from a dataset."""
        labels = collect_labels(dataset)
        languages = dict(_read_languages(dataset.index))
        return cls(
            labels=labels,
            names=list_names(labels, {*languages.values(), ENGLISH}),
            rivals=_list_values(dataset.index),
            holders=_list_holders(dataset.index),
            languages=languages,
            prefixes=dataset.prefixes,
            origin=dataset.origin,
        )

    def find_language(self, source: NamedNode) -> str:
        """Give the language of a source, without a region; English where nothing says it."""
        return self.languages.get(source, ENGLISH)


def list_wholes(thing: NamedNode, index: Index) -> Iterator[NamedNode]:
    """Give what a thing is part of, what that is part of, and so on."""
    seen = [thing]
    for part in seen:
        for property_ in _WHOLES:
            for whole in index.get(part, {}).get(property_, ()):
                if isinstance(whole, NamedNode) and whole not in seen and len(seen) <= _DEEPEST:
                    seen.append(whole)
                    yield whole


def _list_values(index: Index) -> dict[NamedNode, frozenset[NamedNode]]:
    found: dict[NamedNode, set[NamedNode]] = {property_: set() for property_ in COMPARED}
    for properties in index.values():
        for property_, values in properties.items():
            if property_ in COMPARED:
                found[property_].update(value for value in values if isinstance(value, NamedNode))
    return {property_: frozenset(values) for property_, values in found.items()}


def _list_holders(index: Index) -> dict[NamedNode, frozenset[NamedNode]]:
    """Give for each post whoever is known to hold it, or to have held it."""
    found: dict[NamedNode, set[NamedNode]] = {}
    for properties in index.values():
        if _MEMBER in properties and _POST in properties:
            holders = [member for member in properties[_MEMBER] if isinstance(member, NamedNode)]
            for post in properties[_POST]:
                if isinstance(post, NamedNode):
                    found.setdefault(post, set()).update(holders)
    return {post: frozenset(holders) for post, holders in found.items()}


def _read_languages(index: Index) -> Iterator[tuple[NamedNode, str]]:
    for subject, properties in index.items():
        for value in properties.get(_LANGUAGE, ()):
            if isinstance(value, Literal):
                yield subject, value.value.partition("-")[0].lower()
