"""The focus nodes of shapes: https://www.w3.org/TR/shacl/#targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from pyoxigraph import NamedNode

from migragraph.namespaces import RDF, SH
from migragraph.shacl.fast.context import Context
from migragraph.shacl.fast.model import Shape
from migragraph.shacl.fast.terms import ID, Ids
from migragraph.shacl.results import Unmet
from migragraph.shacl.shapes import Term

__all__ = ["find_focus_nodes"]


def find_focus_nodes(context: Context, shape: Shape) -> Ids:
    """Give the nodes that the targets of a shape name, each once, sorted."""
    named = [(kind, value) for kind, values in shape.targets.items() for value in values]
    found = [TARGETS[kind](context, value) for kind, value in named]
    for (kind, value), nodes in zip(named, found, strict=True):
        if not shape.deactivated and not _is_known(context, kind, value, nodes):
            context.unmet.append(Unmet(shape.node, kind, value))
    return context.terms.distinct(np.concatenate(found)) if found else np.empty(0, ID)


def _is_known(context: Context, kind: NamedNode, value: Term, nodes: Ids) -> bool:
    """Tell whether a target meets nodes, or names a class or property that the data declare, and do not use yet."""
    if kind == SH["targetNode"]:
        return bool(np.isin(nodes, context.columns.nodes).any())
    return len(nodes) > 0 or len(context.columns.of(RDF["type"]).follow(_find_node(context, value))) > 0


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
