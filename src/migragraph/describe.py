"""What a resource is: its triples, its nested nodes with their evidence, and the labels of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.errors import CallError
from migragraph.iris import document_of, is_minted
from migragraph.memo import Memo
from migragraph.namespaces import RDFS, SKOS

__all__ = [
    "Describer",
    "Description",
    "Index",
    "Node",
    "describe",
    "group_subjects",
    "index_subjects",
    "is_nested",
    "tree_of",
]

Node = NamedNode | BlankNode

Index = Mapping[Node, Sequence[Triple]]
"""The triples of each subject, sorted."""

_LABELS = frozenset((RDFS.label, SKOS.prefLabel))
_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Description:
    """What a resource is: the triples of its tree, and the labels of what these name, both by subject and sorted.

    No subject has a place in both. ``named`` are the IRIs that the triples of the tree name, but for its own subjects.
    """

    resource: NamedNode
    tree: Index
    labels: Index
    named: Set[NamedNode]

    @property
    def index(self) -> Index:
        """Give all triples by subject, sorted."""
        return dict(sorted({**self.labels, **self.tree}.items(), key=lambda item: str(item[0])))

    @property
    def triples(self) -> list[Triple]:
        """Give all triples, sorted."""
        return [triple for triples in self.index.values() for triple in triples]


def index_subjects(triples: Iterable[Triple]) -> dict[Node, list[Triple]]:
    """Sort triples by subject, predicate and object, and give those of each subject."""
    return group_subjects(sorted(triples, key=str))


def group_subjects(triples: Iterable[Triple]) -> dict[Node, list[Triple]]:
    """Give the triples of each subject, of triples that are sorted."""
    index: dict[Node, list[Triple]] = {}
    for triple in triples:
        if not isinstance(triple.subject, Triple):
            index.setdefault(triple.subject, []).append(triple)
    return index


def is_nested(node: object, *within: Node) -> bool:
    """Tell whether a node belongs in the trees of others: blank, nested in the thing of one of them, or a passage."""
    if not isinstance(node, NamedNode):
        return isinstance(node, BlankNode)
    iri = node.value
    if not is_minted(iri):
        return False
    document, _, anchor = iri.partition("#")
    if anchor.startswith("passage-"):
        return True
    return any(isinstance(other, NamedNode) and document_of(other) == document for other in within)


def tree_of(index: Index, root: Node) -> Iterator[Triple]:
    """Give the triples of a node and, depth first, of the nodes nested in it, each node once."""
    waiting: list[Node] = [root]
    seen: set[Node] = {root}
    while waiting:
        subject = waiting.pop()
        for triple in index.get(subject, ()):
            yield triple
            node = triple.object
            if isinstance(node, NamedNode | BlankNode) and node not in seen and is_nested(node, root, subject):
                seen.add(node)
                waiting.append(node)


def describe(index: Index, resource: NamedNode) -> list[Triple]:
    """Describe a resource, sorted; a document of terms (the ontology, the shapes) is described with all its anchors.

    Raises CallError where nothing is said of the resource.
    """
    start = resource.value + "#"
    anchors = (node for node in index if isinstance(node, NamedNode) and node.value.startswith(start))
    return Describer(index).describe(resource, () if "#" in resource.value else anchors).triples


class _Subject(NamedTuple):
    """What is said of a subject, what that names, and which of these may be nested nodes."""

    triples: Sequence[Triple]
    named: tuple[NamedNode, ...]
    nodes: tuple[Node, ...]


class Describer:
    """Describe the resources of an index, one after another; what many of them name is looked at once.

    ``names`` is the index in which the labels of what they name stand, where it is another.
    """

    def __init__(self, index: Index, names: Index | None = None) -> None:
        self._index = index
        self._names = index if names is None else names
        self._subjects = Memo(self._read, _KEPT)
        self._labels = Memo(self._list_labels)

    def describe(self, resource: NamedNode, anchors: Iterable[NamedNode] = ()) -> Description:
        """Describe a resource, and with it the anchors of its document, where these are things of their own.

        Raises CallError where nothing is said of the resource.
        """
        tree = {node: one for node, one in self._climb(dict.fromkeys([resource, *anchors])).items() if one.triples}
        if not tree:
            raise CallError(f"the graph says nothing of {resource}.", advice="Check the IRI, or the CURIE.")
        named = {term for one in tree.values() for term in one.named} - tree.keys()
        labels: dict[Node, tuple[Triple, ...]] = {term: found for term in named if (found := self._labels[term])}
        return Description(
            resource,
            {node: tree[node].triples for node in _sort(tree)},
            {node: labels[node] for node in _sort(labels)},
            named,
        )

    def _climb(self, roots: Iterable[Node]) -> dict[Node, _Subject]:
        """Give some nodes of one document, and the nodes nested in them."""
        waiting = list(roots)
        seen = dict.fromkeys(waiting)
        root = waiting[0]
        found: dict[Node, _Subject] = {}
        while waiting:
            node = waiting.pop()
            found[node] = self._subjects[node]
            for one in found[node].nodes:
                if one not in seen and is_nested(one, root, node):
                    seen[one] = None
                    waiting.append(one)
        return found

    def _read(self, node: Node) -> _Subject:
        triples = self._index.get(node, ())
        objects = [triple.object for triple in triples]
        predicates = {triple.predicate for triple in triples}
        named = {*predicates, *(one for one in objects if isinstance(one, NamedNode))}
        nodes = (
            one
            for one in objects
            if isinstance(one, BlankNode) or (isinstance(one, NamedNode) and is_minted(one.value))
        )
        return _Subject(triples, tuple(named), tuple(nodes))

    def _list_labels(self, term: NamedNode) -> tuple[Triple, ...]:
        return tuple(triple for triple in self._names.get(term, ()) if triple.predicate in _LABELS)


def _sort(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=str)
