"""Operators on terms: comparison, arithmetic and casts (https://www.w3.org/TR/sparql11-query/#OperatorMapping).

An operator is called with terms, and gives a term or None for an error.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from math import isfinite, isnan
from typing import Any

import numpy as np
from pyoxigraph import Literal, NamedNode

from migragraph.literals import is_well_typed
from migragraph.namespaces import XSD
from migragraph.shacl.fast.comparison import Moment, Value, are_equal, is_at_most, is_less, read_value
from migragraph.shacl.shapes import Term

__all__ = [
    "FALSE", "OPERATORS", "TRUE", "add_numbers", "are_same", "make_boolean", "make_number", "make_text", "read_number",
    "read_truth",
]  # fmt: skip

TRUE = Literal("true", datatype=XSD["boolean"])
FALSE = Literal("false", datatype=XSD["boolean"])
# Digits enough for any division; XML Schema asks for 18.
PRECISION = 40


def make_boolean(truth: bool | None) -> Literal | None:
    """Give the literal of a truth value."""
    return None if truth is None else TRUE if truth else FALSE


def make_text(text: str) -> Literal:
    """Give a plain string."""
    return Literal(text)


def make_number(number: Any) -> Literal:
    """Give the literal of a number, of the type that Python keeps it in."""
    if isinstance(number, np.float32):
        return Literal(_write_double(float(number)), datatype=XSD["float"])
    if isinstance(number, float):
        return Literal(_write_double(number), datatype=XSD["double"])
    if isinstance(number, Decimal):
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return Literal("0" if text in {"-0", ""} else text, datatype=XSD["decimal"])
    return Literal(str(number), datatype=XSD["integer"])


def _write_double(number: float) -> str:
    if isnan(number):
        return "NaN"
    if not isfinite(number):
        return "INF" if number > 0 else "-INF"
    return f"{number:.17g}" if float(repr(number)) != number else repr(number).upper().replace("E+", "E")


def read_number(term: Term) -> Any:
    """Give the number of a literal; raise TypeError where it is none."""
    value = read_value(term)
    if value is None or value.kind != "number":
        raise TypeError
    return value.content


def read_truth(term: Term | None) -> bool | None:
    """Give the effective boolean value: https://www.w3.org/TR/sparql11-query/#ebv."""
    if not isinstance(term, Literal):
        return None
    if term.datatype == XSD["boolean"] and not is_well_typed(term):
        return False
    if term.language:
        return bool(term.value)
    value = read_value(term)
    if value is None or isinstance(value.content, Moment):
        return None
    return bool(value.content) and value.content == value.content


def are_same(one: Term | None, other: Term | None) -> bool | None:
    """Tell whether two terms are equal as ``=`` has it, or None where that is not known."""
    if one is None or other is None:
        return None
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return one == other
    left, right = read_value(one), read_value(other)
    if left is not None and right is not None:
        return _equal_values(left, right)
    if one == other:
        return True
    if one.language or other.language:
        return False if (one.language or left) and (other.language or right) else None
    return None


def _equal_values(left: Value, right: Value) -> bool | None:
    if are_equal(left, right):
        return True
    undecided = isinstance(left.content, Moment) and isinstance(right.content, Moment) and left.kind == right.kind
    return None if undecided and not (is_less(left, right) or is_less(right, left)) else False


def _read_ordered(term: Term) -> Value | None:
    """Read a value that has an order; texts of one language are in order too, as they are in Oxigraph."""
    if isinstance(term, Literal) and term.language and term.direction is None:
        return Value(f"@{term.language}", term.value)
    return read_value(term)


def _compare(fits: Callable[[Value | None, Value | None], bool]) -> Callable[[Term, Term], Term | None]:
    def compare(one: Term, other: Term) -> Term | None:
        left, right = _read_ordered(one), _read_ordered(other)
        if left is None or right is None or left.kind != right.kind:
            return None
        if isinstance(left.content, Moment) and _equal_values(left, right) is None:
            return None
        return make_boolean(fits(left, right))

    return compare


def _equal(one: Term, other: Term) -> Term | None:
    return make_boolean(are_same(one, other))


def _differ(one: Term, other: Term) -> Term | None:
    same = are_same(one, other)
    return make_boolean(None if same is None else not same)


def _not(term: Term) -> Term | None:
    truth = read_truth(term)
    return make_boolean(None if truth is None else not truth)


def add_numbers(one: Any, other: Any) -> Any:
    """Add two numbers, each of a type of its own."""
    return _calculate(operator.add, one, other)


def _calculate(function: Callable[[Any, Any], Any], one: Any, other: Any) -> Any:
    """Bring two numbers to one type, and calculate."""
    if isinstance(one, float) or isinstance(other, float):
        one, other = float(one), float(other)
    elif isinstance(one, np.float32) or isinstance(other, np.float32):
        one, other = np.float32(one), np.float32(other)
    elif isinstance(one, Decimal) or isinstance(other, Decimal):
        one, other = Decimal(one), Decimal(other)
    with localcontext(prec=PRECISION), np.errstate(all="ignore"):
        return function(one, other)


def _arithmetic(function: Callable[[Any, Any], Any]) -> Callable[[Term, Term], Term]:
    return lambda one, other: make_number(_calculate(function, read_number(one), read_number(other)))


def _divide(one: Any, other: Any) -> Any:
    if isinstance(one, int):
        one, other = Decimal(one), Decimal(other)
    if isinstance(one, float) and other == 0:
        return float(np.float64(one) / np.float64(other))
    return one / other


def _negate(term: Term) -> Term:
    return make_number(-read_number(term))


def _plus(term: Term) -> Term:
    return make_number(read_number(term))


def _round(step: Callable[[Any], Any]) -> Callable[[Term], Term]:
    """Make a function that rounds: the result is of the type of the argument."""

    def apply(term: Term) -> Term:
        number = read_number(term)
        if isinstance(number, int):
            return make_number(number)
        if not isinstance(number, Decimal) and not isfinite(number):
            return make_number(number)
        return make_number(type(number)(step(Decimal(float(number)) if not isinstance(number, Decimal) else number)))

    return apply


def _cast_number(make: Callable[[Any], Any], datatype: NamedNode) -> Callable[[Term], Term | None]:
    """Make a cast to a type of numbers: https://www.w3.org/TR/sparql11-query/#FunctionMapping."""

    def cast(term: Term) -> Term | None:
        if not isinstance(term, Literal) or term.language:
            return None
        value = read_value(term)
        if value is not None and value.kind in {"number", "boolean"}:
            return make_number(make(value.content))
        if term.datatype != XSD["string"]:
            return None
        own = Literal(term.value.strip(" \t\r\n"), datatype=datatype)
        read = read_value(own)
        return None if read is None else make_number(make(read.content))

    return cast


def _to_integer(number: Any) -> int:
    return int(number)


def _to_decimal(number: Any) -> Decimal:
    if isinstance(number, float | np.float32) and not isfinite(number):
        raise ValueError
    return Decimal(float(number)) if isinstance(number, np.float32) else Decimal(number)


def _cast_text(term: Term) -> Term | None:
    return make_text(term.value) if isinstance(term, Literal | NamedNode) else None


def _cast_to(datatype: NamedNode) -> Callable[[Term], Term | None]:
    """Make a cast to a type of moments or to booleans, from a string or that type itself."""

    def cast(term: Term) -> Term | None:
        if not isinstance(term, Literal) or term.language or term.datatype not in {XSD["string"], datatype}:
            return None
        made = Literal(term.value.strip(" \t\r\n"), datatype=datatype)
        return made if is_well_typed(made) else None

    return cast


OPERATORS: Mapping[str, Callable[..., Term | None]] = {
    "!": _not,
    "!=": _differ,
    "*": _arithmetic(operator.mul),
    "+": _arithmetic(operator.add),
    "-": _arithmetic(operator.sub),
    "/": _arithmetic(_divide),
    "<": _compare(is_less),
    "<=": _compare(is_at_most),
    "=": _equal,
    ">": _compare(lambda one, other: is_less(other, one)),
    ">=": _compare(lambda one, other: is_at_most(other, one)),
    "ABS": lambda term: make_number(abs(read_number(term))),
    "CEIL": _round(lambda number: number.to_integral_value(ROUND_CEILING)),
    "FLOOR": _round(lambda number: number.to_integral_value(ROUND_FLOOR)),
    "NEGATE": _negate,
    "PLUS": _plus,
    "ROUND": _round(lambda number: (number + Decimal("0.5")).to_integral_value(ROUND_FLOOR)),
    XSD["decimal"].value: _cast_number(_to_decimal, XSD["decimal"]),
    XSD["double"].value: _cast_number(float, XSD["double"]),
    XSD["float"].value: _cast_number(np.float32, XSD["float"]),
    XSD["integer"].value: _cast_number(_to_integer, XSD["integer"]),
    XSD["string"].value: _cast_text,
    **{XSD[name].value: _cast_to(XSD[name]) for name in ("boolean", "date", "dateTime")},
}
"""The operators by their signs, and the casts by their IRIs."""
