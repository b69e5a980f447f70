"""What is known of literals, by number of the term: each is looked at once in a run."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import numpy as np
import numpy.typing as npt
from pyoxigraph import NamedNode

from migragraph.literals import DATATYPES
from migragraph.namespaces import XSD
from migragraph.shacl.fast.comparison import INTEGERS
from migragraph.shacl.fast.terms import ID, LITERAL, NONE, Ids, Mask, Terms

__all__ = ["LiteralFacts"]

UNKNOWN = -2
# The order of these is that of Python's floats, as long as the floats differ; xsd:float has one of its own.
NUMBERS = INTEGERS | {XSD["decimal"].value, XSD["double"].value}


class LiteralFacts:
    """Hold the datatypes of literals, whether they fit these, and near what number they stand."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._kinds: dict[NamedNode, tuple[int, Callable[[str], bool] | None, bool]] = {}
        self._datatypes = np.empty(0, ID)
        self._fitting = np.empty(0, np.bool_)
        self._near = np.empty(0, np.float64)

    def have_datatype(self, datatype: int, numbers: Ids) -> Mask:
        """Tell which terms are literals of a datatype, and fit it."""
        self._study(numbers)
        found: Mask = (self._datatypes[numbers] == datatype) & self._fitting[numbers]
        return found

    def approximate(self, numbers: Ids) -> npt.NDArray[np.float64]:
        """Give for each term a float next to the number that it is, NaN where it is none."""
        self._study(numbers)
        return self._near[numbers]

    def _study(self, numbers: Ids) -> None:
        self._grow(len(self._terms))
        waiting = self._terms.distinct(numbers[self._datatypes[numbers] == UNKNOWN])
        literal = self._terms.kinds[waiting] == LITERAL
        self._datatypes[waiting[~literal]] = NONE
        known = [self._read(*parts) for parts in self._terms.pick_literals(waiting[literal])]
        if known:
            self._datatypes[waiting[literal]], self._fitting[waiting[literal]], self._near[waiting[literal]] = zip(
                *known, strict=True
            )

    def _read(self, datatype: NamedNode, text: str) -> tuple[int, bool, float]:
        """Give the number of the datatype, whether the literal fits it, and a float."""
        kind = self._kinds.get(datatype)
        if kind is None:
            is_number = datatype.value in NUMBERS
            kind = self._kinds[datatype] = (self._terms.number(datatype), DATATYPES.get(datatype.value), is_number)
        number, fits, is_number = kind
        fitting = fits is None or fits(text)
        return number, fitting, float(text) if is_number and fitting else nan

    def _grow(self, size: int) -> None:
        more = size - len(self._datatypes)
        if more:
            self._datatypes = np.append(self._datatypes, np.full(more, UNKNOWN, ID))
            self._fitting = np.append(self._fitting, np.zeros(more, np.bool_))
            self._near = np.append(self._near, np.full(more, nan))
