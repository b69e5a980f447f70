"""Folding: names without what people do not type alike, and the refusal of what is no name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from migragraph.errors import CallError

__all__ = ["check_name", "fold_name"]

_D = str.maketrans({"đ": "d", "Đ": "D"})
_NOT_LETTERS = re.compile(r"[\W_]+")
_NO_TEXT = ("Cc", "Cs", "Cn")


@lru_cache(maxsize=10_000)
def fold_name(text: str) -> str:
    """Fold what people do not type alike: case, diacritics ("đ" as "d"), punctuation and white space."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_D))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_LETTERS.sub(" ", bare.casefold()).strip()


def check_name(text: str) -> str:
    """Strip a name of the white space around it; raise CallError where none is left, or where it is no text."""
    name = text.strip()
    if not name:
        raise CallError("the name is empty.", advice="Name a thing by an IRI, a CURIE, a label or a number.")
    if bad := next((letter for letter in name if unicodedata.category(letter) in _NO_TEXT), None):
        raise CallError(f"the name holds a character that is no text: U+{ord(bad):04X}.", advice="Leave it out.")
    return name
