"""The documents that define: a vocabulary, with its terms as anchors, and the shapes, with theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from pyoxigraph import NamedNode

from migragraph.iris import is_minted
from migragraph.namespaces import OWL, RDF
from migragraph.site.diagram import draw_classes
from migragraph.site.documents import Document
from migragraph.site.rules import list_shape_documents, list_shapes
from migragraph.site.site import Site
from migragraph.site.vocabulary import read_vocabulary

__all__ = ["list_definers", "render_definers"]

_EXAMPLE = NamedNode("http://purl.org/vocab/vann/example")


def list_definers(site: Site) -> Mapping[str, str]:
    """List the documents that define terms or shapes, by IRI, each with the template of its page."""
    terms = {
        triple.subject.value.partition("#")[0]
        for triple in site.dataset.ontology
        if isinstance(triple.subject, NamedNode) and "#" in triple.subject.value
        if triple.predicate == RDF.type and not is_minted(triple.subject.value)
    }
    described = {
        triple.subject.value
        for triple in site.dataset.ontology
        if triple.object == OWL.Ontology and isinstance(triple.subject, NamedNode)
    }
    vocabularies = sorted(iri for iri in terms | described if iri in site.documents)
    shapes = (iri for iri in list_shape_documents(site) if iri in site.documents)
    return dict.fromkeys(vocabularies, "ontology.html.jinja") | dict.fromkeys(shapes, "shapes.html.jinja")


def render_definers(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render the pages of the documents that define, in each language."""
    for iri, template in list_definers(site).items():
        document = site.documents[iri]
        give = partial(_fill_shapes, site) if template.startswith("shapes") else partial(_fill_terms, site)
        values = give(document)
        for language in site.languages:
            page = site.page(document.path, language)
            yield page.file, site.render(template, page, document=document, subject=NamedNode(iri), **values)


def _fill_terms(site: Site, document: Document) -> dict[str, object]:
    vocabulary = read_vocabulary(site, document.iri)
    return {"vocabulary": vocabulary, "diagram": draw_classes(vocabulary), "example": _EXAMPLE}


def _fill_shapes(site: Site, document: Document) -> dict[str, object]:
    own = [shape for shape in list_shapes(site) if shape.iri.startswith(f"{document.iri}#")]
    return {"shapes": own}
