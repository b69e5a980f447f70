"""Where a subject, a predicate, a term or a prefix stands in a file: line and column, both counted from 1.

The parser gives no positions, so a file in which something was found is read again, by tokens only: one pass, one
regular expression that never backtracks, no graph. It reads Turtle, TriG, N-Triples, N-Quads and SPARQL; of RDF/XML and
JSON-LD no position is known.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from migragraph.iris import shorten_iri

__all__ = [
    "Mention",
    "Position",
    "find_mentions",
    "find_positions",
    "find_prefixes",
    "find_strings",
    "locate",
    "scan_text",
]

READABLE = {".ttl", ".trig", ".nt", ".nq", ".rq"}
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

# https://www.w3.org/TR/turtle/#sec-grammar-grammar with the variables of SPARQL and the brackets of RDF 1.2. Letters
# are taken more widely than there: faults are the parser's affair. All repetition is possessive.
LETTER = r"[^\W\d_]"
INNER = r"[\w\-\u00B7]"
LOCAL = r"(?:[\w:\-\u00B7]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
TOKEN = re.compile(
    rf"""
      (?P<space>[\s\ufeff]++ | \#[^\r\n]*+)
    | (?P<string>\"\"\"(?:[^"\\]++|\\.|"{{1,2}}(?!"))*+\"\"\" | '''(?:[^'\\]++|\\.|'{{1,2}}(?!'))*+'''
        | "(?:[^"\\\r\n]++|\\.)*+" | '(?:[^'\\\r\n]++|\\.)*+')
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]++|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
    | (?P<name>(?:{LETTER}(?:{INNER}|\.++(?={INNER}))*+)?:(?:{LOCAL}(?:{LOCAL}|\.++(?={LOCAL}))*+)?)
    | (?P<blank>_:\w(?:{INNER}|\.++(?={INNER}))*+)
    | (?P<tag>@[A-Za-z]++(?:-++[A-Za-z0-9]++)*+)
    | (?P<word>[?$]\w++ | (?:{LETTER}|_)(?:{INNER}|\.++(?={INNER}))*+)
    | (?P<number>[+-]?(?:\d++(?:\.\d++)?|\.\d++)(?:\.?[eE][+-]?\d++)?)
    | (?P<open><<\(?|\{{\||[\[({{])
    | (?P<close>\)?>>|\|\}}|[\])}}])
    | (?P<mark>\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# A line of N-Triples or N-Quads is a statement: no need to look at its tokens.
STATEMENT = re.compile(r"^[ \t\ufeff]*+(<[^>\n]*+>|_:[^\s<]++)[ \t]*+<([^>\n]*+)>", re.MULTILINE)
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
CONTROLS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Position(NamedTuple):
    """A place in a text, both numbers counted from 1."""

    line: int
    column: int


class Mention(NamedTuple):
    """One term where it stands, and the subject of the statement in which it does.

    In a nested node everything is an ``object``. ``name`` is the prefix of a prefixed name. A mention whose role is
    ``prefix`` is a declaration: ``name`` is declared to mean ``iri``. Where strings are asked for, one is a mention
    with the role ``string``, and ``iri`` what it says.
    """

    role: str
    iri: str
    offset: int
    subject: str | None = None
    name: str | None = None


def find_positions(
    path: Path, wanted: Collection[tuple[str, str | None]], *, base: str = ""
) -> Mapping[tuple[str, str | None], Position]:
    """Find where subjects (IRI or ``_:label``) stand, and where a predicate stands in the block of its subject.

    Where the predicate is not found the subject's place is given; for a nested node ``thing#class-key``, the thing's.
    Pairs that are not found, and files that cannot be read, are left out. Relative IRIs are resolved with ``base``.
    """
    text = _read_text(path)
    offsets = _find_offsets(_scan(path, text, base=base), wanted)
    return dict(zip(offsets, locate(text, offsets.values()), strict=True))


def _find_offsets(
    mentions: Iterable[Mention], wanted: Collection[tuple[str, str | None]]
) -> dict[tuple[str, str | None], int]:
    subjects = {name for subject, _ in wanted for name in (subject, subject.partition("#")[0])}
    found: dict[tuple[str, str | None], int] = {}
    for role, iri, offset, subject, _ in mentions:
        if role == "subject" and iri in subjects:
            found.setdefault((iri, None), offset)
        elif role == "predicate" and subject in subjects:
            found.setdefault((subject, iri), offset)
    places = {}
    for subject, predicate in wanted:
        options = ((subject, predicate), (subject, None), (subject.partition("#")[0], None))
        offsets = [found[option] for option in options if option in found]
        if offsets:
            places[subject, predicate] = offsets[0]
    return places


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
    text = "" if path.suffix in {".nt", ".nq"} else _read_text(path)
    offsets: dict[tuple[str, str], int] = {}
    for role, string, offset, subject, _ in _Scanner({}, "", with_strings=True).scan(text):
        if role == "string" and subject is not None and (subject, string) in wanted:
            offsets.setdefault((subject, string), offset)
    return dict(zip(offsets, locate(text, offsets.values()), strict=True))


def locate(text: str, offsets: Iterable[int]) -> Iterator[Position]:
    """Turn offsets in a text into lines and columns, in characters."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for offset in offsets:
        line = bisect.bisect_right(starts, offset)
        yield Position(line, offset - starts[line - 1] + 1)


def _read_text(path: Path) -> str:
    if path.suffix not in READABLE:
        return ""
    try:
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return ""


def _scan(path: Path, text: str, prefixes: Mapping[str, str] | None = None, base: str = "") -> Iterator[Mention]:
    return _scan_lines(text) if path.suffix in {".nt", ".nq"} else scan_text(text, prefixes, base=base)


def scan_text(text: str, prefixes: Mapping[str, str] | None = None, *, base: str = "") -> Iterator[Mention]:
    """Give the terms of a Turtle, TriG or SPARQL text in their order; ``prefixes`` are known before its own."""
    return _Scanner(dict(prefixes or {}), base).scan(text)


def _scan_lines(text: str) -> Iterator[Mention]:
    for match in STATEMENT.finditer(text):
        subject = _unescape(match[1].strip("<>"))
        yield Mention("subject", subject, match.start(1), subject)
        yield Mention("predicate", _unescape(match[2]), match.start(2) - 1, subject)


def _unescape(text: str) -> str:
    def char(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return CONTROLS.get(match[3], match[3]) if code is None else chr(min(int(code, 16), 0x10FFFF))

    return ESCAPE.sub(char, text) if "\\" in text else text


def _read_string(token: str) -> str:
    width = 3 if token.startswith(('"""', "'''")) else 1
    return _unescape(token[width:-width])


class _Scanner:
    """Follow the statements of Turtle or TriG (SPARQL has other ones, but its terms and prefixes are the same)."""

    def __init__(self, prefixes: dict[str, str], base: str, *, with_strings: bool = False) -> None:
        self.prefixes = prefixes
        self.base = base
        self.with_strings = with_strings
        # What the next term will be: a role, or a part of a directive ("prefix", "namespace", "base").
        self.state = "subject"
        self.subject: str | None = None
        self.depth = 0
        self.declared = ("", 0)

    def scan(self, text: str) -> Iterator[Mention]:
        """Give each term; a term that opens a statement is given with the next token, which may show a graph's name."""
        first: Mention | None = None
        for match in TOKEN.finditer(text):
            kind = match.lastgroup
            if kind == "string" and self.with_strings:
                yield Mention("string", _read_string(match[0]), match.start(), self.subject)
            if kind in {"space", "string", "number"}:
                continue
            token = match[0]
            if first is not None:
                yield first._replace(role="object") if token == "{" else first
                first = None
            if kind in {"iri", "name", "blank"} or token == "a":
                mention = self._read_term(kind, token, match.start())
                if mention is not None and mention.role == "subject":
                    first = mention
                elif mention is not None:
                    yield mention
            else:
                self._read_mark(kind, token)
        if first is not None:
            yield first

    def _read_term(self, kind: str | None, token: str, offset: int) -> Mention | None:
        if self.state == "prefix":
            self.declared, self.state = (token.removesuffix(":"), offset), "namespace"
            return None
        iri = self._resolve(kind, token)
        if self.state == "namespace":
            (name, offset), self.state = self.declared, "subject"
            self.prefixes[name] = iri
            return Mention("prefix", iri, offset, None, name)
        if self.state == "base":
            self.base, self.state = iri, "subject"
            return None
        role = self.state if self.depth == 0 else "object"
        if role == "subject":
            self.subject = iri
        if self.depth == 0:
            self.state = "predicate" if role == "subject" else "object"
        return Mention(role, iri, offset, self.subject, token.partition(":")[0] if kind == "name" else None)

    def _resolve(self, kind: str | None, token: str) -> str:
        if kind == "iri":
            iri = _unescape(token[1:-1])
            return iri if SCHEME.match(iri) else urljoin(self.base, iri)
        if kind == "name":
            prefix, _, local = token.partition(":")
            return self.prefixes.get(prefix, f"{prefix}:") + _unescape(local)
        return token if kind == "blank" else RDF_TYPE

    def _read_mark(self, kind: str | None, token: str) -> None:
        if token.lower() in {"@prefix", "prefix"}:
            self.state, self.depth = "prefix", 0
        elif token.lower() in {"@base", "base"}:
            self.state, self.depth = "base", 0
        elif token in {"{", "}"}:
            self._start_statement()
        elif kind == "open":
            self.depth += 1
        elif kind == "close":
            self.depth = max(0, self.depth - 1)
            if self.depth == 0 and self.state == "subject":
                self.subject, self.state = None, "predicate"
        elif self.depth == 0 and token in {".", ";"}:
            self.state = "subject" if token == "." else "predicate"

    def _start_statement(self) -> None:
        self.depth, self.subject, self.state = 0, None, "subject"
