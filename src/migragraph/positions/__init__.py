"""Where a subject, a predicate, a term or a prefix stands in a file: line and column, both counted from 1.

The parser gives no positions, so a file in which something was found is read again, by tokens only: one pass, one
regular expression that never backtracks, no graph. It reads Turtle, TriG, N-Triples, N-Quads and SPARQL; of RDF/XML and
JSON-LD no position is known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from migragraph.iris import shorten_iri
from migragraph.positions.scanning import Mention, Scanner, read_mentions, scan_statements, scan_text
from migragraph.positions.tokens import TOKEN, read_value, unescape

__all__ = [
    "Mention",
    "Position",
    "Sought",
    "find_ends",
    "find_mentions",
    "find_positions",
    "find_prefixes",
    "find_strings",
    "find_triples",
    "locate",
    "read_mentions",
    "read_value",
    "scan_text",
]

BY_LINE = {".nt", ".nq"}
READABLE = {".ttl", ".trig", ".rq", *BY_LINE}
# How a string begins of which a line, since it goes on below, shows only so many characters as a token.
QUOTES = {1: ('"', "'"), 2: ('"""', "'''")}
BLOCK_SIZE = 1 << 20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A line of N-Triples or N-Quads is a statement: no need to look at its tokens.
SUBJECT = re.compile(rb"[ \t]*+(<[^>\n]*+>|_:[^\s<]++)")
STATEMENT = re.compile(
    r"""^[ \t\ufeff]*+(<[^>\n]*+>|_:[^\s<]++)[ \t]*+<([^>\n]*+)>"""
    r"""(?>(?:[ \t]*+(<[^>\n]*+>|"(?>(?:[^"\\\n]++|\\.)*)"))?)""",
    re.MULTILINE,
)

Pair: TypeAlias = tuple[str, str | None]
Sought: TypeAlias = tuple[str, str | None, str | None]


class Position(NamedTuple):
    """A place in a text, both numbers counted from 1."""

    line: int
    column: int


def find_positions(path: Path, wanted: Collection[Pair], *, base: str = "") -> Mapping[Pair, Position]:
    """Find where subjects (IRI or ``_:label``) stand, and where a predicate stands in the block of its subject.

    Where the predicate is not found the subject's place is given; for a nested node ``thing#class-key``, the thing's.
    Pairs that are not found, and files that cannot be read, are left out. Relative IRIs are resolved with ``base``.
    """
    found = find_triples(path, [(subject, predicate, None) for subject, predicate in wanted], base=base)
    return {(subject, predicate): place for (subject, predicate, _), place in found.items()}


def find_triples(path: Path, wanted: Collection[Sought], *, base: str = "") -> Mapping[Sought, Position]:
    """Find where values of predicates stand, each value being an IRI or the text of a literal.

    Where a value is not found, or None, its predicate's place is given, and so on as for ``find_positions``.
    """
    subjects = {name for subject, *_ in wanted for name in (subject, subject.partition("#")[0])}
    if path.suffix in BY_LINE:
        return _choose(_find_by_line(path, subjects), wanted)
    text = _read_text(path)
    values = {value for *_, value in wanted if value is not None}
    offsets: dict[Sought, int] = {}
    predicate: str | None = None
    for role, term, offset, subject, _ in scan_statements(text, subjects, base=base):
        if role in {"subject", "predicate"}:
            predicate = term if role == "predicate" else None
        if subject is not None and subject in subjects and (role in {"subject", "predicate"} or term in values):
            value = None if role in {"subject", "predicate"} else term
            offsets.setdefault((subject, predicate, value), offset)
    return _choose(dict(zip(offsets, locate(text, offsets.values()), strict=True)), wanted)


def _choose(found: Mapping[Sought, Position], wanted: Iterable[Sought]) -> dict[Sought, Position]:
    places = {}
    for sought in wanted:
        subject, predicate, _ = sought
        options = (sought, (subject, predicate, None), (subject, None, None), (subject.partition("#")[0], None, None))
        place = next((found[option] for option in options if option in found), None)
        if place is not None:
            places[sought] = place
    return places


def _find_by_line(path: Path, subjects: Collection[str]) -> dict[Sought, Position]:
    names = {(name if name.startswith("_:") else f"<{name}>").encode() for name in subjects}
    found: dict[Sought, Position] = {}
    passed = b"\n"
    for number, line in _read_lines(path):
        # The lines of one subject mostly stand together.
        if line.startswith(passed):
            continue
        head = SUBJECT.match(line)
        if head is None:
            continue
        if head[1] not in names and b"\\" not in head[1]:
            passed = head[0] if head[1].endswith(b">") else passed
            continue
        predicate: str | None = None
        for role, term, offset, subject, _ in _scan_lines(line.decode(errors="replace")):
            predicate = term if role == "predicate" else predicate
            if subject is not None and subject in subjects:
                found.setdefault((subject, predicate, term if role == "object" else None), Position(number, offset + 1))
    return found


def _read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Give the lines with their numbers, without a byte order mark; none of a file that cannot be read."""
    try:
        with path.open("rb") as stream:
            yield 1, stream.readline().removeprefix(BYTE_ORDER_MARK)
            yield from enumerate(stream, 2)
    except OSError:
        return


def _scan_lines(text: str) -> Iterator[Mention]:
    for match in STATEMENT.finditer(text):
        subject = unescape(match[1].strip("<>"))
        yield Mention("subject", subject, match.start(1), subject)
        yield Mention("predicate", unescape(match[2]), match.start(2) - 1, subject)
        if match[3]:
            yield Mention("object", read_value(match[3]), match.start(3), subject)


def find_ends(path: Path, places: Collection[Position]) -> Mapping[Position, int]:
    """Find the column behind the token that stands at a place, or behind its line where it is longer than that.

    What is no token of Turtle, or not there any more, is left out.
    """
    wanted: dict[int, list[int]] = {}
    for line, column in places if path.suffix in READABLE else ():
        wanted.setdefault(line, []).append(column)
    ends: dict[Position, int] = {}
    for number, data in _read_some_lines(path, wanted):
        text = data.rstrip(b"\r\n").decode(errors="replace")
        for column in wanted[number]:
            token = TOKEN.match(text, column - 1)
            if token is not None and token.lastgroup != "space":
                # Of a string that goes on below, this line has a quote, or what looks like an empty string.
                is_open = len(token[0]) < 3 and text.startswith(QUOTES[len(token[0])], column - 1)
                ends[Position(number, column)] = (len(text) if is_open else token.end()) + 1
    return ends


def _read_some_lines(path: Path, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Give the lines of some numbers, those that are there; newlines are counted a block at a time."""
    waiting = sorted(numbers, reverse=True)
    first = 1
    try:
        with path.open("rb") as stream:
            while waiting and (block := stream.read(BLOCK_SIZE) + stream.readline()):
                following = first + block.count(b"\n")
                if waiting[-1] <= following:
                    lines = (block.removeprefix(BYTE_ORDER_MARK) if first == 1 else block).split(b"\n")
                    while waiting and waiting[-1] < first + len(lines):
                        number = waiting.pop()
                        # What stands behind the last newline of a block is nothing, or the end of the file.
                        if number < following or lines[-1]:
                            yield number, lines[number - first]
                        else:
                            waiting.append(number)
                            break
                first = following
    except OSError:
        return


def find_mentions(path: Path, iris: Collection[str], prefixes: Mapping[str, str]) -> Mapping[str, Position]:
    """Find where each IRI is first mentioned; what stands in a string only (a query in a shape) by its short name.

    ``prefixes`` are known before the file declares its own.
    """
    text = _read_text(path)
    offsets: dict[str, int] = {}
    for mention in _scan(path, text, prefixes):
        if mention.role != "prefix" and mention.iri in iris:
            offsets.setdefault(mention.iri, mention.offset)
    for iri in iris:
        offset = text.find(shorten_iri(iri, prefixes))
        if iri not in offsets and offset >= 0:
            offsets[iri] = offset
    return dict(zip(offsets, locate(text, offsets.values()), strict=True))


def find_prefixes(path: Path, names: Collection[str]) -> Mapping[str, Position]:
    """Find where each prefix (without its colon) is first declared."""
    text = _read_text(path)
    declared = [mention for mention in _scan(path, text) if mention.role == "prefix" and mention.name in names]
    offsets = {mention.name: mention.offset for mention in reversed(declared) if mention.name is not None}
    return dict(zip(offsets, locate(text, offsets.values()), strict=True))


def find_strings(path: Path, wanted: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Position]:
    """Find where strings first stand in the blocks of subjects; what is not found is left out."""
    text = "" if path.suffix in BY_LINE else _read_text(path)
    offsets: dict[tuple[str, str], int] = {}
    for role, string, offset, subject, _ in Scanner({}, "", with_literals=True).scan(text):
        if role == "string" and subject is not None and (subject, string) in wanted:
            offsets.setdefault((subject, string), offset)
    return dict(zip(offsets, locate(text, offsets.values()), strict=True))


def locate(text: str, offsets: Iterable[int]) -> Iterator[Position]:
    """Turn offsets in a text into lines and columns, in characters."""
    places, line, start = {}, 1, 0
    for offset in sorted(set(offsets := list(offsets))):
        line += text.count("\n", start, offset)
        start = offset
        places[offset] = Position(line, offset - text.rfind("\n", 0, offset))
    return (places[offset] for offset in offsets)


def _read_text(path: Path) -> str:
    if path.suffix not in READABLE:
        return ""
    try:
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return ""


def _scan(path: Path, text: str, prefixes: Mapping[str, str] | None = None, base: str = "") -> Iterator[Mention]:
    return _scan_lines(text) if path.suffix in BY_LINE else scan_text(text, prefixes, base=base)
