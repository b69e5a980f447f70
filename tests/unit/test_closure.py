from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.closure import imply
from migragraph.namespaces import MG, RDF, RDFS


def node(name: str) -> NamedNode:
    return NamedNode(f"https://e.org/{name}")


def triple(subject: str, predicate: NamedNode, object_: str) -> Triple:
    return Triple(node(subject), predicate, node(object_))


SUB, TYPE, PROP = RDFS.subClassOf, RDF.type, RDFS.subPropertyOf


@pytest.mark.parametrize(
    ("given", "implied"),
    [
        ([], []),
        ([triple("x", TYPE, "A")], []),
        (
            [triple("A", SUB, "B"), triple("B", SUB, "C"), triple("x", TYPE, "A")],
            [triple("x", TYPE, "B"), triple("x", TYPE, "C")],
        ),
        ([triple("A", SUB, "B"), triple("x", TYPE, "A"), triple("x", TYPE, "B")], []),
        ([triple("A", SUB, "B"), triple("B", SUB, "A"), triple("x", TYPE, "A")], [triple("x", TYPE, "B")]),
        ([triple("A", SUB, "A"), triple("x", TYPE, "A")], []),
        (
            [triple("p", PROP, "q"), triple("q", PROP, "r"), triple("x", node("p"), "y")],
            [triple("x", node("q"), "y"), triple("x", node("r"), "y")],
        ),
        ([triple("p", RDFS.domain, "A"), triple("p", RDFS.range, "B"), triple("x", node("p"), "y")], []),
        ([Triple(node("A"), SUB, BlankNode("b")), triple("x", TYPE, "A")], []),
    ],
)
def test_super_types_and_properties(given: list[Triple], implied: list[Triple]) -> None:
    assert imply(given) == implied


PARTICIPATION = [
    triple("fair", MG.participation, "fair#p"),
    triple("fair#p", MG.participant, "guild"),
    triple("fair#p", MG.role, "organizer"),
]
DIRECT = [triple("organizer", MG.directProperty, "organizes"), triple("organizes", PROP, "contributes")]


def test_direct_properties_and_what_is_above_them() -> None:
    assert imply([*PARTICIPATION, *DIRECT]) == [
        triple("fair", node("organizes"), "guild"),
        triple("fair", node("contributes"), "guild"),
    ]


def test_two_participants_and_two_roles() -> None:
    more = [
        triple("fair#p", MG.participant, "council"),
        triple("fair#p", MG.role, "host"),
        triple("host", MG.directProperty, "hosts"),
    ]
    assert set(imply([*PARTICIPATION, *DIRECT, *more])) == {
        triple("fair", node(link), actor)
        for link in ("organizes", "contributes", "hosts")
        for actor in ("guild", "council")
    }


@pytest.mark.parametrize("left_out", range(4))
def test_direct_properties_need_every_part(left_out: int) -> None:
    given = [*PARTICIPATION, DIRECT[0]]
    assert imply(given[:left_out] + given[left_out + 1 :]) == []


def test_nothing_is_implied_twice() -> None:
    given = [triple("A", SUB, "C"), triple("B", SUB, "C"), triple("x", TYPE, "A"), triple("x", TYPE, "B")]
    assert imply(given) == [triple("x", TYPE, "C")]
