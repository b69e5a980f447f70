from __future__ import annotations

import json

import pytest

from migragraph.dataset import Dataset
from migragraph.inventory import INVENTORIES, Inventory, take_inventory


@pytest.fixture(scope="module")
def inventory(dataset: Dataset) -> Inventory:
    return take_inventory(dataset)


def test_size(inventory: Inventory, dataset: Dataset) -> None:
    assert inventory.title == "A small town"
    assert inventory.root == str(dataset.layout.root)
    assert inventory.triples == len(dataset.default)
    assert inventory.named_graphs == len({quad.graph_name for quad in dataset.named})


def test_classes_of_things_without_nested_nodes(inventory: Inventory) -> None:
    assert list(inventory.classes.items()) == [
        ("mg:Actor", 4),
        ("mg:Claim", 2),
        ("mg:Observation", 2),
        ("mg:Derivation", 1),
        ("mg:Event", 1),
        ("mg:Law", 1),
        ("mg:Reference", 1),
        ("mg:Source", 1),
    ]


def test_sources(inventory: Inventory) -> None:
    (source,) = inventory.sources
    assert source.iri == "https://example.org/town/source/gazette"
    assert source.label == "Gazette"
    assert source.passages == 8
    assert source.facts == 16


def test_objectives_straight_and_by_topic(inventory: Inventory) -> None:
    assert [(row.notation, row.label, row.things) for row in inventory.objectives] == [
        ("2", "Second", 1),
        ("10", "Tenth", 0),
    ]


def test_evidence(inventory: Inventory, dataset: Dataset) -> None:
    assert inventory.evidence == {
        "stated": 16,
        "referenced": 2,
        "inferred": 11,
        "exempt": dataset.support.exempt,
        "unsupported": 8,
    }


def test_stated_only_has_less(inventory: Inventory, stated: Dataset) -> None:
    less = take_inventory(stated)
    assert less.triples < inventory.triples
    assert less.evidence["inferred"] == 0
    assert "mg:Derivation" not in less.classes


def test_text(inventory: Inventory) -> None:
    lines = INVENTORIES["text"](inventory).splitlines()
    assert lines[0] == "A small town"
    assert "  mg:Actor        4" in lines
    assert "  Gazette  8 passages, 16 facts" in lines
    assert "  10 Tenth  0" in lines
    assert not [line for line in lines if line != line.rstrip()]


def test_json(inventory: Inventory) -> None:
    document = json.loads(INVENTORIES["json"](inventory))
    assert document["classes"] == inventory.classes
    assert document["sources"][0]["label"] == "Gazette"
    assert document["objectives"][1]["notation"] == "10"


def test_nothing_to_count(dataset: Dataset) -> None:
    empty = Dataset(
        layout=dataset.layout,
        ontology=(),
        spoken=(),
        index={},
        origin={},
    )
    inventory = take_inventory(empty)
    assert inventory.triples == 0
    assert not inventory.classes
    assert "unsupported  0" in INVENTORIES["text"](inventory)


def test_bundled_graph(bundled: Dataset) -> None:
    inventory = take_inventory(bundled)
    assert [row.notation for row in inventory.objectives] == [str(number) for number in range(1, 24)]
    assert len(inventory.sources) >= 5
    assert all(row.label and row.passages and row.facts for row in inventory.sources)
    assert inventory.evidence["unsupported"] == 0
