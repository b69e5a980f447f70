"""Solutions as a table: a column of numbers of terms for each variable, and joins of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from migragraph.shacl.fast.columns import Pairs, join_pairs
from migragraph.shacl.fast.terms import ID, NONE, Ids, Mask, sort_distinct

__all__ = ["Places", "Table", "join_tables", "number_rows", "subtract_rows", "unite_tables"]

LARGEST = np.iinfo(np.int64).max
Places: TypeAlias = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Table:
    """Hold solutions; NONE stands where a variable has no value."""

    rows: int
    columns: Mapping[str, Ids] = field(default_factory=dict)

    def take(self, places: Places | Mask) -> Table:
        """Give the rows at these places, or those that a mask names."""
        rows = int(np.count_nonzero(places)) if places.dtype == np.bool_ else len(places)
        return Table(rows, {name: column[places] for name, column in self.columns.items()})

    def with_column(self, name: str, column: Ids) -> Table:
        """Give the table with one column more, or another in its place."""
        return Table(self.rows, {**self.columns, name: column})

    def keep(self, names: Iterable[str]) -> Table:
        """Give the columns of these names; one that is not there is empty."""
        return Table(self.rows, {name: self.column(name) for name in names})

    def column(self, name: str) -> Ids:
        """Give a column."""
        found = self.columns.get(name)
        return np.full(self.rows, NONE, ID) if found is None else found


def number_rows(columns: Sequence[Ids], rows: int) -> Places:
    """Give rows one number each, the same to equal rows; the numbers are in no order."""
    keys, most = np.zeros(rows, np.int64), 1
    for column in columns:
        width = int(column.max(initial=0)) + 2
        if most * width > LARGEST:
            keys, most = np.unique(keys, return_inverse=True)[1], rows
        keys, most = keys * width + (column + 1), most * width
    return keys


def join_tables(left: Table, right: Table) -> Table:
    """Give each pair of rows that agree wherever both have a value."""
    shared = [name for name in left.columns if name in right.columns]
    parts = [
        _join_bound(one, other, names)
        for one, left_bound in _split(left, shared)
        for other, right_bound in _split(right, shared)
        for names in [[name for name in shared if name in left_bound and name in right_bound]]
    ]
    return unite_tables(parts) if len(parts) != 1 else parts[0]


def _split(table: Table, names: Sequence[str]) -> Iterator[tuple[Table, frozenset[str]]]:
    """Split the rows by which of the columns have a value there."""
    bound = {name: table.columns[name] != NONE for name in names}
    partial = [name for name in names if not bound[name].all()]
    if not partial:
        yield table, frozenset(names)
        return
    marks = sum(bound[name].astype(np.int64) << place for place, name in enumerate(partial))
    for mark in sort_distinct(marks).tolist():
        missing = {name for place, name in enumerate(partial) if not mark >> place & 1}
        yield table.take(marks == mark), frozenset(names) - missing


def _join_bound(left: Table, right: Table, names: Sequence[str]) -> Table:
    """Join by columns that have a value in all rows."""
    pairs = _pair_rows(left, right, names)
    columns = {name: column[pairs.start] for name, column in left.columns.items()}
    for name, column in right.columns.items():
        own, other = columns.get(name), column[pairs.end]
        columns[name] = other if own is None or name in names else np.where(own == NONE, other, own)
    return Table(len(pairs), columns)


def _pair_rows(left: Table, right: Table, names: Sequence[str]) -> Pairs:
    places = Pairs(np.arange(left.rows, dtype=ID), np.arange(right.rows, dtype=ID))
    both = [np.concatenate((left.columns[name], right.columns[name])) for name in names]
    keys = np.unique(number_rows(both, left.rows + right.rows), return_inverse=True)[1].astype(ID)
    order = np.argsort(keys[left.rows :], kind="stable").astype(ID)
    return join_pairs(Pairs(places.start, keys[: left.rows]), Pairs(keys[left.rows :][order], order))


def unite_tables(tables: Sequence[Table]) -> Table:
    """Give the rows of all tables; a column that one has not is empty there."""
    names = dict.fromkeys(name for table in tables for name in table.columns)
    columns = {name: np.concatenate([table.column(name) for table in tables]) for name in names}
    return Table(sum(table.rows for table in tables), columns)


def subtract_rows(rows: int, places: Places) -> Places:
    """Give the places of a table that are not among these."""
    rest = np.ones(rows, np.bool_)
    rest[places] = False
    return np.flatnonzero(rest)
