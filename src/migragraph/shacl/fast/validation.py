"""Shapes run over sets of nodes: which nodes conform, and the results for those that do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from migragraph.namespaces import SH
from migragraph.shacl.fast.columns import Pairs, find_places
from migragraph.shacl.fast.components import find_failures
from migragraph.shacl.fast.context import Context, Failures, Values
from migragraph.shacl.fast.model import Constraint, Shape
from migragraph.shacl.fast.paths import follow_path
from migragraph.shacl.fast.targets import find_focus_nodes
from migragraph.shacl.fast.terms import Ids, Mask
from migragraph.shacl.shapes import Term

__all__ = ["Outcome", "judge_nodes", "run_shapes"]

PROPERTY = SH["PropertyConstraintComponent"]


class Outcome(NamedTuple):
    """Hold what fails one constraint of a shape; ``times`` says how often a focus node is looked at."""

    shape: Shape
    constraint: Constraint
    failures: Failures
    times: npt.NDArray[np.int64]


def run_shapes(context: Context) -> Iterator[Outcome]:
    """Run each shape that has targets on its focus nodes."""
    for shape in context.model.list_targeted():
        nodes = find_focus_nodes(context, shape)
        yield from _run_shape(context, shape, nodes, np.ones(len(nodes), np.int64))


def judge_nodes(context: Context, node: Term, numbers: Ids) -> Mask:
    """Tell which of the nodes, distinct and sorted, conform to a shape."""
    shape = context.model.shape(node)
    conforming = np.ones(len(numbers), np.bool_)
    if not shape.deactivated:
        values = _collect_values(context, shape, numbers)
        for constraint in shape.constraints:
            failures = find_failures(context, shape, constraint, values)
            conforming[np.searchsorted(numbers, failures.focus)] = False
    return conforming


def _run_shape(context: Context, shape: Shape, nodes: Ids, times: npt.NDArray[np.int64]) -> Iterator[Outcome]:
    if shape.deactivated or not len(nodes):
        return
    values = _collect_values(context, shape, nodes)
    for constraint in shape.constraints:
        if not context.is_nested:
            context.restart()
        if constraint.component == PROPERTY:
            yield from _run_property(context, constraint, values, times)
            continue
        failures = find_failures(context, shape, constraint, values)
        if len(failures.focus):
            yield Outcome(shape, constraint, failures, times[np.searchsorted(nodes, failures.focus)])


def _run_property(
    context: Context, constraint: Constraint, values: Values, times: npt.NDArray[np.int64]
) -> Iterator[Outcome]:
    """Run a property shape on the values, which are its focus nodes: as often as they are reached."""
    nodes, reached = values.nodes, times
    if values.pairs.end is not nodes:
        nodes = context.terms.distinct(values.pairs.end)
        places = find_places(nodes, values.pairs.end)
        weights = times[find_places(values.nodes, values.pairs.start)]
        reached = np.bincount(places, weights=weights, minlength=len(nodes)).astype(np.int64)
    with context.enter(constraint.value):
        yield from _run_shape(context, context.model.shape(constraint.value), nodes, reached)


def _collect_values(context: Context, shape: Shape, nodes: Ids) -> Values:
    if shape.path is None:
        return Values(nodes, Pairs(nodes, nodes))
    return Values(nodes, follow_path(context.columns, shape.path, nodes))
