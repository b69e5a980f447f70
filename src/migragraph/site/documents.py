"""The documents of a site: one for each IRI under the project's base, without its ``#`` and what follows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.errors import ProjectError
from migragraph.iris import document_of, is_minted
from migragraph.namespaces import OWL, RDF
from migragraph.paths import find_collisions, path_of

__all__ = ["SHAPES", "TERMS", "Document", "list_definers", "list_documents"]

TERMS, SHAPES = "terms", "shapes"
"""What a document may define."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its IRI, and its path in the site without a suffix."""

    iri: str
    path: str


def list_documents(dataset: Dataset) -> Mapping[str, Document]:
    """List the documents that the ontology, the data and the shapes describe, by IRI, sorted.

    Raises ProjectError where two of them would lie in one file.
    """
    base = dataset.layout.base
    others = {triple.subject for triple in dataset.ontology if isinstance(triple.subject, NamedNode)}
    others.update(_list_shapes(dataset))
    iris = sorted(iri for iri in {*dataset.connections.nodes, *map(document_of, others)} if iri.startswith(base))
    documents = {iri: Document(iri, path_of(iri, base)) for iri in iris}
    for paths in find_collisions(document.path for document in documents.values()):
        names = " and ".join(f"<{iri}>" for iri, document in documents.items() if document.path in paths)
        raise ProjectError(f"{names} would lie in one file.", advice="Rename one of them.")
    return documents


def list_definers(dataset: Dataset, documents: Container[str]) -> Mapping[str, str]:
    """List the documents that define something as their anchors, by IRI: TERMS of a vocabulary, or else SHAPES."""
    typed = {triple.subject for triple in dataset.ontology if triple.predicate == RDF.type}
    named = (term.value for term in typed if isinstance(term, NamedNode) and not is_minted(term.value))
    terms = {iri.partition("#")[0] for iri in named if "#" in iri}
    described = (triple.subject for triple in dataset.ontology if triple.object == OWL.Ontology)
    terms.update(term.value for term in described if isinstance(term, NamedNode))
    shapes = {document_of(shape) for shape in _list_shapes(dataset)} - terms - dataset.connections.nodes.keys()
    found = dict.fromkeys(sorted(terms), TERMS) | dict.fromkeys(sorted(shapes), SHAPES)
    return {iri: kind for iri, kind in found.items() if iri in documents}


def _list_shapes(dataset: Dataset) -> Iterator[NamedNode]:
    """List what the shapes name by an IRI with an anchor: terms and things that they only speak of have none there."""
    subjects = (quad.subject for file in dataset.shapes for quad in file.quads)
    yield from (node for node in subjects if isinstance(node, NamedNode) and "#" in node.value)
