"""The data graph as columns: for each predicate the pairs of subject and object, sorted either way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pyoxigraph import NamedNode, Triple

from migragraph.shacl.fast.terms import ID, NONE, TRIPLE, Ids, Mask, Terms

__all__ = ["Column", "Columns", "Pairs", "find_places", "join_pairs", "key_pairs", "unique_pairs", "unpack_keys"]

EMPTY = np.empty(0, ID)
# A join that gives more rows than this (1.5 GB in use) has forgotten what connects its parts.
MOST_ROWS = 100_000_000


class Pairs(NamedTuple):
    """Hold two columns of numbers of terms, row by row: for a path, what it starts from and what it reaches."""

    start: Ids
    end: Ids

    def __len__(self) -> int:
        return len(self.start)

    def where(self, mask: Mask) -> Pairs:
        """Give the rows that a mask names."""
        return Pairs(self.start[mask], self.end[mask])

    @property
    def flipped(self) -> Pairs:
        """Give the pairs the other way round."""
        return Pairs(self.end, self.start)


class Column:
    """Hold the triples of one predicate, each once, sorted by subject and, when asked, by object."""

    def __init__(self, subjects: Ids, objects: Ids) -> None:
        self.by_subject = unique_pairs(Pairs(subjects, objects))

    @cached_property
    def by_object(self) -> Pairs:
        """Give the pairs of object and subject, sorted."""
        return unique_pairs(self.by_subject.flipped)

    @cached_property
    def subjects(self) -> int:
        """Count the subjects."""
        return _count_runs(self.by_subject.start)

    @cached_property
    def objects(self) -> int:
        """Count the objects."""
        return _count_runs(self.by_object.start)

    def follow(self, nodes: Ids, *, backward: bool = False) -> Pairs:
        """Give each node with each of its objects, or of its subjects, by node."""
        pairs = self.by_object if backward else self.by_subject
        return join_pairs(Pairs(nodes, nodes), pairs)

    def restrict(self, nodes: Ids, *, backward: bool = False) -> Pairs:
        """Give what ``follow`` does for nodes that are distinct and sorted; where they are many, without a join."""
        pairs = self.by_object if backward else self.by_subject
        if not len(nodes) or not len(pairs) or len(nodes) < len(pairs) // 8:
            return self.follow(nodes, backward=backward)
        if np.array_equal(nodes, pairs.start):
            return pairs
        wanted = np.zeros(1 + max(int(nodes[-1]), int(pairs.start[-1])), np.bool_)
        wanted[nodes] = True
        kept = wanted[pairs.start]
        return pairs if kept.all() else pairs.where(kept)


class Columns:
    """Hold the triples of a graph by predicate; those of the shapes graph stand beside them."""

    def __init__(self, terms: Terms, triples: Iterable[Triple] | Ids, shapes: Iterable[Triple] = ()) -> None:
        """Take triples, or a row of three numbers for each; what holds triple terms (RDF 1.2) is left out."""
        self.terms = terms
        self._shapes = shapes
        table = triples if isinstance(triples, np.ndarray) else terms.read(triples)
        if terms.has_triples:
            table = table[(terms.kinds[table] != TRIPLE).all(axis=1)]
        self._predicates = terms.distinct(table[:, 1])
        # Few predicates make short numbers, which sort in linear time.
        ranks = np.zeros(len(terms), np.min_scalar_type(len(self._predicates)))
        ranks[self._predicates] = np.arange(len(self._predicates))
        places = ranks[table[:, 1]]
        order = np.argsort(places, kind="stable")
        self._bounds = np.concatenate(([0], np.cumsum(np.bincount(places, minlength=len(self._predicates)))))
        self._subjects, self._objects = table[order, 0], table[order, 2]
        self._columns: dict[int, Column] = {}

    def set_shapes(self, shapes: Iterable[Triple]) -> None:
        """Take the shapes graph, which stands beside this one."""
        self._shapes = shapes

    @cached_property
    def shapes(self) -> Columns:
        """Give the shapes graph, for queries that look into it."""
        return Columns(self.terms, self._shapes)

    @property
    def predicates(self) -> Ids:
        """Give the predicates of the graph."""
        return self._predicates

    @cached_property
    def nodes(self) -> Ids:
        """Give all subjects and objects, sorted."""
        return self.terms.distinct(np.concatenate((self._subjects, self._objects)))

    def column(self, predicate: int) -> Column:
        """Give the triples of a predicate, which may have none."""
        if predicate not in self._columns:
            self._columns[predicate] = Column(*self._slice(predicate))
        return self._columns[predicate]

    def write_lines(self) -> bytes:
        """Write the triples as N-Triples, a line each."""
        written = self.terms.spell(np.arange(len(self.terms), dtype=ID))
        rows = zip(*(np.asarray(part).tolist() for part in self._list_rows()), strict=True)
        lines = (b"%b %b %b .\n" % (written[one], written[two], written[three]) for one, two, three in rows)
        return b"".join(lines)

    def _list_rows(self) -> tuple[Ids, Ids, Ids]:
        counts = np.diff(self._bounds)
        return self._subjects, np.repeat(self._predicates, counts), self._objects

    def count(self) -> int:
        """Count the triples."""
        return sum(len(self.column(predicate).by_subject) for predicate in self.predicates.tolist())

    def of(self, predicate: NamedNode) -> Column:
        """Give the triples of a predicate by its IRI."""
        return self.column(self.terms.number(predicate))

    def _slice(self, predicate: int) -> tuple[Ids, Ids]:
        place = int(np.searchsorted(self._predicates, predicate))
        if place == len(self._predicates) or self._predicates[place] != predicate:
            return EMPTY, EMPTY
        part = slice(self._bounds[place], self._bounds[place + 1])
        return self._subjects[part], self._objects[part]


def _count_runs(numbers: Ids) -> int:
    return int(np.count_nonzero(numbers[1:] != numbers[:-1])) + (len(numbers) > 0)


def key_pairs(pairs: Pairs) -> npt.NDArray[np.int64]:
    """Give one number for each pair, in the order of the pairs."""
    return (pairs.start.astype(np.int64) << 32) | pairs.end


def unique_pairs(pairs: Pairs) -> Pairs:
    """Give each pair once, sorted."""
    keys = key_pairs(pairs)
    if not (keys[1:] > keys[:-1]).all():
        keys = np.sort(keys)
        first = np.ones(len(keys), np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        keys = keys[first]
    return unpack_keys(keys)


def unpack_keys(keys: npt.NDArray[np.int64]) -> Pairs:
    """Give the pairs that numbers stand for."""
    return Pairs((keys >> 32).astype(ID), keys.astype(ID))


def join_pairs(left: Pairs, right: Pairs) -> Pairs:
    """Give the start of each left pair with the end of each right pair that starts where the left one ends.

    The right pairs are sorted; a pair that is reached twice stands there twice.
    """
    if not len(left) or not len(right):
        return Pairs(EMPTY, EMPTY)
    if len(left) >= len(right) // 8 and (right.start[1:] != right.start[:-1]).all():
        return _join_functional(left, right)
    low, counts = _find_runs(right.start, left.end)
    return Pairs(np.repeat(left.start, counts), right.end[_spread(low, counts)])


def _join_functional(left: Pairs, right: Pairs) -> Pairs:
    """Join where no two right pairs start at one place, which most properties are like."""
    places = np.full(1 + max(int(right.start[-1]), int(left.end.max())), NONE, ID)
    places[right.start] = np.arange(len(right), dtype=ID)
    met = places[left.end]
    if (met == NONE).any():
        left, met = left.where(met != NONE), met[met != NONE]
    return Pairs(left.start, right.end[met])


def _find_runs(numbers: Ids, wanted: Ids) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give where each of the wanted begins among sorted numbers, and how often it stands there."""
    top = 1 + max(int(numbers[-1]) if len(numbers) else 0, int(wanted.max(initial=0)))
    if len(wanted) < top // 8:
        low = np.searchsorted(numbers, wanted, "left")
        return low, np.searchsorted(numbers, wanted, "right") - low
    all_counts = np.bincount(numbers, minlength=top)
    return (np.cumsum(all_counts) - all_counts)[wanted], all_counts[wanted]


def find_places(members: Ids, numbers: Ids) -> npt.NDArray[np.integer[Any]]:
    """Give the place of each number among members, distinct and sorted, of which it is one."""
    if len(members) == len(numbers) and np.array_equal(members, numbers):
        return np.arange(len(members), dtype=ID)
    top = int(members[-1]) + 1 if len(members) else 0
    if len(numbers) < top // 8 or not len(numbers):
        return np.searchsorted(members, numbers)
    places = np.empty(top, ID)
    places[members] = np.arange(len(members), dtype=ID)
    return places[numbers]


def _spread(low: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give the places low, low + 1, ... of each run, as many as it counts, one run after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    if total > MOST_ROWS:
        raise MemoryError
    return np.arange(total) + np.repeat(low - ends + counts, counts)
