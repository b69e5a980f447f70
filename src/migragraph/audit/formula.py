"""Formulas: the computations that give derived figures, as mg:formula writes them.

A formula is made of figures by their names (``observation:women-2023``), numbers, ``+ - * /``, brackets, and
``round(FORMULA, PLACES)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

from migragraph.audit.ranges import Range, add, divide, multiply, round_half_up, subtract

__all__ = ["Formula", "parse_formula"]

Formula: TypeAlias = Callable[[Mapping[str, Range], bool], Range]
"""Computes itself from the figures by their names, rounding where it says so, or, with False, never."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z]\w*:[\w.-]*\w)|(?P<word>round)|(?P<mark>[-+*/(),]))"
)
_SUMS = {"+": add, "-": subtract}
_PRODUCTS = {"*": multiply, "/": divide}
_DEEPEST = 50


def parse_formula(text: str) -> Formula:
    """Read a formula; raise ValueError, with a sentence that says why, where it is none."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.depth = 0

    def parse(self) -> Formula:
        formula = self.chain(_SUMS, lambda: self.chain(_PRODUCTS, self.atom))
        if self.text[self.place :].strip():
            raise self.fault()
        return formula

    def chain(self, operations: Mapping[str, Callable[[Range, Range], Range]], part: Callable[[], Formula]) -> Formula:
        first = part()
        rest: list[tuple[Callable[[Range, Range], Range], Formula]] = []
        while (mark := self.peek("mark")) in operations:
            self.take()
            rest.append((operations[mark], part()))
        return _combine(first, rest) if rest else first

    def atom(self) -> Formula:
        if number := self.peek("number"):
            self.take()
            return _constant(Decimal(number))
        if name := self.peek("name"):
            self.take()
            return lambda figures, _: figures[name]
        rounds = bool(self.peek("word"))
        if rounds:
            self.take()
        self.expect("(")
        inner = self.bracket()
        if not rounds:
            self.expect(")")
            return inner
        self.expect(",")
        places = self.peek("number")
        self.take()
        self.expect(")")
        return _rounded(inner, places)

    def bracket(self) -> Formula:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError(f"The formula has brackets more than {_DEEPEST} deep.")
        inner = self.chain(_SUMS, lambda: self.chain(_PRODUCTS, self.atom))
        self.depth -= 1
        return inner

    def peek(self, kind: str) -> str:
        match = _TOKEN.match(self.text, self.place)
        return (match[kind] or "") if match else ""

    def take(self) -> None:
        match = _TOKEN.match(self.text, self.place)
        if match is None:
            raise self.fault()
        self.place = match.end()

    def expect(self, mark: str) -> None:
        if self.peek("mark") != mark:
            raise self.fault()
        self.take()

    def fault(self) -> ValueError:
        rest = self.text[self.place :].strip()
        return ValueError(
            f"The formula cannot be read from {rest[:30]!r} on." if rest else "The formula ends too soon."
        )


def _constant(number: Decimal) -> Formula:
    return lambda _figures, _rounding: Range(number, number)


def _combine(first: Formula, rest: Iterable[tuple[Callable[[Range, Range], Range], Formula]]) -> Formula:
    def compute(figures: Mapping[str, Range], rounding: bool) -> Range:
        given = first(figures, rounding)
        for operation, part in rest:
            given = operation(given, part(figures, rounding))
        return given

    return compute


def _rounded(inner: Formula, places: str) -> Formula:
    if not places.isdigit() or int(places) > 20:
        raise ValueError("The formula rounds to no number of places from 0 to 20.")
    return lambda figures, rounding: (
        round_half_up(inner(figures, rounding), int(places)) if rounding else inner(figures, rounding)
    )
