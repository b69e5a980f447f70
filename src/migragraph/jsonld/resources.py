"""Resources: the description of each as a document: the tree of the resource, then the labels of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from pyoxigraph import Literal

from migragraph.closure import Pair
from migragraph.describe import Description, Node
from migragraph.jsonld.context import Context
from migragraph.jsonld.trees import find_roots, make_tree
from migragraph.memo import Memo

__all__ = ["Resources"]

_KEPT = 5_000


class _Label(NamedTuple):
    pairs: Sequence[Pair]
    tree: dict[str, Any]
    datatypes: set[str]


class Resources:
    """Make the documents of resources under one context; the labels of what many of them name are written once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._names = Memo(context.list_names)
        self._known: dict[Node, _Label] = {}

    def make(self, description: Description, *, whole: bool = True) -> dict[str, Any]:
        """Make the document of a resource; unless ``whole``, the context has only what the document may need."""
        context, tree, resource = self._context, description.tree, description.resource
        labels = {node: self._label(node, pairs) for node, pairs in description.labels.items()}
        roots, rings = find_roots(tree)
        first = make_tree(tree, resource, context)
        order = [node for node in (*sorted([*roots, *labels], key=str), *rings) if node != resource]
        rest = [labels[node].tree if node in labels else make_tree(tree, node, context) for node in order]
        names = None
        if not whole:
            datatypes = set().union(*map(_list_datatypes, tree.values()), *(one.datatypes for one in labels.values()))
            used = chain((iri.value for iri in description.iris), datatypes)
            names = set(chain.from_iterable(map(self._names.__getitem__, used)))
        return {"@context": context.json(names), "@graph": [first, *rest]}

    def _label(self, node: Node, pairs: Sequence[Pair]) -> _Label:
        known = self._known.get(node)
        if known is None or known.pairs is not pairs:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[node] = _Label(
                pairs, make_tree({node: pairs}, node, self._context), _list_datatypes(pairs)
            )
        return known


def _list_datatypes(pairs: Iterable[Pair]) -> set[str]:
    return {value.datatype.value for _, value in pairs if isinstance(value, Literal)}
