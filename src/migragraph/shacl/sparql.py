"""The queries of a shapes graph, parsed, and looked at before they run: https://www.w3.org/TR/shacl/#sparql-constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from pyoxigraph import NamedNode

from migragraph.namespaces import RDF, SH
from migragraph.shacl.shapes import Resource, Shapes, objects
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["PREBOUND", "find_query_fault", "keep_forms", "parse_query"]

PREBOUND = ("this", "shapesGraph", "currentShape")
"""The variables that have a value before any query of a constraint runs."""

QUERIES = tuple(SH[name] for name in ("select", "ask", "construct"))
REMOTE = {"DatasetClause": "FROM", "ServiceGraphPattern": "SERVICE"}
# https://www.w3.org/TR/shacl/#pre-binding
FORBIDDEN = {"MinusGraphPattern": "MINUS", "InlineData": "VALUES", "ValuesClause": "VALUES"}
TARGET_TYPES = {SH["SPARQLTarget"], SH["SPARQLTargetType"]}
OPTIONAL_IN_SUBSELECT = {"shapesGraph", "currentShape"}


def find_query_fault(shapes: Shapes) -> ShapeFault | None:
    """Give the first query that does not parse, reads from elsewhere, or has what no pre-bound query may have."""
    for node, facts in shapes.items():
        for kind in QUERIES:
            for text in facts.get(kind, []):
                bound = () if TARGET_TYPES.intersection(facts.get(RDF["type"], [])) else _list_bound(shapes, node, kind)
                if fault := _judge(text.value, bound):
                    return ShapeFault(node, *fault)
    return None


def _list_bound(shapes: Shapes, node: Resource, kind: NamedNode) -> tuple[str, ...]:
    """List the variables that may have a value before the query runs; none where it is not of a constraint."""
    if kind == SH["construct"]:
        return ()
    owners = [owner for owner, facts in shapes.items() if any(node in facts.get(use, ()) for use in VALIDATORS)]
    parameters = [parameter for owner in owners for parameter in objects(shapes, owner, SH["parameter"])]
    paths = [path.value for parameter in parameters for path in objects(shapes, parameter, SH["path"])]
    names = (path.replace("#", "/").rpartition("/")[2] for path in paths)
    return (*PREBOUND, *names, *(("value",) if kind == SH["ask"] else ()))


VALIDATORS = tuple(SH[name] for name in ("validator", "nodeValidator", "propertyValidator"))


@cache
def parse_query(text: str) -> Any:
    """Parse a query with rdflib, whose literals keep their forms; give its prologue and the rest."""
    from rdflib.plugins.sparql.parser import parseQuery

    with keep_forms():
        return parseQuery(text)


@contextmanager
def keep_forms() -> Iterator[None]:
    """Let rdflib keep the lexical forms of literals inside the block."""
    import rdflib

    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


@cache
def _judge(query: str, bound: tuple[str, ...]) -> tuple[str, str] | None:
    from pyparsing import ParseException

    try:
        parts = list(_walk(parse_query(query)))
    except ParseException as error:
        message = f"The query of the shape does not parse at {error.lineno}:{error.column} ({error.msg})."
        return message, "Correct the query: https://www.w3.org/TR/sparql11-query/"
    except RecursionError:
        return "The query of the shape is nested too deeply.", "Write it flatter."
    names = {part.name for part in parts}
    for name in sorted(names & REMOTE.keys()):
        return (
            f"The query of the shape has {REMOTE[name]}, which reads from elsewhere.",
            "Write it over the data alone.",
        )
    return _judge_binding(parts, bound) if bound else None


def _judge_binding(parts: Iterable[Any], bound: tuple[str, ...]) -> tuple[str, str] | None:
    """Look for what https://www.w3.org/TR/shacl/#pre-binding rules out."""
    for part in parts:
        if part.name in FORBIDDEN:
            return f"The query of the shape has {FORBIDDEN[part.name]}, which SHACL rules out.", ADVICE
        given = part.evar or (part.var if part.name in {"Bind", "GroupAs"} else None)
        if given is not None and str(given) in bound:
            return f"The query of the shape gives a value to ?{given}, which has one.", "Take another variable."
        if part.name == "SubSelect" and (missing := _find_missing(part, bound)):
            return f"A subquery of the shape does not select ?{missing}, which has a value outside.", "Select it."
    return None


def _find_missing(part: Any, bound: tuple[str, ...]) -> str | None:
    selected = {str(item.var) for item in part.projection or () if item != "*"}
    return next((name for name in bound if name not in selected | OPTIONAL_IN_SUBSELECT), None)


ADVICE = "Write it otherwise: https://www.w3.org/TR/shacl/#pre-binding"


def _walk(part: Any) -> Iterator[Any]:
    """Give all parts of a parsed query that have a name."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, Iterable) else ():
        if not isinstance(inner, str):
            yield from _walk(inner)
