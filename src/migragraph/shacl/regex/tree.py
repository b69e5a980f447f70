"""A regular expression as values: branches of pieces, each an atom and how often it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "Anchor",
    "Atom",
    "Branches",
    "Characters",
    "Dot",
    "Escape",
    "Group",
    "Letter",
    "Piece",
    "Range",
    "UnreadError",
]


class UnreadError(Exception):
    """Say that a pattern is not one of XPath."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Hold a character that stands for itself."""

    char: str


@dataclass(frozen=True, slots=True)
class Dot:
    """Stand for any character, or for any but a newline."""


@dataclass(frozen=True, slots=True)
class Escape:
    """Hold an escape for many characters, such as ``\\d`` or ``\\p{L}``; of some (``\\b``) nothing is known."""

    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Stand for the start (``^``) or the end (``$``)."""

    sign: str


@dataclass(frozen=True, slots=True)
class Range:
    """Hold the first and the last character of a range."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Characters:
    """Hold a class of characters, what is taken away from it, and where it stands in the pattern."""

    is_negated: bool
    members: tuple[Range | Escape, ...]
    minus: Characters | None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Hold branches in round brackets."""

    branches: Branches


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold an atom and how often it stands, ``most`` being None where there is no end, and where it stands."""

    atom: Atom
    least: int
    most: int | None
    start: int
    end: int


Atom: TypeAlias = Letter | Dot | Escape | Anchor | Characters | Group
Branches: TypeAlias = tuple[tuple[Piece, ...], ...]
