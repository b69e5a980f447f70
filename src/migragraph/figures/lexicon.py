"""Lexicon: the words of a language with the roles that they play, each spelled as one code of a pattern.

A phrase becomes a string with one character, its code, for each token, so that a rule over words is a regular
expression over codes. Words with the same roles share a code; a word that a rule names has a code of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["SHAPES", "Lexicon", "build_lexicon", "split_entry"]

Roles = frozenset[str]

_ENTRY = re.compile(r"\+?[^\W\d_][^\W_]*|\d+|[^\w\s]|_")
_FIRST = 0x80  # From here on no character means anything in a regular expression, and sets of the first are fast.

_DIGITS = frozenset(("digits", "number"))
SHAPES: Mapping[str, Roles] = {
    "lower": frozenset(("lower",)),
    "plural": frozenset(("plural",)),
    "capital": frozenset(("capital",)),
    "name": frozenset(("name",)),
    "mark": frozenset(("mark",)),
    "sign": frozenset(("sign", "'-'")),
    "malformed": frozenset(("malformed",)),
    "amount": _DIGITS,
    "decimal": _DIGITS | {"decimal"},
    "integer": _DIGITS | {"integer"},
    "two-digit": _DIGITS | {"integer", "two-digit"},
    "day": _DIGITS | {"integer", "day"},
    "day-two-digit": _DIGITS | {"integer", "day", "two-digit"},
    "year": _DIGITS | {"year"},
    "old-year": _DIGITS | {"old-year"},
    "nth": frozenset(("ordinal",)),
    "nth-day": frozenset(("ordinal", "day")),
    "decade": frozenset(("decade",)),
    "tens-of-age": frozenset(("tens-of-age",)),
}
"""The roles of what is known by its form and not by a word list; a form names them as it names those of words."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a language.

    ``words`` give for a word as printed its code (none where it is only a part of entries) and its key; ``shapes`` the
    code of each shape; ``roles`` the codes that have a role, or that are the word that a form names; ``chunks`` the
    code of what a level makes; ``sequences`` for the key of a first word the entries of more than one word that it
    begins, as keys, the longest first.
    """

    words: Mapping[str, tuple[str, str]]
    shapes: Mapping[str, str]
    roles: Mapping[str, frozenset[str]]
    chunks: Mapping[str, str]
    sequences: Mapping[str, tuple[tuple[str, ...], ...]]

    def has(self, code: str, role: str) -> bool:
        """Tell whether a code has a role."""
        return code in self.roles.get(role, ())


def split_entry(entry: str) -> tuple[str, ...]:
    """Split an entry of a word list into its keys; what begins with a capital keeps it, the rest is folded."""
    if entry.isalpha() and entry.isascii():  # The common case, of which there are thousands.
        return (entry if entry[0] <= "Z" else entry.casefold(),)
    return tuple([word if word[:1].isupper() else word.casefold() for word in _ENTRY.findall(entry)])


def build_lexicon(entries: Mapping[str, Iterable[str]], literals: Iterable[str], chunks: Iterable[str]) -> Lexicon:
    """Build the lexicon of the entries of each role, the words that forms name, and the roles that levels make.

    An entry of more than one word is its keys with spaces between them.
    """
    roles_of: dict[str, set[str]] = {literal: {f"'{literal}'"} for literal in literals}
    sequences: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for role, words in entries.items():
        for word in words:
            roles_of.setdefault(word, set()).add(role)
            keys = tuple(word.split(" "))
            if len(keys) > 1:
                sequences[keys[0]].add(keys)
                for key in keys:
                    roles_of.setdefault(key, set())
    for key, roles in roles_of.items():
        if key[:1].isupper() and key.casefold() in roles_of:
            roles.update(roles_of[key.casefold()])
            sequences[key] |= sequences[key.casefold()]
    return _number(roles_of, {role: frozenset((role,)) for role in chunks}, sequences)


def _number(
    roles_of: Mapping[str, set[str]], chunks: Mapping[str, Roles], sequences: Mapping[str, set[tuple[str, ...]]]
) -> Lexicon:
    signatures = {key: frozenset(roles) for key, roles in roles_of.items()}
    numbered = sorted({*SHAPES.values(), *chunks.values(), *signatures.values()} - {frozenset()}, key=sorted)
    code_of = {signature: chr(_FIRST + number) for number, signature in enumerate(numbered)}
    roles: dict[str, set[str]] = defaultdict(set)
    for signature, code in code_of.items():
        for role in signature:
            roles[role].add(code)
    words: dict[str, tuple[str, str]] = {}
    for key in sorted(signatures):  # Capitals first: "MAY" is the month.
        words[key] = (code_of.get(signatures[key], ""), key)
        if key[:1].isupper():
            words.setdefault(key.upper(), words[key])
    return Lexicon(
        words=words,
        shapes={name: code_of[signature] for name, signature in SHAPES.items()},
        roles={role: frozenset(codes) for role, codes in roles.items()},
        chunks={role: code_of[signature] for role, signature in chunks.items()},
        sequences={
            first: tuple(sorted(found, key=lambda keys: (-len(keys), keys)))
            for first, found in sequences.items()
            if found
        },
    )
