"""The provenance of a nanopublication: from which words, of which source, its assertion comes, and who says them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from migragraph.dataset import Dataset
from migragraph.iris import document_of
from migragraph.namespaces import MG, OA, ORG, PROV, RDF, RDFS, SCHEMA
from migragraph.speech import find_speech_of
from migragraph.support import Fact, Index

__all__ = ["Part", "Tracing"]

_MEMBER = ORG.member

_OF_STATEMENT = (MG.speaker, MG.inPost, MG.speechMode)
_OF_HOLDING = (_MEMBER, MG.inPost, MG.acting)
_OF_SOURCE = (
    RDF.type,
    RDFS.label,
    SCHEMA.headline,
    SCHEMA.publisher,
    SCHEMA.datePublished,
    SCHEMA.url,
    SCHEMA.inLanguage,
    SCHEMA.translationOfWork,
    MG.sha256,
)


@dataclass(frozen=True, slots=True)
class Part:
    """What a passage states of a thing: the facts, each with its evidence; and whose evidence each is."""

    facts: dict[Fact, list[NamedNode]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[NamedNode, NamedNode] = field(default_factory=dict)


class Tracing:
    """Trace assertions of a dataset; what all have in common is worked out once."""

    def __init__(self, dataset: Dataset) -> None:
        self.index = dataset.index
        self.supporters = dataset.support.supporters
        self.holdings = _index_holdings(dataset.index)

    def trace(self, assertion: NamedNode, passage: NamedNode, part: Part) -> Iterator[Triple]:
        """Tell the words and their source, the evidence, and the speaker; some triples come more than once.

        The assertion is ascribed to a speaker where all of it is said by one.
        """
        speeches = {find_speech_of(fact, one, self.index) for fact, evidence in part.facts.items() for one in evidence}
        speakers = {speech and speech.speaker for speech in speeches}
        yield Triple(assertion, PROV.wasDerivedFrom, passage)
        if len(speakers) == 1:
            yield from (Triple(assertion, PROV.wasAttributedTo, speaker) for speaker in speakers if speaker)
        for evidence, owner in part.owners.items():
            yield from self._tell_evidence(owner, evidence, passage)
        yield from self._tell(passage)
        for selector in self._nodes(passage, OA.hasSelector):
            yield from self._tell(selector)
        yield from self._tell_statements(passage, part)
        for speech in speeches:
            for holding in self.holdings.get((speech.speaker, speech.post), ()) if speech else ():
                yield from self._vouch(holding, _OF_HOLDING, passage)
        for source in self._nodes(passage, OA.hasSource):
            for one in (source, *self._nodes(source, SCHEMA.translationOfWork)):
                yield from self._vouch(one, _OF_SOURCE, passage)
                yield from self._name(one, SCHEMA.publisher)

    def _tell_statements(self, passage: NamedNode, part: Part) -> Iterator[Triple]:
        """Tell who makes the statement that the facts are of, in which post, and how the source gives it."""
        for statement in {NamedNode(document_of(fact.subject)) for fact in part.facts}:
            if MG.speaker in self.index.get(statement, {}):
                told = self._vouch(statement, _OF_STATEMENT, passage)
                yield from (triple for triple in told if Fact(*triple) not in part.facts)
                yield from self._name(statement, MG.speaker, MG.inPost)

    def _vouch(self, subject: NamedNode, properties: Iterable[NamedNode], passage: NamedNode) -> Iterator[Triple]:
        """Tell what the graph knows of a subject, with the evidence for what no source states."""
        for property_ in properties:
            for value in self.index.get(subject, {}).get(property_, ()):
                yield Triple(subject, property_, value)
                supporters = self.supporters.get(Fact(subject, property_, value), ())
                if all(one.basis != MG.stated for one in supporters):
                    for one in supporters:
                        yield from self._tell_evidence(subject, one.evidence, passage)

    def _tell_evidence(self, owner: NamedNode, evidence: NamedNode, passage: NamedNode) -> Iterator[Triple]:
        """Tell an evidence, of the passages that it rests on only the one that the assertion comes from."""
        yield Triple(owner, MG.evidence, evidence)
        for triple in self._tell(evidence):
            if triple.predicate != OA.hasTarget or triple.object == passage:
                yield triple
        yield from self._name(evidence, MG.speaker, MG.inPost, MG.reference)

    def _name(self, subject: NamedNode, *properties: NamedNode) -> Iterator[Triple]:
        """Tell what the values of properties are called."""
        for thing in (value for property_ in properties for value in self._nodes(subject, property_)):
            yield from (Triple(thing, RDFS.label, text) for text in self.index.get(thing, {}).get(RDFS.label, ()))

    def _tell(self, subject: NamedNode) -> Iterator[Triple]:
        for property_, values in self.index.get(subject, {}).items():
            yield from (Triple(subject, property_, value) for value in values)

    def _nodes(self, subject: NamedNode, property_: NamedNode) -> Iterator[NamedNode]:
        values = self.index.get(subject, {}).get(property_, ())
        return (value for value in values if isinstance(value, NamedNode))


def _index_holdings(index: Index) -> dict[tuple[object, object], list[NamedNode]]:
    """Give the holdings of a post that are known to be for the time being or not, by person and post."""
    holdings: dict[tuple[object, object], list[NamedNode]] = {}
    for subject, properties in index.items():
        for person in properties.get(_MEMBER, ()) if MG.acting in properties else ():
            for post in properties.get(MG.inPost, ()):
                holdings.setdefault((person, post), []).append(subject)
    return holdings
