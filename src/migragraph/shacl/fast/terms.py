"""Terms as numbers: each distinct term of a run has one, and tests on terms are made once for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.namespaces import XSD
from migragraph.shacl.shapes import Term

__all__ = ["BLANK", "ID", "IRI", "LITERAL", "NONE", "Ids", "Mask", "Terms", "sort_distinct"]

ID = np.int32
Ids: TypeAlias = npt.NDArray[np.int32]
Mask: TypeAlias = npt.NDArray[np.bool_]

IRI, BLANK, LITERAL, TRIPLE = range(4)
KINDS: dict[type, int] = {NamedNode: IRI, BlankNode: BLANK, Literal: LITERAL, Triple: TRIPLE}
Number = TypeVar("Number", np.int32, np.int64)
NONE = -1
"""The number that stands where there is no term."""


def sort_distinct(numbers: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Give the distinct numbers, sorted, as np.unique does, in less time where there are few."""
    if len(numbers) < 2:
        return numbers.copy()
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


class _Numbers(dict[Term, int]):
    """Give each term the next number where it is met first."""

    def __missing__(self, term: Term) -> int:
        number = self[term] = len(self)
        return number


class Terms:
    """Number terms in the order in which they are met; two terms are one where RDF says so, by lexical form."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._listed: list[Term] = []
        self._kinds = np.empty(0, np.int8)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, number: int) -> Term:
        return self.listed[number]

    @property
    def listed(self) -> list[Term]:
        """Give the terms by number."""
        if len(self._listed) != len(self._numbers):
            self._listed += islice(self._numbers, len(self._listed), None)
        return self._listed

    @property
    def kinds(self) -> npt.NDArray[np.int8]:
        """Give for each term what it is: IRI, BLANK or LITERAL."""
        if (known := len(self._kinds)) != len(self._numbers):
            types = map(type, islice(self.listed, known, None))
            fresh = np.fromiter(map(KINDS.__getitem__, types), np.int8, len(self) - known)
            self._kinds = np.concatenate((self._kinds, fresh))
        return self._kinds

    @property
    def has_triples(self) -> bool:
        """Tell whether there are triple terms (RDF 1.2) among the terms."""
        return bool((self.kinds == TRIPLE).any())

    def number(self, term: Term) -> int:
        """Give the number of a term, a new one where it has none."""
        return self._numbers[term]

    def number_truths(self, truths: Mask) -> Ids:
        """Give the numbers of boolean literals."""
        false, true = (self.number(Literal(text, datatype=XSD["boolean"])) for text in ("false", "true"))
        return np.where(truths, true, false).astype(ID)

    def number_all(self, terms: Iterable[Term]) -> Ids:
        """Give the numbers of distinct terms, sorted."""
        return sort_distinct(np.fromiter(map(self._numbers.__getitem__, terms), ID))

    def read(self, triples: Iterable[Triple]) -> Ids:
        """Give a row of three numbers for each triple; triples with triple terms (RDF 1.2) are left out."""
        flat: Iterator[Term] = chain.from_iterable(triples)
        table = np.fromiter(map(self._numbers.__getitem__, flat), ID).reshape(-1, 3)
        if self.has_triples:
            table = table[(self.kinds[table] != TRIPLE).all(axis=1)]
        return table

    def distinct(self, numbers: Ids) -> Ids:
        """Give the distinct numbers, sorted."""
        if len(numbers) < len(self) // 8:
            return sort_distinct(numbers)
        met = np.zeros(len(self), np.bool_)
        met[numbers] = True
        return np.flatnonzero(met).astype(ID)

    def test(self, numbers: Ids, holds: Callable[[Term], bool]) -> Mask:
        """Tell for each number whether its term passes a test, which is made once for each distinct term."""
        distinct = self.distinct(numbers)
        listed = self.listed
        answers = np.fromiter((holds(listed[number]) for number in distinct.tolist()), np.bool_, len(distinct))
        if len(distinct) == len(numbers) and np.array_equal(distinct, numbers):
            return answers
        return answers[np.searchsorted(distinct, numbers)]
