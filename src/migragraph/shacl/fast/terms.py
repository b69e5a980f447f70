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

__all__ = ["BLANK", "ID", "IRI", "LITERAL", "NONE", "TRIPLE", "Ids", "Mask", "Numbers", "Terms", "sort_distinct"]

ID = np.int32
Ids: TypeAlias = npt.NDArray[np.int32]
Mask: TypeAlias = npt.NDArray[np.bool_]
Key = TypeVar("Key")

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


class Numbers(dict[Key, int]):
    """Give each key the next number where it is met first."""

    def __missing__(self, key: Key) -> int:
        number = self[key] = len(self)
        return number


class Terms:
    """Number terms in the order in which they are met; two terms are one where RDF says so, by lexical form."""

    def __init__(self) -> None:
        self._numbers = Numbers[Term]()
        self._listed: list[Term] = []
        self._kinds = np.empty(0, np.int8)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, number: int) -> Term:
        return self.listed[number]

    @property
    def listed(self) -> list[Term]:
        """Give the terms by number."""
        if fresh := len(self._numbers) - len(self._listed):
            # From the end: what is known already need not be passed by.
            self._listed += [*islice(reversed(self._numbers), fresh)][::-1]
        return self._listed

    @property
    def kinds(self) -> npt.NDArray[np.int8]:
        """Give for each term what it is: IRI, BLANK or LITERAL."""
        if (known := len(self._kinds)) != len(self):
            self._kinds = np.concatenate((self._kinds, self._read_kinds(known)))
        return self._kinds

    def _read_kinds(self, start: int) -> npt.NDArray[np.int8]:
        return np.fromiter(map(KINDS.__getitem__, map(type, islice(self.listed, start, None))), np.int8)

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

    def pick(self, numbers: Ids) -> list[Term]:
        """Give the terms of numbers."""
        listed = self.listed
        return [listed[number] for number in numbers.tolist()]

    def group_literals(self, numbers: Ids) -> Iterator[tuple[NamedNode, Ids, list[str]]]:
        """Give the datatypes of numbers that are those of literals, and for each the places and texts of its own."""
        groups: dict[NamedNode, tuple[list[int], list[str]]] = {}
        for place, term in enumerate(self.pick(numbers)):
            assert isinstance(term, Literal)
            places, texts = groups.setdefault(term.datatype, ([], []))
            places.append(place)
            texts.append(term.value)
        for datatype, (places, texts) in groups.items():
            yield datatype, np.array(places, ID), texts

    def read_languages(self, numbers: Ids) -> list[str]:
        """Give the language tags of numbers in lower case, and nothing where a term has none."""
        return [(term.language or "").lower() if isinstance(term, Literal) else "" for term in self.pick(numbers)]

    def read_texts(self, numbers: Ids) -> list[str | None]:
        """Give the IRIs and the texts of literals that numbers stand for, and None where a term has none."""
        return [term.value if isinstance(term, (NamedNode, Literal)) else None for term in self.pick(numbers)]

    def spell(self, numbers: Ids) -> list[bytes]:
        """Write the terms of numbers as N-Triples does; of triple terms nothing is written."""
        return [b"" if isinstance(term, Triple) else str(term).encode() for term in self.pick(numbers)]

    def number_known(self, terms: Iterable[Term | None]) -> Ids:
        """Give the numbers of terms, and NONE for None."""
        return np.fromiter((NONE if term is None else self.number(term) for term in terms), ID)

    def pick_known(self, numbers: Ids) -> list[Term | None]:
        """Give the terms of numbers, and None for NONE."""
        known = numbers != NONE
        if known.all():
            return [*self.pick(numbers)]
        terms = iter(self.pick(numbers[known]))
        return [next(terms) if is_known else None for is_known in known.tolist()]

    def read(self, triples: Iterable[Triple]) -> Ids:
        """Give a row of three numbers for each triple."""
        flat: Iterator[Term] = chain.from_iterable(triples)
        return np.fromiter(map(self._numbers.__getitem__, flat), ID).reshape(-1, 3)

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
        answers = np.fromiter(map(holds, self.pick(distinct)), np.bool_, len(distinct))
        if len(distinct) == len(numbers) and np.array_equal(distinct, numbers):
            return answers
        return answers[np.searchsorted(distinct, numbers)]
