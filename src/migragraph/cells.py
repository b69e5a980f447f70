"""Cells that a spreadsheet takes for text: none is run as a formula.

What is guarded against is told at https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import re

__all__ = ["make_inert"]

_MARK = "'"
_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\0", _MARK)
_BLANK_STARTS = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def make_inert(text: str) -> str:
    """Put an apostrophe before what a spreadsheet may run as a formula; a plain number stays as it is.

    A text that begins with an apostrophe gets one more, so that taking off a first apostrophe gives every cell back.
    """
    if _NUMBER.fullmatch(text):
        return text
    is_live = text.startswith(_BLANK_STARTS) or text.strip().startswith(_STARTS)
    return _MARK + text if is_live else text
