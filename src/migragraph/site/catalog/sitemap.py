"""The sitemap of a site (https://www.sitemaps.org/protocol.html), and what robots are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from migragraph.paths import page_path

if TYPE_CHECKING:
    from xml.sax.saxutils import XMLGenerator

__all__ = ["MOST_ADDRESSES", "MOST_BYTES", "Pages", "list_pages", "render_robots", "render_sitemaps"]

MOST_ADDRESSES = 50_000
MOST_BYTES = 45_000_000
"""How much one sitemap holds: no more than crawlers read, which is 50,000 addresses and 50 MB."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"

Pages: TypeAlias = Iterable[tuple[str, Sequence[str]]]
"""The pages of a site by their paths without a suffix, each with the languages that it is in."""


def list_pages(files: Iterable[str], languages: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """List the pages among the files of a site by path, sorted, each with the languages that it is in."""
    found: dict[str, set[str]] = {}
    suffixes = {page_path("", language, languages): language for language in reversed(languages)}
    for file in files:
        suffix = next((suffix for suffix in suffixes if file.endswith(suffix)), None)
        if suffix and file != "404.html":
            found.setdefault(file.removesuffix(suffix), set()).add(suffixes[suffix])
    return [(path, [one for one in languages if one in found[path]]) for path in sorted(found)]


def render_sitemaps(pages: Pages, languages: Sequence[str], url: str) -> Iterator[tuple[str, bytes]]:
    """Render ``sitemap.xml``, or, where the pages are too many for it, ``sitemap-1.xml`` and so on and their index.

    ``url`` is the address of the site. Each address names those of the page in its other languages.
    """
    maps = list(_split(_list_entries(pages, languages, url)))
    if len(maps) == 1:
        yield "sitemap.xml", maps[0]
        return
    names = [f"sitemap-{number}.xml" for number, _ in enumerate(maps, start=1)]
    yield from zip(names, maps, strict=True)
    yield "sitemap.xml", _write("sitemapindex", [_entry("sitemap", url + name) for name in names])


def render_robots(url: str) -> bytes:
    """Write ``robots.txt``: everything may be read; the sitemap is named where the site has an address."""
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {url}sitemap.xml"] if url else [])]
    return "".join(f"{line}\n" for line in lines).encode()


def _list_entries(pages: Pages, languages: Sequence[str], url: str) -> Iterator[bytes]:
    for path, own in pages:
        addresses = {language: url + quote(page_path(path, language, languages), safe="/~") for language in own}
        links = [*addresses.items(), ("x-default", addresses[own[0]])] if len(own) > 1 else []
        for address in addresses.values():
            yield _entry("url", address, links)


def _split(entries: Iterable[bytes]) -> Iterator[bytes]:
    some: list[bytes] = []
    size = 0
    for entry in entries:
        if len(some) == MOST_ADDRESSES or size + len(entry) > MOST_BYTES:
            yield _write("urlset", some)
            some, size = [], 0
        some.append(entry)
        size += len(entry)
    yield _write("urlset", some)


def _entry(name: str, address: str, links: Iterable[tuple[str, str]] = ()) -> bytes:
    from xml.sax.saxutils import XMLGenerator

    out = BytesIO()
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
    _start(xml, name)
    _start(xml, "loc")
    xml.characters(address)
    xml.endElement("loc")
    for language, href in links:
        _start(xml, "xhtml:link", rel="alternate", hreflang=language, href=href)
        xml.endElement("xhtml:link")
    xml.endElement(name)
    xml.characters("\n")
    return out.getvalue()


def _write(root: str, entries: Iterable[bytes]) -> bytes:
    from xml.sax.saxutils import XMLGenerator

    out = BytesIO()
    xml = XMLGenerator(out, "utf-8")
    xml.startDocument()
    _start(xml, root, **{"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    xml.characters("\n")
    out.writelines(entries)
    xml.endElement(root)
    return out.getvalue() + b"\n"


def _start(xml: XMLGenerator, name: str, **attributes: str) -> None:
    from xml.sax.xmlreader import AttributesImpl

    xml.startElement(name, AttributesImpl(attributes))
