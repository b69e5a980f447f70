"""The table of constraint components: for each, what of the values fails a constraint of it."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from migragraph.shacl.fast.context import Context, Failures, Values
from migragraph.shacl.fast.logic import COUNTS_OF_CONFORMING, SHAPE_TESTS
from migragraph.shacl.fast.model import Constraint, Shape
from migragraph.shacl.fast.sets import SET_TESTS, Component
from migragraph.shacl.fast.values import VALUE_TESTS, ValueTest

__all__ = ["find_failures"]


def find_failures(context: Context, shape: Shape, constraint: Constraint, values: Values) -> Failures:
    """Give what of the values of a shape fails one of its constraints."""
    context.running = shape, constraint
    if constraint.query is not None:
        # What compiles queries takes a while to import, and most shapes have none.
        from migragraph.shacl.fast.queries import ask_query

        return ask_query(context, shape, constraint.query, values)
    return COMPONENTS[constraint.component](context, constraint, values)


def _fail_each(test: ValueTest) -> Component:
    """Make a component of a test: each value that does not pass it fails."""

    def find(context: Context, constraint: Constraint, values: Values) -> Failures:
        return Failures(*values.pairs.where(~test(context, constraint, values.pairs.end)))

    return find


COMPONENTS: Mapping[NamedNode, Component] = {
    **{component: _fail_each(test) for component, test in {**VALUE_TESTS, **SHAPE_TESTS}.items()},
    **SET_TESTS,
    **COUNTS_OF_CONFORMING,
}
"""The components of SHACL Core (https://www.w3.org/TR/shacl/#core-components)."""
