"""The collection of what is to be cited for a thing: the sources and authorities behind its facts, and the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

from pyoxigraph import NamedNode

from migragraph.bibliography import Bibliography
from migragraph.cite.citation import AuthorityCitation, Citation, GraphCitation, SourceCitation
from migragraph.iris import document_of, is_minted
from migragraph.lookup import fold_name
from migragraph.memo import Memo
from migragraph.namespaces import MG, SCHEMA, SDMX_MEASURE, SKOS
from migragraph.posts import find_acting
from migragraph.quotations import Quotation, Testimony
from migragraph.speech import find_speech
from migragraph.wording import say

__all__ = ["Collector"]

_VALUE = SDMX_MEASURE.obsValue
_TOLD_FIRST = {name: rank for rank, name in enumerate((_VALUE, MG.lowerValue, MG.upperValue, MG.gist, MG.content))}
_NAMES = frozenset((SKOS.altLabel, MG.editorialNote))

Rank: TypeAlias = tuple[bool, int, bool, bool, bool]


class Collector:
    """Collect citations from a dataset, with labels in one language."""

    def __init__(self, bibliography: Bibliography) -> None:
        self.bibliography = bibliography
        self.index = bibliography.dataset.index

    def collect(self, thing: NamedNode | None) -> list[Citation]:
        """Collect the citations for a thing, or that of the graph.

        A source, or an authority, is cited by itself. Of anything else the sources behind its facts are cited, each
        once with the words that tell most of it, then the authorities, then the graph.
        """
        graph = GraphCitation(self.bibliography.graph, thing.value if thing else "")
        if thing is None:
            return [graph]
        if self.bibliography.is_source(thing):
            source = self.bibliography.describe(thing)
            return [SourceCitation(source, url=source.url)]
        if self.bibliography.is_authority(thing):
            return [AuthorityCitation(self.bibliography.describe_authority(thing))]
        told = self.bibliography.dataset.told
        testimonies = [testimony for part in self._parts(thing) for testimony in told[part]]
        return [*self._cite_sources(testimonies), *self._cite_authorities(testimonies), graph]

    def _parts(self, thing: NamedNode) -> list[NamedNode]:
        """Give a thing, the nodes nested in it, and the figures from which it was derived."""
        nodes = self.bibliography.dataset.connections.nodes.get(document_of(thing), ())
        parts = [node for node in nodes if node == thing or self._is_within(node, thing)]
        derivations = (one for one in self.index.get(thing, {}).get(MG.derivation, ()) if isinstance(one, NamedNode))
        figures = (one for node in derivations for one in self.index.get(node, {}).get(MG.computedFrom, ()))
        return list(dict.fromkeys([*parts, *(one for one in figures if isinstance(one, NamedNode))]))

    def _is_within(self, node: NamedNode, thing: NamedNode) -> bool:
        return is_minted(node.value) and "#" not in thing.value and document_of(node) == thing.value

    def _cite_sources(self, testimonies: Iterable[Testimony]) -> Iterator[SourceCitation]:
        best: dict[NamedNode, tuple[Rank, Testimony, Quotation]] = {}
        for testimony in testimonies:
            for quotation in testimony.quotations:
                known, rank = best.get(quotation.source), self._rank(testimony, quotation)
                if known is None or rank < known[0]:
                    best[quotation.source] = rank, testimony, quotation
        for _, testimony, quotation in sorted(best.values(), key=itemgetter(0)):
            yield self._cite(testimony, quotation)

    def _rank(self, testimony: Testimony, quotation: Quotation) -> Rank:
        """Rank words: stated before inferred; figures, then what is said, then the rest, then names; headlines last.

        Of names the one that the thing is labelled with comes first.
        """
        told = {fact.predicate for fact in testimony.facts}
        label = self.bibliography.labels.find(testimony.subject, self.bibliography.language).text
        return (
            testimony.basis == MG.inferred,
            min((_TOLD_FIRST[name] for name in told if name in _TOLD_FIRST), default=len(_TOLD_FIRST)),
            told <= _NAMES,
            self._is_of_headline(quotation),
            all(fact.object.value != label for fact in testimony.facts),
        )

    def _is_of_headline(self, quotation: Quotation) -> bool:
        """Tell whether words may be of their source's headline, which often says less exactly what the text says."""
        headlines = self._headlines[quotation.source]
        words = f" {fold_name(quotation.exact)} " if headlines else ""
        return any(words in headline for headline in headlines)

    @cached_property
    def _headlines(self) -> Memo[NamedNode, list[str]]:
        return Memo(self._fold_headlines)

    def _fold_headlines(self, source: NamedNode) -> list[str]:
        headlines = self.index.get(source, {}).get(SCHEMA.headline, ())
        return [f" {fold_name(headline.value)} " for headline in headlines]

    def _cite(self, testimony: Testimony, quotation: Quotation) -> SourceCitation:
        return SourceCitation(
            source=self.bibliography.describe(quotation.source),
            quote=quotation.exact,
            speaker=self._tell_speech(testimony),
            url=self.bibliography.link(quotation).url,
            is_inferred=testimony.basis == MG.inferred,
        )

    def _tell_speech(self, testimony: Testimony) -> str:
        """Name who says it, in which post, and, where no source quotes or reports it, how it is known."""
        speech = find_speech(testimony, self.index)
        if speech is None:
            return ""
        labels, language = self.bibliography.labels, self.bibliography.language
        acting = f" ({say('acting', language)})" if (speech.speaker, speech.post) in self._acting else ""
        names = (labels.find(one, language).text for one in (speech.speaker, speech.post) if one is not None)
        inferred = say("speaker inferred", language) if speech.is_inferred else ""
        remark = labels.find(speech.remark, language).text if speech.remark else inferred
        return "; ".join(part for part in (f"{', '.join(names)}{acting}", remark) if part)

    @cached_property
    def _acting(self) -> frozenset[tuple[NamedNode, NamedNode]]:
        return find_acting(self.index)

    def _cite_authorities(self, testimonies: Iterable[Testimony]) -> Iterator[AuthorityCitation]:
        named = (one for proof in testimonies for one in self.index.get(proof.evidence, {}).get(MG.reference, ()))
        for authority in dict.fromkeys(one for one in named if isinstance(one, NamedNode)):
            yield AuthorityCitation(self.bibliography.describe_authority(authority))
