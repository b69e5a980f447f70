"""Shortening: the start of a text that is too long for its place, cut between words, and in no number or date."""

from __future__ import annotations

import re

from migragraph.spelling import MONTHS

__all__ = ["shorten_text"]

_LABEL = 160
_AHEAD = 40
"""How far beyond the cut a number or a date is looked for that begins before it."""

_LOOSE = " \t\r\n,;:(–—-"
"""What leads to the words that are left out, and goes with them."""

_DAYS = r"\d{1,2}(?:\s?[–-]\s?\d{1,2}|\s(?:to|and|đến)\s\d{1,2})?"
_YEAR = r"(?:,?\s(?:năm\s)?\d{4})?"
_WHOLE = re.compile(
    rf"""
    \b(?:
      (?:{_DAYS}\s)?(?:of\s)?(?:{"|".join(MONTHS)})\b(?:\s{_DAYS}(?!\d))?{_YEAR}
      | (?:(?:ngày\s)?{_DAYS}\s)?tháng\s\d{{1,2}}{_YEAR}
      | (?:year|năm|Nos?\.|số)\s\d[\w/.,-]*
      | \d[\d.,]*(?:\s\d{{3}}\b)*\s?(?:thousand|million|billion|nghìn|triệu|tỷ|per\scent|percent|%)
      | \d[\d.,]*(?:\s\d{{3}}\b)+
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A date or a number of more than one word, as our languages write them."""


def shorten_text(text: str, length: int = _LABEL) -> str:
    """Give a text as it is, or its first words and an ellipsis, in so many characters at most."""
    return text if len(text) <= length else f"{text[: _find_cut(text, length - 1)].rstrip(_LOOSE)}…"


def _find_cut(text: str, most: int) -> int:
    """Find the last place for a cut in the first characters of a text, which has more."""
    space = most if text[most].isspace() else max(text.rfind(char, 0, most) for char in " \n\t\u00a0")
    for found in _WHOLE.finditer(text[: most + _AHEAD]):
        if found.start() < space < found.end():
            space = found.start()
    return space if space > 0 else _cut_word(text, most)


def _cut_word(text: str, most: int) -> int:
    """Cut a word that is longer than what there is room for, not between two digits if it has anything else."""
    end = most
    while end and text[end - 1].isdigit() and text[end].isdigit():
        end -= 1
    return end or most
