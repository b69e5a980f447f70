"""What is known of sources, of authorities and of the graph, and where words are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from pyoxigraph import NamedNode

from migragraph.bibliography import Bibliography, Link
from migragraph.dataset import Dataset, build
from migragraph.labels import collect_labels
from migragraph.layout import Layout, bundled_root
from migragraph.quotations import Quotation

Writer = Callable[[Mapping[str, str]], Layout]

SOURCES = """
@prefix actor: <https://example.org/town/actor/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix source: <https://example.org/town/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
source:own a schema:NewsArticle ; rdfs:label "An own page"@en ; schema:headline "The fair"@en ; schema:inLanguage "en" ;
    schema:url "https://example.org/fair"^^xsd:anyURI ; schema:publisher actor:gazette ;
    schema:datePublished "2024-05-02"^^xsd:date .
source:translated a schema:NewsArticle ; rdfs:label "A translation"@en ; schema:inLanguage "en" ;
    schema:translationOfWork source:page .
source:page schema:inLanguage "vi" ; schema:url "https://example.org/hoi-cho" ; schema:headline "Hội chợ"@vi ;
    schema:publisher actor:gazette ; schema:datePublished "2024-05-01"^^xsd:date .
source:copied schema:inLanguage "vi" ; schema:translationOfWork source:page .
source:bare rdfs:label "Nothing is known"@en .
actor:gazette rdfs:label "Gazette"@en, "Công báo"@vi .
"""
FRAGMENT = "#:~:text=the%20fair"


@pytest.fixture
def town(write_project: Writer) -> Dataset:
    return build(write_project({"sources.ttl": SOURCES}))


def read(dataset: Dataset, language: str = "en") -> Bibliography:
    return Bibliography(dataset, collect_labels(dataset), language)


def node(key: str) -> NamedNode:
    return NamedNode(f"https://example.org/town/source/{key}")


@pytest.mark.parametrize(
    ("key", "title", "is_description", "publisher", "date", "language", "url", "page_language", "is_translation"),
    [
        ("own", "The fair", False, "Gazette", "2024-05-02", "en", "https://example.org/fair", "en", False),
        ("translated", "A translation", True, "Gazette", "", "en", "https://example.org/hoi-cho", "vi", True),
        ("copied", "source:copied", True, "Gazette", "", "vi", "https://example.org/hoi-cho", "vi", False),
        ("page", "Hội chợ", False, "Gazette", "2024-05-01", "vi", "https://example.org/hoi-cho", "vi", False),
        ("bare", "Nothing is known", True, "", "", "", "", "", False),
        ("none", "source:none", True, "", "", "", "", "", False),
    ],
)
def test_a_source(  # noqa: PLR0917 - a row of the table
    town: Dataset,
    key: str,
    title: str,
    is_description: bool,
    publisher: str,
    date: str,
    language: str,
    url: str,
    page_language: str,
    is_translation: bool,
) -> None:
    source = read(town).describe(node(key))
    assert (source.title, source.is_description, source.publisher) == (title, is_description, publisher)
    assert (source.date.value if source.date else "") == date
    assert (source.language, source.url, source.page_language) == (language, url, page_language)
    assert source.is_translation is is_translation
    assert source.cited_language == (page_language if url else language)


def test_labels_are_in_the_language_asked_for(town: Dataset) -> None:
    assert read(town, "vi").describe(node("own")).publisher == "Công báo"


def test_the_page_of_a_translation_lends_its_headline(town: Dataset) -> None:
    assert read(town).describe(node("translated")).page_title == "Hội chợ"
    assert read(town).describe(node("page")).page_title == ""


@pytest.mark.parametrize(
    ("key", "link"),
    [
        ("own", Link(f"https://example.org/fair{FRAGMENT}", False)),
        ("translated", Link("https://example.org/hoi-cho", True)),
        ("copied", Link(f"https://example.org/hoi-cho{FRAGMENT}", False)),
        ("bare", Link("", False)),
    ],
)
def test_words_are_linked_to_in_their_own_language(town: Dataset, key: str, link: Link) -> None:
    assert read(town).link(Quotation(node("x"), node(key), "the fair", "", "")) == link


def test_a_link_takes_what_stands_around_the_words(town: Dataset) -> None:
    link = read(town).link(Quotation(node("x"), node("own"), "fair", "the ", ", which"))
    assert link.url == "https://example.org/fair#:~:text=the-,fair,-%2C%20which"


def test_the_graph_is_described_by_its_project(town: Dataset) -> None:
    graph = read(town).graph
    assert (graph.iri, graph.title, graph.version) == ("https://example.org/town/", "A small town", "1.2.3")
    assert (graph.authors, graph.date) == ((), None)


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        ('dcterms:created "2024-05-01"^^xsd:date', "2024-05-01"),
        ('dcterms:created "2024-05-01"^^xsd:date ; dcterms:issued "2024-06-01"^^xsd:date', "2024-06-01"),
    ],
)
def test_a_graph_that_is_not_issued_has_the_date_of_its_making(write_project: Writer, dates: str, date: str) -> None:
    catalog = f"""
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix source: <https://example.org/town/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
source:graph a dcat:Dataset ; {dates} .
"""
    graph = read(build(write_project({"catalog.ttl": catalog}))).graph
    assert graph.date is not None
    assert graph.date.value == date


def test_the_bundled_graph(bundled: Dataset) -> None:
    bibliography = read(bundled)
    assert bibliography.graph.iri == "https://w3id.org/migragraph/viet-nam/dataset/migration-profile"
    assert bibliography.graph.authors == ("The migragraph developers",)
    assert bibliography.graph.version == bundled.layout.version
    assert f'name: "{bibliography.graph.authors[0]}"' in (bundled_root() / "CITATION.cff").read_text("utf-8")
    authority = NamedNode("https://w3id.org/migragraph/viet-nam/reference/decision-402-text")
    assert bibliography.is_authority(authority)
    assert "thuvienphapluat.vn" in bibliography.describe_authority(authority).read_in


@pytest.mark.parametrize(
    ("key", "is_source"),
    [("vietnamtimes-37984", True), ("baoquocte-278827-en", True), ("baoquocte-278827", True), ("none", False)],
)
def test_sources_are_known(bundled: Dataset, key: str, is_source: bool) -> None:
    assert read(bundled).is_source(NamedNode(f"https://w3id.org/migragraph/viet-nam/source/{key}")) is is_source
