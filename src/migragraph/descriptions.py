"""The descriptions of a dataset: each document of it described, and written in RDF, by tables that are made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.closure import Pair
from migragraph.dataset import Dataset
from migragraph.describe import Describer, Description, Index, Node, index_subjects, sort_pairs
from migragraph.iris import document_of
from migragraph.nesting import label_blanks

__all__ = ["Descriptions"]


class Descriptions:
    """Describe the resources of a dataset, one after another.

    What is described is the default graph, of which only as much is made as is asked for. A document that it says
    nothing of may be one of the shapes: they stand in their own files.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._data = _Subjects(dataset)
        self._describer = Describer(self._data)

    def describe(self, resource: NamedNode) -> Description:
        """Describe a resource, a document with all its anchors; raise CallError where nothing is said of it."""
        document = document_of(resource)
        of_shapes = document not in self._data.documents and document in self._shape_documents
        documents = self._shape_documents if of_shapes else self._data.documents
        anchors = () if "#" in resource.value else documents.get(document, ())
        return (self._shape_describer if of_shapes else self._describer).describe(resource, anchors)

    def list_documents(self) -> Iterator[str]:
        """Give the IRIs of all documents that are described."""
        yield from dict.fromkeys([*self._data.documents, *self._shape_documents])

    @cached_property
    def _shapes(self) -> Index:
        quads = (quad for file in self._dataset.shapes for quad in label_blanks(file.quads, file.path))
        return index_subjects({Triple(quad.subject, quad.predicate, quad.object) for quad in quads})

    @cached_property
    def _shape_describer(self) -> Describer:
        return Describer(self._shapes, self._data)

    @cached_property
    def _shape_documents(self) -> Mapping[str, list[NamedNode]]:
        return _group(self._shapes)


class _Subjects(Mapping[Node, list[Pair]]):
    """The default graph by subject, what is said of each put together and sorted when it is asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    def __getitem__(self, subject: Node) -> list[Pair]:
        """Give what is said of a subject; raise KeyError where that is nothing."""
        pairs = self._dataset.list_pairs(subject)
        if not pairs:
            raise KeyError(subject)
        return sort_pairs(pairs)

    def __iter__(self) -> Iterator[Node]:
        terms = (node for node in self._dataset.connections.terms if not isinstance(node, Triple))
        yield from dict.fromkeys([*terms, *self._dataset.index])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def documents(self) -> Mapping[str, Iterable[NamedNode]]:
        """Give the subjects by the IRIs of their documents."""
        terms = _group(self._dataset.connections.terms)
        nodes = self._dataset.connections.nodes
        return {**nodes, **{document: [*found, *nodes.get(document, ())] for document, found in terms.items()}}


def _group(nodes: Iterable[NamedNode | BlankNode | Triple | Literal]) -> dict[str, list[NamedNode]]:
    found: dict[str, list[NamedNode]] = {}
    for node in nodes:
        if isinstance(node, NamedNode):
            found.setdefault(document_of(node), []).append(node)
    return found
