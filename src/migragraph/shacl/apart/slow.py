"""A query run by rdflib, for one row of values after the other, on literals in the form in which they are written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pyoxigraph import Triple

from migragraph.shacl.apart.oxigraph import Solutions
from migragraph.shacl.apart.requests import Request
from migragraph.shacl.sparql import keep_forms
from migragraph.shacl.translation import Translation

__all__ = ["SlowGraph"]


class SlowGraph:
    """Hold a graph as rdflib has it."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._terms = Translation()
        self._graph = self._terms.load(triples)

    def run(self, request: Request) -> Solutions:
        """Give the solutions of a query for all rows; raise ValueError where it cannot be run."""
        from rdflib import Variable

        if "shapesGraph" in request.names:
            raise ValueError("it looks into $shapesGraph, and is beyond what can")
        prepared = _prepare(request.text, request.prefixes)
        names: dict[str, int] = {}
        found: list[tuple[int, dict[str, Any]]] = []
        for number, row in enumerate(request.rows):
            terms = map(self._terms.translate, row)
            bound: dict[Any, Any] = {Variable(name): term for name, term in zip(request.names, terms, strict=True)}
            result = self._graph.query(prepared, initBindings=bound)
            if result.type == "ASK":
                found += [(number, {})] if result.askAnswer else []
                continue
            for solution in result:
                values = {str(name): self._terms.back(value) for name, value in solution.asdict().items()}  # type: ignore[union-attr]
                names |= dict.fromkeys(values, 0)
                found.append((number, values))
        return tuple(names), [(number, tuple(map(values.get, names))) for number, values in found]


@cache
def _prepare(text: str, prefixes: tuple[tuple[str, str], ...]) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    with keep_forms():
        return prepareQuery(text, initNs=dict(prefixes))
