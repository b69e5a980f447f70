"""Patterns evaluated for many rows at once.

Pre-binding (https://www.w3.org/TR/shacl/#pre-binding), and what EXISTS sees of the solution outside, mean that a
variable has its value in every scope of a query. So a scope never starts from nothing but from a seed: a table with a
row for each set of values, numbered in the column ROW. Solutions of different rows never join, and one evaluation gives
what one for each row would give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

import numpy as np

from migragraph.shacl.fast.columns import Columns
from migragraph.shacl.fast.queries.aggregates import group_rows
from migragraph.shacl.fast.queries.algebra import (
    Bgp,
    Call,
    Exists,
    Expression,
    Extend,
    Filter,
    InShapes,
    Join,
    LeftJoin,
    OutsideError,
    Pattern,
    Select,
    Union,
    Variable,
    list_variables,
)
from migragraph.shacl.fast.queries.matching import match_triples
from migragraph.shacl.fast.queries.rows import ROW, compute_column, distinct_rows, test_rows
from migragraph.shacl.fast.queries.tables import Table, join_tables, subtract_rows, unite_tables
from migragraph.shacl.fast.terms import ID, Ids, Mask, sort_distinct

__all__ = ["evaluate", "evaluate_select"]

MARK = " left"


def evaluate_select(columns: Columns, select: Select, seed: Table) -> Table:
    """Give the solutions of a query for all rows of a seed; raise OutsideError where the fragment ends."""
    table = evaluate(columns, select.pattern, seed)
    if select.groups is not None:
        for name, expression in select.groups:
            if expression != Variable(name):
                table = table.with_column(name, _compute(columns, expression, table, seed))
        table, renamed = group_rows(columns.terms, select, table, seed)
        select = renamed
    for condition in select.having:
        table = table.take(_test(columns, condition, table, seed))
    for name, expression in select.extensions:
        if name in seed.columns:
            raise OutsideError("AS with a variable that has a value")
        table = table.with_column(name, _compute(columns, expression, table, seed))
    shown = [name for name in table.columns if name.isidentifier()] if select.everything else select.names
    kept = table.keep(dict.fromkeys((*seed.columns, *shown)))
    return kept.take(distinct_rows(kept)) if select.distinct else kept


def evaluate(columns: Columns, pattern: Pattern, seed: Table) -> Table:
    """Give the solutions of a pattern for all rows of a seed."""
    return EVALUATIONS[type(pattern)](columns, pattern, seed)


def _evaluate_bgp(columns: Columns, pattern: Bgp, seed: Table) -> Table:
    return match_triples(columns, pattern.triples, seed)


def _evaluate_in_shapes(columns: Columns, pattern: InShapes, seed: Table) -> Table:
    return evaluate(columns.shapes, pattern.pattern, seed)


def _evaluate_join(columns: Columns, pattern: Join, seed: Table) -> Table:
    left = evaluate(columns, pattern.left, seed)
    if isinstance(pattern.right, Bgp) and _is_complete(left):
        return match_triples(columns, pattern.right.triples, left)
    return join_tables(left, evaluate(columns, pattern.right, seed))


def _is_complete(table: Table) -> bool:
    return all((column >= 0).all() for column in table.columns.values())


def _evaluate_left_join(columns: Columns, pattern: LeftJoin, seed: Table) -> Table:
    left = evaluate(columns, pattern.left, seed)
    left = left.with_column(MARK, np.arange(left.rows, dtype=ID))
    if isinstance(pattern.right, Bgp) and _is_complete(left):
        joined = match_triples(columns, pattern.right.triples, left)
    else:
        joined = join_tables(left, evaluate(columns, pattern.right, seed))
    if pattern.condition is not None:
        joined = joined.take(_test(columns, pattern.condition, joined, seed))
    alone = left.take(subtract_rows(left.rows, joined.column(MARK)))
    table = unite_tables([joined, alone])
    return table.keep(name for name in table.columns if name != MARK)


def _evaluate_union(columns: Columns, pattern: Union, seed: Table) -> Table:
    return unite_tables([evaluate(columns, pattern.left, seed), evaluate(columns, pattern.right, seed)])


def _evaluate_filter(columns: Columns, pattern: Filter, seed: Table) -> Table:
    table = evaluate(columns, pattern.pattern, seed)
    return table.take(_test(columns, pattern.condition, table, seed))


def _evaluate_extend(columns: Columns, pattern: Extend, seed: Table) -> Table:
    table = evaluate(columns, pattern.pattern, seed)
    if pattern.name in table.columns:
        raise OutsideError("BIND to a variable that has a value")
    return table.with_column(pattern.name, _compute(columns, pattern.expression, table, seed))


EVALUATIONS: Mapping[type, Callable[[Columns, Any, Table], Table]] = {
    Bgp: _evaluate_bgp,
    Extend: _evaluate_extend,
    Filter: _evaluate_filter,
    InShapes: _evaluate_in_shapes,
    Join: _evaluate_join,
    LeftJoin: _evaluate_left_join,
    Select: evaluate_select,
    Union: _evaluate_union,
}


def _test(columns: Columns, condition: Expression, table: Table, seed: Table) -> Mask:
    """Tell for which rows a condition is true; parts of a conjunction are asked one after the other."""
    if isinstance(condition, Call) and condition.name == "&&":
        masks = [_test(columns, part, table, seed) for part in condition.arguments]
        return np.logical_and(*masks)
    if isinstance(condition, Exists):
        return _test_exists(columns, condition, table)
    plain, table = _settle_exists(columns, condition, table)
    return test_rows(columns.terms, plain, table)


def _compute(columns: Columns, expression: Expression, table: Table, seed: Table) -> Ids:
    plain, table = _settle_exists(columns, expression, table)
    return compute_column(columns.terms, plain, table)


def _settle_exists(columns: Columns, expression: Expression, table: Table) -> tuple[Expression, Table]:
    """Put a column of truth values in the place of each EXISTS inside an expression."""
    numbers = count()

    def settle(part: Expression) -> Expression:
        nonlocal table
        if isinstance(part, Exists):
            truths = _test_exists(columns, part, table)
            name = f" exists{next(numbers)}"
            table = table.with_column(name, columns.terms.number_truths(truths))
            return Variable(name)
        if isinstance(part, Call):
            return Call(part.name, tuple(settle(argument) for argument in part.arguments))
        return part

    settled = settle(expression)
    return settled, table


def _test_exists(columns: Columns, condition: Exists, table: Table) -> Mask:
    """Tell for which rows a pattern has a solution, with the values of the row in the place of its variables."""
    used = set(list_variables(condition.pattern))
    if any(isinstance(part, Select) for part in _walk(condition.pattern)):
        raise OutsideError("a subquery in EXISTS")
    names = [name for name in table.columns if name in used]
    found = np.zeros(table.rows, np.bool_)
    for places, bound in _split_by_bound(table, names):
        rows = table.take(places).keep(bound)
        first, where = distinct_rows(rows, inverse=True)
        seed = rows.take(first).with_column(ROW, np.arange(len(first), dtype=ID))
        answered = np.zeros(seed.rows, np.bool_)
        answered[evaluate(columns, condition.pattern, seed).column(ROW)] = True
        found[places] = answered[where]
    return ~found if condition.negated else found


def _split_by_bound(table: Table, names: Sequence[str]) -> list[tuple[Any, list[str]]]:
    """Give the places of rows by which of the columns have a value there, and the names of these."""
    marks = np.zeros(table.rows, np.int64)
    for place, name in enumerate(names):
        marks |= (table.columns[name] >= 0).astype(np.int64) << place
    return [
        (np.flatnonzero(marks == mark), [name for place, name in enumerate(names) if mark >> place & 1])
        for mark in sort_distinct(marks).tolist()
    ]


def _walk(pattern: Pattern) -> list[Pattern]:
    """List a pattern and those inside it."""
    parts = [getattr(pattern, name) for name in ("pattern", "left", "right") if hasattr(pattern, name)]
    return [pattern, *(inner for part in parts for inner in _walk(part))]
