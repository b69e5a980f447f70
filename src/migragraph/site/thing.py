"""The page of a document: what the graph says of its thing, with the words that state each fact."""

from __future__ import annotations

from collections.abc import Container, Iterator

from pyoxigraph import NamedNode

from migragraph.site.documents import Document
from migragraph.site.site import Site

__all__ = ["render_things"]

TEMPLATE = "thing.html.jinja"


def render_things(site: Site, left_out: Container[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Render the page of each document in each language, some left out: the name of the file, and its bytes."""
    for document in site.documents.values():
        if document.iri in left_out:
            continue
        for language in site.languages:
            yield render_thing(site, document, language)


def render_thing(site: Site, document: Document, language: str) -> tuple[str, bytes]:
    """Render the page of one document in one language."""
    page = site.page(document.path, language)
    explanation = site.explainers[language].explain(NamedNode(document.iri))
    return page.file, site.render(TEMPLATE, page, thing=explanation, document=document)
