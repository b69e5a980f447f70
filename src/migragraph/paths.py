"""The paths of pages and data files, computed from IRIs so that every disk, server and address bar takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from operator import eq
from unicodedata import normalize
from urllib.parse import quote, unquote

from migragraph.errors import CallError
from migragraph.iris import content_key

__all__ = ["PLAIN", "find_collisions", "page_path", "path_of", "relative_link"]

# What Windows keeps for devices, whatever the suffix: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_KEPT = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|index)(?![a-z0-9_-])"
_SEGMENT = rf"(?!{_KEPT})[a-z0-9][a-z0-9_-]{{0,99}}"
_PLAIN_SEGMENT = re.compile(_SEGMENT)
_ODD = re.compile("[^a-z0-9]+")
_LONGEST_SLUG = 40
# Windows takes 260 characters unless told otherwise: what is left is for the folder of the site and the suffix.
_LONGEST_PATH = 180
PLAIN = rf"(?!.{{{_LONGEST_PATH + 1}}}){_SEGMENT}(?:/{_SEGMENT})*"
"""Matches what stands as it is as a path, in the syntax that servers share with Python."""
_PLAIN = re.compile(PLAIN)
_SAFE = "~+=,@!$&'()*;"


def path_of(iri: str, base: str) -> str:
    """Give the path of the document of an IRI under the base: relative to the root of the site, without a suffix.

    A segment of lower-case letters, digits, ``-`` and ``_`` stands as it is, if it has at most 100 characters and is no
    name that a system keeps for itself; any other becomes ``<slug>~<hash>``. Of a path of more than 180 characters the
    first segment is left, and a hash of the whole. Raises CallError for an IRI that is not under the base.
    """
    document = iri.partition("#")[0]
    if not document.startswith(base):
        raise CallError(f"<{iri}> does not lie under <{base}>.", advice="Only what does has a page.")
    rest = document[len(base) :]
    path = rest if _PLAIN.fullmatch(rest) else "/".join(_name(segment) for segment in rest.split("/"))
    return path if len(path) <= _LONGEST_PATH else _shorten(path, rest)


def page_path(path: str, language: str, languages: Sequence[str]) -> str:
    """Give the path of a page in a language: ``x.html`` in the first of the languages, ``x.vi.html`` in another."""
    return f"{path}.html" if language == languages[0] else f"{path}.{language.lower()}.html"


def relative_link(from_page: str, to_path: str, fragment: str = "") -> str:
    """Give the link from a page to a file, both by their paths from the root: a relative reference, percent-encoded.

    It has no scheme, no leading ``/`` and is never empty, so that it holds under any prefix and from ``file://``.
    """
    here, there = from_page.split("/")[:-1], to_path.split("/")
    shared = sum(1 for _ in takewhile(bool, map(eq, here, there[:-1])))
    link = quote("/".join([".."] * (len(here) - shared) + there[shared:]), safe=f"/{_SAFE}")
    return f"{link}#{quote(fragment, safe=f'/?:%{_SAFE}')}" if fragment else link


def find_collisions(paths: Iterable[str]) -> list[tuple[str, ...]]:
    """Find the paths that one file system or another takes for the same, in groups, sorted.

    They are the same but for case or for how their accents are written (NFC, NFD), or are given more than once.
    """
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(_fold(path), []).append(path)
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)


def _name(segment: str) -> str:
    return segment if _PLAIN_SEGMENT.fullmatch(segment) else f"{_slug(segment)}~{content_key([segment])}"


def _slug(text: str) -> str:
    """Give what a reader knows a name again by; the hash beside it tells it from others."""
    letters = normalize("NFKD", unquote(text).casefold().replace("đ", "d"))
    plain = "".join(letter for letter in letters if letter.isascii() or not "\u0300" <= letter <= "\u036f")
    return _ODD.sub("-", plain).strip("-")[:_LONGEST_SLUG].rstrip("-")


def _shorten(path: str, rest: str) -> str:
    """Keep the first folder of a path that is too long; the hash is of all, and no segment has the hash of a path."""
    first, _, _ = path.partition("/")
    return f"{first}/{_slug(rest.rpartition('/')[2])}~{content_key([rest])}"


def _fold(path: str) -> str:
    return normalize("NFC", normalize("NFD", path).casefold()) if not path.isascii() else path.lower()
