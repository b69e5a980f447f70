"""Where the pages lead: each inside the site holds, on a disk and under any prefix; nothing is loaded from afar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.site.reading import Link, Pages

from migragraph.site.pages import SCHEMES
from migragraph.site.site import Site

# What a page says of itself to machines may, and must, be a full address.
_STATEMENTS = {"canonical", "alternate", "license", "cite-as", "describedby"}


def _list_inside(pages: Pages) -> Iterator[tuple[str, Link]]:
    for page in pages.values():
        yield from ((page.file, link) for link in page.links if not urlsplit(link.target).scheme)


def _list_outside(pages: Pages) -> Iterator[tuple[str, Link]]:
    for page in pages.values():
        yield from ((page.file, link) for link in page.links if urlsplit(link.target).scheme)


def test_each_link_inside_leads_to_a_file_and_an_anchor_there(pages: Pages) -> None:
    broken = []
    for file, link in _list_inside(pages):
        path, anchor = pages[file].find(link.target)
        there = path in pages.files
        if not there or (anchor and path in pages and anchor not in pages[path].anchors):
            broken.append(f"{file}: {link.target}")
    assert broken == []
    assert len(pages) > 500


def test_links_inside_are_relative(pages: Pages, site: Site) -> None:
    rooted = [f"{file}: {link.target}" for file, link in _list_inside(pages) if link.target.startswith("/")]
    paths = {document.iri for document in site.documents.values()}
    address = pages.built.address
    own = [
        f"{file}: {link.target}"
        for file, link in _list_outside(pages)
        if link.target.partition("#")[0] in paths or (address and link.target.startswith(address))
        if file != "404.html"  # It is asked for at any depth.
        if not (link.element == "link" and _STATEMENTS & set(link.rel.split()))
    ]
    assert (rooted, own) == ([], [])


def test_links_outside_have_an_allowed_scheme(pages: Pages) -> None:
    found = Counter(urlsplit(link.target).scheme for _, link in _list_outside(pages))
    assert {f"{scheme}:" for scheme in found} <= {scheme.rstrip("/") for scheme in SCHEMES}
    # What is not written as the scheme is, is read as one by a browser still: "java\tscript:".
    odd = [link.target for _, link in _list_inside(pages) if set(link.target) & set("\t\n\r\\") or ":" in link.target]
    assert odd == []


def test_nothing_is_loaded_from_elsewhere(pages: Pages) -> None:
    loaded = [(file, link) for file, link in _list_outside(pages) if link.loads]
    styles = [url for urls in pages.styles.values() for url in urls if not url.startswith(("#", "data:"))]
    assert (loaded, styles) == ([], [])
    assert set(pages.styles) == {"assets/site.css"}


def test_no_element_has_a_handler(pages: Pages) -> None:
    assert [(page.file, page.handlers) for page in pages.values() if page.handlers] == []
