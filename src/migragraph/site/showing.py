"""How a value stands on a page: its text, where it leads, in which language it is, and its start where it is long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import escape
from pyoxigraph import NamedNode

from migragraph.explain.explanation import Name, Value
from migragraph.explain.naming import Naming
from migragraph.memo import Memo
from migragraph.site.pages import Page, check_address
from migragraph.site.shortening import shorten_text

__all__ = ["LONG", "Namer", "Showing", "Shown", "Tongue", "find_direction"]

LONG = 600
"""The number of characters beyond which a value shows its start, and the rest when it is opened."""

_START = 240
_KEPT = 5_000
_ADDRESS = "xsd:anyURI"

# Letters that are written from right to left, and the characters that steer the direction of what follows them
# (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
_STEERED = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Shown(NamedTuple):
    """A text on a page: its address or none, its language where that is not the page's, ``auto`` where it steers.

    ``rest`` is the whole text where ``text`` is its start only, or the empty string, and ``opener`` the words that lead
    to it. In a template ``{{ shown }}`` writes it as HTML.
    """

    text: str
    href: str = ""
    language: str = ""
    direction: str = ""
    rest: str = ""
    opener: str = ""

    def __html__(self) -> str:
        """Give a link or a text, with its language where that is another, and the start of a long text, which opens."""
        return _WRITTEN[self]


def _write(shown: Shown) -> str:
    text = escape(shown.text)
    attributes = f' lang="{escape(shown.language)}"' if shown.language else ""
    attributes += f' dir="{escape(shown.direction)}"' if shown.direction else ""
    if shown.rest:
        summary = f"<summary>{text} <span>{escape(shown.opener)}</span></summary>"
        return f'<details class="long"{attributes}>{summary}{escape(shown.rest)}</details>'
    if shown.href:
        return f'<a href="{escape(shown.href)}"{attributes}>{text}</a>'
    return f"<span{attributes}>{text}</span>" if attributes else str(text)


_WRITTEN = Memo(_write)


def find_direction(text: str) -> str:
    """Give ``auto`` for a text that must be kept from steering what stands around it, else the empty string."""
    return "auto" if not text.isascii() and _STEERED.search(text) else ""


class Tongue:
    """A language of the site: what things are called in it, and the language of each name that is not in it."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.tags = Memo(self._find_tag)
        self._names: dict[str, Memo[tuple[str, str], Shown]] = {}

    def list_names(self, page: Page) -> Mapping[tuple[str, str], Shown]:
        """Give how things are shown, by IRI and text: links are the same on all pages of a folder."""
        if page.folder not in self._names:
            self._names[page.folder] = Memo(lambda key: self._show(page, *key), _KEPT)
        return self._names[page.folder]

    def _show(self, page: Page, iri: str, text: str) -> Shown:
        return Shown(shorten_text(text), page.link(iri), self.tags[iri], find_direction(text))

    def differs(self, tag: str) -> str:
        """Give a language tag where it is another language than this, else the empty string."""
        own = self.naming.language
        return "" if not tag or tag == own or tag.startswith(f"{own}-") else tag

    def _find_tag(self, iri: str) -> str:
        return self.differs(self.naming.find_label(NamedNode(iri)).language)


class Namer:
    """Name things in a template: ``name(term)`` is what one is called, ``name.tag(term)`` in which other language."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue

    def __call__(self, term: NamedNode) -> str:
        """Give what a thing is called."""
        return self._tongue.naming.name(term).label

    @property
    def tags(self) -> Mapping[str, str]:
        """Give by IRI the language in which a thing is called so, where that is not the page's, or the empty string."""
        return self._tongue.tags

    def tag(self, term: NamedNode) -> str:
        """Give that of one thing."""
        return self.tags[term.value]


class Showing:
    """Show the names and values of one page."""

    def __init__(self, page: Page, tongue: Tongue, document: str) -> None:
        self.page = page
        self.tongue = tongue
        self.naming = tongue.naming
        self._start = f"{document}#"
        self._names = tongue.list_names(page)

    def link(self, iri: str) -> str:
        """Give the link to a thing, within the page where it is told there."""
        if iri.startswith(self._start):
            return iri[len(self._start) - 1 :]
        return self.page.link(iri)

    def name(self, name: Name) -> Shown:
        """Show a thing by its name, which leads to its page."""
        return self._show(name.iri, name.label)

    def _show(self, iri: str, text: str) -> Shown:
        if iri.startswith(self._start):
            return self._names[iri, text]._replace(href=self.link(iri))
        return self._names[iri, text]

    def thing(self, term: NamedNode) -> Shown:
        """Show a thing as ``name`` does, where there are so many that none is worth keeping: in a third of the time."""
        text, tag = self.naming.find_label(term)
        return Shown(shorten_text(text), self.link(term.value), self.tongue.differs(tag), find_direction(text))

    def term(self, iri: str) -> Shown:
        """Show a thing of which only the IRI is known."""
        return self.name(self.naming.name(NamedNode(iri)))

    def value(self, value: Value, text: str = "") -> Shown:
        """Show a value: a thing as a link, a long text by its start; ``text`` is written in its place where given."""
        told = text or value.text
        if value.iri:
            return self._show(value.iri, told)
        href = check_address(value.lexical) if value.datatype == _ADDRESS else ""
        return self.text(told, value.language, href)

    def text(self, text: str, tag: str = "", href: str = "") -> Shown:
        """Show a text in a language; of a long one its start, with the whole beside it."""
        language, direction = self.tongue.differs(tag), find_direction(text)
        if len(text) > LONG:
            return Shown(shorten_text(text, _START), "", language, direction, text, self.page.say("whole-text"))
        return Shown(text, href, language, direction)
