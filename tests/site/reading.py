"""The pages of a site as they lie on the disk, and what the tests ask of them: their links, anchors and headings."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree, html
from tests.sites import Built

__all__ = ["Link", "Page", "Pages", "list_urls"]

# The attributes that lead somewhere or load something: https://html.spec.whatwg.org/multipage/indices.html#attributes-3.
_LEADING = (
    "action",
    "cite",
    "data",
    "formaction",
    "href",
    "poster",
    "src",
    "srcset",
    "{http://www.w3.org/1999/xlink}href",
)
_LOADING = {"audio", "embed", "iframe", "img", "image", "input", "object", "script", "source", "track", "use", "video"}
_LOADED_LINKS = {"icon", "stylesheet", "preload", "prefetch", "modulepreload", "manifest", "apple-touch-icon"}
_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]([^'\"]*)")


class Link(NamedTuple):
    """A link as it is written, and the element that has it; ``loads`` if a browser asks for it without being told."""

    element: str
    target: str
    rel: str
    hreflang: str
    type: str
    loads: bool


@dataclass(frozen=True, slots=True)
class Page:
    """What the tests want to know of a page. ``scripts`` are those that hold up the page; ``data`` are JSON."""

    file: str
    size: int
    language: str
    anchors: frozenset[str]
    links: tuple[Link, ...]
    headings: tuple[int, ...]
    scripts: tuple[str, ...]
    handlers: tuple[str, ...]
    metas: Mapping[str, str]
    data: tuple[Any, ...]
    title: str

    def find(self, target: str) -> tuple[str, str]:
        """Give the file that an inside link leads to, from the root of the site, and the anchor there."""
        parts = urlsplit(target)
        path = normpath(f"{dirname(self.file)}/{unquote(parts.path)}".lstrip("/")) if parts.path else self.file
        return path, unquote(parts.fragment)

    def list_links(self, element: str, rel: str) -> list[Link]:
        """List the links of an element with a relation."""
        return [link for link in self.links if link.element == element and rel in link.rel.split()]


class Pages(Mapping[str, Page]):
    """The pages of a site by their files, and the names of all files."""

    def __init__(self, built: Built) -> None:
        self.built = built
        folders = os.walk(built.folder)
        paths = (Path(folder, name) for folder, _, names in folders for name in names)
        self.files = frozenset(path.relative_to(built.folder).as_posix() for path in paths)
        self._pages = {name: _read(built.folder, name) for name in sorted(self.files) if name.endswith(".html")}

    def __getitem__(self, file: str) -> Page:
        return self._pages[file]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def read(self, file: str) -> bytes:
        """Read a file of the site."""
        return (self.built.folder / file).read_bytes()

    @cached_property
    def styles(self) -> Mapping[str, list[str]]:
        """Give what the stylesheets load, by their files."""
        texts = ((name, self.read(name).decode()) for name in sorted(self.files) if name.endswith(".css"))
        return {name: list_urls(text) for name, text in texts}


def list_urls(style: str) -> list[str]:
    """List what a style loads."""
    return [one or other for one, other in _URL.findall(style)]


def _read(folder: Path, file: str) -> Page:
    data = (folder / file).read_bytes()
    root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    main = root.find(".//main")
    within = root if main is None else main
    metas = {one.get("name") or one.get("property"): one.get("content", "") for one in elements if one.tag == "meta"}
    scripts = [one for one in elements if one.tag == "script"]
    return Page(
        file=file,
        size=len(data),
        language=root.get("lang", ""),
        anchors=frozenset(str(one.get("id")) for one in elements if one.get("id")),
        links=tuple(_list_links(elements)),
        headings=tuple(int(one.tag[1]) for one in within.iter("h1", "h2", "h3", "h4", "h5", "h6")),
        scripts=tuple(one.get("src", "inline") for one in scripts if _holds_up(one)),
        handlers=tuple(name for one in elements for name in one.attrib if str(name).startswith("on")),
        metas={name: text for name, text in metas.items() if name},
        data=tuple(json.loads(one.text or "") for one in scripts if one.get("type") == "application/ld+json"),
        title=root.findtext(".//title") or "",
    )


def _list_links(elements: list[etree._Element]) -> Iterator[Link]:
    for one in elements:
        tag, rel = str(one.tag), one.get("rel", "")
        more = (rel, one.get("hreflang", ""), one.get("type", ""))
        for name in _LEADING:
            if name in one.attrib:
                loads = tag in _LOADING or (tag == "link" and bool(_LOADED_LINKS & set(rel.split())))
                yield Link(tag, str(one.attrib[name]), *more, loads)
        style = one.get("style", "") if tag != "style" else one.text or ""
        yield from (Link(tag, target, *more, True) for target in list_urls(style))


def _holds_up(script: etree._Element) -> bool:
    """Tell whether a script runs before the page is read to its end."""
    kind = script.get("type", "")
    is_code = kind in ("", "text/javascript", "module")
    return is_code and kind != "module" and script.get("defer") is None and script.get("async") is None
