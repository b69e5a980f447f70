"""Links: addresses that lead to the words of a page, by text fragments.

The form is that of the URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/:
``#:~:text=[prefix-,]start[,end][,-suffix]``.
"""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["link_to_words"]

_AS_WRITTEN = "!*'()"
_DELIMITER = ":~:"


def link_to_words(url: str, exact: str, prefix: str = "", suffix: str = "") -> str:
    """Give an address that leads to a phrase of a page, between a prefix and a suffix where they are given."""
    terms = [_encode(exact)]
    if before := _encode(prefix):
        terms.insert(0, f"{before}-")
    if after := _encode(suffix):
        terms.append(f"-{after}")
    page = url.partition(_DELIMITER)[0]
    return f"{page}{'' if '#' in page else '#'}{_DELIMITER}text={','.join(terms)}"


def _encode(words: str) -> str:
    """Encode the words of a term: all that a fragment does not take, and what parts terms: "-", "," and "&"."""
    return quote(" ".join(words.split()), safe=_AS_WRITTEN).replace("-", "%2D")
