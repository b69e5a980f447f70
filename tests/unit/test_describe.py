from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.dataset import Dataset
from migragraph.describe import Index, describe, index_subjects, is_nested, tree_of
from migragraph.errors import CallError
from migragraph.namespaces import MG, OA, OWL, RDFS, SKOS

TOWN = "https://example.org/town/"


@pytest.fixture(scope="module")
def index(dataset: Dataset) -> Index:
    return index_subjects(dataset.default)


def thing(name: str) -> NamedNode:
    return NamedNode(TOWN + name)


LAW, GAZETTE = thing("law/market"), thing("source/gazette")


def subjects(triples: list[Triple]) -> set[str]:
    return {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}


def test_the_index_has_every_triple_sorted(dataset: Dataset, index: Index) -> None:
    assert {Triple(node, *pair) for node, pairs in index.items() for pair in pairs} == set(dataset.default)
    law = [Triple(LAW, *pair) for pair in index[LAW]]
    assert law == sorted(law, key=str)


def test_a_tree_has_the_nested_nodes_and_their_passages(index: Index) -> None:
    triples = list(tree_of(index, LAW))
    assert len(triples) == len(set(triples))
    assert triples[: len(index[LAW])] == [Triple(LAW, *pair) for pair in index[LAW]]
    kinds = {subject.removeprefix(TOWN).rpartition("-")[0] for subject in subjects(triples)}
    assert kinds == {
        "",
        "law/market#instrumentstate",
        "law/market#evidence",
        "source/gazette#passage",
        "source/gazette#textquoteselector",
    }
    assert Literal("passed in 2020") in {triple.object for triple in triples}


def test_a_tree_leaves_out_other_things(index: Index) -> None:
    assert TOWN + "actor/guild" not in subjects(list(tree_of(index, thing("event/fair"))))


def test_a_tree_has_the_whole_of_a_list(index: Index) -> None:
    assert {triple.object for triple in tree_of(index, MG.Status)} >= {
        NamedNode("https://example.org/concept/passed"),
        NamedNode("https://example.org/concept/in-force"),
    }


def test_a_tree_follows_whatever_a_passage_holds() -> None:
    """Not every selector is one of quotes."""
    passage, selector = thing("source/gazette#passage-0123456789"), thing("source/gazette#fragmentselector-0123456789")
    triples = [
        Triple(LAW, MG.p, passage),
        Triple(passage, OA.hasSelector, selector),
        Triple(selector, MG.p, Literal("x")),
    ]
    assert list(tree_of(index_subjects(triples), LAW)) == triples


def test_a_tree_of_a_ring_ends() -> None:
    one, two = thing("a#state-0000000001"), thing("a#state-0000000002")
    ring = [Triple(one, MG.p, two), Triple(two, MG.p, one)]
    assert list(tree_of(index_subjects(ring), one)) == ring


@pytest.mark.parametrize(
    ("node", "nested"),
    [
        (BlankNode("b"), True),
        (thing("law/market#state-0123456789"), True),
        (thing("law/other#state-0123456789"), False),
        (thing("law/other#passage-0123456789"), True),
        (thing("law/market#article-1"), False),
        (LAW, False),
        (Literal("x"), False),
    ],
)
def test_is_nested(node: object, nested: bool) -> None:
    assert is_nested(node, LAW) is nested
    assert is_nested(node, thing("law/market#state-1111111111")) is nested


def test_a_description_is_the_tree_and_labels(index: Index) -> None:
    triples = describe(index, thing("event/fair"))
    assert triples == sorted(triples, key=str)
    assert set(tree_of(index, thing("event/fair"))) < set(triples)
    labels = {(triple.subject, triple.predicate) for triple in triples} - {
        (t.subject, t.predicate) for t in tree_of(index, thing("event/fair"))
    }
    assert (thing("actor/guild"), RDFS.label) in labels
    assert (NamedNode("https://example.org/concept/trade"), SKOS.prefLabel) in labels
    assert {predicate for _, predicate in labels} <= {RDFS.label, SKOS.prefLabel}


def test_a_source_is_described_with_its_passages(index: Index) -> None:
    words = {triple.object for triple in describe(index, GAZETTE)}
    assert {Literal("passed in 2020"), Literal("the guild came"), Literal("200 stalls")} <= words


def test_an_ontology_is_described_with_its_terms(index: Index) -> None:
    triples = describe(index, NamedNode(str(MG).rstrip("#")))
    assert Triple(MG.Event, RDFS.subClassOf, MG.Happening) in triples


def test_an_anchor_is_described_alone(index: Index) -> None:
    triples = describe(index, MG.Event)
    assert Triple(MG.Event, RDFS.subClassOf, MG.Happening) in triples
    assert MG.Status not in {triple.subject for triple in triples}
    assert OWL.oneOf not in {triple.predicate for triple in triples}


@pytest.mark.parametrize("name", ["nobody", "event/fai", "event/example", "law/market#nothing"])
def test_nothing_is_said(index: Index, name: str) -> None:
    with pytest.raises(CallError, match=name):
        describe(index, thing(name))
