"""The documents that define: a vocabulary, with its terms as anchors, and the shapes, with theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pyoxigraph import NamedNode

from migragraph.site.diagram import draw_classes
from migragraph.site.documents import SHAPES, TERMS, Document
from migragraph.site.rules import list_shapes
from migragraph.site.site import Site
from migragraph.site.vocabulary import read_vocabulary

__all__ = ["render_definers"]

_EXAMPLE = NamedNode("http://purl.org/vocab/vann/example")


def render_definers(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render the pages of the documents that define, in each language."""
    for iri, kind in site.definers.items():
        document = site.documents[iri]
        template, fill = _PAGES[kind]
        values = fill(site, document)
        for language in site.languages:
            page = site.page(document.path, language)
            yield page.file, site.render(template, page, document=document, subject=NamedNode(iri), **values)


def _fill_terms(site: Site, document: Document) -> dict[str, object]:
    vocabulary = read_vocabulary(site, document.iri)
    return {"vocabulary": vocabulary, "diagram": draw_classes(vocabulary), "example": _EXAMPLE}


def _fill_shapes(site: Site, document: Document) -> dict[str, object]:
    own = [shape for shape in list_shapes(site) if shape.iri.startswith(f"{document.iri}#")]
    return {"shapes": own}


_PAGES: Mapping[str, tuple[str, Callable[[Site, Document], dict[str, object]]]] = {
    SHAPES: ("shapes.html.jinja", _fill_shapes),
    TERMS: ("ontology.html.jinja", _fill_terms),
}
