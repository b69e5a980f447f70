"""The three files of a document parse to exactly its description, which is the one that all else uses."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import CanonicalizationAlgorithm, NamedNode, RdfFormat, Triple, parse
from pyoxigraph import Dataset as Quads

from migragraph.dataset import Dataset
from migragraph.describe import describe, index_subjects
from migragraph.descriptions import Descriptions
from migragraph.errors import CallError
from migragraph.iris import document_of
from migragraph.site.documents import list_documents
from migragraph.site.downloads import Downloads

FORMATS = {".ttl": RdfFormat.TURTLE, ".jsonld": RdfFormat.JSON_LD, ".nt": RdfFormat.N_TRIPLES}


def read(data: bytes, suffix: str) -> list[str]:
    """Read a file into sorted triples, their blank nodes named by RDFC-1.0."""
    quads = Quads(parse(data, format=FORMATS[suffix]))
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, quads))


def test_each_file_of_each_document_is_its_description(bundled: Dataset) -> None:
    descriptions, downloads = Descriptions(bundled), Downloads(bundled)
    for iri in list_documents(bundled):
        description = descriptions.describe(NamedNode(iri))
        files = downloads.render(description)
        told = {suffix: read(data, suffix) for suffix, data in files.items()}
        assert told[".ttl"] == told[".jsonld"] == told[".nt"], iri
        assert len(told[".nt"]) == len(description.triples) > 0, iri


def test_what_is_made_for_one_resource_is_in_the_whole(bundled: Dataset) -> None:
    index, descriptions = index_subjects(bundled.default), Descriptions(bundled)
    things = [*list_documents(bundled)][::40]
    anchors = sorted(subject.value for subject in index if isinstance(subject, NamedNode) and "#" in subject.value)
    for iri in (*things, *anchors[::200]):
        node = NamedNode(iri)
        if document_of(node).endswith("/shapes"):
            continue
        assert descriptions.describe(node).triples == describe(index, node), iri


def test_the_shapes_are_one_document(bundled: Dataset) -> None:
    shapes = NamedNode("https://w3id.org/migragraph/shapes")
    description = Descriptions(bundled).describe(shapes)
    assert sum(subject.value.endswith("Shape") for subject in description.tree) > 40
    law = Descriptions(bundled).describe(NamedNode(f"{shapes.value}#LawShape"))
    assert 0 < len(law.triples) < len(description.triples)


def test_a_file_of_json_has_only_the_context_that_it_needs(bundled: Dataset) -> None:
    downloads = Downloads(bundled)
    (iri,) = (iri for iri in list_documents(bundled) if iri.endswith("/place/asia-and-the-pacific"))
    document = json.loads(downloads.render(Descriptions(bundled).describe(NamedNode(iri)))[".jsonld"])
    names = document["@context"].keys()
    assert {"label", "place"} <= names < downloads.context.json().keys()
    assert "repeals" not in names


def test_nothing_is_said_of_what_is_not_there(bundled: Dataset) -> None:
    with pytest.raises(CallError, match="says nothing"):
        Descriptions(bundled).describe(NamedNode("https://w3id.org/migragraph/viet-nam/nothing"))


def test_turtle_declares_what_it_uses(bundled: Dataset) -> None:
    downloads, descriptions = Downloads(bundled), Descriptions(bundled)
    for iri in [*list_documents(bundled)][::50]:
        description = descriptions.describe(NamedNode(iri))
        text = downloads.render(description)[".ttl"].decode()
        declared = {line.split()[1] for line in text.splitlines() if line.startswith("@prefix ")}
        iris = {term.value for triple in description.triples for term in triple if isinstance(term, NamedNode)}
        heads = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris}
        assert declared == {f"{prefix}:" for prefix, base in bundled.prefixes.items() if base in heads}


def test_triples_are_sorted_and_each_once(bundled: Dataset) -> None:
    triples: list[Triple] = Descriptions(bundled).describe(NamedNode("https://w3id.org/migragraph/ontology")).triples
    assert triples == sorted(set(triples), key=str)
