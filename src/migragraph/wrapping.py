"""Wrapping: texts for people in lines of a width."""

from __future__ import annotations

import textwrap

__all__ = ["WIDTH", "wrap_text"]

WIDTH = 100
"""The width of a text where no terminal says another."""


def wrap_text(text: str, first: str, rest: str, width: int) -> list[str]:
    """Wrap a text to a width, with what its first line and the others begin with; words and addresses stay whole."""
    return textwrap.wrap(
        text,
        max(width, len(rest) + 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
