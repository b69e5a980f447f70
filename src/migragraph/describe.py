"""What a resource is: its triples, its nested nodes with their evidence, and the labels of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.errors import CallError
from migragraph.iris import document_of, is_minted
from migragraph.namespaces import RDFS, SKOS

__all__ = ["Index", "Node", "describe", "index_subjects", "is_nested", "tree_of"]

Node = NamedNode | BlankNode

Index = Mapping[Node, list[Triple]]
"""The triples of each subject."""

_LABELS = frozenset((RDFS.label, SKOS.prefLabel))


def index_subjects(triples: Iterable[Triple]) -> dict[Node, list[Triple]]:
    """Sort triples by subject, predicate and object, and give those of each subject."""
    index: dict[Node, list[Triple]] = {}
    for triple in sorted(triples, key=str):
        if not isinstance(triple.subject, Triple):
            index.setdefault(triple.subject, []).append(triple)
    return index


def is_nested(node: object, *within: Node) -> bool:
    """Tell whether a node belongs in the trees of others: blank, nested in the thing of one of them, or a passage."""
    if isinstance(node, BlankNode):
        return True
    if not isinstance(node, NamedNode) or not is_minted(node.value):
        return False
    document, _, anchor = node.value.partition("#")
    things = (document_of(other) for other in within if isinstance(other, NamedNode))
    return anchor.startswith("passage-") or document in things


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
    roots = [resource] if "#" in resource.value else _anchors(index, resource)
    own = dict.fromkeys(triple for root in roots for triple in tree_of(index, root))
    if not own:
        raise CallError(f"the graph says nothing of {resource}.", advice="Check the IRI, or the CURIE.")
    named = {term for triple in own for term in (triple.predicate, triple.object) if isinstance(term, NamedNode)}
    labels = (triple for term in named for triple in index.get(term, ()) if triple.predicate in _LABELS)
    return sorted({*own, *labels}, key=str)


def _anchors(index: Index, document: NamedNode) -> list[NamedNode]:
    """Give a document and, where its anchors are things of their own (terms, passages), those too."""
    start = document.value + "#"
    anchors = (node for node in index if isinstance(node, NamedNode) and node.value.startswith(start))
    return [document, *anchors]
