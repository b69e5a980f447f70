"""The queries of a shapes graph, looked at before they run: https://www.w3.org/TR/shacl/#sparql-constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from migragraph.namespaces import SH
from migragraph.shacl.shapes import Shapes
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["find_query_fault"]

QUERIES = tuple(SH[name] for name in ("select", "ask", "construct"))
REMOTE = {"DatasetClause": "FROM", "ServiceGraphPattern": "SERVICE"}


def find_query_fault(shapes: Shapes) -> ShapeFault | None:
    """Give the first query that does not parse, or that reads from elsewhere, by the parser that will run it."""
    faults = (_judge(text.value) for facts in shapes.values() for query in QUERIES for text in facts.get(query, []))
    nodes = (node for node, facts in shapes.items() for query in QUERIES for _ in facts.get(query, []))
    return next((ShapeFault(node, *fault) for node, fault in zip(nodes, faults, strict=True) if fault), None)


@cache
def _judge(query: str) -> tuple[str, str] | None:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        names = set(_walk(parseQuery(query)))
    except ParseException as error:
        message = f"The query of the shape does not parse at {error.lineno}:{error.column} ({error.msg})."
        return message, "Correct the query: https://www.w3.org/TR/sparql11-query/"
    except RecursionError:
        return "The query of the shape is nested too deeply.", "Write it flatter."
    for name in sorted(names & REMOTE.keys()):
        return (
            f"The query of the shape has {REMOTE[name]}, which reads from elsewhere.",
            "Write it over the data alone.",
        )
    return None


def _walk(part: Any) -> Iterator[str]:
    """Give the names of all parts of a parsed query."""
    if isinstance(part, dict):
        yield part.name  # type: ignore[attr-defined]
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, Iterable) else ():
        if not isinstance(inner, str):
            yield from _walk(inner)
