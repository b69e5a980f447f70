"""Phrases: what is wrong with the words of an evidence, alone and in the text of their source, and what helps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal

from migragraph.passages import Span, find_in, find_words, fold, fold_text, split_sentences
from migragraph.quotations import Quotation

__all__ = ["Flaw", "ReadText", "find_flaw", "is_long"]

LONGEST = 12
"""How many words a phrase may have: the articles are their publishers', the facts are everybody's."""

# A suggestion is a kindness: it is not looked for in more of a text than this, in code points.
_SEARCHED = 200_000
_WORD = re.compile(r"\S+")
# How many words around a phrase, and of how many of its places, are tried.
_AROUND, _PLACES = 8, 3
# As many characters as the shapes allow.
_LONGEST_CONTEXT = 80
_QUOTE = "Quote the words that the source prints."
_ADD = "Add oa:prefix or oa:suffix, or quote more words"
_QUOTES, _MARKS = "\"'“”‘’ ", ".?!…"
_LAST = re.compile(r"""[.?!…]["'”’]*\Z""")


class Flaw(NamedTuple):
    """What is wrong with a phrase: the rule that it breaks, the message, and what to do."""

    rule: str
    message: str
    advice: str


class ReadText:
    """A text that is searched for many phrases: it is folded once, and cut into sentences once."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.folded = fold_text(content)

    def find(self, quotation: Quotation) -> list[Span]:
        """Find the words of a quotation, as spans of the text in code points."""
        return find_words(self.folded, quotation.exact, quotation.prefix, quotation.suffix)

    @cached_property
    def sentences(self) -> frozenset[Span]:
        """Give the sentences that end in a full stop, a question mark or an exclamation mark, without the mark."""
        spans = [span for span in split_sentences(self.content) if _LAST.search(self.content, *span)]
        return frozenset(self.trim(span) for span in spans)

    def trim(self, span: Span) -> Span:
        """Give a span without the quotes around it, and without the marks at its end."""
        words = self.content[slice(*span)]
        start = span.start + len(words) - len(words.lstrip(_QUOTES))
        return Span(start, max(start, span.start + len(words.rstrip(_QUOTES + _MARKS))))


def is_long(quotation: Quotation) -> bool:
    """Tell whether a phrase has more words than one may have."""
    return len(quotation.exact.split()) > LONGEST


def find_flaw(quotation: Quotation, spans: Sequence[Span], text: ReadText, *, with_help: bool = True) -> Flaw | None:
    """Find what is wrong with a phrase that was looked for in a text: not found, found twice, a whole sentence.

    ``with_help`` looks for the words, or the prefixes, that would do.
    """
    if not spans:
        advice = _suggest(quotation, text) if with_help else _QUOTE
        return Flaw("quote-found", "The text of the source does not have these words.", advice)
    if len(spans) > 1:
        advice = _tell_apart(quotation, spans, text) if with_help else _ADD
        return Flaw("quote-once", f"The text of the source has these words {len(spans)} times.", f"{advice}.")
    if text.trim(spans[0]) in text.sentences:
        return Flaw("quote-short", "The words are a whole sentence of the source.", "Quote a part of it.")
    return None


def _suggest(quotation: Quotation, text: ReadText) -> str:
    """Say which words of a text are most like those that are not in it."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    if (quotation.prefix or quotation.suffix) and find_in(text.folded, quotation.exact):
        return "The words are there, but not between this oa:prefix and oa:suffix: correct those."
    phrase, searched = fold(quotation.exact), text.folded.text[:_SEARCHED]
    found = partial_ratio_alignment(phrase, searched) if phrase else None
    if found is None or found.dest_end <= found.dest_start:
        return _QUOTE
    start = searched.rfind(" ", 0, found.dest_start + 1) + 1
    end = searched.find(" ", found.dest_end - 1)
    nearest = searched[start : end if end >= 0 else len(searched)].strip()
    return f"{_QUOTE} Most like them there: “{nearest}”."


def _tell_apart(quotation: Quotation, spans: Sequence[Span], text: ReadText) -> str:
    """Say which prefix, or else which suffix, tells the places of a phrase apart."""
    options = [next(_tell(quotation, span, text), None) for span in spans[:_PLACES]]
    told = [f"{option} for number {number}" for number, option in enumerate(options, 1) if option]
    return f"{_ADD}: {', '.join(told)}" if told else _ADD


def _tell(quotation: Quotation, span: Span, text: ReadText) -> Iterator[str]:
    before = [word.span() for word in _WORD.finditer(text.content, max(0, span.start - 200), span.start)]
    after = [word.span() for word in _WORD.finditer(text.content, span.end, span.end + 200)]
    for count in range(1, _AROUND + 1):
        if len(before) >= count:
            prefix = fold(text.content[before[-count][0] : span.start])
            if len(prefix) <= _LONGEST_CONTEXT and text.find(quotation._replace(prefix=prefix)) == [span]:
                yield f"oa:prefix {Literal(prefix)}"
        if len(after) >= count:
            suffix = fold(text.content[span.end : after[count - 1][1]])
            if len(suffix) <= _LONGEST_CONTEXT and text.find(quotation._replace(suffix=suffix)) == [span]:
                yield f"oa:suffix {Literal(suffix)}"
