"""How a value stands on a page: its text, where it leads, in which language it is, and its start where it is long."""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.explain.explanation import Name, Value
from migragraph.explain.naming import Naming
from migragraph.memo import Memo
from migragraph.site.pages import Page, check_address
from migragraph.wording import find_term

__all__ = ["LONG", "Showing", "Shown", "Tongue", "find_direction", "shorten_text"]

LONG = 600
"""The number of characters beyond which a value shows its start, and the rest when it is opened."""

_START, _LABEL = 240, 160
_ADDRESS = "xsd:anyURI"

# Letters that are written from right to left, and the characters that steer the direction of what follows them
# (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
_STEERED = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Shown(NamedTuple):
    """A text on a page: its address or none, its language where that is not the page's, ``auto`` where it steers.

    ``rest`` is the whole text where ``text`` is its start only, or the empty string.
    """

    text: str
    href: str = ""
    language: str = ""
    direction: str = ""
    rest: str = ""


def find_direction(text: str) -> str:
    """Give ``auto`` for a text that must be kept from steering what stands around it, else the empty string."""
    return "auto" if not text.isascii() and _STEERED.search(text) else ""


def shorten_text(text: str, length: int = _LABEL) -> str:
    """Give a text as it is, or its first characters and an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


class Tongue:
    """A language of the site: what things are called in it, and the language of each name that is not in it."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.tags = Memo(self._find_tag)

    def differs(self, tag: str) -> str:
        """Give a language tag where it is another language than this, else the empty string."""
        own = self.naming.language
        return "" if not tag or tag == own or tag.startswith(f"{own}-") else tag

    def _find_tag(self, iri: str) -> str:
        term = NamedNode(iri)
        if find_term(term, self.naming.language):
            return ""
        return self.differs(self.naming.labels.find(term, self.naming.language).language)


class Showing:
    """Show the names and values of one page."""

    def __init__(self, page: Page, tongue: Tongue, document: str) -> None:
        self.page = page
        self.tongue = tongue
        self.naming = tongue.naming
        self._document = document
        self._inner = len(document)

    def link(self, iri: str) -> str:
        """Give the link to a thing, within the page where it is told there."""
        if iri.startswith(self._document) and iri[self._inner : self._inner + 1] == "#":
            return iri[self._inner :]
        return self.page.link(iri)

    def name(self, name: Name) -> Shown:
        """Show a thing by its name, which leads to its page."""
        text = name.label
        href, language, direction = self.link(name.iri), self.tongue.tags[name.iri], find_direction(text)
        return Shown(shorten_text(text), href, language, direction)

    def term(self, iri: str) -> Shown:
        """Show a thing of which only the IRI is known."""
        return self.name(self.naming.name(NamedNode(iri)))

    def value(self, value: Value, text: str = "") -> Shown:
        """Show a value: a thing as a link, a long text by its start; ``text`` is written in its place where given."""
        told = text or value.text
        if value.iri:
            tag = self.tongue.tags[value.iri]
            return Shown(shorten_text(told), self.link(value.iri), tag, find_direction(told))
        href = check_address(value.lexical) if value.datatype == _ADDRESS else ""
        return self.text(told, value.language, href)

    def text(self, text: str, tag: str = "", href: str = "") -> Shown:
        """Show a text in a language; of a long one its start, with the whole beside it."""
        language, direction = self.tongue.differs(tag), find_direction(text)
        if len(text) > LONG:
            return Shown(shorten_text(text, _START), "", language, direction, text)
        return Shown(text, href, language, direction)
