"""Pages: where one lies, in which language, and what its links are, all relative to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote

from migragraph.paths import page_path
from migragraph.site.documents import Document
from migragraph.site.words import list_words, say

__all__ = ["SCHEMES", "Page", "check_address"]

SCHEMES = ("https://", "http://", "mailto:")
"""The beginnings of addresses to which a page may lead; any other stays plain text."""


# What https://url.spec.whatwg.org/#url-code-points leaves out, but for "%", which begins what is encoded already.
_UNFIT = re.compile('[\\x00-\\x20"<>\\\\^`{|}\\x7f-\\xa0]')


def check_address(address: str) -> str:
    """Give an address to which a page may lead, with what no address holds percent-encoded, or the empty string."""
    if not address.lower().startswith(SCHEMES):
        return ""
    return _UNFIT.sub(lambda found: quote(found[0]), address) if _UNFIT.search(address) else address


@lru_cache(maxsize=20_000)
def _find_way(folder: str, path: str) -> str:
    """Give the shortest relative link from a folder to a file: pages of a folder link to the same."""
    parts = folder.split("/") if folder else []
    for count in range(len(parts), 0, -1):
        above = "/".join(parts[:count]) + "/"
        if path.startswith(above):
            return "../" * (len(parts) - count) + path[len(above) :]
    return "../" * len(parts) + path


@dataclass(frozen=True)
class Page:
    """A page of the site in one language: its path without suffix, and what it needs to write its links."""

    path: str
    language: str
    languages: tuple[str, ...]
    documents: Mapping[str, Document]
    url: str = ""

    @property
    def file(self) -> str:
        """Give the name of the page's file, from the root of the site."""
        return page_path(self.path, self.language, self.languages)

    @cached_property
    def folder(self) -> str:
        """Give the folder in which the page lies, from the root of the site; that of the root is empty."""
        return self.path.rpartition("/")[0]

    @cached_property
    def root(self) -> str:
        """Give the way from the page to the root of the site: empty, or ``../`` as often as the page lies deep."""
        return "../" * self.path.count("/")

    @cached_property
    def _suffix(self) -> str:
        return page_path("", self.language, self.languages)

    def to(self, path: str, anchor: str = "") -> str:
        """Give the link to another page of the site in the same language."""
        return f"{self.asset(path)}{self._suffix}{f'#{anchor}' if anchor else ''}"

    def asset(self, path: str) -> str:
        """Give the link to a file of the site that is the same in all languages: the shortest that is relative."""
        return _find_way(self.folder, path)

    def link(self, iri: str) -> str:
        """Give the link to a thing: its page where the site has one, else its address where a page may lead there."""
        iri = str(iri)
        head, _, anchor = iri.partition("#")
        document = self.documents.get(head)
        return self.to(document.path, anchor) if document else check_address(iri)

    def translations(self) -> list[tuple[str, str]]:
        """Give the languages of the page, each with the link to it there."""
        name = self.path.rpartition("/")[2]
        return [(language, page_path(name, language, self.languages)) for language in self.languages]

    def alternates(self) -> list[tuple[str, str]]:
        """Give the page in each language, then for readers of any other (``x-default``): full addresses, where known.

        A search engine takes only full addresses (https://developers.google.com/search/docs/specialty/international).
        """
        start = f"{self.url}{self.folder}/" if self.folder and self.url else self.url
        links = [(language, f"{start}{href}") for language, href in self.translations()]
        return [*links, ("x-default", links[0][1])]

    def address(self, file: str | None = None) -> str:
        """Give the full address of a file of the site, by default the page's, or the empty string without site_url."""
        return f"{self.url}{self.file if file is None else file}" if self.url else ""

    @property
    def words(self) -> Mapping[str, str]:
        """Give the words in the language of the page: one without parts is found sooner than it is said."""
        return list_words(self.language)

    def say(self, key: str, **parts: object) -> str:
        """Say something in the language of the page."""
        return say(key, self.language, **parts)
