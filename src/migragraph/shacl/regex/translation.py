"""Put what only XPath has into the form that the engine takes: https://docs.rs/regex/latest/regex/#syntax.

That is ``\\i`` and ``\\c`` (the characters of XML names), their complements, classes that are taken away from classes,
and in classes the signs ``&&`` and ``~~``, which are operators to the engine and letters to XPath. All else stays as it
is written, so a pattern that has none of these means what it means to the engine.
"""

from __future__ import annotations

from collections.abc import Iterator

from migragraph.shacl.regex.reading import read_pattern
from migragraph.shacl.regex.tree import Branches, Characters, Escape, Group, Range

__all__ = ["translate_pattern"]

# https://www.w3.org/TR/xml/#NT-NameStartChar and NameChar, which \i and \c stand for.
STARTS = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D),
    (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
OTHERS = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
# What a pattern that has any of this in it holds.
SIGNS = ("\\i", "\\c", "\\I", "\\C", "-[", "&&", "~~")
NAMES = {"\\i": STARTS, "\\c": (*STARTS, *OTHERS)}


def translate_pattern(pattern: str, flags: str = "") -> str:
    """Give the pattern in the engine's form; one that is not of XPath, or has nothing of XPath's own, comes back."""
    # Most patterns have none of it, and need not be read.
    if "q" in flags or not any(sign in pattern for sign in SIGNS):
        return pattern
    branches = read_pattern(pattern, flags)
    if branches is None:
        return pattern
    parts, at = [], 0
    for start, end, text in _list_changes(branches):
        parts += [pattern[at:start], text]
        at = end
    return "".join([*parts, pattern[at:]])


def _list_changes(branches: Branches) -> Iterator[tuple[int, int, str]]:
    """Give what of a pattern is to be written otherwise, from left to right: where it begins and ends, and how."""
    for piece in (piece for branch in branches for piece in branch):
        atom = piece.atom
        if isinstance(atom, Group):
            yield from _list_changes(atom.branches)
        elif isinstance(atom, Characters) and _is_of_xpath(atom):
            yield atom.start, atom.end, _write_class(atom)
        elif isinstance(atom, Escape) and (text := _write_names(atom)):
            yield piece.start, piece.start + len(atom.text), text


def _is_of_xpath(characters: Characters) -> bool:
    names = (_write_names(member) for member in characters.members if isinstance(member, Escape))
    doubled = zip(characters.members, characters.members[1:], strict=False)
    return characters.minus is not None or any(names) or any(one == other for one, other in doubled)


def _write_names(escape: Escape) -> str:
    """Write the class that ``\\i`` or ``\\c`` or a complement of these stands for; nothing for other escapes."""
    ranges = NAMES.get(escape.text.lower()) if escape.text[1:] in "icIC" else None
    if ranges is None:
        return ""
    inner = "".join(_write_range(chr(first), chr(last)) for first, last in ranges)
    return f"[{'^' if escape.text[1:].isupper() else ''}{inner}]"


def _write_class(characters: Characters) -> str:
    """Write a class in which only the taken-away part is outside of the negation, as XPath has it."""
    members = "".join(_write_member(member) for member in characters.members)
    own = f"[{'^' if characters.is_negated else ''}{members}]"
    return own if characters.minus is None else f"[{own}--{_write_class(characters.minus)}]"


def _write_member(member: Range | Escape) -> str:
    if isinstance(member, Range):
        return _write_range(member.first, member.last)
    return _write_names(member) or member.text


def _write_range(first: str, last: str) -> str:
    ends = dict.fromkeys((first, last))
    return "-".join(f"\\x{{{ord(end):X}}}" for end in ends)
