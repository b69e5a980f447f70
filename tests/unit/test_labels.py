"""Labels are given in the language asked for, or else in English, or else any, or else the CURIE."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from pyoxigraph import NamedNode

from migragraph.dataset import Dataset, build
from migragraph.iris import expand_curie
from migragraph.labels import Label, Labels, collect_labels
from migragraph.layout import Layout
from migragraph.namespaces import RDFS, SKOS

Writer = Callable[[Mapping[str, str]], Layout]

NAMES = """
@prefix law: <https://example.org/town/law/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
law:one rdfs:label "Eins"@de, "One"@en-GB .
law:two rdfs:label "Zwei"@de .
law:three skos:altLabel "Third"@en .
law:four rdfs:label "Four" ; skos:prefLabel "Vier"@de .
"""


@pytest.fixture
def labels(dataset: Dataset) -> Labels:
    return collect_labels(dataset)


@pytest.mark.parametrize(
    ("term", "language", "label"),
    [
        ("event:fair", "en", Label("Fair", "en")),
        ("event:fair", "vi", Label("Hội chợ", "vi")),
        ("event:fair", "fr", Label("Fête", "fr-be")),
        ("event:fair", "de", Label("Fair", "en")),
        ("concept:trade", "vi", Label("thương mại", "vi")),
        ("mg:Event", "vi", Label("sự kiện", "vi")),
        ("statement:praise", "en", Label("statement:praise", "")),
        ("https://example.net/x", "en", Label("https://example.net/x", "")),
    ],
)
def test_one_label_is_found(labels: Labels, dataset: Dataset, term: str, language: str, label: Label) -> None:
    assert labels.find(expand_curie(term, dataset.prefixes), language) == label


@pytest.mark.parametrize(
    ("key", "language", "label"),
    [
        ("one", "en", Label("One", "en-gb")),
        ("one", "de", Label("Eins", "de")),
        ("two", "vi", Label("Zwei", "de")),
        ("three", "en", Label("law:three", "")),
        ("four", "en", Label("Four", "")),
        ("four", "de", Label("Vier", "de")),
    ],
)
def test_labels_in_other_languages(write_project: Writer, key: str, language: str, label: Label) -> None:
    labels = collect_labels(build(write_project({"a.ttl": NAMES})))
    assert labels.find(NamedNode(f"https://example.org/town/law/{key}"), language) == label


def test_a_name_is_a_label_or_the_last_part_of_an_iri(labels: Labels) -> None:
    assert labels.name(NamedNode("https://example.org/town/event/fair")) == "Fair"
    assert labels.name(NamedNode("https://example.org/town/event/none")) == "none"
    assert labels.name(NamedNode("https://example.net/a#part")) == "part"


def test_names_are_kept_with_the_property_that_gives_them(write_project: Writer) -> None:
    names = collect_labels(build(write_project({"a.ttl": NAMES}))).names
    assert [name for name, _ in names[NamedNode("https://example.org/town/law/three")]] == [SKOS.altLabel]
    assert {name for name, _ in names[NamedNode("https://example.org/town/law/four")]} == {RDFS.label, SKOS.prefLabel}
