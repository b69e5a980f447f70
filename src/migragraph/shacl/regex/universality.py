"""Whether a regular expression is found in every text, so that a test for it tests nothing.

What is recognised is certain; that a pattern is not recognised says nothing. A branch of the pattern is found in every
text where it can be empty at the start (``a*``, ``^a?``) or at the end (``a*$``), or where it spans all of any text
(``^.*$`` with the flag ``s``, ``^[\\s\\S]*$``, ``^(.|\\n)*$``), or of any line with the flag ``m`` (``^.*$``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migragraph.shacl.regex.reading import read_pattern
from migragraph.shacl.regex.tree import Anchor, Atom, Characters, Dot, Escape, Group, Letter, Piece, Range

__all__ = ["is_universal"]

LINE, ALL = "any character of a line", "any character"
# Each of these and its complement together are all characters.
PAIRED = frozenset("dswic")


def is_universal(pattern: str, flags: str = "") -> bool:
    """Tell whether it is certain that a pattern is found in every text, the empty one included."""
    branches = read_pattern(pattern, flags)
    return branches is not None and any(_is_found(list(_flatten(branch)), flags) for branch in branches)


def _flatten(branch: Iterable[Piece]) -> Iterator[Piece]:
    """Give pieces with those of groups that stand once and have one branch in the place of these."""
    for piece in branch:
        atom = piece.atom
        if isinstance(atom, Group) and len(atom.branches) == 1 and (piece.least, piece.most) == (1, 1):
            yield from _flatten(atom.branches[0])
        else:
            yield piece


def _is_found(pieces: list[Piece], flags: str) -> bool:
    signs = [piece.atom.sign if _is_anchor(piece) else "" for piece in pieces]  # type: ignore[union-attr]
    if not all(sign or _can_be_empty(piece) for piece, sign in zip(pieces, signs, strict=True)):
        return False
    if "^" not in signs or "$" not in signs:
        return True
    first, last = len(signs) - signs[::-1].index("^"), signs.index("$")
    return any(_spans(piece, flags) for piece in pieces[first:last])


def _is_anchor(piece: Piece) -> bool:
    return isinstance(piece.atom, Anchor) and piece.least > 0


def _can_be_empty(piece: Piece) -> bool:
    """Tell whether a piece is found between any two characters."""
    if piece.least == 0:
        return True
    branches = piece.atom.branches if isinstance(piece.atom, Group) else ()
    return any(all(map(_can_be_empty, branch)) for branch in branches)


def _spans(piece: Piece, flags: str) -> bool:
    """Tell whether a piece is any text, or with the flag m any line."""
    if piece.least == 0 and piece.most is None:
        return (LINE if "m" in flags else ALL) in set(_widen(_list_alternatives(piece.atom), flags))
    if not isinstance(piece.atom, Group) or piece.most == 0:
        return False
    branches = [list(_flatten(branch)) for branch in piece.atom.branches]
    return any(all(map(_can_be_empty, branch)) and any(_spans(one, flags) for one in branch) for branch in branches)


def _list_alternatives(atom: Atom) -> Iterator[Atom]:
    """Give the atoms for one character of which an atom is any, as far as it is so."""
    if not isinstance(atom, Group):
        yield atom
        return
    for pieces in (list(_flatten(branch)) for branch in atom.branches):
        if len(pieces) == 1 and pieces[0].least <= 1 and pieces[0].most != 0:
            yield from _list_alternatives(pieces[0].atom)


def _widen(atoms: Iterator[Atom], flags: str) -> Iterator[str]:
    """Say which of the widest sets the atoms are together."""
    parts = list(atoms)
    members = [member for atom in parts for member in _list_members(atom)]
    escapes = {member.text[1:] for member in members if isinstance(member, Escape)}
    has_dot = any(isinstance(atom, Dot) for atom in parts)
    has_newline = any(isinstance(member, Range) and member.first <= "\n" <= member.last for member in members)
    is_all = any(letter in escapes and letter.upper() in escapes for letter in PAIRED)
    if is_all or (has_dot and ("s" in flags or has_newline)):
        yield ALL
        yield LINE
    elif has_dot:
        yield LINE


def _list_members(atom: Atom) -> Iterator[Range | Escape]:
    if isinstance(atom, Letter):
        yield Range(atom.char, atom.char)
    elif isinstance(atom, Escape):
        yield atom
    elif isinstance(atom, Characters) and not atom.is_negated and atom.minus is None:
        yield from atom.members
