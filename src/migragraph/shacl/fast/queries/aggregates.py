"""Groups of rows and what is aggregated over them: https://www.w3.org/TR/sparql11-query/#aggregates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
from pyoxigraph import Literal

from migragraph.shacl.fast.comparison import is_less, read_value
from migragraph.shacl.fast.queries.algebra import Aggregate, Call, Expression, OutsideError, Select, Variable
from migragraph.shacl.fast.queries.operators import OPERATORS, add_numbers, make_number, make_text, read_number
from migragraph.shacl.fast.queries.rows import ROW, compute_column, distinct_rows
from migragraph.shacl.fast.queries.tables import Table
from migragraph.shacl.fast.terms import ID, NONE, Terms
from migragraph.shacl.shapes import Term

__all__ = ["group_rows"]

INNER = " aggregate"


def group_rows(terms: Terms, select: Select, table: Table, seed: Table) -> tuple[Table, Select]:
    """Give a row for each group, and the query with variables in the place of its aggregates.

    Each row of the seed is a query of its own; where nothing is named to group by, it has one group, even of nothing.
    """
    assert select.groups is not None
    names = dict.fromkeys((*seed.columns, *(name for name, _ in select.groups)))
    keys = table.keep(names)
    first, where = distinct_rows(keys, inverse=True)
    groups = keys.take(first)
    if not select.groups:
        missing = seed.take(np.flatnonzero(~np.isin(seed.columns[ROW], groups.columns[ROW])))
        groups = Table(
            groups.rows + missing.rows,
            {name: np.concatenate((groups.columns[name], missing.columns[name])) for name in names},
        )
    members = _list_members(where, groups.rows)
    found: dict[Aggregate, str] = {}
    renamed = replace(
        select,
        extensions=tuple((name, _rename(part, found)) for name, part in select.extensions),
        having=tuple(_rename(part, found) for part in select.having),
    )
    for aggregate, name in found.items():
        groups = groups.with_column(name, _aggregate(terms, aggregate, table, members))
    return groups, renamed


def _list_members(where: np.ndarray, groups: int) -> list[np.ndarray]:
    order = np.argsort(where, kind="stable")
    return np.split(order, np.cumsum(np.bincount(where, minlength=groups))[:-1]) if groups else []


def _rename(expression: Expression, found: dict[Aggregate, str]) -> Expression:
    if isinstance(expression, Aggregate):
        return Variable(found.setdefault(expression, f"{INNER}{len(found)}"))
    if isinstance(expression, Call):
        return Call(expression.name, tuple(_rename(argument, found) for argument in expression.arguments))
    return expression


def _aggregate(terms: Terms, aggregate: Aggregate, table: Table, members: Sequence[np.ndarray]) -> np.ndarray:
    function = AGGREGATES.get(aggregate.name)
    if function is None or (aggregate.argument is None and aggregate.distinct):
        raise OutsideError(f"the aggregate {aggregate.name}")
    if aggregate.argument is None:
        return np.array([terms.number(make_number(len(places))) for places in members], ID)
    column = compute_column(terms, aggregate.argument, table)
    results = []
    for places in members:
        values = terms.pick_known(column[places])
        result = function(list(dict.fromkeys(values)) if aggregate.distinct else values, aggregate)
        results.append(NONE if result is None else terms.number(result))
    return np.array(results, ID)


def _count(values: Sequence[Term | None], _: Aggregate) -> Term | None:
    return make_number(sum(value is not None for value in values))


def _sum(values: Sequence[Term | None], _: Aggregate) -> Term | None:
    """Add numbers up; one that is none makes the sum an error."""
    try:
        return make_number(reduce(add_numbers, (read_number(value) for value in values), 0))  # type: ignore[arg-type]
    except (ArithmeticError, TypeError):
        return None


def _average(values: Sequence[Term | None], aggregate: Aggregate) -> Term | None:
    total = _sum(values, aggregate)
    if total is None or not values:
        return total
    return OPERATORS["/"](total, make_number(len(values)))


def _sample(values: Sequence[Term | None], _: Aggregate) -> Term | None:
    return next((value for value in values if value is not None), None)


def _concatenate(values: Sequence[Term | None], aggregate: Aggregate) -> Term | None:
    if any(not isinstance(value, Literal) for value in values):
        return None
    return make_text(aggregate.separator.join(value.value for value in values if value is not None))


def _extreme(*, least: bool) -> Callable[[Sequence[Term | None], Aggregate], Term | None]:
    def choose(values: Sequence[Term | None], _: Aggregate) -> Term | None:
        known = [value for value in values if isinstance(value, Literal) and read_value(value) is not None]
        if len(known) != len(values):
            raise OutsideError("MIN or MAX over what has no order")
        if len({read_value(value).kind for value in known}) > 1:  # type: ignore[union-attr]
            raise OutsideError("MIN or MAX over values of several types")
        return reduce(_pick(least), known) if known else None

    return choose


def _pick(least: bool) -> Callable[[Literal, Literal], Literal]:
    def pick(one: Literal, other: Literal) -> Literal:
        left, right = read_value(one), read_value(other)
        return other if (is_less(right, left) if least else is_less(left, right)) else one

    return pick


AGGREGATES: Mapping[str, Callable[[Sequence[Term | None], Aggregate], Term | None]] = {
    "AVG": _average,
    "COUNT": _count,
    "GROUPCONCAT": _concatenate,
    "MAX": _extreme(least=False),
    "MIN": _extreme(least=True),
    "SAMPLE": _sample,
    "SUM": _sum,
}
