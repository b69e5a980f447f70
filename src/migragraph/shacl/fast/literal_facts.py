"""What is known of literals, by number of the term: each is looked at once in a run."""

from __future__ import annotations

from itertools import compress
from math import nan

import numpy as np
import numpy.typing as npt

from migragraph.literals import find_misfits
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
        self._datatypes[waiting] = NONE
        literals = waiting[self._terms.kinds[waiting] == LITERAL]
        for datatype, places, texts in self._terms.group_literals(literals):
            own, fitting = literals[places], np.ones(len(places), np.bool_)
            fitting[list(find_misfits(datatype.value, texts))] = False
            self._datatypes[own], self._fitting[own] = self._terms.number(datatype), fitting
            if datatype.value in NUMBERS:
                fitted = texts if fitting.all() else compress(texts, fitting.tolist())
                self._near[own[fitting]] = np.fromiter(map(float, fitted), np.float64)

    def _grow(self, size: int) -> None:
        more = size - len(self._datatypes)
        if more:
            self._datatypes = np.append(self._datatypes, np.full(more, UNKNOWN, ID))
            self._fitting = np.append(self._fitting, np.zeros(more, np.bool_))
            self._near = np.append(self._near, np.full(more, nan))
