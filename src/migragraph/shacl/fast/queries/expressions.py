"""Expressions as functions of terms: https://www.w3.org/TR/sparql11-query/#expressions. An error is None."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import TypeAlias

from migragraph.shacl.fast.queries.algebra import Aggregate, Call, Exists, Expression, OutsideError, Variable
from migragraph.shacl.fast.queries.functions import FUNCTIONS
from migragraph.shacl.fast.queries.operators import FALSE, OPERATORS, TRUE, are_same, make_boolean, read_truth
from migragraph.shacl.shapes import Term

__all__ = ["FORMS", "Evaluation", "compile_expression", "require_functions"]

Evaluation: TypeAlias = Callable[[Sequence[Term | None]], Term | None]


def compile_expression(expression: Expression, places: Mapping[str, int]) -> Evaluation:
    """Make a function of a row of terms, in which each variable has its place; raise OutsideError where there is none.

    A variable without a place has no value.
    """
    if isinstance(expression, Variable):
        return _compile_variable(places.get(expression.name))
    if isinstance(expression, Call):
        arguments = [compile_expression(argument, places) for argument in expression.arguments]
        if form := FORMS.get(expression.name):
            return form(arguments)
        return _compile_function(expression.name, arguments)
    if isinstance(expression, Exists | Aggregate):
        raise OutsideError("EXISTS or an aggregate at this place")
    return lambda _: expression


def require_functions(part: object) -> None:
    """Raise OutsideError where a part of a query calls a function that is not here: nothing of it need run then."""
    if isinstance(part, Call) and not any(part.name in known for known in (FORMS, OPERATORS, FUNCTIONS)):
        raise OutsideError(f"the function {part.name}")
    inner = part if isinstance(part, tuple) else ()
    if hasattr(part, "__dataclass_fields__"):
        inner = tuple(getattr(part, field.name) for field in fields(part))  # type: ignore[arg-type]
    for one in inner:
        require_functions(one)


def _compile_variable(place: int | None) -> Evaluation:
    if place is None:
        return lambda _: None
    return lambda row: row[place]


def _compile_function(name: str, arguments: Sequence[Evaluation]) -> Evaluation:
    function = OPERATORS.get(name) or FUNCTIONS.get(name)
    if function is None:
        raise OutsideError(f"the function {name}")

    def evaluate(row: Sequence[Term | None]) -> Term | None:
        values = []
        for argument in arguments:
            value = argument(row)
            if value is None:
                return None
            values.append(value)
        try:
            return function(*values)
        except (ArithmeticError, TypeError, ValueError):
            return None

    return evaluate


def _compile_and(arguments: Sequence[Evaluation]) -> Evaluation:
    """Make a conjunction: false wins over an error (https://www.w3.org/TR/sparql11-query/#evaluation)."""

    def evaluate(row: Sequence[Term | None]) -> Term | None:
        left = read_truth(arguments[0](row))
        if left is False:
            return FALSE
        right = read_truth(arguments[1](row))
        return FALSE if right is False else make_boolean(None if left is None else right)

    return evaluate


def _compile_or(arguments: Sequence[Evaluation]) -> Evaluation:
    def evaluate(row: Sequence[Term | None]) -> Term | None:
        left = read_truth(arguments[0](row))
        if left:
            return TRUE
        right = read_truth(arguments[1](row))
        return TRUE if right else make_boolean(None if left is None else right)

    return evaluate


def _compile_if(arguments: Sequence[Evaluation]) -> Evaluation:
    def evaluate(row: Sequence[Term | None]) -> Term | None:
        condition = read_truth(arguments[0](row))
        return None if condition is None else arguments[1 if condition else 2](row)

    return evaluate


def _compile_coalesce(arguments: Sequence[Evaluation]) -> Evaluation:
    return lambda row: next((value for argument in arguments if (value := argument(row)) is not None), None)


def _compile_bound(arguments: Sequence[Evaluation]) -> Evaluation:
    return lambda row: make_boolean(arguments[0](row) is not None)


def _compile_in(arguments: Sequence[Evaluation]) -> Evaluation:
    def evaluate(row: Sequence[Term | None]) -> Term | None:
        first = arguments[0](row)
        found = [are_same(first, argument(row)) for argument in arguments[1:]]
        if first is None and found:
            return None
        return TRUE if True in found else None if None in found else FALSE

    return evaluate


def _compile_not_in(arguments: Sequence[Evaluation]) -> Evaluation:
    inner = _compile_in(arguments)

    def evaluate(row: Sequence[Term | None]) -> Term | None:
        found = read_truth(inner(row))
        return make_boolean(None if found is None else not found)

    return evaluate


FORMS: Mapping[str, Callable[[Sequence[Evaluation]], Evaluation]] = {
    "&&": _compile_and,
    "||": _compile_or,
    "BOUND": _compile_bound,
    "COALESCE": _compile_coalesce,
    "IF": _compile_if,
    "IN": _compile_in,
    "NOT IN": _compile_not_in,
}
"""The forms whose arguments may be errors."""
