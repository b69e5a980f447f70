"""A query as values: https://www.w3.org/TR/sparql11-query/#sparqlAlgebra, as far as the fragment goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TypeAlias, TypeVar

from pyoxigraph import Literal

from migragraph.shacl.fast.model import Path
from migragraph.shacl.shapes import Term

__all__ = [
    "Aggregate",
    "Bgp",
    "Call",
    "Exists",
    "Expression",
    "Extend",
    "Filter",
    "InShapes",
    "Join",
    "LeftJoin",
    "Node",
    "OutsideError",
    "Pattern",
    "Plan",
    "Select",
    "TriplePattern",
    "Union",
    "Variable",
    "list_variables",
    "set_path",
]


T = TypeVar("T")


class OutsideError(Exception):
    """Say what of a query is outside the fragment."""


@dataclass(frozen=True, slots=True)
class Variable:
    """Hold the name of a variable; that of a blank node of the query begins with ``_:``."""

    name: str


Node: TypeAlias = Variable | Term


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """Hold a triple pattern, or a path pattern."""

    subject: Node
    path: Path | Variable
    object: Node


@dataclass(frozen=True, slots=True)
class Bgp:
    """Hold triples that have to hold together."""

    triples: tuple[TriplePattern, ...] = ()


@dataclass(frozen=True, slots=True)
class InShapes:
    """Hold a pattern that has to hold in the shapes graph."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Join:
    """Hold two patterns that have to hold together."""

    left: Pattern
    right: Pattern


@dataclass(frozen=True, slots=True)
class LeftJoin:
    """Hold a pattern, and one that adds to it where it can and a condition holds."""

    left: Pattern
    right: Pattern
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Union:
    """Hold two patterns of which one has to hold."""

    left: Pattern
    right: Pattern


@dataclass(frozen=True, slots=True)
class Filter:
    """Hold a pattern and a condition on its solutions."""

    pattern: Pattern
    condition: Expression


@dataclass(frozen=True, slots=True)
class Extend:
    """Hold a pattern and a variable that gets the value of an expression."""

    pattern: Pattern
    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Select:
    """Hold a SELECT, the whole query or a part of it.

    ``names`` are the columns, ``extensions`` those of them that are expressions; with ``everything`` the columns are
    all that the pattern gives a value to. ``groups`` is None where nothing is grouped.
    """

    pattern: Pattern
    names: tuple[str, ...]
    extensions: tuple[tuple[str, Expression], ...] = ()
    distinct: bool = False
    groups: tuple[tuple[str, Expression], ...] | None = None
    having: tuple[Expression, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Hold an operator or a function, by its name in capitals or its IRI, and its arguments."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """Hold a pattern that has to have a solution, or must have none."""

    pattern: Pattern
    negated: bool


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Hold an aggregate; without an argument it counts solutions."""

    name: str
    argument: Expression | None
    distinct: bool
    separator: str = " "


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what a query needs outside of the fragment: see ``apart.Request``."""

    is_joint: bool
    obstacle: str | None
    constants: tuple[Literal, ...]


Pattern: TypeAlias = Bgp | InShapes | Join | LeftJoin | Union | Filter | Extend | Select
Expression: TypeAlias = Variable | Term | Call | Exists | Aggregate


def set_path(part: T, path: Path | None) -> T:
    """Put a path in the place of $PATH: https://www.w3.org/TR/shacl/#sparql-constraints-variables."""
    if isinstance(part, TriplePattern):
        given = path if path is not None and part.path == Variable("PATH") else part.path
        return replace(part, path=given)
    if isinstance(part, tuple):
        return tuple(set_path(inner, path) for inner in part)  # type: ignore[return-value]
    if hasattr(part, "__dataclass_fields__"):
        parts = {field.name: set_path(getattr(part, field.name), path) for field in fields(part)}  # type: ignore[arg-type]
        return replace(part, **parts)  # type: ignore[type-var]
    return part


def list_variables(part: object) -> Iterator[str]:
    """Give the names of all variables in a part of a query, with repeats."""
    if isinstance(part, Variable):
        yield part.name
    elif isinstance(part, tuple):
        for inner in part:
            yield from list_variables(inner)
    elif hasattr(part, "__dataclass_fields__"):
        for field in fields(part):  # type: ignore[arg-type]
            yield from list_variables(getattr(part, field.name))
    if isinstance(part, Extend):
        yield part.name
