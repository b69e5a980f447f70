"""The weighing of what a client accepts, as regular expressions that nginx, Apache and Caddy read alike.

The weight of a variant is a text: the q value that the client gives it, how exactly it was named, and our own order;
then the variant itself: ``0.8-298-ttl``. The client gets the greatest text, so that a server need only compare texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from migragraph.paths import page_path

__all__ = ["LESS", "NOTHING", "SENTINEL", "Rule", "Variant", "list_languages", "list_types"]

SENTINEL = "|1"
"""What is appended to a header before it is matched: where a range has no q value, this is read for it."""

NOTHING = "0."
"""A text that is greater than every weight of q value 0, which no client gets, and less than every other."""

# In the order of ASCII, which is that of the weights.
_ORDER = "-.0123456789"
_GREATER = "|".join(f"[{one}].*~\\1[{_ORDER[place + 1 :].replace('-', '')}]" for place, one in enumerate(_ORDER[:-1]))
LESS = f"^(?!.*~0-)(.*)(?:{_GREATER})"
"""Matches ``A~B`` where the weight A is less than B, by a reference back to what they begin with, and B is not 0."""

_HTML = "text/html|application/xhtml\\+xml"
_TYPES = (("html", _HTML), ("ttl", "text/turtle"), ("jsonld", "application/ld\\+json"), ("nt", "application/n-triples"))


class Rule(NamedTuple):
    """A pattern over a header, and the weight where it matches: the captured q value, then ``suffix``."""

    pattern: str
    suffix: str


class Variant(NamedTuple):
    """A form of a page: its name, its weight where the client says nothing of it, its rules from exact to broad."""

    name: str
    default: str
    rules: tuple[Rule, ...]


def list_types() -> list[Variant]:
    """List the forms of a document: HTML, then RDF, in the order in which they are preferred where a client is not."""
    return [
        _weigh(number, suffix, (ranges, f"{ranges.partition('/')[0]}/\\*", "\\*/\\*"))
        for number, (suffix, ranges) in enumerate(_TYPES)
    ]


def list_languages(languages: Sequence[str]) -> list[Variant]:
    """List the languages of a page by their suffixes; ``vi-VN`` asks for ``vi``, and ``*`` for any."""
    return [
        _weigh(number, page_path("", language, languages)[1:], (f"{re.escape(language)}(?:-[A-Za-z0-9-]+)?", "\\*"))
        for number, language in enumerate(languages)
    ]


def _weigh(number: int, suffix: str, ranges: Sequence[str]) -> Variant:
    rank = 99 - number
    rules = tuple(Rule(_pattern(one), f"-{len(ranges) - 1 - place}{rank}-{suffix}") for place, one in enumerate(ranges))
    return Variant(suffix, f"0-0{rank}-{suffix}", rules)


def _pattern(ranges: str) -> str:
    """Match one of some ranges with its q value, without zeros at its end (https://www.rfc-editor.org/rfc/rfc9110)."""
    return rf"(?:^|,)\s*(?:{ranges})\s*(?:;[^,|]*?)??(?:;\s*q=|(?:,.*)?\|)(0(?:\.[0-9]*[1-9])?|1)"
