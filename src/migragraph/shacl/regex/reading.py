"""Read a regular expression of XPath: https://www.w3.org/TR/xpath-functions-31/#regex-syntax."""

from __future__ import annotations

import re
from functools import cache

from migragraph.shacl.regex.tree import (
    Anchor,
    Atom,
    Branches,
    Characters,
    Dot,
    Escape,
    Group,
    Letter,
    Piece,
    Range,
    UnreadError,
)

__all__ = ["read_pattern"]

# Deeper than any pattern that is written by hand.
DEEPEST = 50
QUANTITY = re.compile(r"([?*+]|\{(?P<least>[0-9]{1,6})(?P<comma>,(?P<most>[0-9]{1,6})?)?\})\??")
QUANTITIES: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
CATEGORY = re.compile(r"\\[pP]\{[^{}]*\}")
# https://www.w3.org/TR/xmlschema11-2/#nt-SingleCharEsc, and the dollar of XPath.
SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {char: char for char in r"\|.?*+(){}-[]^$"}
SPACE = " \t\n\r"


@cache
def read_pattern(pattern: str, flags: str = "") -> Branches | None:
    """Give the branches of a pattern, or None where it is not one of XPath, or nested too deeply.

    The flag ``x`` takes away what is white outside of classes, ``q`` makes all characters stand for themselves.
    """
    if "q" in flags:
        return (tuple(Piece(Letter(char), 1, 1, at, at + 1) for at, char in enumerate(pattern)),)
    reader = _Reader(pattern, is_loose="x" in flags)
    try:
        branches = reader.read_branches(0)
    except UnreadError:
        return None
    return branches if reader.at == len(pattern) else None


class _Reader:
    """Go through a pattern from its start; ``at`` is the place that is read next."""

    def __init__(self, pattern: str, *, is_loose: bool) -> None:
        self.pattern = pattern
        self.at = 0
        self._is_loose = is_loose

    def read_branches(self, depth: int) -> Branches:
        """Read what stands between the signs ``|``, up to the end or a closing bracket."""
        if depth > DEEPEST:
            raise UnreadError
        branches = [self._read_branch(depth)]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._read_branch(depth))
        return tuple(branches)

    def _read_branch(self, depth: int) -> tuple[Piece, ...]:
        pieces = []
        while (char := self._peek()) not in {"", "|", ")"}:
            if self._is_loose and char in SPACE:
                self.at += 1
                continue
            start = self.at
            atom = self._read_atom(depth)
            least, most = self._read_quantity()
            pieces.append(Piece(atom, least, most, start, self.at))
        return tuple(pieces)

    def _peek(self, ahead: int = 0) -> str:
        return self.pattern[self.at + ahead : self.at + ahead + 1]

    def _take(self) -> str:
        self.at += 1
        if self.at > len(self.pattern):
            raise UnreadError
        return self.pattern[self.at - 1]

    def _read_atom(self, depth: int) -> Atom:
        char = self._take()
        if char == "(":
            return self._read_group(depth)
        if char == "[":
            return self.read_class(depth)
        if char == "\\":
            return self._read_escape()
        if char in "?*+{}]":
            raise UnreadError
        return Dot() if char == "." else Anchor(char) if char in "^$" else Letter(char)

    def _read_quantity(self) -> tuple[int, int | None]:
        while self._is_loose and self._peek() in set(SPACE):
            self.at += 1
        found = QUANTITY.match(self.pattern, self.at)
        if found is None:
            return 1, 1
        self.at = found.end()
        if found["least"] is None:
            return QUANTITIES[found[1]]
        least = int(found["least"])
        return least, int(found["most"]) if found["most"] else None if found["comma"] else least

    def _read_group(self, depth: int) -> Group:
        if self._peek() == "?":
            if self._peek(1) != ":":
                raise UnreadError
            self.at += 2
        branches = self.read_branches(depth + 1)
        if self._take() != ")":
            raise UnreadError
        return Group(branches)

    def _read_escape(self) -> Letter | Escape:
        """Read what stands behind a backslash; of back references and what XPath does not know nothing is known."""
        if found := CATEGORY.match(self.pattern, self.at - 1):
            self.at = found.end()
            return Escape(found[0])
        char = self._take()
        return Letter(SINGLE[char]) if char in SINGLE else Escape(f"\\{char}")

    def read_class(self, depth: int) -> Characters:
        """Read a class, its opening bracket being read: https://www.w3.org/TR/xmlschema11-2/#nt-charClassExpr."""
        if depth > DEEPEST:
            raise UnreadError
        start = self.at - 1
        is_negated = self._peek() == "^"
        self.at += is_negated
        members: list[Range | Escape] = []
        minus = None
        while minus is None and (self._peek() != "]" or not members):
            if self._peek() == "-" and self._peek(1) == "[" and members:
                self.at += 2
                minus = self.read_class(depth + 1)
            else:
                members.append(self._read_member())
        if self._take() != "]":
            raise UnreadError
        return Characters(is_negated, tuple(members), minus, start, self.at)

    def _read_member(self) -> Range | Escape:
        first = self._read_character()
        if isinstance(first, Escape) or self._peek() != "-" or self._peek(1) in {"]", "["}:
            return first if isinstance(first, Escape) else Range(first.char, first.char)
        self.at += 1
        last = self._read_character()
        if isinstance(last, Escape) or last.char < first.char:
            raise UnreadError
        return Range(first.char, last.char)

    def _read_character(self) -> Letter | Escape:
        char = self._take()
        if char == "\\":
            return self._read_escape()
        if char in "[]" or (char == "-" and self._peek() == "-"):
            raise UnreadError
        return Letter(char)
