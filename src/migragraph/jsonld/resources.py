"""Resources: the description of each as a document: the tree of the resource, then the labels of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.describe import Description, Node
from migragraph.jsonld.context import Context
from migragraph.jsonld.trees import find_roots, make_tree
from migragraph.memo import Memo

__all__ = ["Resources"]

_KEPT = 5_000


class _Label(NamedTuple):
    triples: Sequence[Triple]
    tree: dict[str, Any]
    names: set[str]


class Resources:
    """Make the documents of resources under one context; the labels of what many of them name are written once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._names = Memo(context.list_names)
        self._labels: dict[Node, _Label] = {}

    def make(self, description: Description, *, whole: bool = True) -> dict[str, Any]:
        """Make the document of a resource; unless ``whole``, the context has only what the document may need."""
        context, tree, resource = self._context, description.tree, description.resource
        labels = {node: self._label(node, triples) for node, triples in description.labels.items()}
        roots, rings = find_roots(tree)
        first = make_tree(tree, resource, context)
        order = [node for node in (*sorted([*roots, *labels], key=str), *rings) if node != resource]
        rest = [labels[node].tree if node in labels else make_tree(tree, node, context) for node in order]
        names = None
        if not whole:
            own = (self._list_names(node, triples) for node, triples in tree.items())
            names = set().union(*own, *(label.names for label in labels.values()))
        return {"@context": context.json(names), "@graph": [first, *rest]}

    def _label(self, node: Node, triples: Sequence[Triple]) -> _Label:
        known = self._labels.get(node)
        if known is None or known.triples is not triples:
            if len(self._labels) >= _KEPT:
                self._labels.clear()
            tree = make_tree({node: triples}, node, self._context)
            known = self._labels[node] = _Label(triples, tree, self._list_names(node, triples))
        return known

    def _list_names(self, node: Node, triples: Iterable[Triple]) -> set[str]:
        """Give the names of the context that the triples of a node may need."""
        iris = {node.value} if isinstance(node, NamedNode) else set()
        for triple in triples:
            iris.add(triple.predicate.value)
            value = triple.object
            if isinstance(value, NamedNode):
                iris.add(value.value)
            elif isinstance(value, Literal):
                iris.add(value.datatype.value)
        return {name for iri in iris for name in self._names[iri]}
