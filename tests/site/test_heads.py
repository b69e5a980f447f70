"""What pages say of themselves to browsers, search engines and screen readers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from lxml import etree
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from tests.site.conftest import Whole
from tests.site.reading import Page, Pages

from migragraph.paths import page_path
from migragraph.site.characters import encode_page

SUFFIXES = {"en": ".html", "vi": ".vi.html"}
NOT_FOUND = "404.html"


def _list(pages: Pages) -> list[Page]:
    return [page for page in pages.values() if page.file != NOT_FOUND]


def _address(pages: Pages, file: str) -> str:
    return pages.built.address + quote(file, safe="/~")


def test_each_page_is_of_the_language_of_its_name(pages: Pages) -> None:
    expected = {page.file: "vi" if page.file.endswith(".vi.html") else "en" for page in _list(pages)}
    assert {page.file: page.language for page in _list(pages)} == expected
    assert all(page.title.strip() for page in pages.values())


def test_languages_lead_to_each_other(pages: Pages) -> None:
    address = pages.built.address
    for page in _list(pages):
        path = page.file.removesuffix(".vi.html").removesuffix(".html")
        links = [link for link in page.list_links("link", "alternate") if link.hreflang]
        found = {
            link.hreflang: link.target.removeprefix(address) if "://" in link.target else page.find(link.target)[0]
            for link in links
        }
        assert len(found) == len(links), page.file
        expected = {language: path + suffix for language, suffix in SUFFIXES.items()}
        found.pop("x-default", None)
        assert found == {language: quote(file, safe="/~") for language, file in expected.items()}, page.file


def test_each_page_tells_its_address_where_the_site_has_one(pages: Pages) -> None:
    for page in _list(pages):
        canonical = [link.target for link in page.list_links("link", "canonical")]
        address = _address(pages, page.file)
        assert canonical == ([address] if pages.built.address else []), page.file
        assert page.metas.get("og:url", address) == address, page.file


def test_the_map_of_the_site_lists_each_page_with_its_languages(pages: Pages) -> None:
    if not pages.built.address:
        assert "sitemap.xml" not in pages.files
        return
    root = etree.fromstring(pages.read("sitemap.xml"))
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    listed = {}
    for entry in root.iterfind("s:url", names):
        links = entry.iterfind("x:link", names)
        listed[entry.findtext("s:loc", namespaces=names)] = {link.get("hreflang"): link.get("href") for link in links}
    assert set(listed) == {_address(pages, page.file) for page in _list(pages)}
    for address, links in listed.items():
        path = str(address).removesuffix(".vi.html").removesuffix(".html")
        expected = {language: page_path(path, language, ("en", "vi")) for language in SUFFIXES}
        assert links == {**expected, "x-default": expected["en"]}


def test_headings_leave_out_no_level(pages: Pages) -> None:
    faults = []
    for page in _list(pages):
        if page.headings[:1] != (1,) or page.headings.count(1) != 1:
            faults.append(
                f"{page.file}: begins with {page.headings[:3]}, has {page.headings.count(1)} of the first level"
            )
        faults += [f"{page.file}: {one} before {next_}" for one, next_ in pairwise(page.headings) if next_ > one + 1]
    assert faults == []


def test_what_pages_tell_search_engines_is_what_the_graph_says(whole: Whole) -> None:
    pages, site = whole
    objects = (one.object for one in site.dataset.default)
    # What HTML cannot hold is shown by signs in its place.
    values = {encode_page(one.value).decode() for one in objects if isinstance(one, Literal | NamedNode)}
    for document in site.documents.values():
        for language in site.languages if document.path not in ("ontology", "shapes") else ():
            page = pages[page_path(document.path, language, site.languages)]
            (told,) = page.data
            assert (told["@context"], told["@id"]) == ("https://schema.org", document.iri), page.file
            assert told["url"] == (_address(pages, page.file) if pages.built.address else document.iri)
            assert told["subjectOf"]["inLanguage"] == language
            assert set(_texts(told, "alternateName", "sameAs")) <= values, page.file
            graph = json.dumps({**told, "@context": {"@vocab": "https://schema.org/"}})
            named = [one for one in parse(graph, format=RdfFormat.JSON_LD) if one.subject == NamedNode(document.iri)]
            assert NamedNode("https://schema.org/name") in {one.predicate for one in named}


def _texts(told: Mapping[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        value = told.get(name, [])
        for text in [value] if isinstance(value, str) else value:
            yield encode_page(text).decode()
