"""Patterns that Python may run in the engine's place: it finds the same, in time that grows with the text alone.

Such a pattern has no flags and no escapes for many characters, whose tables differ from one program to another. At a
place of the text it can be tried in a few ways; only behind a ``^``, which holds at one place, may one character stand
any number of times.
"""

from __future__ import annotations

import re
from functools import cache
from math import inf, prod

from migragraph.shacl.regex.python import compile_pattern
from migragraph.shacl.regex.reading import read_pattern
from migragraph.shacl.regex.tree import Anchor, Characters, Escape, Group, Piece

__all__ = ["compile_simple"]

MOST_WAYS = 100
MOST_TIMES = LONGEST = 1000
# So often a group of several ways may stand at the most.
MOST_TURNS = 7


@cache
def compile_simple(pattern: str, flags: str = "") -> re.Pattern[str] | None:
    """Give the pattern as one of Python for texts without a newline, or None where it is not so simple."""
    branches = None if flags else read_pattern(pattern, flags)
    if branches is None or len(pattern) > LONGEST or sum(map(_count_ways_of_branch, branches)) > MOST_WAYS:
        return None
    return compile_pattern(pattern)


def _count_ways_of_branch(pieces: tuple[Piece, ...]) -> float:
    """Count the ways to try a branch at one place; what stands any number of times behind ``^`` counts once."""
    endless = [piece for piece in pieces if piece.most is None]
    if len(endless) == 1 and _is_start(pieces[0]) and _is_plain(endless[0]):
        return prod(_count_ways(piece) for piece in pieces if piece.most is not None)
    return prod(map(_count_ways, pieces))


def _is_start(piece: Piece) -> bool:
    return piece.atom == Anchor("^") and piece.most == 1


def _count_ways(piece: Piece) -> float:
    if piece.most is None or piece.most > MOST_TIMES or (isinstance(piece.atom, Anchor) and piece.least != piece.most):
        return inf
    if not isinstance(piece.atom, Group):
        return piece.most - piece.least + 1 if _is_plain(piece) else inf
    inner = sum(prod(map(_count_ways, pieces)) for pieces in piece.atom.branches)
    if inner > 1 and piece.most > MOST_TURNS:
        return inf
    return sum(inner**times for times in range(piece.least, piece.most + 1))


def _is_plain(piece: Piece) -> bool:
    """Tell whether a piece is of one character, or of none, whose meaning is the same everywhere."""
    atom = piece.atom
    if isinstance(atom, Characters):
        return atom.minus is None and not any(isinstance(member, Escape) for member in atom.members)
    return not isinstance(atom, Escape | Group)
