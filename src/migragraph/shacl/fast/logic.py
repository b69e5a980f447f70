"""The constraint components that refer to other shapes: https://www.w3.org/TR/shacl/#core-components-logical."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
from pyoxigraph import NamedNode

from migragraph.namespaces import SH
from migragraph.shacl.fast.context import Context, Failures, Values
from migragraph.shacl.fast.model import Constraint
from migragraph.shacl.fast.sets import Component
from migragraph.shacl.fast.terms import Ids, Mask
from migragraph.shacl.fast.values import ValueTest

__all__ = ["COUNTS_OF_CONFORMING", "SHAPE_TESTS"]


def test_node(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values conform to the shape."""
    return context.conform(constraint.value, values)


def test_not(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values do not conform to the shape."""
    return ~context.conform(constraint.value, values)


def _count_conforming(fits: Callable[[npt.NDArray[np.int64], int], Mask]) -> ValueTest:
    """Make a test of to how many shapes of a list a value conforms; one that stands there twice counts twice."""

    def test(context: Context, constraint: Constraint, values: Ids) -> Mask:
        counts = np.zeros(len(values), np.int64)
        for shape in constraint.members:
            counts += context.conform(shape, values)
        return fits(counts, len(constraint.members))

    return test


def _find_qualified(fails: Callable[[npt.NDArray[np.int64], int], Mask]) -> Component:
    """Make a component that counts the values that conform to the shape, and to no sibling of it."""

    def find(context: Context, constraint: Constraint, values: Values) -> Failures:
        conforming = context.conform(constraint.value, values.pairs.end)
        for sibling in constraint.members:
            conforming &= ~context.conform(sibling, values.pairs.end)
        return Failures(values.nodes[fails(values.count_values(conforming), constraint.count)])

    return find


SHAPE_TESTS: Mapping[NamedNode, ValueTest] = {
    SH["AndConstraintComponent"]: _count_conforming(lambda counts, shapes: counts == shapes),
    SH["NodeConstraintComponent"]: test_node,
    SH["NotConstraintComponent"]: test_not,
    SH["OrConstraintComponent"]: _count_conforming(lambda counts, _: counts > 0),
    SH["PropertyConstraintComponent"]: test_node,
    SH["XoneConstraintComponent"]: _count_conforming(lambda counts, _: counts == 1),
}
"""For each component, which values satisfy a constraint of it."""

COUNTS_OF_CONFORMING: Mapping[NamedNode, Component] = {
    SH["QualifiedMaxCountConstraintComponent"]: _find_qualified(lambda counts, bound: counts > bound),
    SH["QualifiedMinCountConstraintComponent"]: _find_qualified(lambda counts, bound: counts < bound),
}
