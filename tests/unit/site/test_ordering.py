"""The order and the names of properties, as shapes give them."""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import NamedNode
from tests.unit.conftest import ProjectWriter

from migragraph.dataset import Dataset, build
from migragraph.site.ordering import LAST, Ordering

EX = "https://example.org/"
HEAD = """@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ONTOLOGY = (
    HEAD + "ex:Cat rdfs:subClassOf ex:Animal . ex:Animal rdfs:subClassOf ex:Being . ex:Being rdfs:subClassOf ex:Cat ."
)


def order(write_project: ProjectWriter, shapes: str, ontology: str = ONTOLOGY) -> Ordering:
    layout = write_project({"one.ttl": HEAD + "ex:tom a ex:Cat ."}, ontology)
    (layout.root / "shapes" / "shapes.ttl").write_text(HEAD + shapes, encoding="utf-8")
    return Ordering(build(layout))


def places(ordering: Ordering, *classes: str) -> list[str]:
    found = ordering.of(NamedNode(EX + name) for name in classes)
    return sorted((iri.removeprefix(EX) for iri in found), key=lambda name: found[EX + name].order)


def test_properties_stand_in_their_order(write_project: ProjectWriter) -> None:
    shapes = """ex:S sh:targetClass ex:Cat ;
      sh:property [ sh:path ex:b ; sh:order 10 ] , [ sh:path ex:a ; sh:order 2.5 ] , [ sh:path ex:c ] ,
        [ sh:path [ sh:inversePath ex:d ] ; sh:order 1 ] ,
        [ sh:path ex:e ; sh:order 1 ; sh:deactivated true ] , [ sh:path ex:f ; sh:order "first" ] ."""
    ordering = order(write_project, shapes)
    assert places(ordering, "Cat")[:2] == ["a", "b"]
    assert set(places(ordering, "Cat")) == {"a", "b", "c", "f"}
    found = ordering.of([NamedNode(EX + "Cat")])
    assert found[EX + "c"].order == found[EX + "f"].order == LAST.order
    assert places(ordering, "Dog") == []


def test_the_shape_of_the_nearer_class_counts(write_project: ProjectWriter) -> None:
    shapes = """ex:S sh:targetClass ex:Animal ; sh:property [ sh:path ex:a ; sh:order 1 ; sh:name "of animals"@en ] ,
        [ sh:path ex:b ; sh:order 2 ] .
      ex:T sh:targetClass ex:Cat ; sh:property [ sh:path ex:a ; sh:order 3 ; sh:name "of cats"@en, "mèo"@vi ] ."""
    ordering = order(write_project, shapes)
    assert places(ordering, "Cat") == ["b", "a"]
    place = ordering.of([NamedNode(EX + "Cat")])[EX + "a"]
    assert [place.called(language) for language in ("en", "vi", "fr")] == ["of cats", "mèo", ""]
    assert ordering.of([NamedNode(EX + "Animal")])[EX + "a"].called("en") == "of animals"
    assert [term.value for term in ordering.supertypes[NamedNode(EX + "Cat")]] == [EX + "Animal", EX + "Being"]


def test_of_one_shape_what_stands_first_counts(write_project: ProjectWriter) -> None:
    shapes = """ex:S sh:targetClass ex:Cat ; sh:property [ sh:path ex:a ; sh:order 4 ; sh:name "later" ] ,
        [ sh:path ex:a ; sh:order 1 ; sh:name "sooner" ] ."""
    place = order(write_project, shapes).of([NamedNode(EX + "Cat")])[EX + "a"]
    assert (place.called("en"), place.called("vi"), int(place.order)) == ("sooner", "sooner", 1)


def test_shapes_within_shapes_and_classes_that_are_shapes_are_read(write_project: ProjectWriter) -> None:
    shapes = """ex:Cat a rdfs:Class ; sh:node ex:Inner ; sh:and ( [ sh:property [ sh:path ex:b ; sh:order 2 ] ] ) .
      ex:Inner sh:property [ sh:path ex:a ; sh:order 1 ] ; sh:node ex:Inner ."""
    assert places(order(write_project, shapes), "Cat") == ["a", "b"]


def test_groups_have_an_order_and_names(write_project: ProjectWriter) -> None:
    shapes = """ex:S sh:targetClass ex:Cat ; sh:property [ sh:path ex:a ; sh:order 1 ; sh:group ex:G ] ,
        [ sh:path ex:b ; sh:order 2 ] .
      ex:G sh:order 1 ; rdfs:label "Looks"@en, "Hình dáng"@vi ."""
    found = order(write_project, shapes).of([NamedNode(EX + "Cat")])
    assert found[EX + "a"].group.names == {"en": "Looks", "vi": "Hình dáng"}
    assert found[EX + "b"].group[:2] < found[EX + "a"].group[:2]


def test_a_project_without_shapes_has_no_order(write_project: ProjectWriter) -> None:
    ordering = order(write_project, "")
    root = build(write_project({"one.ttl": HEAD + "ex:tom a ex:Cat ."}, ONTOLOGY)).layout.root
    shutil.rmtree(root / "shapes")
    assert places(ordering, "Cat") == []


def test_every_class_of_the_bundled_graph_that_has_a_shape_is_ordered(bundled: Dataset) -> None:
    ordering = Ordering(bundled)
    law = ordering.of([NamedNode("https://w3id.org/migragraph/ontology#Law")])
    first = sorted(law, key=lambda iri: law[iri].order)[:4]
    assert "http://data.europa.eu/eli/ontology#number" in first
    assert law["http://data.europa.eu/eli/ontology#number"].called("vi") == "số"
    assert Path(bundled.layout.folder("shapes")).is_dir()
