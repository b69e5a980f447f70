"""What a resource is: its triples, its nested nodes with their evidence, and the labels of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.errors import CallError
from migragraph.iris import document_of, is_minted
from migragraph.namespaces import RDFS, SKOS

__all__ = ["Index", "describe", "index_subjects", "is_nested", "tree_of"]

Index = Mapping[NamedNode | BlankNode, list[Triple]]
"""The triples of each subject."""

_QUOTED = ("passage-", "textquoteselector-")
_LABELS = frozenset((RDFS.label, SKOS.prefLabel))


def index_subjects(triples: Iterable[Triple]) -> dict[NamedNode | BlankNode, list[Triple]]:
    """Sort triples by subject, predicate and object, and give those of each subject."""
    index: dict[NamedNode | BlankNode, list[Triple]] = {}
    for triple in sorted(triples, key=str):
        if not isinstance(triple.subject, Triple):
            index.setdefault(triple.subject, []).append(triple)
    return index


def is_nested(node: object, document: str) -> bool:
    """Tell whether a node belongs in a document's trees: blank, nested in the document's thing, or a passage."""
    if isinstance(node, BlankNode):
        return True
    if not isinstance(node, NamedNode) or not is_minted(node.value):
        return False
    return document_of(node) == document or node.value.partition("#")[2].startswith(_QUOTED)


def tree_of(index: Index, root: NamedNode) -> Iterator[Triple]:
    """Give the triples of a node and, depth first, of the nodes nested in it, each node once."""
    document = document_of(root)
    waiting: list[NamedNode | BlankNode] = [root]
    seen: set[NamedNode | BlankNode] = {root}
    while waiting:
        for triple in index.get(waiting.pop(), ()):
            yield triple
            node = triple.object
            if isinstance(node, NamedNode | BlankNode) and node not in seen and is_nested(node, document):
                seen.add(node)
                waiting.append(node)


def describe(index: Index, resource: NamedNode) -> list[Triple]:
    """Describe a resource, sorted; a document of terms (the ontology, the shapes) is described with all its anchors.

    Raises CallError where nothing is said of the resource.
    """
    roots = [resource] if "#" in resource.value else _anchors(index, resource)
    own = dict.fromkeys(triple for root in roots for triple in tree_of(index, root))
    if not own:
        raise CallError(
            f"the graph says nothing of {resource}.", advice="Check the IRI: `migragraph query` finds things by label."
        )
    named = {term for triple in own for term in (triple.predicate, triple.object) if isinstance(term, NamedNode)}
    labels = (triple for term in named for triple in index.get(term, ()) if triple.predicate in _LABELS)
    return sorted({*own, *labels}, key=str)


def _anchors(index: Index, document: NamedNode) -> list[NamedNode]:
    """Give a document and, where its anchors are things of their own (terms, passages), those too."""
    start = document.value + "#"
    anchors = (node for node in index if isinstance(node, NamedNode) and node.value.startswith(start))
    return [document, *anchors]
