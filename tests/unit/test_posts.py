"""A person acts in a post where every holding says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from migragraph.dataset import Dataset, build
from migragraph.layout import Layout
from migragraph.posts import find_acting

Writer = Callable[[Mapping[str, str]], Layout]

HOLDINGS = """
@prefix actor: <https://example.org/town/actor/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
actor:one org:member actor:ann ; mg:inPost actor:mayor ; mg:acting {first} .
actor:two org:member actor:ann ; mg:inPost actor:mayor {second} .
"""


@pytest.mark.parametrize(
    ("first", "second", "acts"),
    [
        ("true", "; mg:acting true", True),
        ("1", "; mg:acting true", True),
        ("true", "", False),
        ("true", "; mg:acting false", False),
        ("false", "", False),
    ],
)
def test_every_holding_counts(write_project: Writer, first: str, second: str, acts: bool) -> None:
    text = HOLDINGS.replace("{first}", first).replace("{second}", second)
    assert bool(find_acting(build(write_project({"a.ttl": text})).index)) is acts


def test_the_bundled_graph_knows_one(bundled: Dataset) -> None:
    persons = {person.value.rpartition("/")[2] for person, _ in find_acting(bundled.index)}
    assert persons == {"mitsue-pembroke"}
