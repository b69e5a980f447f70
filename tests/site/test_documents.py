"""Every document has its page in each language and its files of RDF, and these say what describes it, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Triple, parse
from tests.site.reading import Pages

from migragraph.iris import document_of
from migragraph.paths import page_path
from migragraph.site.documents import Document
from migragraph.site.site import Site

FORMATS = {".ttl": RdfFormat.TURTLE, ".jsonld": RdfFormat.JSON_LD, ".nt": RdfFormat.N_TRIPLES}
MEDIA = {".ttl": "text/turtle", ".jsonld": "application/ld+json", ".nt": "application/n-triples"}


def _read(pages: Pages, document: Document, suffix: str) -> list[Quad]:
    return list(parse(pages.read(document.path + suffix), format=FORMATS[suffix], base_iri=document.iri))


def _name_blanks(triples: Iterable[Triple]) -> Dataset:
    graph = Dataset(Quad(*triple) for triple in triples)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return graph


def _is_same(one: list[Triple], other: list[Triple]) -> bool:
    # A node that several others name is written with each of them in JSON-LD.
    return set(one) == set(other) or _name_blanks(one) == _name_blanks(other)


def test_each_has_its_pages_and_files(pages: Pages, site: Site) -> None:
    expected = {
        name
        for document in site.documents.values()
        for name in (
            *(page_path(document.path, language, site.languages) for language in site.languages),
            *(document.path + suffix for suffix in FORMATS),
        )
    }
    assert expected - pages.files == set()
    assert len(site.documents) > 100


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_file_holds_exactly_its_description(pages: Pages, site: Site, suffix: str) -> None:
    wrong = []
    for document in site.documents.values():
        found = _read(pages, document, suffix)
        expected = site.descriptions.describe(NamedNode(document.iri)).triples
        is_plain = all(str(quad.graph_name) == "DEFAULT" for quad in found)
        if not is_plain or not _is_same([quad.triple for quad in found], expected):
            wrong.append(document.iri)
    assert wrong == []


def test_the_files_together_hold_all_that_is_said_of_what_lies_under_the_base(pages: Pages, site: Site) -> None:
    base = site.layout.base
    said = {
        one for one in site.dataset.default if isinstance(one.subject, NamedNode) and one.subject.value.startswith(base)
    }
    read = partial(_read, pages, suffix=".nt")
    found = {quad.triple for document in site.documents.values() for quad in read(document)}
    assert said - found == set()
    assert len(said) > 1000


def test_lines_are_sorted(pages: Pages, site: Site) -> None:
    for document in site.documents.values():
        lines = pages.read(f"{document.path}.nt").splitlines()
        assert lines == sorted(lines), document.iri


def test_each_anchor_that_is_described_is_on_the_page_of_its_document(pages: Pages, site: Site) -> None:
    missing = []
    named = [one.subject for one in site.dataset.default if isinstance(one.subject, NamedNode)]
    for subject in sorted({one.value for one in named if "#" in one.value and one.value.startswith(site.layout.base)}):
        document = site.documents[document_of(NamedNode(subject))]
        for language in site.languages:
            page = pages[page_path(document.path, language, site.languages)]
            if subject.partition("#")[2] not in page.anchors:
                missing.append(f"{page.file}: {subject}")
    assert missing == []


def test_each_page_leads_to_its_files(pages: Pages, site: Site) -> None:
    for document in site.documents.values():
        for language in site.languages:
            page = pages[page_path(document.path, language, site.languages)]
            found = {link.type: page.find(link.target)[0] for link in page.list_links("link", "alternate") if link.type}
            assert found == {MEDIA[suffix]: document.path + suffix for suffix in FORMATS}, page.file
