"""The reach of a query: which triples it can match at all, as far as its text tells.

A store that holds these and no others gives it the same answer. Only the common forms are read: triples, paths with
``/``, ``|``, ``^`` and ``+``, OPTIONAL, UNION, MINUS, FILTER, BIND, VALUES and sub-queries; of any other query nothing
is known, as of one that looks into named graphs, or whose paths may have no steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.closure import Pair
from migragraph.namespaces import RDF
from migragraph.queries.tokens import Token, read_tokens

__all__ = ["Reach", "join_reaches", "keep_reached", "read_reach"]

Reach: TypeAlias = Mapping[NamedNode, frozenset[NamedNode] | None]
"""The predicates of the triples that are matched, each with the objects, or None where any object is."""

Node: TypeAlias = NamedNode | BlankNode

_TERMS = frozenset({"variable", "iri", "name", "blank", "string", "number"})
_WORDS = frozenset({"BIND", "FILTER", "MINUS", "OPTIONAL", "UNION", "VALUES"})
"""The words with which another part of a group begins."""
_UNREAD = frozenset({"DESCRIBE", "FROM", "GRAPH", "LATERAL", "SERVICE", "BASE"})

Names: TypeAlias = str | NamedNode | None
"""A variable by its text, an IRI, or some other term."""


class _UnreadError(Exception):
    """Say that a query has a form that is not read."""


class _Pattern(NamedTuple):
    """A triple or path pattern: its predicates, or the variable in their place, and its object.

    A variable that VALUES gives IRIs to has these in its place.
    """

    predicates: Collection[NamedNode] | str
    object: Names | frozenset[NamedNode]


def read_reach(text: str) -> Reach | None:
    """Give the reach of a query, or None where it is not known."""
    try:
        tokens = [token for token in read_tokens(text) if token.is_code]
        if any(token.word in _UNREAD for token in tokens):
            return None
        return _Reader(tokens).read()
    except (_UnreadError, IndexError, ValueError):
        return None


def join_reaches(reaches: Iterable[Reach]) -> Reach:
    """Give what any of some queries can match."""
    joined: dict[NamedNode, frozenset[NamedNode] | None] = {}
    for reach in reaches:
        for predicate, objects in reach.items():
            before = joined.get(predicate, frozenset())
            joined[predicate] = None if before is None or objects is None else before | objects
    return joined


def keep_reached(subjects: Iterable[tuple[Node, Iterable[Pair]]], reach: Reach) -> Iterator[Triple]:
    """Give the triples within a reach, of subjects with their predicates and objects."""
    for subject, pairs in subjects:
        for predicate, value in pairs:
            if predicate in reach and ((objects := reach[predicate]) is None or value in objects):
                yield Triple(subject, predicate, value)


class _Reader:
    """Read a query from its first token to its last."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._prefixes: dict[str, str] = {}
        self._found: list[Reach] = []

    def read(self) -> Reach:
        """Read the prologue, then the query: its patterns stand in braces, whatever is between them."""
        while self._word() == "PREFIX":
            name, iri = self._tokens[self._at + 1 : self._at + 3]
            self._prefixes[name.text.removesuffix(":")] = iri.text[1:-1]
            self._at += 3
        if self._word() not in {"SELECT", "ASK"}:
            raise _UnreadError
        self._read_query(None)
        return join_reaches(self._found)

    def _read_query(self, end: str | None) -> None:
        """Read a query, or one within braces up to that which closes them."""
        while self._at < len(self._tokens) and self._text() != end:
            if self._word() == "VALUES":
                self._read_values({})
            elif self._text() == "{":
                self._read_apart()
            else:
                self._at += 1

    def _read_apart(self) -> None:
        """Read a group of its own: what is said around it does not limit what its triples are."""
        self._found += [_find_reach(pattern) for pattern in self._read_group()]

    def _read_group(self) -> list[_Pattern]:
        """Read a group; its triples, and those of the groups that are joined with them, agree with its VALUES."""
        self._take("{")
        patterns: list[_Pattern] = []
        values: dict[str, frozenset[NamedNode] | None] = {}
        if self._word() == "SELECT":
            self._read_query("}")
        while self._text() != "}":
            if self._text() == "{":
                patterns += self._read_group()
            elif self._text() == "." or self._word() == "UNION":
                self._at += 1
            elif self._word() in {"OPTIONAL", "MINUS"}:
                self._at += 1
                self._read_apart()
            elif self._word() in {"FILTER", "BIND"}:
                self._read_condition()
            elif self._word() == "VALUES":
                self._read_values(values)
            else:
                patterns += self._read_triples()
        self._take("}")
        return [_limit(pattern, values) for pattern in patterns]

    def _read_condition(self) -> None:
        """Go past FILTER or BIND and what is in its brackets, or read the group after EXISTS."""
        self._at += 1
        while self._word() in {"NOT", "EXISTS"}:
            self._at += 1
        if self._text() == "{":
            self._read_apart()
        else:
            self._at += self._text() != "("
            self._read_brackets()

    def _read_brackets(self) -> None:
        """Go past an expression, in which groups may stand."""
        self._take("(")
        while self._text() != ")":
            if self._text() == "(":
                self._read_brackets()
            elif self._text() == "{":
                self._read_apart()
            else:
                self._at += 1
        self._take(")")

    def _read_values(self, values: dict[str, frozenset[NamedNode] | None]) -> None:
        """Read data: for each variable its values, or None where one of these is no IRI."""
        self._at += 1
        is_single = self._text() != "("
        names = [token.text for token in self._until("{") if token.kind == "variable"]
        cells = [token for token in self._until("}") if token.text not in {"(", ")"}]
        if not is_single and any(token.kind in {"language", "mark"} for token in cells):
            cells = []
        if not names or not cells or len(cells) % len(names):
            values.update(dict.fromkeys(names))
            return
        for place, name in enumerate(names):
            found = [self._name(cell) for cell in cells[place :: len(names)]]
            iris = frozenset(one for one in found if isinstance(one, NamedNode))
            values[name] = iris if len(found) == sum(isinstance(one, NamedNode) for one in found) else None

    def _until(self, text: str) -> Iterator[Token]:
        while self._text() != text:
            yield self._tokens[self._at]
            self._at += 1
        self._take(text)

    def _read_triples(self) -> Iterator[_Pattern]:
        """Read what is said of one subject."""
        inner = list(self._read_node())
        said = list(self._read_properties())
        if not inner and not said:
            raise _UnreadError
        yield from (*inner, *said)

    def _read_properties(self) -> Iterator[_Pattern]:
        while self._text() not in {".", "}", "]", "{"} and self._word() not in _WORDS:
            if self._text() == ";":
                self._at += 1
                continue
            predicates, is_path = self._read_verb()
            while True:
                value = None if is_path or self._text() == "[" else self._name(self._tokens[self._at])
                yield _Pattern(predicates, value)
                yield from self._read_node()
                if self._text() != ",":
                    break
                self._at += 1

    def _read_node(self) -> Iterator[_Pattern]:
        """Go past a term, or read what is said of a node in square brackets."""
        token = self._tokens[self._at]
        self._at += 1
        if token.text == "[":
            yield from self._read_properties()
            self._take("]")
        elif token.kind not in _TERMS and token.word not in {"TRUE", "FALSE"}:
            raise _UnreadError
        elif token.kind == "string" and self._tokens[self._at].kind == "language":
            self._at += 1
        elif token.kind == "string" and self._text() == "^^":
            self._at += 2

    def _read_verb(self) -> tuple[Sequence[NamedNode] | str, bool]:
        """Read a variable, or a predicate, or the predicates of a path; tell whether it is a path."""
        start = self._at
        if self._tokens[start].kind == "variable":
            self._at += 1
            return self._tokens[start].text, False
        found = list(self._read_path())
        return found, self._at > start + 1

    def _read_path(self) -> Iterator[NamedNode]:
        while True:
            if self._text() == "^":
                self._at += 1
            if self._text() == "(":
                self._take("(")
                yield from self._read_path()
                self._take(")")
            else:
                yield self._read_predicate()
            if self._text() == "+":
                self._at += 1
            if self._text() not in {"/", "|"}:
                return
            self._at += 1

    def _read_predicate(self) -> NamedNode:
        token = self._tokens[self._at]
        self._at += 1
        name = RDF.type if token.word == "A" else self._name(token)
        if not isinstance(name, NamedNode):
            raise _UnreadError
        return name

    def _name(self, token: Token) -> Names:
        if token.kind == "variable":
            return token.text
        if token.kind == "iri" and "\\" not in token.text:
            return NamedNode(token.text[1:-1])
        if token.kind == "name" and "\\" not in token.text:
            prefix, _, local = token.text.partition(":")
            if prefix not in self._prefixes:
                raise _UnreadError
            return NamedNode(self._prefixes[prefix] + local)
        if token.kind in {"iri", "name"}:
            raise _UnreadError
        return None

    def _text(self) -> str:
        return self._tokens[self._at].text

    def _word(self) -> str:
        return self._tokens[self._at].word

    def _take(self, text: str) -> None:
        if self._text() != text:
            raise _UnreadError
        self._at += 1


def _limit(pattern: _Pattern, values: Mapping[str, frozenset[NamedNode] | None]) -> _Pattern:
    predicates, value = pattern
    if isinstance(predicates, str):
        predicates = values.get(predicates) or predicates
    if isinstance(value, str):
        value = values.get(value) or value
    return _Pattern(predicates, value)


def _find_reach(pattern: _Pattern) -> Reach:
    predicates, value = pattern
    if isinstance(predicates, str):
        raise _UnreadError
    objects = frozenset({value}) if isinstance(value, NamedNode) else value
    return dict.fromkeys(predicates, objects if isinstance(objects, frozenset) else None)
