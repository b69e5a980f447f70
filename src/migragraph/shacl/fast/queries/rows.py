"""Expressions over the rows of a table, evaluated once for each distinct set of values."""

from __future__ import annotations

from typing import Any, Literal, overload

import numpy as np

from migragraph.shacl.fast.queries.algebra import Call, Expression, Variable, list_variables
from migragraph.shacl.fast.queries.expressions import FORMS, compile_expression
from migragraph.shacl.fast.queries.operators import read_truth
from migragraph.shacl.fast.queries.tables import Places, Table, number_rows
from migragraph.shacl.fast.terms import ID, LITERAL, NONE, Ids, Mask, Terms

__all__ = ["ROW", "compute_column", "distinct_rows", "test_rows"]

MANY = 256
ROW = " row"
"""The column that numbers the rows of a seed; no variable of a query has a space in its name."""


@overload
def distinct_rows(table: Table) -> Places: ...
@overload
def distinct_rows(table: Table, *, inverse: Literal[True]) -> tuple[Places, Places]: ...
def distinct_rows(table: Table, *, inverse: bool = False) -> Any:
    """Give the places of the first of equal rows, and for each row which of them it equals."""
    keys = number_rows(list(table.columns.values()), table.rows)
    _, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return (first, where) if inverse else first


def compute_column(terms: Terms, expression: Expression, table: Table) -> Ids:
    """Give for each row the number of the value of an expression, NONE where it is an error."""
    if isinstance(expression, Variable):
        return table.column(expression.name)
    expression, table = _settle_parts(terms, expression, table)
    names = _list_names(expression, table)
    rows = table.keep(names)
    first, where = distinct_rows(rows, inverse=True)
    evaluate = compile_expression(expression, {name: place for place, name in enumerate(names)})
    columns = [terms.pick_known(rows.columns[name][first]) for name in names]
    spelled = zip(*columns, strict=True) if columns else [()] * len(first)
    values = list(map(evaluate, spelled))
    numbers = np.array([NONE if value is None else terms.number(value) for value in values], ID)
    return numbers[where] if table.rows else np.empty(0, ID)


def _list_names(expression: Expression, table: Table) -> list[str]:
    return [name for name in dict.fromkeys(list_variables(expression)) if name in table.columns]


def _settle_parts(terms: Terms, expression: Expression, table: Table) -> tuple[Expression, Table]:
    """Put a column of values in the place of each argument that depends on fewer variables than all do together.

    So it is evaluated once for each distinct set of these. The forms may leave an argument alone, and are left as they
    are; and few rows are not worth it.
    """
    if not isinstance(expression, Call) or expression.name in FORMS or table.rows < MANY:
        return expression, table
    all_names, arguments = _list_names(expression, table), []
    for place, argument in enumerate(expression.arguments):
        part = argument
        if isinstance(argument, Call) and len(_list_names(argument, table)) < len(all_names):
            part = Variable(f" part{place}")
            table = table.with_column(part.name, compute_column(terms, argument, table))
        arguments.append(part)
    return Call(expression.name, tuple(arguments)), table


def test_rows(terms: Terms, condition: Expression, table: Table) -> Mask:
    """Tell for which rows a condition is true."""
    if (quick := _compare_nodes(terms, condition, table)) is not None:
        return quick
    numbers = compute_column(terms, condition, table)
    distinct, where = np.unique(numbers, return_inverse=True)
    truths = np.array([read_truth(term) is True for term in terms.pick_known(distinct)], np.bool_)
    return truths[where] if table.rows else np.empty(0, np.bool_)


def _compare_nodes(terms: Terms, condition: Expression, table: Table) -> Mask | None:
    """Compare two columns by ``=`` or ``!=`` as numbers, where no row holds two literals or an error."""
    if not isinstance(condition, Call) or condition.name not in {"=", "!="} or not table.rows:
        return None
    if not all(isinstance(argument, Variable) for argument in condition.arguments):
        return None
    left, right = (table.column(argument.name) for argument in condition.arguments if isinstance(argument, Variable))
    if (left == NONE).any() or (right == NONE).any():
        return None
    kinds = terms.kinds
    if ((kinds[left] == LITERAL) & (kinds[right] == LITERAL)).any():
        return None
    same: Mask = left == right
    return same if condition.name == "=" else ~same
