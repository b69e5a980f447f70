"""The pages of a document: what the graph says of its thing, with the words that state each fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.bibliography import Source
from migragraph.cite import STYLES, Collector
from migragraph.explain.facts import Incoming
from migragraph.iris import document_of
from migragraph.memo import Memo
from migragraph.namespaces import RDF
from migragraph.site.concepts import Concepts
from migragraph.site.content import Content, Teller
from migragraph.site.digests import Digests, digest_mentions
from migragraph.site.documents import Document
from migragraph.site.facts import FactSheet
from migragraph.site.folder import Recipe, cook
from migragraph.site.mentions import More, list_mentions, list_more, page_name, plan_pages
from migragraph.site.notes import Notes
from migragraph.site.ordering import Ordering
from migragraph.site.pages import Page
from migragraph.site.passages import Passages
from migragraph.site.provenance import Provenance, Records
from migragraph.site.reporting import Reporter
from migragraph.site.schema_org import View, find_classes, tell_of
from migragraph.site.shortening import shorten_text
from migragraph.site.showing import Showing, Shown, Tongue
from migragraph.site.site import Site
from migragraph.site.trail import Crumb, follow_trail
from migragraph.support import Term

__all__ = ["Cited", "Things"]

FIRST, FURTHER = "thing.html.jinja", "mentions.html.jinja"
"""The templates of the page of a thing, and of those that go on with what names it."""

_DESCRIPTION = 200
_RUNNING = "text"

Properties = Mapping[NamedNode, Sequence[Term]]


class Cited(NamedTuple):
    """Citations in one style, ready to be copied: the style, the language of running text or none, and the text."""

    style: str
    language: str
    text: str


class Head(NamedTuple):
    """What a further page says of its document: what it is called, its classes, and the pages above it."""

    called: Shown
    kinds: tuple[Shown, ...]
    crumbs: tuple[Crumb, ...]


class Things:
    """The things of a site, and what is read once for all their pages."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.ordering = Ordering(site.dataset)
        self._records = Records(site.dataset)
        concepts, passages = Concepts(site.dataset.ontology), Passages(site.dataset)
        self._tongues = {language: Tongue(naming) for language, naming in site.namings.items()}
        self._collectors = {language: Collector(naming.bibliography) for language, naming in site.namings.items()}
        self._tellers = {
            language: Teller(explainer, concepts, passages) for language, explainer in site.explainers.items()
        }

    def render(self, document: Document, digests: Digests | None = None) -> Iterator[tuple[str, bytes | Recipe]]:
        """Render the pages of one document in each language: the name of each file, and its bytes.

        Where the ``digests`` of the documents are known, it is told how the further pages are made, if they have to be.
        """
        thing = NamedNode(document.iri)
        cited = self._cite(thing)
        # What names a thing is the same in all languages.
        incoming = self.site.explainers[self.site.languages[0]].facts.list_incoming(thing)
        further = plan_pages(incoming)
        for language in self.site.languages:
            page = self.site.page(document.path, language)
            yield page.file, self._render_first(document, page, incoming, further, cited[language])
            head = self._head(document, page) if further else None
            for number, more in enumerate(further, 2):
                page = self.site.page(page_name(document.path, number), language)
                place = (number, len(further) + 1)
                digest = None if digests is None else self._digest_further(head, page, more, place, digests)
                yield page.file, cook(digest, partial(self._render_further, document, page, more, place))

    def _render_first(
        self,
        document: Document,
        page: Page,
        incoming: Sequence[Incoming],
        further: Sequence[Sequence[More]],
        cited: Sequence[Cited],
    ) -> bytes:
        thing, showing, nodes = NamedNode(document.iri), self._show(document, page), self._list_nodes(document.iri)
        reporter = Reporter(self.site.settings.report, page)
        sheet = FactSheet(showing, Notes(page.language), self.ordering, reporter)
        content = self._tellers[page.language].tell(document, nodes, showing, sheet)
        provenance = self._records.trace(document.iri, showing)
        crumbs = self._list_crumbs(thing, page)
        view = self._view(thing, content, page, provenance, crumbs)
        return self.site.render(
            FIRST,
            page,
            document=document,
            thing=content,
            notes=sheet.notes,
            mentions=list_mentions(showing, incoming, further),
            last=len(further) + 1,
            provenance=provenance,
            cited=cited,
            report=reporter.link_thing(thing.value, content.name.text),
            source=self._describe_source(thing, page),
            coverage=self._count_coverage(thing, content),
            crumbs=crumbs,
            structured=view.write(),
            description=shorten_text(view.description, _DESCRIPTION),
        )

    def _render_further(self, document: Document, page: Page, more: Sequence[More], place: tuple[int, int]) -> bytes:
        number, last = place
        mentions = list(list_more(self._show(document, page), more))
        head = self._head(document, page)
        return self.site.render(
            FURTHER, page, document=document, mentions=mentions, number=number, last=last, **head._asdict()
        )

    def _head(self, document: Document, page: Page) -> Head:
        thing, showing = NamedNode(document.iri), self._show(document, page)
        kinds = tuple(showing.term(kind.value) for kind in self._list_types(thing))
        return Head(showing.term(document.iri), kinds, tuple(self._list_crumbs(thing, page)))

    def _digest_further(
        self, head: Head | None, page: Page, more: Sequence[More], place: tuple[int, int], digests: Digests
    ) -> str:
        """Give a digest of all that a further page shows."""
        name = self.site.namings[page.language].name
        properties = [(name(one.incoming.property), len(one.incoming.things), one.end - one.start) for one in more]
        things = (thing for one in more for thing in one.incoming.things[one.start : one.end])
        return digest_mentions(digests, things, page.file, place, head, properties)

    def _show(self, document: Document, page: Page) -> Showing:
        return Showing(page, self._tongues[page.language], document.iri)

    def _list_nodes(self, iri: str) -> list[NamedNode]:
        """List what is described in a document: the nodes of the data, then the terms of the ontology."""
        own = self.site.dataset.connections.nodes.get(iri, ())
        return list(dict.fromkeys([*own, *self._terms.get(iri, ())]))

    @cached_property
    def _terms(self) -> Mapping[str, Sequence[NamedNode]]:
        found: dict[str, list[NamedNode]] = {}
        for term in self.site.dataset.connections.terms:
            if isinstance(term, NamedNode):
                found.setdefault(document_of(term), []).append(term)
        return found

    def _read_properties(self, thing: NamedNode) -> Properties:
        """Read the properties of a thing, those of a concept from the ontology."""
        found: dict[NamedNode, list[Term]] = {}
        for triple in self.site.dataset.connections.terms.get(thing, ()):
            if isinstance(triple.object, Term):
                found.setdefault(triple.predicate, []).append(triple.object)
        return {**found, **self.site.dataset.index.get(thing, {})} if found else self.site.dataset.index.get(thing, {})

    def _list_types(self, thing: NamedNode) -> list[NamedNode]:
        return [one for one in self._read_properties(thing).get(RDF.type, ()) if isinstance(one, NamedNode)]

    def _list_crumbs(self, thing: NamedNode, page: Page) -> list[Crumb]:
        return list(follow_trail(self.site, page, self._classes[tuple(self._list_types(thing))]))

    @cached_property
    def _classes(self) -> Memo[tuple[NamedNode, ...], frozenset[NamedNode]]:
        """Give for some types these and all classes above them."""
        above = self.ordering.supertypes
        return Memo(lambda types: frozenset(one for type_ in types for one in (type_, *above.get(type_, ()))))

    def _view(
        self, thing: NamedNode, content: Content, page: Page, provenance: Provenance, crumbs: Sequence[Crumb]
    ) -> View:
        properties = self._read_properties(thing)
        return View(
            iri=thing.value,
            name=content.name.text,
            description=content.figure.text if content.figure else tell_of(properties, page.language),
            classes=find_classes(self._list_types(thing), self.ordering.supertypes),
            properties=properties,
            page=page,
            sources=list(provenance.sources),
            trail=[(crumb.name, crumb.address) for crumb in crumbs],
            licence=self.site.layout.licence,
        )

    def _cite(self, thing: NamedNode) -> dict[str, list[Cited]]:
        """Cite a thing for its page in each language: in running text in all languages, then in the other styles."""
        citations = {language: collector.collect(thing) for language, collector in self._collectors.items()}
        running = [Cited(_RUNNING, language, STYLES[_RUNNING](some, language)) for language, some in citations.items()]
        styles = [style for style in STYLES if style != _RUNNING]
        return {
            language: [*running, *(Cited(style, "", STYLES[style](some, language)) for style in styles)]
            for language, some in citations.items()
        }

    def _describe_source(self, thing: NamedNode, page: Page) -> Source | None:
        bibliography = self.site.namings[page.language].bibliography
        return bibliography.describe(thing) if bibliography.is_source(thing) else None

    @cached_property
    def _sole(self) -> Mapping[str, int]:
        return {one.source: len(one.facts) for one in self.site.coverage.sole}

    def _count_coverage(self, source: NamedNode, content: Content) -> dict[str, int]:
        """Count the passages of a source, the facts that they bear out, and those that hang on that source only."""
        passages = [passage for bundle in content.passages for passage in bundle.passages]
        if not passages:
            return {}
        name = self.site.labels.shorten(source)
        counts = self.site.coverage.sources.get(name, {})
        return {
            "count": len(passages),
            "placed": sum(passage.span is not None for passage in passages),
            "stated": counts.get("passage", 0),
            "inferred": counts.get("inference", 0),
            "sole": self._sole.get(name, 0),
        }
