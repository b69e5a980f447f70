"""One testimony as a case to be judged: its facts, the words that it quotes, and what the graph says besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.fidelity.context import Context
from migragraph.fidelity.words import Words, read_words
from migragraph.figures import Figure
from migragraph.namespaces import MG, XSD
from migragraph.quotations import Testimony
from migragraph.support import Fact, Index, Term

__all__ = ["DATES", "NUMBERS", "Case", "Fault", "Judge", "list_values", "read_number"]

_WHOLE = ("integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "long", "int")
NUMBERS = frozenset(XSD[name] for name in ("decimal", "double", "float", *_WHOLE))
DATES = frozenset((XSD.date, XSD.gMonthDay, XSD.gYear, XSD.gYearMonth))

_BOUNDS = frozenset((MG.lowerBound, MG.upperBound))


class Fault(NamedTuple):
    """A fact that the words do not say as the graph does: the rule that is broken, and the sentence that tells it."""

    rule: str
    fact: Fact
    message: str


@dataclass(frozen=True)
class Case:
    """A testimony whose words are to say its facts."""

    testimony: Testimony
    index: Index
    context: Context

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """Give the words of each quotation, read."""
        return tuple(read_words(quotation, self.context) for quotation in self.testimony.quotations)

    @property
    def quote(self) -> str:
        """Give the words as a message shows them."""
        return " … ".join(f"“{quotation.exact}”" for quotation in self.testimony.quotations)

    @cached_property
    def figures(self) -> tuple[tuple[Words, Figure], ...]:
        """Give every figure in the words, with the words in which it stands."""
        return tuple((words, figure) for words in self.words for figure in words.figures)

    @cached_property
    def own_figures(self) -> tuple[tuple[Words, Figure], ...]:
        """Give the figures in the words that print a value of the thing, whichever evidence that value has."""
        values = {_value_of(value) for value in self._list_literals()}
        return tuple((words, figure) for words, figure in self.figures if values & list_values(figure))

    def say(self, rule: str, fact: Fact, printed: str, graph: str) -> Fault:
        """Say that the words print one thing and the graph has another."""
        return Fault(rule, fact, f"The words quoted, {self.quote}, {printed}; the graph has {graph}.")

    def name(self, fact: Fact) -> str:
        """Give the English label of the value of a fact."""
        return self.context.labels.name(fact.object) if isinstance(fact.object, NamedNode) else fact.object.value

    def list_names(self, things: Iterable[NamedNode]) -> str:
        """Give the English labels of things as a message shows them."""
        return " and ".join(sorted({self.context.labels.name(thing) for thing in things}))

    def _list_literals(self) -> Iterator[Literal]:
        for property_, values in self.index.get(self.testimony.subject, {}).items():
            if property_ not in _BOUNDS:
                yield from (value for value in values if isinstance(value, Literal))


Judge = Callable[[Case, Fact], Iterator[Fault]]
"""Find what the words of a case do not say of one of its facts."""


def read_number(term: Term) -> Decimal | None:
    """Read a literal that is a number; None for any other term, and for one that does not fit its datatype."""
    if not isinstance(term, Literal) or term.datatype not in NUMBERS:
        return None
    try:
        number = Decimal(term.value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def list_values(figure: Figure) -> set[Decimal | str]:
    """Give what a figure prints: its value, or the ends of a span."""
    return {value for value in (figure.value, figure.lower, figure.upper) if value is not None}


def _value_of(term: Literal) -> Decimal | str:
    number = read_number(term)
    return term.value if number is None else number
