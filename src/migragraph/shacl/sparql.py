"""The queries of a shapes graph, parsed, and looked at before they run: https://www.w3.org/TR/shacl/#sparql-constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from migragraph.namespaces import RDF, SH
from migragraph.shacl.declarations import name_parameter, read_parameters, read_prefixes
from migragraph.shacl.shapes import Resource, Shapes, Term, objects
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["PREBOUND", "Question", "find_query_fault", "keep_forms", "list_questions", "parse_query"]

PREBOUND = ("this", "shapesGraph", "currentShape")
"""The variables that have a value before any query of a constraint runs."""

QUERIES = tuple(SH[name] for name in ("select", "ask", "construct"))
REMOTE = {"DatasetClause": "FROM", "ServiceGraphPattern": "SERVICE"}
# https://www.w3.org/TR/shacl/#pre-binding
FORBIDDEN = {"MinusGraphPattern": "MINUS", "InlineData": "VALUES", "ValuesClause": "VALUES"}
TARGET_TYPES = {SH["SPARQLTarget"], SH["SPARQLTargetType"]}
OPTIONAL_IN_SUBSELECT = {"shapesGraph", "currentShape"}


class Question(NamedTuple):
    """Hold all that the judgement of a query and its algebra depend on.

    ``bound`` are the variables that have a value before it runs, none where it is no constraint's.
    """

    text: str
    prefixes: tuple[tuple[str, str], ...]
    bound: tuple[str, ...]


def list_questions(shapes: Shapes) -> Iterator[tuple[Resource, list[Question]]]:
    """Give each node of a shapes graph that has queries of one kind, with these; a well-formed one has one query."""
    owners: dict[Term, dict[Resource, None]] = {}
    for owner, facts in shapes.items():
        for node in (node for use in VALIDATORS for node in facts.get(use, ())):
            owners.setdefault(node, {})[owner] = None
    for node, facts in shapes.items():
        for kind in QUERIES:
            if texts := facts.get(kind):
                prefixes = tuple(sorted(read_prefixes(shapes, objects(shapes, node, SH["prefixes"])).items()))
                bound = _list_bound(shapes, node, kind, owners.get(node, ()))
                yield node, [Question(text.value, prefixes, bound) for text in texts]


def find_query_fault(shapes: Shapes) -> ShapeFault | None:
    """Give the first query that does not parse, reads from elsewhere, or has what no query of a shape may have."""
    for node, questions in list_questions(shapes):
        if len(questions) > 1:
            message = f"The shape has {len(questions)} queries at one place, which has at most one."
            return ShapeFault(node, message, "Write a constraint for each query.")
        text, prefixes, bound = questions[0]
        if fault := _judge(text, bound, frozenset(name for name, _ in prefixes)):
            return ShapeFault(node, *fault)
    return None


def _list_bound(shapes: Shapes, node: Resource, kind: NamedNode, owners: Iterable[Resource]) -> tuple[str, ...]:
    if kind == SH["construct"] or TARGET_TYPES.intersection(objects(shapes, node, RDF["type"])):
        return ()
    names = [name_parameter(path) for owner in owners for path in read_parameters(shapes, owner)]
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
def _judge(query: str, bound: tuple[str, ...], prefixes: frozenset[str]) -> tuple[str, str] | None:
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
    return _judge_prefixes(parts, prefixes) or (_judge_binding(parts, bound) if bound else None)


def _judge_prefixes(parts: Iterable[Any], prefixes: frozenset[str]) -> tuple[str, str] | None:
    declared = {str(part.prefix or "") for part in parts if part.name == "PrefixDecl"} | prefixes
    for part in parts:
        if part.name == "pname" and str(part.prefix or "") not in declared:
            advice = "Declare it by sh:prefixes: https://www.w3.org/TR/shacl/#sparql-prefixes"
            return f"The query of the shape has the prefix {part.prefix or ''}:, which is not declared.", advice
    return None


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
