"""Scanning: the terms of a text in their order, each with its role and the subject of its statement."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

from migragraph.positions.tokens import BLOCK, PLAIN_BLOCK, TOKEN, read_string, unescape

__all__ = ["Mention", "Scanner", "read_mentions", "scan_statements", "scan_text"]

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# The queries that are kept in mind.
TEXTS_KEPT = 1024
BOOLEANS = {"true", "false"}
# It is no node of its own.
EMPTY = re.compile(r"\(\s*+\)")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Mention(NamedTuple):
    """One term where it stands, and the subject of the statement in which it does.

    In a nested node everything is an ``object``. ``name`` is the prefix of a prefixed name. A mention whose role is
    ``prefix`` is a declaration: ``name`` is declared to mean ``iri``. Where literals are asked for, one is a mention
    with the role ``string``, or ``literal`` for a number or boolean, and ``iri`` what it says; and the subject of
    the first statement that begins with ``[`` or ``(`` is ``[]1``, that of the second one ``[]2``, and so on.
    """

    role: str
    iri: str
    offset: int
    subject: str | None = None
    name: str | None = None


@lru_cache(maxsize=TEXTS_KEPT)
def read_mentions(text: str, prefixes: tuple[tuple[str, str], ...]) -> tuple[Mention, ...]:
    """Give what ``scan_text`` gives of a query, for all that look at it, and for a run that does so again and again."""
    return tuple(scan_text(text, dict(prefixes)))


def scan_text(text: str, prefixes: Mapping[str, str] | None = None, *, base: str = "") -> Iterator[Mention]:
    """Give the terms of a Turtle, TriG or SPARQL text in their order; ``prefixes`` are known before its own."""
    return Scanner(dict(prefixes or {}), base).scan(text)


def scan_statements(text: str, subjects: Collection[str], *, base: str = "") -> Iterator[Mention]:
    """Give the terms of the statements about ``subjects``, and of those that begin with no term (``[``, ``PREFIX``).

    What else there is is passed over, a whole statement at a time.
    """
    scanner, start = Scanner({}, base, with_literals=True), 0
    # What may be one of them here, in the ways in which it can be written without an escape.
    candidates = {*subjects, *(f"<{iri}>" for iri in subjects)}
    declared: set[tuple[str, str]] = set()
    is_between = True
    while start < len(text):
        block = PLAIN_BLOCK.match(text, start) or BLOCK.match(text, start)
        if block is None or block.end() == start:  # there is no such text: BLOCK takes any character
            return
        kind, end = block.lastgroup, block.end()
        term = block[kind] if is_between and kind is not None else None
        is_other = kind == "name" and term is not None and term not in candidates and "\\" not in term
        is_passed = is_other or (term is not None and scanner.resolve(kind, term) not in subjects)
        if not is_passed:
            yield from scanner.scan(text, start, end)
            is_between = scanner.is_between
            for name, iri in scanner.prefixes.items() - declared:
                declared.add((name, iri))
                candidates.update(f"{name}:{one[len(iri) :]}" for one in subjects if one.startswith(iri))
        start = end


class Scanner:
    """Follow the statements of Turtle or TriG (SPARQL has other ones, but its terms and prefixes are the same)."""

    def __init__(self, prefixes: dict[str, str], base: str, *, with_literals: bool = False) -> None:
        self.prefixes = prefixes
        self.base = base
        self.with_literals = with_literals
        # What the next term will be: a role, or a part of a directive ("prefix", "namespace", "base").
        self.state = "subject"
        self.subject: str | None = None
        self.depth = 0
        self.declared = ("", 0)
        self.anonymous = 0

    @property
    def is_between(self) -> bool:
        """Tell whether a statement may begin here."""
        return self.state == "subject" and self.depth == 0

    def scan(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """Give each term; a term that opens a statement is given with the next token, which may show a graph's name."""
        first: Mention | None = None
        for match in TOKEN.finditer(text, start, len(text) if end is None else end):
            kind = match.lastgroup
            if self.with_literals and (kind in {"string", "number"} or match[0] in BOOLEANS):
                said = read_string(match[0]) if kind == "string" else match[0]
                yield Mention("string" if kind == "string" else "literal", said, match.start(), self.subject)
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
                if self._opens_node(token) and not EMPTY.match(text, match.start()):
                    yield self._open_anonymous(match.start())
                elif kind == "open" and self.is_between:
                    self.subject = None
                self._read_mark(kind, token)
        if first is not None:
            yield first

    def _opens_node(self, token: str) -> bool:
        return self.with_literals and token in {"[", "("} and self.is_between

    def _open_anonymous(self, offset: int) -> Mention:
        self.anonymous += 1
        self.subject = f"[]{self.anonymous}"
        return Mention("subject", self.subject, offset, self.subject)

    def _read_term(self, kind: str | None, token: str, offset: int) -> Mention | None:
        if self.state == "prefix":
            self.declared, self.state = (token.removesuffix(":"), offset), "namespace"
            return None
        iri = self.resolve(kind, token)
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

    def resolve(self, kind: str | None, token: str) -> str:
        """Give the IRI that a token means here, or the label of a blank node as it is."""
        if kind == "iri":
            iri = unescape(token[1:-1])
            return iri if SCHEME.match(iri) else urljoin(self.base, iri)
        if kind == "name":
            prefix, _, local = token.partition(":")
            return self.prefixes.get(prefix, f"{prefix}:") + unescape(local)
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
                self.state = "predicate"
        elif self.depth == 0 and token in {".", ";"}:
            self.state = "subject" if token == "." else "predicate"

    def _start_statement(self) -> None:
        self.depth, self.subject, self.state = 0, None, "subject"
