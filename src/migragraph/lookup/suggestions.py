"""Suggestions: the names most like one that nothing has; none rather than names that are only a little like it."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["suggest_names"]

_ALIKE = 80
"""How like a word must be to one of a name, of 100."""

_WHOLE = 85
"""How like the whole must be to a name, of 100, where the words do not agree one by one."""

_SHORT = 3
"""Words of fewer letters are in so many names that they tell nothing."""


def suggest_names(asked: str, names: Iterable[str]) -> list[str]:
    """Give the folded names that are like a folded one, the likest first.

    A name is like it where each longer word of it is like a word of the name, or where the whole is. A word with a
    digit must be the same: Law No. 69 is not nearly Law No. 70.
    """
    from rapidfuzz import fuzz, process

    parts = {name: frozenset(name.split()) for name in names}
    vocabulary = sorted({word for words in parts.values() for word in words})
    digits = {word for word in asked.split() if any(map(str.isdigit, word))}
    telling = [word for word in asked.split() if len(word) >= _SHORT and word not in digits]
    kin = [
        {found for found, _, _ in process.extract(word, vocabulary, scorer=fuzz.ratio, limit=None, score_cutoff=_ALIKE)}
        for word in telling
    ]
    ratios = {name: fuzz.ratio(asked, name) for name in parts}
    near = [
        name
        for name, words in parts.items()
        if digits <= words and ((kin and all(words & alike for alike in kin)) or ratios[name] >= _WHOLE)
    ]
    return sorted(near, key=lambda name: (-ratios[name], name))
