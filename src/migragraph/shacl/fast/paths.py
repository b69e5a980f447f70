"""Property paths as joins: https://www.w3.org/TR/shacl/#property-paths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from migragraph.shacl.fast.columns import Columns, Pairs, join_pairs, key_pairs, unique_pairs, unpack_keys
from migragraph.shacl.fast.model import Path
from migragraph.shacl.fast.terms import Ids, sort_distinct

__all__ = ["follow_path"]


def follow_path(columns: Columns, path: Path, nodes: Ids, *, backward: bool = False) -> Pairs:
    """Give each of the nodes, which are distinct and sorted, with each node that the path leads to, sorted.

    Backward, the path is walked from its end.
    """
    if path.predicate is not None:
        return columns.of(path.predicate).restrict(nodes, backward=backward)
    inner = path.parts[0]
    if path.operator == "^":
        return follow_path(columns, inner, nodes, backward=not backward)
    if path.operator == "/":
        return _follow_sequence(columns, path.parts[::-1] if backward else path.parts, nodes, backward)
    if path.operator == "|":
        return _merge([follow_path(columns, part, nodes, backward=backward) for part in path.parts])
    first = follow_path(columns, inner, nodes, backward=backward)
    same = Pairs(nodes, nodes)
    if path.operator == "?":
        return _merge([same, first])
    reached = first if path.operator == "+" else _merge([same, first])
    return _repeat(columns, inner, reached, first, backward)


def _follow_sequence(columns: Columns, parts: Sequence[Path], nodes: Ids, backward: bool) -> Pairs:
    reached = Pairs(nodes, nodes)
    for part in parts:
        step = follow_path(columns, part, columns.terms.distinct(reached.end), backward=backward)
        reached = unique_pairs(join_pairs(reached, step))
    return reached


def _repeat(columns: Columns, inner: Path, reached: Pairs, border: Pairs, backward: bool) -> Pairs:
    """Add what further steps lead to, each step from what the one before met first, until there is nothing new."""
    known = key_pairs(reached)
    while len(border):
        step = follow_path(columns, inner, columns.terms.distinct(border.end), backward=backward)
        keys = sort_distinct(key_pairs(join_pairs(border, step)))
        places = np.searchsorted(known, keys)
        fresh = known[np.minimum(places, len(known) - 1)] != keys
        known = np.insert(known, places[fresh], keys[fresh])
        border = unpack_keys(keys[fresh])
    return unpack_keys(known)


def _merge(parts: Sequence[Pairs]) -> Pairs:
    starts, ends = zip(*parts, strict=True)
    return unique_pairs(Pairs(np.concatenate(starts), np.concatenate(ends)))
