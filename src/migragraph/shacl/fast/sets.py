"""The constraint components that look at all values of a focus node together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from pyoxigraph import NamedNode

from migragraph.namespaces import SH
from migragraph.shacl.fast.columns import Pairs, join_pairs, key_pairs, unpack_keys
from migragraph.shacl.fast.comparison import Value, is_at_most, is_less, read_value
from migragraph.shacl.fast.context import Context, Failures, Values
from migragraph.shacl.fast.model import Constraint
from migragraph.shacl.fast.terms import ID, Ids

__all__ = ["SET_TESTS", "Component"]

Component: TypeAlias = Callable[[Context, Constraint, Values], Failures]


def find_too_few(_: Context, constraint: Constraint, values: Values) -> Failures:
    """Find the focus nodes with fewer values than asked for."""
    return Failures(values.nodes[values.count_values() < constraint.count])


def find_too_many(_: Context, constraint: Constraint, values: Values) -> Failures:
    """Find the focus nodes with more values than allowed."""
    return Failures(values.nodes[values.count_values() > constraint.count])


def find_missing(context: Context, constraint: Constraint, values: Values) -> Failures:
    """Find the focus nodes that do not have a value (sh:hasValue)."""
    wanted = values.pairs.end == context.terms.number(constraint.value)
    return Failures(values.nodes[values.count_values(wanted) == 0])


def find_repeated_languages(context: Context, _: Constraint, values: Values) -> Failures:
    """Find the focus nodes with two values of one language, once for each such language (sh:uniqueLang)."""
    tags: dict[str, int] = {"": 0}
    distinct = context.terms.distinct(values.pairs.end)
    table = np.zeros(len(context.terms), ID)
    table[distinct] = [tags.setdefault(tag, len(tags)) for tag in context.terms.read_languages(distinct)]
    tagged = Pairs(values.pairs.start, table[values.pairs.end])
    keys, counts = np.unique(key_pairs(tagged.where(tagged.end > 0)), return_counts=True)
    return Failures(unpack_keys(keys[counts > 1]).start)


def find_unequal(context: Context, constraint: Constraint, values: Values) -> Failures:
    """Find what is a value alone, or an object of the other property alone (sh:equals)."""
    others = key_pairs(_follow(context, constraint, values))
    different = np.setxor1d(key_pairs(values.pairs), others, assume_unique=True)
    return Failures(*unpack_keys(different))


def find_shared(context: Context, constraint: Constraint, values: Values) -> Failures:
    """Find the values that are objects of the other property too (sh:disjoint)."""
    keys, others = key_pairs(values.pairs), key_pairs(_follow(context, constraint, values))
    # Both are sorted.
    places = np.searchsorted(others, keys)
    places[places == len(others)] = 0
    shared = others[places] == keys if len(others) else np.zeros(len(keys), np.bool_)
    return Failures(*values.pairs.where(shared))


def _find_out_of_order(fits: Callable[[Value | None, Value | None], bool]) -> Component:
    """Make a component that finds each pair of a value and an object of the other property that are not in order."""

    def find(context: Context, constraint: Constraint, values: Values) -> Failures:
        rows = np.arange(len(values.pairs), dtype=ID)
        pairs = join_pairs(Pairs(rows, values.pairs.start), _follow(context, constraint, values))
        left, right = values.pairs.end[pairs.start], pairs.end
        keys, places = np.unique(key_pairs(Pairs(left, right)), return_inverse=True)
        compared = zip(*map(context.terms.pick, unpack_keys(keys)), strict=True)
        wrong = np.fromiter((not fits(read_value(one), read_value(other)) for one, other in compared), np.bool_)
        rows = pairs.start[wrong[places]] if len(keys) else rows[:0]
        return Failures(*values.pairs.where(rows))  # type: ignore[arg-type]

    return find


def _follow(context: Context, constraint: Constraint, values: Values) -> Pairs:
    """Give the focus nodes with the objects of the property that the constraint names."""
    return context.columns.column(context.terms.number(constraint.value)).restrict(values.nodes)


def find_undeclared(context: Context, constraint: Constraint, values: Values) -> Failures:
    """Find the triples of the values with predicates that a closed shape does not allow."""
    allowed = {context.terms.number(member) for member in constraint.members}
    reached = context.mark(values.pairs.end)
    columns = {
        predicate: context.columns.column(predicate).by_subject
        for predicate in context.columns.predicates.tolist()
        if predicate not in allowed
    }
    # Most columns say nothing of these nodes.
    found = [
        (predicate, join_pairs(values.pairs, column))
        for predicate, column in columns.items()
        if reached[column.start].any()
    ]
    focus = [pairs.start for _, pairs in found]
    objects = [pairs.end for _, pairs in found]
    paths = [np.full(len(pairs), predicate, ID) for predicate, pairs in found]
    return Failures(*(np.concatenate([NOTHING, *parts]) for parts in (focus, objects, paths)))  # type: ignore[arg-type]


NOTHING: Ids = np.empty(0, ID)

SET_TESTS: Mapping[NamedNode, Component] = {
    SH[f"{name}ConstraintComponent"]: component
    for name, component in {
        "Closed": find_undeclared,
        "Disjoint": find_shared,
        "Equals": find_unequal,
        "HasValue": find_missing,
        "LessThan": _find_out_of_order(is_less),
        "LessThanOrEquals": _find_out_of_order(is_at_most),
        "MaxCount": find_too_many,
        "MinCount": find_too_few,
        "UniqueLang": find_repeated_languages,
    }.items()
}
"""For each component, what fails a constraint of it."""
