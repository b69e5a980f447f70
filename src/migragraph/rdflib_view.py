"""The dataset for those who work with rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from migragraph.dataset import Dataset

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["make_dataset"]


def make_dataset(dataset: Dataset) -> rdflib.Dataset:
    """Make an rdflib Dataset of the same quads and prefixes; literals keep the forms in which they were written."""
    import rdflib

    view = rdflib.Dataset()
    for prefix, iri in dataset.prefixes.items():
        view.bind(prefix, iri, replace=True)
    default = view.default_graph
    for triple in dataset.default:
        default.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    for quad in dataset.named:
        graph = view.graph(_node(quad.graph_name))  # type: ignore[arg-type]
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return view


def _node(term: object) -> Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
