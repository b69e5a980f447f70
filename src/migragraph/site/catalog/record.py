"""What the descriptions of the published graph are made from, and what both of them say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.bibliography import GraphRecord
from migragraph.iris import content_key, mint_nested
from migragraph.namespaces import DCAT, DCTERMS, FOAF, MG, RDF, SPDX, VOID, XSD
from migragraph.site.catalog.counting import Counts, Folder
from migragraph.site.catalog.dumps import Distribution
from migragraph.site.site import Site

__all__ = ["PREFIXES", "Record", "count", "describe_graph"]

PREFIXES = {
    "dcat": str(DCAT),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "spdx": str(SPDX),
    "void": str(VOID),
    "xsd": str(XSD),
}
"""The prefixes of the vocabularies that describe a graph, whether or not the project has them."""


@dataclass(frozen=True)
class Record:
    """The graph as the project knows it, its counts, its namespaces, and its dumps."""

    site: Site
    graph: GraphRecord
    counts: Counts
    folders: tuple[Folder, ...]
    dumps: tuple[Distribution, ...]

    @property
    def iri(self) -> NamedNode:
        """Give the IRI of the graph."""
        return NamedNode(self.graph.iri)

    def address(self, path: str) -> NamedNode:
        """Give the address of a file: under that of the site, or without one under the base, which leads there."""
        return NamedNode((self.site.settings.url or self.site.layout.base) + path)

    def mint(self, file: str, kind: str, *about: str) -> NamedNode:
        """Mint a node of the description in a file, by its kind and what it is about."""
        return mint_nested(self.address(file), kind, content_key(about))


def describe_graph(record: Record) -> Iterator[Triple]:
    """Say of the graph what it says of itself, and what else the project's description says."""
    own = record.site.dataset.index.get(record.iri, {})
    for predicate, values in own.items():
        if predicate not in (MG.evidence, RDF.type):
            yield from (Triple(record.iri, predicate, value) for value in values)
    yield from (Triple(record.iri, RDF.type, kind) for kind in (DCAT.Dataset, VOID.Dataset))
    graph = record.graph
    said: dict[NamedNode, NamedNode | Literal] = {
        DCTERMS.title: Literal(graph.title),
        DCTERMS.license: NamedNode(graph.licence),
        DCAT.version: Literal(graph.version),
    }
    yield from (Triple(record.iri, predicate, value) for predicate, value in said.items() if predicate not in own)


def count(number: int) -> Literal:
    """Write a count."""
    return Literal(str(number), datatype=XSD.integer)
