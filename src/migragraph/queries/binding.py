"""Parameters of a query bound as terms, in every scope.

A variable is replaced by its term among the tokens, never in the raw text, so that a name in a string, an IRI or a
comment stays as it is. Where the grammar wants a variable and no term:

- ``SELECT ?_x`` becomes ``SELECT (term AS ?_x)``; in a subquery the column gets a name of its own, for the outer SELECT
  may name ``?_x`` too;
- ``GROUP BY ?_x`` and ``ORDER BY ?_x`` become ``GROUP BY (term)`` and ``ORDER BY (term)``: the constant groups all
  solutions into one, and none into none;
- ``BOUND(?_x)`` becomes ``(true)``;
- ``AS ?_x`` and the variables of ``VALUES`` are a QueryError: a parameter has its value already.

A term that cannot stand in its place (a literal as predicate or graph name) is left to the parser to refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.errors import QueryError
from migragraph.queries.clauses import Place, locate
from migragraph.queries.tokens import Token, find_position, read_tokens

__all__ = ["bind", "bind_tokens"]

Term = NamedNode | BlankNode | Literal | Triple


def bind(query_text: str, terms: Mapping[str, Term], *, path: Path | str | None = None) -> str:
    """Replace variables, named without their ``?``, by terms; raise QueryError where that cannot be."""
    tokens = tuple(read_tokens(query_text))
    return "".join(bind_tokens(query_text, tokens, terms, path=path))


def bind_tokens(
    query_text: str, tokens: Sequence[Token], terms: Mapping[str, Term], *, path: Path | str | None = None
) -> list[str]:
    """Give the text of each token of a query with its variables replaced."""
    for name, term in terms.items():
        if not isinstance(term, NamedNode | Literal):
            raise QueryError(f"?{name} cannot be {term}.", path=path, advice="Give an IRI or a literal.")
    texts = [token.text for token in tokens]
    if not terms:
        return texts
    places = tuple(locate(tokens))
    for order, place in enumerate(places):
        name = place.token.text[1:]
        if place.token.kind != "variable" or name not in terms:
            continue
        if place.clause == "values" or place.previous.word == "AS":
            line, column = find_position(query_text, place.token.start)
            message = f"{place.token.text} is a parameter, and gets a value here too."
            raise QueryError(message, path=path, line=line, column=column, advice="Take another variable.")
        test = _find_test(places, order)
        if test is not None:
            texts[test], texts[place.number] = " ", "true"
        else:
            # A space on either side, or a term would grow together with what stands next to it.
            texts[place.number] = f" {_write(place, terms[name], tokens)} "
    return texts


def _find_test(places: Sequence[Place], order: int) -> int | None:
    """Give the number of BOUND where it tests the variable of a place."""
    if order < 2 or places[order - 1].token.text != "(" or places[order - 2].token.word != "BOUND":
        return None
    return places[order - 2].number


def _write(place: Place, term: Term, tokens: Iterable[Token]) -> str:
    if place.clause == "select":
        return f"({term} AS {place.token.text if place.depth == 0 else _find_free(place, tokens)})"
    return f"({term})" if place.clause in {"group", "order"} else str(term)


def _find_free(place: Place, tokens: Iterable[Token]) -> str:
    """Give a variable that stands nowhere else in the query."""
    taken = {token.text[1:] for token in tokens if token.kind == "variable"}
    name = f"{place.token.text[1:]}_{place.number}"
    while name in taken:
        name += "_"
    return f"?{name}"
