"""The VoID description of the graph (https://www.w3.org/TR/void/): its counts, parts and links, and its dumps."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.namespaces import DCTERMS, FOAF, RDF, VOID
from migragraph.site.catalog.record import Record, count, describe_graph

__all__ = ["VOID_FILE", "describe_statistics"]

VOID_FILE = "void.ttl"
"""Where the description lies; ``.well-known/void`` holds the same."""

_FEATURES = ("JSON-LD", "N-Triples", "Turtle")
_FORMATS = "http://www.w3.org/ns/formats/"


def describe_statistics(record: Record) -> Iterator[Triple]:
    """Describe the graph by what was counted in it; what it says of itself already is not said again."""
    graph, own = record.iri, record.site.dataset.index.get(record.iri, {})
    yield Triple(record.address(VOID_FILE), RDF.type, VOID.DatasetDescription)
    yield Triple(record.address(VOID_FILE), FOAF.primaryTopic, graph)
    yield from describe_graph(record)
    yield Triple(graph, FOAF.homepage, record.address("index.html"))
    yield from (Triple(graph, VOID.feature, NamedNode(_FORMATS + name)) for name in _FEATURES)
    yield from (Triple(graph, VOID.dataDump, record.address(dump.path)) for dump in record.dumps)
    counted = {
        VOID.triples: record.counts.triples,
        VOID.entities: len(record.site.documents),
        VOID.distinctSubjects: record.counts.subjects,
        VOID.classes: len(record.counts.classes),
        VOID.properties: len(record.counts.properties),
    }
    yield from (Triple(graph, predicate, count(number)) for predicate, number in counted.items())
    if VOID.uriSpace not in own:
        yield Triple(graph, VOID.uriSpace, Literal(record.site.layout.things))
    if VOID.vocabulary not in own:
        yield from (Triple(graph, VOID.vocabulary, NamedNode(iri)) for iri in _vocabularies(record))
    if VOID.exampleResource not in own:
        yield from (Triple(graph, VOID.exampleResource, NamedNode(folder.example)) for folder in record.folders)
    yield from _partitions(record)
    yield from _subsets(record)
    yield from _links(record)


def _partitions(record: Record) -> Iterator[Triple]:
    for term, number in record.counts.classes.items():
        node = record.mint(VOID_FILE, "class", term.value)
        yield Triple(record.iri, VOID.classPartition, node)
        yield Triple(node, VOID["class"], term)
        yield Triple(node, VOID.entities, count(number))
    for term, number in record.counts.properties.items():
        node = record.mint(VOID_FILE, "property", term.value)
        yield Triple(record.iri, VOID.propertyPartition, node)
        yield Triple(node, VOID.property, term)
        yield Triple(node, VOID.triples, count(number))


def _vocabularies(record: Record) -> set[str]:
    terms = [*record.counts.classes, *record.counts.properties]
    return {
        iri.rstrip("#")
        for iri in record.site.layout.prefixes.values()
        if any(term.value.startswith(iri) for term in terms)
    }


def _subsets(record: Record) -> Iterator[Triple]:
    for folder in record.folders:
        node = record.mint(VOID_FILE, "subset", folder.iri)
        yield Triple(record.iri, VOID.subset, node)
        yield Triple(node, RDF.type, VOID.Dataset)
        yield Triple(node, DCTERMS.title, Literal(folder.prefix))
        yield Triple(node, VOID.uriSpace, Literal(folder.iri))
        yield Triple(node, VOID.entities, count(folder.documents))
        yield Triple(node, VOID.exampleResource, NamedNode(folder.example))


def _links(record: Record) -> Iterator[Triple]:
    for (predicate, namespace), number in record.counts.links.items():
        node = record.mint(VOID_FILE, "linkset", predicate.value, namespace)
        target = record.mint(VOID_FILE, "target", namespace)
        yield Triple(record.iri, VOID.subset, node)
        yield Triple(node, RDF.type, VOID.Linkset)
        yield Triple(node, VOID.linkPredicate, predicate)
        yield Triple(node, VOID.subjectsTarget, record.iri)
        yield Triple(node, VOID.objectsTarget, target)
        yield Triple(node, VOID.triples, count(number))
        yield Triple(target, RDF.type, VOID.Dataset)
        yield Triple(target, VOID.uriSpace, Literal(namespace))
