"""Where each token of a query stands: in which clause, behind what, how many brackets deep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from migragraph.queries.tokens import BRACKETS, Token

__all__ = ["Place", "list_columns", "locate"]

_OPENED = {
    "SELECT": "select",
    "WHERE": "pattern",
    "FROM": "pattern",
    "GROUP": "group",
    "HAVING": "having",
    "ORDER": "order",
    "LIMIT": "limit",
    "OFFSET": "limit",
    "VALUES": "values",
}
"""The clause that a keyword opens."""

_CLOSERS = frozenset(BRACKETS.values())


class Place(NamedTuple):
    """A token that is code, its number among all tokens, and where it stands.

    ``clause`` is a clause of ``SELECT`` and its modifiers, ``values`` (the variables of VALUES), ``data`` (its rows),
    ``pattern`` (in braces or square brackets), ``triple`` (in ``<<``), ``expression`` (in round brackets: an
    expression, or else a list or a path) or empty. ``depth`` counts the brackets open around it.
    """

    token: Token
    number: int
    previous: Token
    clause: str
    depth: int


def locate(tokens: Iterable[Token]) -> Iterator[Place]:
    """Give the place of each token that is more than space or comment."""
    clauses = [""]
    previous = Token("space", "", 0)
    for number, token in enumerate(tokens):
        if not token.is_code:
            continue
        if token.kind == "word":
            opened = _OPENED.get(token.word)
            if opened and clauses[-1] not in {"expression", "data"}:
                clauses[-1] = opened
        elif token.text in _CLOSERS and len(clauses) > 1:
            clauses.pop()
        yield Place(token, number, previous, clauses[-1], len(clauses) - 1)
        if token.text in BRACKETS:
            clauses.append(_open(token.text, clauses))
        previous = token


def _open(bracket: str, clauses: list[str]) -> str:
    """Give the clause inside a bracket, and close the one before it where the bracket ends that."""
    outer = clauses[-1]
    if bracket == "(":
        return outer if outer in {"values", "data"} else "expression"
    if bracket == "{" and outer in {"values", "select"}:
        clauses[-1] = "pattern"
        return "data" if outer == "values" else "pattern"
    return "triple" if bracket.startswith("<<") else "pattern"


def list_columns(places: Iterable[Place]) -> tuple[str, ...]:
    """Give the variables that the outermost SELECT names, in order; none where it says ``*``."""
    head = takewhile(lambda place: place.depth or (place.clause != "pattern" and place.token.text != "{"), places)
    return tuple(
        place.token.text[1:]
        for place in head
        if place.token.kind == "variable"
        and (
            (place.depth == 0 and place.clause == "select")
            or (place.depth == 1 and place.clause == "expression" and place.previous.word == "AS")
        )
    )
