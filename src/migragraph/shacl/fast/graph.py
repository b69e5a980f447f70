"""The triples of files as numbers, and where in them a node stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import starmap
from pathlib import Path

import numpy as np
from pyoxigraph import Triple

from migragraph.errors import DataError
from migragraph.lines import Lines
from migragraph.shacl.fast.columns import Columns
from migragraph.shacl.fast.terms import ID, TRIPLE, Ids
from migragraph.shacl.fast.written import WrittenTerms
from migragraph.shacl.shapes import Term

__all__ = ["NumberedGraph", "number_files"]


class NumberedGraph:
    """Hold the triples of files as rows of three numbers, in their order, and to which row each file reaches."""

    def __init__(self, terms: WrittenTerms, table: Ids, paths: list[Path], ends: list[int]) -> None:
        self.terms = terms
        self.paths = paths
        self._table = table
        self._ends = np.array(ends, np.int64)

    def __iter__(self) -> Iterator[Triple]:
        """Give the triples, each once."""
        spelled = zip(*(self.terms.pick(self._table[:, place]) for place in range(3)), strict=True)
        yield from dict.fromkeys(starmap(Triple, spelled))

    @cached_property
    def columns(self) -> Columns:
        """Give the triples by predicate."""
        return Columns(self.terms, self._table)

    def count(self) -> int:
        """Count the triples, each once."""
        nested = 0
        if self.terms.has_triples:
            rows = self._table[(self.terms.kinds[self._table] == TRIPLE).any(axis=1)]
            nested = len(np.unique(rows, axis=0))
        return self.columns.count() + nested

    def find_parents(self, nodes: Iterable[Term]) -> dict[Term, Term]:
        """Give for nodes the subject of the first triple that points to each."""
        first = self._find_first(2, nodes)
        subjects = self.terms.pick(self._table[list(first.values()), 0])
        return dict(zip(first, subjects, strict=True))

    def find_files(self, nodes: Iterable[Term]) -> dict[Term, list[tuple[Path, int]]]:
        """Give for nodes the files that describe each, and its first row in each, counted from 0."""
        found: dict[Term, list[tuple[Path, int]]] = {}
        start = 0
        for path, end in zip(self.paths, self._ends.tolist(), strict=True):
            for node, row in self._find_first(0, nodes, slice(start, end)).items():
                found.setdefault(node, []).append((path, row))
            start = end
        return found

    def count_rows(self, path: Path) -> int:
        """Count the triples of a file."""
        place = self.paths.index(path)
        return int(self._ends[place]) - (int(self._ends[place - 1]) if place else 0)

    def _find_first(self, position: int, nodes: Iterable[Term], among: slice = slice(None)) -> dict[Term, int]:
        """Give for nodes the first of some rows in which each is subject (0) or object (2), counted among these."""
        numbered = {self.terms.number(node): node for node in nodes}
        wanted = np.zeros(len(self.terms), np.bool_)
        wanted[list(numbered)] = True
        column = self._table[among, position]
        rows = np.flatnonzero(wanted[column])
        numbers, first = np.unique(column[rows], return_index=True)
        return {numbered[number]: int(rows[place]) for number, place in zip(numbers.tolist(), first, strict=True)}


def number_files(files: Iterable[Lines]) -> tuple[NumberedGraph, list[DataError]]:
    """Read files into numbers; of one that does not parse nothing is kept but its error."""
    terms = WrittenTerms()
    parts, paths, ends, errors = [np.empty((0, 3), ID)], [], [0], []
    for lines in files:
        count = len(terms)
        try:
            own = [terms.read_lines(chunk) for chunk in lines.read()]
        except DataError as error:
            terms.forget(count)
            errors.append(error)
            continue
        parts += own
        paths.append(lines.path)
        ends.append(ends[-1] + sum(map(len, own)))
    return NumberedGraph(terms, np.concatenate(parts), paths, ends[1:]), errors
