"""Passages: where a phrase stands in the text of a source, and how a text is cut into numbered sentences."""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations
from typing import NamedTuple

__all__ = ["Span", "find_phrase", "fold", "split_sentences"]

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_SPACE = re.compile(r"\s+")
_WHOLE_LETTER = r"(?![\u0300-\u036f])"
_END = re.compile(r"""[.?!…]+["”’']*\s+(?=["“‘']?[A-Z0-9])""")
_ABBREVIATIONS = frozenset(("Ms.", "Mr.", "Mrs.", "Dr.", "No.", "Nov.", "Dec.", "Oct.", "Jan.", "Feb.", "U.N.", "vs."))


class Span(NamedTuple):
    """A stretch of a text in code points: its start, and the first place after it."""

    start: int
    end: int


def fold(text: str) -> str:
    """Fold what does not tell phrases apart: NFC, straight quotes, single spaces."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_QUOTES)).strip()


def find_phrase(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Find a phrase in a text, between a prefix and a suffix where they are given, as spans of the text as it is.

    White space is folded, quotes may be curly or straight, and letters may be composed or not. A phrase may be found
    more than once; an empty one is nowhere.
    """
    if not fold(exact):
        return []
    before, after = fold(prefix), fold(suffix)
    spans = (Span(*match.span()) for match in re.finditer(_pattern(exact) + _WHOLE_LETTER, text))
    return [span for span in spans if _stands_between(text, span, before, after)]


def _stands_between(text: str, span: Span, before: str, after: str) -> bool:
    if before and not fold(text[: span.start]).endswith(before):
        return False
    return not after or fold(text[span.end :]).startswith(after)


def _pattern(phrase: str) -> str:
    return r"\s+".join("".join(_letter(letter) for letter in word) for word in fold(phrase).split(" "))


def _letter(letter: str) -> str:
    if letter in "'\"":
        return "['‘’]" if letter == "'" else '["“”]'
    base, *marks = list(unicodedata.normalize("NFD", letter))
    forms = {
        unicodedata.normalize("NFC", base + "".join(order[:composed])) + "".join(order[composed:])
        for order in permutations(marks)
        for composed in range(len(order) + 1)
    }
    return f"(?:{'|'.join(re.escape(form) for form in sorted(forms) if unicodedata.normalize('NFC', form) == letter)})"


def split_sentences(text: str) -> list[Span]:
    """Cut a text into sentences, in order.

    The rule: each line that is not blank is cut after a full stop, question mark or exclamation mark (and closing
    quotes) that white space and then a capital letter, a digit or an opening quote follow, but not after a known
    abbreviation. What is left of a line (a heading, a caption, a credit) is a sentence too.
    """
    sentences: list[Span] = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if text[start : end.end()].rsplit(maxsplit=1)[-1] not in _ABBREVIATIONS:
                sentences.append(_trimmed(text, start, end.end()))
                start = end.end()
        if text[start : line.end()].strip():
            sentences.append(_trimmed(text, start, line.end()))
    return sentences


def _trimmed(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return Span(start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip()))
