"""Whether a query with ?this free gives, for each node, what it gives with that node in the place of ?this.

Pre-binding replaces a variable in every scope (https://www.w3.org/TR/shacl/#pre-binding), and a query that leaves it
free looks it up in each. The two are equal where every scope that asks for ?this has found it by triples before: then
the solutions for a node are those of all in which ?this is that node. They are not where a filter, an OPTIONAL or a
BIND is first to ask, where a part of the query counts or cuts across nodes, or where something is selected without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal

from migragraph.shacl.fast.queries.algebra import Plan
from migragraph.shacl.fast.queries.syntax import Names
from migragraph.shacl.sparql import parse_query

__all__ = ["EMPTY_PATH", "plan_query"]

THIS = "this"
# Oxigraph starts no path of no steps from what its graph does not have, and how often it counts what a negated set is
# found in depends on what it looks up first.
EMPTY_PATH = "a path that may have no steps"
NEGATED_SET = "a negated property set"


class _DifferentError(Exception):
    """Say that the two are not known to be equal."""


def plan_query(text: str, prefixes: tuple[tuple[str, str], ...]) -> Plan:
    """Say how a query may run outside of the fragment; it parses."""
    prologue, query = parse_query(text)
    names = Names(prologue, prefixes)
    parts = list(_walk(query))
    constants = [names.read_node(part) for part in parts if _is_literal(part)]
    empty = any(_get_name(part) == "PathElt" and part.mod in {"*", "?"} for part in parts)
    negated = any(_get_name(part) == "PathNegatedPropertySet" for part in parts)
    obstacle = EMPTY_PATH if empty else NEGATED_SET if negated else None
    literals = dict.fromkeys(constant for constant in constants if isinstance(constant, Literal))
    return Plan(_is_joint(query), obstacle, tuple(literals))


def _is_joint(query: Any) -> bool:
    try:
        return query.name == "SelectQuery" and _judge_select(query)
    except _DifferentError:
        return False


def _walk(part: Any) -> Iterator[Any]:
    """Give all parts of a parsed query, terms included."""
    yield part
    if not isinstance(part, str):
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, Iterable) else ()
        for one in inner:
            yield from _walk(one)


def _get_name(part: Any) -> str:
    return getattr(part, "name", "") if isinstance(part, dict) else ""


def _is_literal(part: Any) -> bool:
    from rdflib import Literal

    return isinstance(part, Literal) or _get_name(part) == "literal"


def _mentions(part: Any) -> bool:
    from rdflib import Variable

    return any(isinstance(inner, Variable) and str(inner) == THIS for inner in _walk(part))


def _require(condition: object) -> None:
    if not condition:
        raise _DifferentError


def _judge_select(query: Any) -> bool:
    """Tell whether ?this is found in all solutions of a SELECT; raise _DifferentError where it is not equal."""
    _require(not query.limitoffset and not query.valuesClause and not query.datasetClause)
    _require(query.modifier in {None, "", "DISTINCT"})
    is_found = _judge_group(query.where)
    selected = query.projection is None or any(str(item.var) == THIS for item in query.projection if item != "*")
    grouped = (
        [_get_name(part) != "GroupAs" and str(part) for part in query.groupby.condition] if query.groupby else None
    )
    aggregates = any(_get_name(part).startswith("Aggregate_") for part in _walk([query.projection, query.having]))
    if grouped is not None or aggregates:
        _require(grouped is not None and THIS in grouped)
    _require(selected and is_found)
    return True


def _judge_group(group: Any, *, given: bool = False) -> bool:
    """Tell whether ?this is found in all solutions of a group; with ``given`` a filter sees it from outside."""
    if group.name == "SubSelect":
        return _judge_select(group)
    is_found = False
    filters = []
    for part in group.part or ():
        if part.name == "Filter":
            filters.append(part)
        elif part.name == "OptionalGraphPattern":
            _judge_group(part.graph, given=is_found)
            _require(is_found or not _mentions(part.graph))
        elif part.name == "Bind":
            _require(is_found or not _mentions(part.expr))
        else:
            is_found = _judge_part(part) or is_found
    for part in filters:
        _require(is_found or given or not _mentions(part))
        _judge_exists(part)
    return is_found


def _judge_part(part: Any) -> bool:
    if part.name == "TriplesBlock":
        return _mentions(part)
    if part.name == "GroupOrUnionGraphPattern":
        found = [_judge_group(group) for group in part.graph]
        return all(found)
    _require(part.name == "GraphGraphPattern")
    return _judge_group(part.graph)


def _judge_exists(condition: Any) -> None:
    """Require that what EXISTS asks for is plain."""
    for part in _walk(condition):
        if _get_name(part) in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            inner = [_get_name(one) for one in _walk(part.graph)]
            _require(
                not any(name in inner for name in ("SubSelect", "Bind", "GraphGraphPattern", "OptionalGraphPattern"))
            )
