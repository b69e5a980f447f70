"""Wrapping: texts for people, each on one line or in lines of a width, with nothing in them that a terminal obeys."""

from __future__ import annotations

import textwrap

__all__ = ["WIDTH", "count_things", "show_exactly", "show_line", "wrap_text"]

WIDTH = 100
"""The width of a text where no terminal says another."""


def count_things(number: int, noun: str) -> str:
    """Say how many there are."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def show_line(text: str) -> str:
    """Keep a text on one line, and control characters visible: no terminal, log or markup takes them for its own."""
    return show_exactly(" ".join(text.split()))


def show_exactly(text: str) -> str:
    """Make control characters visible, and leave spaces as they are, as in the name of a file."""
    return text if text.isprintable() else "".join(_show_char(char) for char in text)


def _show_char(char: str) -> str:
    return char if char.isprintable() else f"\\u{ord(char):04X}"


def wrap_text(text: str, first: str, rest: str, width: int) -> list[str]:
    """Wrap a text to a width, with what its first line and the others begin with; words and addresses stay whole."""
    return textwrap.wrap(
        show_line(text),
        max(width, len(rest) + 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
