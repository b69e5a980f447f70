"""A query run on an Oxigraph store, for all rows of values at once or for one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from migragraph.errors import QueryError
from migragraph.queries.binding import bind_tokens
from migragraph.queries.guard import check_query
from migragraph.queries.tokens import Token
from migragraph.shacl.apart.requests import Request
from migragraph.shacl.shapes import Term

__all__ = ["run_jointly", "run_singly"]

Solutions: TypeAlias = tuple[tuple[str, ...], list[tuple[int, tuple[Term | None, ...]]]]
"""The names of columns, and rows of these, each with the number of the row of values that it belongs to."""


def run_jointly(store: Store, request: Request) -> Solutions:
    """Run a query once with ?this free; raise ValueError or SyntaxError where it cannot be run so.

    All other variables have one value in all rows, and are replaced by it.
    """
    place = request.names.index("this")
    numbers = {row[place]: number for number, row in enumerate(request.rows)}
    if len(numbers) != len(request.rows):
        raise ValueError("rows differ in more than ?this")
    others = {name: term for name, term in zip(request.names, request.rows[0], strict=True) if name != "this"}
    answers = _select(store, request, others)
    names = tuple(variable.value for variable in answers.variables)
    found = ((numbers.get(answer["this"]), tuple(answer)) for answer in answers)
    return names, [(number, answer) for number, answer in found if number is not None]


def run_singly(store: Store, request: Request) -> Solutions:
    """Run a query for each row, its values in the place of its variables, in every scope."""
    tokens = _check(request)
    names: tuple[str, ...] = ()
    solutions: list[tuple[int, tuple[Term | None, ...]]] = []
    for number, row in enumerate(request.rows):
        values = dict(zip(request.names, row, strict=True))
        answers = store.query(_bind(request, tokens, values))
        if isinstance(answers, QueryBoolean):
            solutions += [(number, ())] if answers else []
        elif isinstance(answers, QuerySolutions):
            names = tuple(variable.value for variable in answers.variables)
            solutions += ((number, tuple(answer)) for answer in answers)
    return names, solutions


def _select(store: Store, request: Request, values: Mapping[str, Term]) -> QuerySolutions:
    answers = store.query(_bind(request, _check(request), values))
    if not isinstance(answers, QuerySolutions):
        raise TypeError("a query that selects nothing")
    return answers


def _write(request: Request) -> str:
    return "".join([*_declare(request.prefixes), request.text])


def _declare(prefixes: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, iri in prefixes:
        yield f"PREFIX {name}: {NamedNode(iri)}\n"


def _check(request: Request) -> tuple[Token, ...]:
    """Judge a query before the parser sees it: what is too deep or too long, or reads from elsewhere, is refused."""
    try:
        return check_query(_write(request))
    except QueryError as error:
        raise ValueError(error.message) from error


def _bind(request: Request, tokens: tuple[Token, ...], values: Mapping[str, Term]) -> str:
    terms = {name: term for name, term in values.items() if isinstance(term, NamedNode | Literal)}
    if len(terms) < len(values):
        raise ValueError("a blank node has no name in a query")
    try:
        return "".join(bind_tokens(_write(request), tokens, terms))
    except QueryError as error:
        raise ValueError(error.message) from error
