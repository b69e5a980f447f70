"""The reach of a query: which triples it can match at all, by the algebra that rdflib's parser gives.

A store that holds these and no others gives it the same answer. Of a query that looks into named graphs, whose paths
may have no steps, or with any form that is not known here, nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.closure import Pair

__all__ = ["Reach", "join_reaches", "keep_reached", "read_reach"]

Node: TypeAlias = NamedNode | BlankNode

Reach: TypeAlias = Mapping[NamedNode, frozenset[NamedNode] | None]
"""The predicates of the triples that are matched, each with the objects, or None where any object is."""

Values: TypeAlias = Mapping[str, frozenset[NamedNode]]
"""The IRIs that VALUES gives to variables."""

_QUERIES = frozenset({"AskQuery", "SelectQuery"})
_SCOPES = frozenset({"AggregateJoin", "Group", "Project"})
"""The forms outside of which a variable is not the one within."""

_MODIFIERS = _SCOPES | {"Distinct", "Extend", "Filter", "OrderBy", "Reduced", "Slice"}
"""The forms that pass on what one pattern, their ``p``, gives them, or less of it."""

_EXISTS = frozenset({"Builtin_EXISTS", "Builtin_NOTEXISTS"})


class _UnreadError(Exception):
    """Say that a query has a form that is not read."""


class _Pattern(NamedTuple):
    """A triple pattern: its predicates, or the variable in their place, and its objects, the variable, or None."""

    predicates: Sequence[NamedNode] | str
    objects: frozenset[NamedNode] | str | None

    def limit(self, values: Values) -> _Pattern:
        """Put what VALUES gives to variables in their place."""
        predicates, objects = self
        if isinstance(predicates, str) and predicates in values:
            predicates = sorted(values[predicates], key=str)
        return _Pattern(predicates, values.get(objects, objects) if isinstance(objects, str) else objects)

    def reach(self) -> Reach:
        """Give what the pattern matches; raise _UnreadError where it may be any triple."""
        if isinstance(self.predicates, str):
            raise _UnreadError
        return dict.fromkeys(self.predicates, None if isinstance(self.objects, str) else self.objects)


Part: TypeAlias = tuple[list[_Pattern], Values]


def read_reach(text: str) -> Reach | None:
    """Give the reach of a SELECT or ASK query, or None where it is not known."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(text)).algebra
    except Exception:  # It raises exceptions of many kinds for what it does not read.
        return None
    try:
        return _Reader().read(algebra)
    except (_UnreadError, ValueError):
        # An IRI may be relative, or none that pyoxigraph takes.
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
    """Go through the algebra of a query (https://www.w3.org/TR/sparql11-query/#sparqlAlgebra)."""

    def __init__(self) -> None:
        self._apart: list[_Pattern] = []

    def read(self, query: Any) -> Reach:
        """Read a query; raise _UnreadError where it has a form that is not known."""
        if query.name not in _QUERIES or query.datasetClause:
            raise _UnreadError
        patterns, _ = self._read(query.p)
        return join_reaches(pattern.reach() for pattern in (*patterns, *self._apart))

    def _read(self, node: Any) -> Part:
        """Give the patterns that a solution of a part matches, some or all, and the VALUES that it agrees with."""
        if node.name == "BGP":
            return [_read_triple(*triple) for triple in node.triples], {}
        if node.name == "Join":
            return self._join(self._read(node.p1), self._read(node.p2))
        if node.name == "Union":
            return [*self._read(node.p1)[0], *self._read(node.p2)[0]], {}
        if node.name in {"LeftJoin", "Minus"}:
            # A solution without the second part may have other values.
            self._apart += self._read(node.p2)[0]
            self._read_expressions(node.expr)
            return self._read(node.p1)
        if node.name == "ToMultiSet":
            return ([], _read_values(node.p.res)) if node.p.name == "values" else self._read(node.p)
        if node.name in _MODIFIERS:
            return self._modify(node)
        raise _UnreadError

    def _join(self, one: Part, other: Part) -> Part:
        # Where both have values for a variable, either will do: what agrees with both agrees with one.
        values = {**one[1], **other[1]}
        return [pattern.limit(values) for pattern in (*one[0], *other[0])], values

    def _modify(self, node: Any) -> Part:
        for name, part in dict.items(node):
            if name != "p":
                self._read_expressions(part)
        patterns, values = self._read(node.p)
        if node.name not in _SCOPES:
            return patterns, values
        self._apart += patterns
        return [], {}

    def _read_expressions(self, part: Any) -> None:
        """Read the groups that stand in expressions."""
        if isinstance(part, list | tuple | set):
            for one in part:
                self._read_expressions(one)
        elif getattr(part, "name", None) in _EXISTS:
            if str(part.graph.name).startswith("GroupGraphPattern"):
                # It translates groups in FILTER and BIND, not those in ORDER BY.
                raise _UnreadError
            self._apart += self._read(part.graph)[0]
        elif isinstance(part, dict):
            for one in dict.values(part):
                self._read_expressions(one)


def _read_triple(_: object, verb: Any, value: object) -> _Pattern:
    from rdflib import URIRef, Variable

    if isinstance(verb, Variable):
        predicates: Sequence[NamedNode] | str = str(verb)
    else:
        predicates = list(_list_steps(verb))
    if not isinstance(verb, URIRef | Variable):
        # The object of a path is not that of each of its steps.
        return _Pattern(predicates, None)
    if isinstance(value, Variable):
        return _Pattern(predicates, str(value))
    return _Pattern(predicates, frozenset({NamedNode(value)}) if isinstance(value, URIRef) else None)


def _list_steps(path: Any) -> Iterator[NamedNode]:
    """List the predicates of a path; raise _UnreadError for one that may have no steps, or any others than those."""
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, OneOrMore, SequencePath

    if isinstance(path, URIRef):
        yield NamedNode(path)
    elif isinstance(path, AlternativePath | SequencePath):
        for one in path.args:
            yield from _list_steps(one)
    elif isinstance(path, InvPath):
        yield from _list_steps(path.arg)
    elif isinstance(path, MulPath) and path.mod == OneOrMore:
        yield from _list_steps(path.path)
    else:
        raise _UnreadError


def _read_values(rows: Iterable[Mapping[Any, object]]) -> Values:
    """Read VALUES: for each variable its values, where all of these are IRIs."""
    from rdflib import URIRef

    found: dict[str, list[object]] = {}
    listed = list(rows)
    for row in listed:
        for variable, value in row.items():
            found.setdefault(str(variable), []).append(value)
    return {
        name: frozenset(NamedNode(str(value)) for value in values)
        for name, values in found.items()
        if len(values) == len(listed) and all(isinstance(value, URIRef) for value in values)
    }
