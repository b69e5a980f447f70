"""The page of a document: what the graph says of its thing, with the words that state each fact."""

from __future__ import annotations

from pyoxigraph import NamedNode

from migragraph.site.documents import Document
from migragraph.site.site import Site

__all__ = ["render_thing"]

TEMPLATE = "thing.html.jinja"


def render_thing(site: Site, document: Document, language: str) -> tuple[str, bytes]:
    """Render the page of one document in one language: the name of the file, and its bytes."""
    page = site.page(document.path, language)
    explanation = site.explainers[language].explain(NamedNode(document.iri))
    return page.file, site.render(TEMPLATE, page, thing=explanation, document=document)
