"""Queries handed to the parser, and its complaints in words that help."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from migragraph.errors import QueryError
from migragraph.queries.tokens import Token, find_position

__all__ = ["Results", "evaluate"]

Results: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples
"""What a query gives: solutions (SELECT), a boolean (ASK), or triples (CONSTRUCT, DESCRIBE). It can be read once."""

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_CELL = 18
"""More characters than the longest keyword has."""

_WIDTH = 100
"""How much of a line is shown."""

_CLOSE = frozenset({"BNODE", "COALESCE", "CONCAT"})
"""The functions whose bracket has to follow at once."""

_MALFORMED = ("this is not valid SPARQL.", "Look for what is missing before it: '.', ';', a bracket or a keyword.")

_REASONS = {
    "The VALUES clause rows": ("a row of VALUES has not as many values as there are variables.", "Fill with UNDEF."),
    "Repeated variables are not allowed in VALUES": ("VALUES names a variable twice.", "Name it once."),
    "IRI parsing failed": ("the IRI is not absolute, or has a character that no IRI has.", "Write it in full."),
    "language tag parsing failed": ("the language tag is wrong.", "Write for example @en or @vi."),
}
"""What the parser says of the meaning of a place, and how to say it."""

_FAULTS_OF_SELECT = {
    "Duplicated variable name in SELECT": ("SELECT names a variable twice.", "Name it once."),
    "The SELECT overrides an existing variable": (
        "SELECT gives a value to a variable that has one.",
        "Take a new one.",
    ),
    "variable that is unbound": (
        "SELECT shows a variable that is neither grouped nor aggregated.",
        "Add it to GROUP BY, or aggregate it, for example by SAMPLE(...).",
    ),
    "SELECT * is not authorized with GROUP BY": ("SELECT * cannot be grouped.", "Name the columns."),
}
"""What it says of a SELECT as a whole; it does so at its end."""

_CUT = ("the query ends too early.", "Complete it.")
_INCOMPLETE = (
    "this is not valid SPARQL.",
    "Before it a triple is not complete, or BIND gives a value to a variable that has one.",
)


def evaluate(
    store: Store, text: str, tokens: Sequence[Token], texts: Sequence[str], *, path: Path | str | None = None
) -> Results:
    """Run a query, its tokens written as ``texts``; raise QueryError, with places in ``text``, where it fails."""
    written = _close_up(tokens, texts)
    try:
        return store.query("".join(written))
    except SyntaxError as error:
        raise _explain(error, text, tokens, written, path) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}.", path=path) from error


def _close_up(tokens: Sequence[Token], texts: Sequence[str]) -> list[str]:
    """Take out the space that pyoxigraph 0.5 refuses between some functions and their brackets."""
    written = list(texts)
    for index, (function, space, bracket) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        if bracket.text == "(" and space.kind == "space" and function.word in _CLOSE:
            written[index + 1] = ""
    return written


def _explain(
    error: SyntaxError, text: str, tokens: Sequence[Token], texts: Sequence[str], path: Path | str | None
) -> QueryError:
    expected, index = _find_culprit(tokens, texts) or (str(error), None)
    fault = next((fault for said, fault in _FAULTS_OF_SELECT.items() if said in expected), None)
    if fault or index is None:
        message, advice = fault or _MALFORMED
        return QueryError(message, path=path, advice=advice)
    token = tokens[min(index, len(tokens) - 1)]
    if index == len(tokens):
        message, advice = _CUT
    elif token.kind == "variable" and texts[index] != token.text:
        message, advice = f"the value of {token.text} cannot stand here.", f"It is{texts[index].rstrip()}."
    else:
        otherwise = _INCOMPLETE if token.text == "}" else _MALFORMED
        message, advice = next((reason for said, reason in _REASONS.items() if said in expected), otherwise)
    line, column = find_position(text, token.start)
    return QueryError(f"{message}\n{_show(text, line, column)}", path=path, line=line, column=column, advice=advice)


def _find_culprit(tokens: Sequence[Token], texts: Sequence[str]) -> tuple[str, int] | None:
    """Parse once more to find the token that the parser stumbles over (or the end), and what it says there.

    It names the furthest place that it looked at, and for each keyword that it tries it looks ahead by the length of
    that: often into the next line. So each token gets so much room that this look never reaches the next one.
    """
    code = [index for index, token in enumerate(tokens) if token.is_code]
    cells = [texts[index] if tokens[index].word in _CLOSE else f"{texts[index]:<{_CELL}} " for index in code]
    laid_out = "".join(cells)
    try:
        Store().query(laid_out + " " * _CELL)
    except SyntaxError as error:
        if place := _PLACE.match(str(error)):
            offset = _find_offset(laid_out, int(place[1]), int(place[2]))
            order = bisect_right(list(accumulate(map(len, cells))), offset)
            return place[3], code[order] if order < len(code) else len(tokens)
    return None


def _find_offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(before) + 1 for before in lines[: line - 1]) + column - 1


def _show(text: str, line: int, column: int) -> str:
    """Give a line, or the part of it around a column, with a mark below the column."""
    whole = text.split("\n")[line - 1]
    start = max(0, column - _WIDTH // 2) if len(whole) > _WIDTH else 0
    shown = "".join(char if char.isprintable() else " " for char in whole[start : start + _WIDTH])
    return f"    {shown.rstrip()}\n    {'^':>{column - start}}"
