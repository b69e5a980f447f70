"""Tests of the site, and the reader of its pages."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

__all__ = ["Reader"]


class Reader(HTMLParser):
    """What a page holds: its tags and their attributes, anchors and links, its words, and the JSON-LD in it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.anchors: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.links: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.tags: Counter[str] = Counter()
        self.words: list[str] = []
        self._script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.tags[tag] += 1
        self._script = tag == "script"
        self.anchors += [one for one in (values.get("id"),) if one]
        if values.get("href"):
            self.links.append((values["href"] or "", values))

    def handle_data(self, data: str) -> None:
        (self.scripts if self._script else self.words).append(data)

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())
