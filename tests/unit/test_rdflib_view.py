from __future__ import annotations

from collections.abc import Iterable

import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, parse
from pyoxigraph import Dataset as QuadSet

from migragraph.dataset import Dataset
from migragraph.rdflib_view import make_dataset

FAIR = "https://example.org/town/event/fair"


def canonical(quads: Iterable[Quad]) -> str:
    graph = QuadSet(quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, graph)))


def write_lines(graph: rdflib.Graph, default: rdflib.Graph) -> list[str]:
    name = "" if graph.identifier == default.identifier else graph.identifier.n3()
    return [f"{subject.n3()} {predicate.n3()} {value.n3()} {name} ." for subject, predicate, value in graph]


def test_the_view_has_the_same_quads(dataset: Dataset) -> None:
    view = make_dataset(dataset)
    lines = [line for graph in view.graphs() for line in write_lines(graph, view.default_graph)]
    assert canonical(parse("\n".join(lines), format=RdfFormat.N_QUADS)) == canonical(dataset.quads)


def test_lexical_forms_are_kept(dataset: Dataset) -> None:
    graph = make_dataset(dataset).default_graph
    values = {value.n3() for value in graph.objects(rdflib.URIRef(FAIR))}
    xsd = "^^<http://www.w3.org/2001/XMLSchema#"
    assert values >= {f'"01"{xsd}integer>', f'"1.50"{xsd}decimal>', f'"1E2"{xsd}double>', f'"1"{xsd}boolean>'}


def test_languages_are_kept(dataset: Dataset) -> None:
    labels = make_dataset(dataset).default_graph.objects(rdflib.URIRef(FAIR), rdflib.RDFS.label)
    assert {label.language for label in labels if isinstance(label, rdflib.Literal)} == {"en", "fr-be", "vi"}


def test_the_default_graph_is_not_the_union(dataset: Dataset) -> None:
    view = make_dataset(dataset)
    haunted = rdflib.URIRef("https://w3id.org/migragraph/ontology#haunted")
    rumour = rdflib.URIRef("https://example.org/town/statement/rumour")
    assert len(view.default_graph) == len(dataset.default)
    assert list(view.default_graph.triples((None, haunted, None))) == []
    assert len(list(view.graph(rumour).triples((None, haunted, None)))) == 1


def test_prefixes_are_those_of_the_project(dataset: Dataset) -> None:
    bound = {prefix: str(iri) for prefix, iri in make_dataset(dataset).namespaces()}
    assert dataset.prefixes.items() <= bound.items()
