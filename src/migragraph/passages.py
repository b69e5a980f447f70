"""Passages: where a phrase stands in the text of a source, and how a text is cut into numbered sentences."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

__all__ = ["FoldedText", "Span", "find_in", "find_phrase", "find_words", "fold", "fold_text", "split_sentences"]

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_MARKS = (".", ",")
_TEXTS_KEPT = 8_192
_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r"\s{2,}")
_END = re.compile(r"""(?<![.?!…])[.?!…]+["”’']*\s+(?=["“‘']?[A-Z0-9])""")
_ABBREVIATIONS = frozenset(("Ms.", "Mr.", "Mrs.", "Dr.", "No.", "Nov.", "Dec.", "Oct.", "Jan.", "Feb.", "U.N.", "vs."))


class Span(NamedTuple):
    """A stretch of a text in code points: its start, and the first place after it."""

    start: int
    end: int


class _Block(NamedTuple):
    """A stretch of a text that folds as a whole (composed letters, a run of white space): to so many points."""

    start: int
    end: int
    length: int


class _Way(NamedTuple):
    """The way back from a text in which blocks were folded: where each block, and what follows it, starts in both."""

    starts: tuple[int, ...]
    origins: tuple[int, ...]
    are_blocks: tuple[bool, ...]

    def go_back(self, span: Span) -> Span:
        """Give the place of a span, which is not empty, in the text before; a block counts as a whole."""
        first = bisect_right(self.starts, span.start) - 1
        last = bisect_right(self.starts, span.end - 1) - 1
        return Span(
            self.origins[first] + (0 if self.are_blocks[first] else span.start - self.starts[first]),
            self.origins[last + 1] if self.are_blocks[last] else self.origins[last] + span.end - self.starts[last],
        )


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text folded once, in which many phrases can be found, with the way back to the text as it is."""

    text: str
    _ways: tuple[_Way, ...]

    def locate(self, start: int, end: int) -> Span:
        """Give the place, in the text as it is, of a stretch of the folded text that is not empty."""
        span = Span(start, end)
        for way in self._ways:
            span = way.go_back(span)
        return span


@lru_cache(maxsize=_TEXTS_KEPT)
def fold(text: str) -> str:
    """Fold what does not tell phrases apart: NFC, straight quotes, single spaces."""
    return _fold_normal(unicodedata.normalize("NFC", text)).strip()


def _fold_normal(text: str) -> str:
    return _SPACE.sub(" ", text.translate(_QUOTES))


def fold_text(text: str) -> FoldedText:
    """Fold a text as ``fold`` does, only that its ends are not stripped, and remember where everything was."""
    normal = unicodedata.normalize("NFC", text)
    ways = [_find_way(_Block(*run.span(), 1) for run in _SPACES.finditer(normal))]
    if normal != text:
        ways.append(_find_way(_composed(text)))
    return FoldedText(_fold_normal(normal), tuple(ways))


def _find_way(blocks: Iterable[_Block]) -> _Way:
    places: list[tuple[int, int, bool]] = []
    start = origin = 0
    for block in blocks:
        if block.start > origin:
            places.append((start, origin, False))
            start += block.start - origin
        places.append((start, block.start, True))
        start, origin = start + block.length, block.end
    return _Way(*zip(*places, (start, origin, False), strict=True))


def _composed(text: str) -> Iterator[_Block]:
    """Give the letters of a text that are not in NFC."""
    for start, end in _clusters(text):
        letter = text[start:end]
        normal = unicodedata.normalize("NFC", letter)
        if normal != letter:
            yield _Block(start, end, len(normal))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into the shortest stretches whose normal forms, one after the other, are that of the text."""
    start = 0
    for at in range(1, len(text)):
        if not _joins(text, start, at):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _joins(text: str, start: int, at: int) -> bool:
    """Tell whether the letter at a place belongs to the one that began before it."""
    letter = text[at]
    if letter < "\u0300":
        return False
    if unicodedata.combining(unicodedata.normalize("NFD", letter)[0]):
        return True
    before = text[start:at]
    normal = unicodedata.normalize("NFC", before)
    return unicodedata.normalize("NFC", before + letter) != normal + unicodedata.normalize("NFC", letter)


def find_phrase(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Find a phrase in a text, as ``find_in`` does in one that is folded."""
    return find_in(fold_text(text), exact, prefix, suffix)


def find_in(folded: FoldedText, exact: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Find a phrase in a text, between a prefix and a suffix where they are given, as spans of the text as it is.

    White space is folded, quotes may be curly or straight, and letters may be composed or not; a match does not end
    within a letter, between it and its marks. A phrase may be found more than once, and overlap itself; an empty one is
    nowhere.
    """
    return [folded.locate(*span) for span in _find_folded(folded.text, exact, prefix, suffix)]


def find_words(folded: FoldedText, exact: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Find a phrase as ``find_in`` does, but only where it begins and ends with whole words and whole numbers.

    "on May 1" does not stand in "migration on May 1" as "on on May 1", nor "50 guests" in "1,250 guests". In scripts
    that put no space between words any letter may be the first.
    """
    text = folded.text
    found = _find_folded(text, exact, prefix, suffix)
    return [folded.locate(*span) for span in found if not (_is_cut(text, span.start) or _is_cut(text, span.end))]


def _find_folded(text: str, exact: str, prefix: str, suffix: str) -> Iterator[Span]:
    phrase = fold(exact)
    if not phrase:
        return
    before, after = fold(prefix), fold(suffix)
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if _is_whole(text, end) and _stands_between(text, start, end, before, after):
            yield Span(start, end)
        start = text.find(phrase, start + 1)


def _is_cut(text: str, at: int) -> bool:
    """Tell whether a place is within a word, or within a number as 1,250 is written."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _is_spaced(before) and _is_spaced(after):
        return True
    begins = after in _MARKS and before.isdigit() and text[at + 1 : at + 2].isdigit()
    return begins or (before in _MARKS and after.isdigit() and text[max(at - 2, 0) : at - 1].isdigit())


def _is_spaced(letter: str) -> bool:
    """Tell whether a letter or a digit is of a script that puts spaces between words."""
    return letter.isalnum() and (letter < "\u0e00" or "\u1e00" <= letter < "\u2000")


def _is_whole(text: str, end: int) -> bool:
    return end == len(text) or not unicodedata.combining(text[end])


def _stands_between(text: str, start: int, end: int, before: str, after: str) -> bool:
    if before and not text.endswith(before, 0, start - text.startswith(" ", start - 1) if start else 0):
        return False
    return not after or text.startswith(after, end + text.startswith(" ", end))


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
