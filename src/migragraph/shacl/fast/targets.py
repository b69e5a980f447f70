"""The focus nodes of shapes: https://www.w3.org/TR/shacl/#targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from pyoxigraph import NamedNode

from migragraph.namespaces import SH
from migragraph.shacl.fast.context import Context
from migragraph.shacl.fast.model import Shape
from migragraph.shacl.fast.terms import ID, Ids
from migragraph.shacl.shapes import Term

__all__ = ["find_focus_nodes"]


def find_focus_nodes(context: Context, shape: Shape) -> Ids:
    """Give the nodes that the targets of a shape name, each once, sorted."""
    found = [TARGETS[kind](context, value) for kind, values in shape.targets.items() for value in values]
    return context.terms.distinct(np.concatenate(found)) if found else np.empty(0, ID)


def _find_node(context: Context, node: Term) -> Ids:
    return np.array([context.terms.number(node)], ID)


def _find_subjects(context: Context, predicate: Term) -> Ids:
    return context.columns.column(context.terms.number(predicate)).by_subject.start


def _find_objects(context: Context, predicate: Term) -> Ids:
    return context.columns.column(context.terms.number(predicate)).by_subject.end


TARGETS: Mapping[NamedNode, Callable[[Context, Term], Ids]] = {
    SH["targetClass"]: Context.instances,
    SH["targetNode"]: _find_node,
    SH["targetObjectsOf"]: _find_objects,
    SH["targetSubjectsOf"]: _find_subjects,
}
