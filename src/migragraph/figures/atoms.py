"""Atoms: a form cut into its words, roles, groups and signs, and the codes that they, or the whole form, begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from migragraph.figures.lexicon import Lexicon

__all__ = ["Atom", "FormError", "Start", "find_start", "spell_codes", "spell_set", "split_form"]

_ATOM = re.compile(
    r"""\s+ | (?P<slot>[a-z]+): | <(?P<role>[a-z-]+)> | \{(?P<macro>[a-z-]+)\} | (?P<quantity>[?*]|\{\d,\d\})
    | (?P<look>[&!])\( | (?P<behind>@) | (?P<mark>[(|)])
    | (?P<literal>\\.|[^\W\d_]+|\d+|[^\w\s<>{}()|?*&!@\\:])""",
    re.VERBOSE,
)


class FormError(ValueError):
    """A form that cannot be compiled, and why."""


class Atom(NamedTuple):
    """A piece of a form: what it is, and its text."""

    kind: str
    text: str


class Start(NamedTuple):
    """The codes that a piece of a form may begin with, and whether it may be empty."""

    codes: frozenset[str]
    empty: bool


def split_form(form: str) -> Iterator[Atom]:
    """Cut a form into its atoms; raise FormError where it cannot be read."""
    place = 0
    while place < len(form):
        match = _ATOM.match(form, place)
        if match is None:
            raise FormError(f"{form[place:]!r} cannot be read")
        place = match.end()
        if match.lastgroup:
            yield Atom(match.lastgroup, match[match.lastgroup].removeprefix("\\"))


def spell_codes(atom: Atom, lexicon: Lexicon) -> frozenset[str]:
    """Give the codes that a word or role may be; raise FormError where there is none."""
    codes = lexicon.roles.get(f"'{atom.text}'" if atom.kind == "literal" else atom.text)
    if not codes:
        raise FormError(f"no word has the role <{atom.text}>")
    return codes


def find_start(atoms: Sequence[Atom], lexicon: Lexicon) -> Start:
    """Find what a form, in atoms, may begin with."""
    start, _ = _read_ways(atoms, 0, lexicon)
    return start


def _read_ways(atoms: Sequence[Atom], place: int, lexicon: Lexicon) -> tuple[Start, int]:
    """Read alternatives up to the bracket that closes them; give the place after it."""
    ways: list[Start] = []
    while True:
        way, place = _read_way(atoms, place, lexicon)
        ways.append(way)
        place += 1
        if place > len(atoms) or atoms[place - 1].text == ")":
            break
    return Start(frozenset().union(*(way.codes for way in ways)), any(way.empty for way in ways)), place


def _read_way(atoms: Sequence[Atom], place: int, lexicon: Lexicon) -> tuple[Start, int]:
    """Read one alternative as far as it may be empty; give the place of the mark that ends it."""
    codes: frozenset[str] = frozenset()
    while place < len(atoms) and not _ends(atoms[place]):
        piece, place = _read_piece(atoms, place, lexicon)
        codes |= piece.codes
        if place < len(atoms) and atoms[place].kind == "quantity":
            piece = piece._replace(empty=piece.empty or atoms[place].text[:2] in ("?", "*", "{0"))
            place += 1
        if not piece.empty:
            return Start(codes, False), _skip_way(atoms, place)
    return Start(codes, True), place


def _ends(atom: Atom) -> bool:
    return atom.kind == "mark" and atom.text != "("


def _skip_way(atoms: Sequence[Atom], place: int) -> int:
    depth = 0
    while place < len(atoms) and (depth or not _ends(atoms[place])):
        if atoms[place].kind == "look" or atoms[place] == ("mark", "("):
            depth += 1
        elif atoms[place] == ("mark", ")"):
            depth -= 1
        place += 1
    return place


def _read_piece(atoms: Sequence[Atom], place: int, lexicon: Lexicon) -> tuple[Start, int]:
    atom = atoms[place]
    if atom.kind == "slot":
        return Start(frozenset(), True), place + 1
    if atom.kind == "behind":
        return Start(frozenset(), True), place + 2
    if atom.kind == "look":
        _, after = _read_ways(atoms, place + 1, lexicon)
        return Start(frozenset(), True), after
    if atom.kind == "mark":
        return _read_ways(atoms, place + 1, lexicon)
    return Start(spell_codes(atom, lexicon), False), place + 1


def spell_set(codes: Iterable[str]) -> str:
    """Spell codes as a set of a regular expression."""
    runs: list[str] = []
    for code in sorted(codes):
        if runs and ord(code) == ord(runs[-1][-1]) + 1:
            runs[-1] = f"{runs[-1][0]}-{code}"
        else:
            runs.append(code)
    return f"[{''.join(runs)}]"
