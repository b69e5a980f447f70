"""The bibliography: what is known of each source and authority, of the graph itself, and where words are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.labels import Labels
from migragraph.links import link_to_words
from migragraph.memo import Memo
from migragraph.namespaces import DCTERMS, MG, RDF, RDFS, SCHEMA
from migragraph.quotations import Quotation
from migragraph.support import Index

__all__ = ["Authority", "Bibliography", "GraphRecord", "Link", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """What the graph knows of a source; what it does not know is the empty string.

    ``title`` is the source's own headline, or, where ``is_description``, what the graph calls it. ``url`` is the
    address of the text itself or else of the page in ``page_language`` of which it is a translation;
    ``page_title`` is the headline of that page.
    """

    iri: str
    curie: str
    title: str
    is_description: bool
    is_news: bool
    publisher: str
    date: Literal | None
    language: str
    url: str
    page_language: str
    page_title: str

    @property
    def is_translation(self) -> bool:
        """Tell whether the address is that of a page in another language than the text that was read."""
        return bool(self.url) and self.page_language != self.language

    @property
    def cited_language(self) -> str:
        """Give the language of what is cited: of the page where there is an address, else of the text."""
        return self.page_language if self.url else self.language


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority outside the sources, and the places where it was read."""

    iri: str
    curie: str
    title: str
    read_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphRecord:
    """The graph as a data set: its title, makers, version, licence, address and date of issue, or else of making."""

    iri: str
    key: str
    title: str
    authors: tuple[str, ...]
    version: str
    licence: str
    date: Literal | None


@dataclass(frozen=True, slots=True)
class Link:
    """Where the words of a quotation are read; ``url`` leads to the words unless they are from a translation."""

    url: str
    is_translation: bool


@dataclass(frozen=True)
class Bibliography:
    """What a dataset knows of sources, with labels in one language.

    A source is described by the whole dataset, also where the dataset leaves out what is only inferred: who published
    a text, and of which page it is a translation, tells a reader where to look, and is no fact that a source states.
    """

    dataset: Dataset
    labels: Labels
    language: str

    @property
    def _index(self) -> Index:
        return self.dataset.whole.index

    def describe(self, source: NamedNode) -> Source:
        """Describe a source; one that has no address of its own is found at the page of which it is a translation."""
        return self._sources[source]

    @cached_property
    def _sources(self) -> Memo[NamedNode, Source]:
        return Memo(self._describe)

    @cached_property
    def _authorities(self) -> Memo[NamedNode, Authority]:
        return Memo(self._describe_authority)

    def _describe(self, source: NamedNode) -> Source:
        page = source if self._literal(source, SCHEMA.url) else self._page(source)
        headline = self._literal(source, SCHEMA.headline)
        label = self.labels.find(source, self.language)
        language = self._text(source, SCHEMA.inLanguage)
        publisher = self._node(source, SCHEMA.publisher) or self._node(page, SCHEMA.publisher)
        return Source(
            iri=source.value,
            curie=self.labels.shorten(source),
            title=headline.value if headline else label.text,
            is_description=headline is None,
            is_news=SCHEMA.NewsArticle in self._index.get(source, {}).get(RDF.type, ()),
            publisher=self._name(publisher) if publisher else "",
            date=self._literal(source, SCHEMA.datePublished),
            language=language,
            url=self._text(page, SCHEMA.url),
            page_language=self._text(page, SCHEMA.inLanguage) or language,
            page_title=self._text(page, SCHEMA.headline) if page != source else "",
        )

    def link(self, quotation: Quotation) -> Link:
        """Give the address of the words of a quotation; its ``url`` is empty where none is known."""
        source = self._sources[quotation.source]
        if not source.url or source.is_translation:
            return Link(source.url, source.is_translation)
        return Link(link_to_words(source.url, quotation.exact, quotation.prefix, quotation.suffix), False)

    def describe_authority(self, authority: NamedNode) -> Authority:
        """Describe an authority outside the sources."""
        return self._authorities[authority]

    def _describe_authority(self, authority: NamedNode) -> Authority:
        read_in = self._index.get(authority, {}).get(MG.readIn, ())
        return Authority(
            iri=authority.value,
            curie=self.labels.shorten(authority),
            title=self.labels.find(authority, self.language).text,
            read_in=tuple(value.value for value in read_in if isinstance(value, Literal)),
        )

    @cached_property
    def graph(self) -> GraphRecord:
        """Describe the graph, by its description and by what it says of itself as a dcat:Dataset."""
        layout = self.dataset.layout
        node = self.dataset.connections.graph
        own = NamedNode(layout.things)
        return GraphRecord(
            iri=(node or own).value,
            key=layout.key,
            title=self.labels.find(node, self.language).text if node else layout.title,
            authors=layout.authors,
            version=layout.version,
            licence=layout.licence,
            date=self._literal(node, DCTERMS.issued) or self._literal(node, DCTERMS.created),
        )

    def is_source(self, thing: NamedNode) -> bool:
        """Tell whether a thing is a source: an article, a translation, a page that is translated, or what is quoted."""
        properties = self.dataset.index.get(thing, {})
        return (
            SCHEMA.NewsArticle in properties.get(RDF.type, ())
            or SCHEMA.translationOfWork in properties
            or thing in self.dataset.connections.quoted
        )

    def is_authority(self, thing: NamedNode) -> bool:
        """Tell whether a thing is an authority outside the sources."""
        return MG.Reference in self.dataset.index.get(thing, {}).get(RDF.type, ())

    def _name(self, actor: NamedNode) -> str:
        """Name an actor, also one of whom nothing is left but that a source names it."""
        known = actor in self.labels.names or actor not in self._index
        return self.labels.find(actor, self.language).text if known else self._text(actor, RDFS.label)

    def _page(self, source: NamedNode) -> NamedNode:
        return self._node(source, SCHEMA.translationOfWork) or source

    def _node(self, subject: NamedNode, property_: NamedNode) -> NamedNode | None:
        values = self._index.get(subject, {}).get(property_, ())
        return next((value for value in values if isinstance(value, NamedNode)), None)

    def _literal(self, subject: NamedNode | None, property_: NamedNode) -> Literal | None:
        """Give the value of a property, in the language asked for if it is there, else the first by sorting."""
        if subject is None:
            return None
        values = self._index.get(subject, {}).get(property_, ())
        return min(_literals(values), key=lambda one: (one.language != self.language, one.value), default=None)

    def _text(self, subject: NamedNode, property_: NamedNode) -> str:
        literal = self._literal(subject, property_)
        return literal.value if literal else ""


def _literals(values: Iterable[NamedNode | Literal]) -> list[Literal]:
    return [value for value in values if isinstance(value, Literal)]
