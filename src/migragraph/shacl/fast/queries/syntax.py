"""Read the text of a query into its algebra, by rdflib's parser: https://www.w3.org/TR/sparql11-query/#sparqlQuery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import XSD
from migragraph.shacl.fast.model import Path
from migragraph.shacl.fast.queries.algebra import (
    Aggregate,
    Bgp,
    Call,
    Exists,
    Expression,
    Extend,
    Filter,
    InShapes,
    Join,
    LeftJoin,
    Node,
    OutsideError,
    Pattern,
    Select,
    TriplePattern,
    Union,
    Variable,
)
from migragraph.shacl.sparql import parse_query

__all__ = ["Names", "read_query"]

ARGUMENTS = ("arg", "arg1", "arg2", "arg3", "text", "start", "length", "pattern", "replacement", "flags", "expr")
CHAINS = {"ConditionalOrExpression": "||", "ConditionalAndExpression": "&&"}
SIGNS = {"UnaryNot": "!", "UnaryMinus": "NEGATE", "UnaryPlus": "PLUS"}


@cache
def read_query(text: str, prefixes: tuple[tuple[str, str], ...]) -> Select:
    """Give the algebra of a SELECT or ASK query; raise OutsideError where it leaves the fragment."""
    prologue, query = parse_query(text)
    return _Reader(Names(prologue, prefixes)).read_select(query)


class _Reader:
    """Read the parts of a parsed query, and name the columns that have no name."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._numbers = count()

    def read_select(self, query: Any) -> Select:
        # Results have no order, so that ORDER BY alone changes nothing.
        for clause in ("limitoffset", "valuesClause", "datasetClause"):
            if getattr(query, clause):
                raise OutsideError(clause)
        pattern = self.read_group(query.where)
        groups = self._read_groups(query)
        named, extensions = [], []
        for item in query.projection or ():
            named.append(str(item.evar or item.var))
            if item.evar:
                extensions.append((str(item.evar), self.read_expression(item.expr)))
        having = tuple(self.read_expression(part) for part in query.having.condition) if query.having else ()
        if groups is None and any(_has_aggregate(part) for part in (*having, *(part for _, part in extensions))):
            groups = ()
        everything = query.projection is None
        return Select(pattern, tuple(named), tuple(extensions), bool(query.modifier), groups, having, everything)

    def _read_groups(self, query: Any) -> tuple[tuple[str, Expression], ...] | None:
        if not query.groupby:
            return None
        groups = []
        for condition in query.groupby.condition:
            if getattr(condition, "name", "") == "GroupAs":
                name = str(condition.var) if condition.var else f"_:group{next(self._numbers)}"
                groups.append((name, self.read_expression(condition.expr)))
            else:
                expression = self.read_expression(condition)
                name = expression.name if isinstance(expression, Variable) else f"_:group{next(self._numbers)}"
                groups.append((name, expression))
        return tuple(groups)

    def read_group(self, group: Any) -> Pattern:
        """Translate a group: https://www.w3.org/TR/sparql11-query/#sparqlTranslateGraphPatterns."""
        if group.name == "SubSelect":
            return self.read_select(group)
        pattern: Pattern = Bgp()
        filters: list[Expression] = []
        for part in group.part or ():
            if part.name == "Filter":
                filters.append(self.read_expression(part.expr))
            elif part.name == "OptionalGraphPattern":
                pattern = _join_left(pattern, self.read_group(part.graph))
            elif part.name == "Bind":
                pattern = Extend(pattern, str(part.var), self.read_expression(part.expr))
            else:
                pattern = _join(pattern, self._read_part(part))
        for condition in filters:
            pattern = Filter(pattern, condition)
        return pattern

    def _read_part(self, part: Any) -> Pattern:
        if part.name == "TriplesBlock":
            return Bgp(tuple(triple for run in part.triples for triple in self._names.read_triples(run)))
        if part.name == "GroupOrUnionGraphPattern":
            first, *others = (self.read_group(group) for group in part.graph)
            for other in others:
                first = Union(first, other)
            return first
        if part.name == "GraphGraphPattern" and self._names.read_node(part.term) == Variable("shapesGraph"):
            return InShapes(self.read_group(part.graph))
        raise OutsideError(part.name)

    def read_expression(self, part: Any) -> Expression:
        """Translate an expression."""
        name = getattr(part, "name", "")
        if name in {"", "literal", "pname"}:
            return self._names.read_node(part)
        if name in SIGNS:
            return Call(SIGNS[name], (self.read_expression(part.expr),))
        if name == "Function":
            return Call(self._read_function(part.iri), tuple(self.read_expression(item) for item in part.expr or ()))
        if name.startswith("Aggregate_"):
            return self._read_aggregate(part)
        return self._read_builtin(name, part) if name.startswith("Builtin_") else self._read_operators(name, part)

    def _read_builtin(self, name: str, part: Any) -> Expression:
        if name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            return Exists(self.read_group(part.graph), name == "Builtin_NOTEXISTS")
        return Call(name.removeprefix("Builtin_").upper(), tuple(self._read_arguments(part)))

    def _read_operators(self, name: str, part: Any) -> Expression:
        if name in CHAINS:
            return self._fold(part.expr, [(CHAINS[name], other) for other in part.other or ()])
        if name in {"AdditiveExpression", "MultiplicativeExpression"}:
            return self._fold(part.expr, list(zip(part.op or (), part.other or (), strict=True)))
        if name == "RelationalExpression":
            return self._read_relation(part)
        raise OutsideError(name)

    def _fold(self, first: Any, others: Sequence[tuple[str, Any]]) -> Expression:
        expression = self.read_expression(first)
        for operator, other in others:
            expression = Call(str(operator), (expression, self.read_expression(other)))
        return expression

    def _read_relation(self, part: Any) -> Expression:
        first = self.read_expression(part.expr)
        if not part.op:
            return first
        if part.op in {"IN", "NOT IN"}:
            members = [] if str(part.other).endswith("#nil") else part.other
            return Call(part.op, (first, *(self.read_expression(other) for other in members)))
        return Call(part.op, (first, self.read_expression(part.other)))

    def _read_arguments(self, part: Any) -> Iterator[Expression]:
        for key in ARGUMENTS:
            value = getattr(part, key)
            if value is not None:
                yield from map(self.read_expression, _list(value))

    def _read_function(self, iri: Any) -> str:
        node = self._names.read_node(iri)
        assert isinstance(node, NamedNode)
        return node.value

    def _read_aggregate(self, part: Any) -> Aggregate:
        argument = None if part.vars == "*" else self.read_expression(part.vars)
        name = part.name.removeprefix("Aggregate_").upper()
        separator = " " if part.separator is None else str(part.separator)
        return Aggregate(name, argument, part.distinct == "DISTINCT", separator)


def _has_aggregate(part: object) -> bool:
    return isinstance(part, Aggregate) or (isinstance(part, Call) and any(map(_has_aggregate, part.arguments)))


def _join(left: Pattern, right: Pattern) -> Pattern:
    """Join two patterns; triples on both sides are one set of triples."""
    if left == Bgp():
        return right
    if isinstance(left, Bgp) and isinstance(right, Bgp):
        return Bgp((*left.triples, *right.triples))
    return Join(left, right)


def _join_left(left: Pattern, right: Pattern) -> Pattern:
    """Make what OPTIONAL means: a filter of the inner group sees the outer one too."""
    conditions: list[Expression] = []
    while isinstance(right, Filter):
        conditions.append(right.condition)
        right = right.pattern
    condition = conditions.pop() if conditions else None
    for other in reversed(conditions):
        condition = Call("&&", (condition, other)) if condition is not None else other
    return LeftJoin(left, right, condition)


class Names:
    """Read the terms of a query, whose prefixes are declared in it or beside it."""

    def __init__(self, prologue: Any, prefixes: tuple[tuple[str, str], ...]) -> None:
        self._prefixes = dict(prefixes)
        for declaration in prologue:
            if declaration.name == "Base":
                raise OutsideError("BASE")
            self._prefixes[str(declaration.prefix or "")] = str(declaration.iri)

    def read_triples(self, run: Sequence[Any]) -> Iterator[TriplePattern]:
        """Read triples, given as subject, path and object after one another."""
        for subject, path, value in zip(run[::3], run[1::3], run[2::3], strict=True):
            yield TriplePattern(self.read_node(subject), self._read_path(path), self.read_node(value))

    def read_node(self, node: Any) -> Node:
        """Read a term or a variable."""
        name = getattr(node, "name", "")
        if name == "pname":
            return self._expand(node)
        if name == "literal":
            if node.lang:
                return Literal(str(node.string), language=str(node.lang))
            datatype = self.read_node(node.datatype) if node.datatype else XSD["string"]
            return Literal(str(node.string), datatype=datatype)  # type: ignore[arg-type]
        return _read_plain(node)

    def _expand(self, name: Any) -> NamedNode:
        prefix = str(name.prefix or "")
        if prefix not in self._prefixes:
            raise OutsideError(f"the prefix {prefix}:")
        return NamedNode(self._prefixes[prefix] + str(name.localname or ""))

    def _read_path(self, part: Any) -> Path | Variable:
        name = getattr(part, "name", "")
        if name in {"", "pname"}:
            node = self.read_node(part)
            return node if isinstance(node, Variable) else _make_predicate(node)
        inner = _list(part.part)
        parts = tuple(_require_path(self._read_path(item)) for item in inner) if len(inner) > 1 else ()
        if name in {"PathAlternative", "PathSequence"} and parts:
            return Path(operator="|" if name == "PathAlternative" else "/", parts=parts)
        only = self._read_path(inner[0])
        if name in {"PathAlternative", "PathSequence"} or (name == "PathElt" and not part.mod):
            return only
        if name in {"PathElt", "PathEltOrInverse"}:
            return Path(operator=str(part.mod) if name == "PathElt" else "^", parts=(_require_path(only),))
        raise OutsideError(name)


def _list(value: Any) -> list[Any]:
    """Give what the parser has found as a list, whether it is one or not."""
    from pyparsing import ParseResults

    return list(value) if isinstance(value, list | ParseResults) else [value]


def _require_path(part: Path | Variable) -> Path:
    if isinstance(part, Variable):
        raise OutsideError("a variable in a path")
    return part


def _make_predicate(node: Node) -> Path:
    if not isinstance(node, NamedNode):
        raise OutsideError("a predicate that is no IRI")
    return Path(predicate=node)


def _read_plain(node: Any) -> Node:
    """Read a term or a variable that rdflib has made."""
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral
    from rdflib import Variable as RdflibVariable

    if isinstance(node, RdflibVariable):
        return Variable(str(node))
    if isinstance(node, BNode):
        return Variable(f"_:{node}")
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, RdflibLiteral):
        return Literal(str(node), datatype=NamedNode(str(node.datatype or XSD["string"].value)))
    raise OutsideError(type(node).__name__)
