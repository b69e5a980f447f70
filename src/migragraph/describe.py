"""What a resource is: its triples, its nested nodes with their evidence, and the labels of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.closure import Pair
from migragraph.errors import CallError
from migragraph.iris import document_of, is_minted
from migragraph.memo import Memo
from migragraph.namespaces import RDFS, SKOS
from migragraph.nesting import Statement

__all__ = [
    "Describer",
    "Description",
    "Index",
    "Node",
    "describe",
    "group_subjects",
    "index_subjects",
    "is_nested",
    "sort_pairs",
    "tree_of",
]

Node = NamedNode | BlankNode
NodeType = TypeVar("NodeType", bound=Node)

Index = Mapping[Node, Sequence[Pair]]
"""What is said of each subject, predicate and object, sorted: pairs, since each look at a part of a triple makes it."""

_LABELS = frozenset((RDFS.label, SKOS.prefLabel))
_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Description:
    """What a resource is: the triples of its tree, and the labels of what these name, both by subject and sorted.

    No subject has a place in both. ``iris`` are all IRIs that the triples name, and ``labelling`` are the triples of
    the labels, which many descriptions share.
    """

    resource: NamedNode
    tree: Index
    labels: Index
    iris: Set[NamedNode]
    labelling: Mapping[Node, Sequence[Triple]]

    @property
    def index(self) -> Index:
        """Give all triples by subject, sorted."""
        return dict(sorted({**self.labels, **self.tree}.items(), key=lambda item: str(item[0])))

    @property
    def triples(self) -> list[Triple]:
        """Give all triples, sorted."""
        own = {subject: [Triple(subject, *pair) for pair in pairs] for subject, pairs in self.tree.items()}
        return [triple for subject in self.index for triple in (own.get(subject) or self.labelling[subject])]


def index_subjects(triples: Iterable[Triple]) -> dict[Node, list[Pair]]:
    """Sort triples by subject, predicate and object, and give what is said of each subject."""
    return group_subjects(sorted(triples, key=str))


def group_subjects(triples: Iterable[Triple | Statement]) -> dict[Node, list[Pair]]:
    """Give what is said of each subject, by triples that are sorted, taken apart or not."""
    index: dict[Node, list[Pair]] = {}
    for subject, predicate, value in triples:
        if not isinstance(subject, Triple):
            index.setdefault(subject, []).append((predicate, value))
    return index


def sort_pairs(pairs: Iterable[Pair]) -> list[Pair]:
    """Sort what is said of a subject, by how N-Triples writes it."""
    return sorted(pairs, key=_spell)


def _spell(pair: Pair) -> str:
    predicate, value = pair
    return f"{predicate} {value}"


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
        for predicate, node in index.get(subject, ()):
            yield Triple(subject, predicate, node)
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

    pairs: Sequence[Pair]
    named: frozenset[NamedNode]
    nodes: tuple[Node, ...]


class _Label(NamedTuple):
    """The labels of a term, the IRIs in them, and their triples."""

    pairs: Sequence[Pair]
    named: frozenset[NamedNode]
    triples: Sequence[Triple]


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
        tree = {node: one for node, one in self._climb(dict.fromkeys([resource, *anchors])).items() if one.pairs}
        if not tree:
            raise CallError(f"the graph says nothing of {resource}.", advice="Check the IRI, or the CURIE.")
        named = set[NamedNode]().union(*(one.named for one in tree.values()))
        labels = {term: found for term in named - tree.keys() if (found := self._labels[term]).pairs}
        return Description(
            resource,
            {node: tree[node].pairs for node in _sort(tree)},
            {node: labels[node].pairs for node in _sort(labels)},
            named.union(
                (node for node in tree if isinstance(node, NamedNode)), *(one.named for one in labels.values())
            ),
            {node: one.triples for node, one in labels.items()},
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
        pairs = self._index.get(node, ())
        objects = (value for _, value in pairs)
        nodes = (
            one
            for one in objects
            if isinstance(one, BlankNode) or (isinstance(one, NamedNode) and is_minted(one.value))
        )
        return _Subject(pairs, _list_iris(pairs), tuple(nodes))

    def _list_labels(self, term: NamedNode) -> _Label:
        pairs = [pair for pair in self._names.get(term, ()) if pair[0] in _LABELS]
        return _Label(pairs, _list_iris(pairs), [Triple(term, *pair) for pair in pairs])


def _list_iris(pairs: Iterable[Pair]) -> frozenset[NamedNode]:
    return frozenset(one for pair in pairs for one in pair if isinstance(one, NamedNode))


def _sort(nodes: Iterable[NodeType]) -> list[NodeType]:
    return sorted(nodes, key=str)
