"""Lettering: how wide a text is, near enough to wrap it, since no font is at hand when a drawing is made."""

from __future__ import annotations

import unicodedata

from migragraph.site.shortening import shorten_text
from migragraph.wrapping import show_line

__all__ = ["LEADING", "NARROW", "SIZE", "SMALL", "clean_text", "measure_text", "wrap_text"]

SIZE = 14
"""The size of the letters of labels, in pixels."""

SMALL = 12
"""The size of the letters of axes and legends, in pixels; nothing is smaller."""

LEADING = 19
"""The height of a line of labels, in pixels."""

NARROW = 290
"""How wide a text may be, in pixels, so that it fits the narrowest window for which drawings are made (390 pixels)."""

_WIDTHS = {"ijl|!.,:;'’‘ft()[]/I-": 0.39, "mwMW@%—…": 0.98, " ": 0.32, "0123456789": 0.64}
_WIDTH = {char: width for chars, width in _WIDTHS.items() for char in chars}
_CAPITAL, _OTHER, _SQUARE = 0.72, 0.61, 1.0


def clean_text(text: str) -> str:
    """Put a text on one line, with what XML cannot hold, or what would turn the text around, made visible."""
    return show_line(text)


def measure_text(text: str, size: int = SIZE) -> float:
    """Give the width of a text in pixels, in the widest of the fonts that readers are likely to have."""
    return size * sum(map(_measure_char, unicodedata.normalize("NFC", text)))


def wrap_text(text: str, width: float = NARROW, size: int = SIZE, lines: int = 3) -> list[str]:
    """Wrap a text into lines no wider than ``width`` pixels; one that needs more lines ends in an ellipsis."""
    whole = " ".join(text.split())
    # More than this cannot fit, for nothing with a width is narrower than a space.
    shown = shorten_text(whole, lines * (int(width / size / _WIDTH[" "]) + 1))
    while len(wrapped := _wrap_words(shown, width, size)) > lines:
        shown = shorten_text(whole, len(shown) - 1)
    return wrapped


def _wrap_words(text: str, width: float, size: int) -> list[str]:
    words = [part for word in text.split() for part in _split_word(word, width, size)]
    wrapped = [""]
    for word in words:
        longer = f"{wrapped[-1]} {word}".strip()
        if wrapped[-1] and measure_text(longer, size) > width:
            wrapped.append(word)
        else:
            wrapped[-1] = longer
    return wrapped


def _measure_char(char: str) -> float:
    base = unicodedata.normalize("NFD", char)[0]
    if base in _WIDTH:
        return _WIDTH[base]
    if unicodedata.combining(base):
        return 0
    if unicodedata.east_asian_width(base) in "WF":
        return _SQUARE
    return _CAPITAL if base.isupper() else _OTHER


def _split_word(word: str, width: float, size: int) -> list[str]:
    """Split a word that is wider than a line."""
    parts = [""]
    room = width
    for char in word:
        taken = measure_text(char, size)
        if taken > room and parts[-1]:
            parts.append("")
            room = width
        parts[-1] += char
        room -= taken
    return parts
