"""The DCAT description of the graph (https://www.w3.org/TR/vocab-dcat-3/): a catalog of one dataset and its dumps."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.namespaces import DCAT, DCTERMS, FOAF, RDF, SPDX, XSD
from migragraph.site.catalog.dumps import Distribution
from migragraph.site.catalog.record import Record, describe_graph

__all__ = ["DCAT_FILE", "describe_distributions"]

DCAT_FILE = "dcat.ttl"
"""Where the description lies in Turtle."""

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"


def describe_distributions(record: Record) -> Iterator[Triple]:
    """Describe a catalog with the graph in it, who made it, and each dump with its size and its hash."""
    graph = record.iri
    catalog = NamedNode(f"{record.address(DCAT_FILE).value}#catalog")
    yield Triple(catalog, RDF.type, DCAT.Catalog)
    yield Triple(catalog, DCTERMS.title, Literal(record.site.layout.title))
    yield Triple(catalog, FOAF.homepage, record.address("index.html"))
    yield Triple(catalog, DCAT.dataset, graph)
    yield from describe_graph(record)
    yield Triple(graph, DCAT.landingPage, record.address("index.html"))
    for language in record.site.languages:
        yield Triple(graph, DCTERMS.language, NamedNode(_LANGUAGES + language.partition("-")[0].lower()))
    for name in record.graph.authors:
        author = record.mint(DCAT_FILE, "author", name)
        yield Triple(graph, DCTERMS.creator, author)
        yield Triple(author, RDF.type, FOAF.Agent)
        yield Triple(author, FOAF.name, Literal(name))
    for dump in record.dumps:
        yield from _describe(record, dump)


def _describe(record: Record, dump: Distribution) -> Iterator[Triple]:
    node = record.mint(DCAT_FILE, "distribution", dump.path)
    checksum = record.mint(DCAT_FILE, "checksum", dump.path)
    said: dict[NamedNode, NamedNode | Literal] = {
        RDF.type: DCAT.Distribution,
        DCTERMS.title: Literal(dump.path.rpartition("/")[2]),
        DCTERMS.license: NamedNode(record.graph.licence),
        DCAT.accessURL: record.address(dump.path),
        DCAT.downloadURL: record.address(dump.path),
        DCAT.mediaType: NamedNode(_MEDIA_TYPES + dump.format.media_type),
        DCAT.byteSize: Literal(str(dump.size), datatype=XSD.nonNegativeInteger),
        SPDX.checksum: checksum,
    }
    yield Triple(record.iri, DCAT.distribution, node)
    yield from (Triple(node, predicate, value) for predicate, value in said.items())
    yield Triple(checksum, RDF.type, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    yield Triple(checksum, SPDX.checksumValue, Literal(dump.sha256, datatype=XSD.hexBinary))
