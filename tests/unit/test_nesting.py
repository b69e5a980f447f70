from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from migragraph.errors import DataError
from migragraph.iris import is_minted
from migragraph.nesting import label_blanks, name_nested

HERE = Path("file.ttl")
HEAD = """
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix : <https://e.org/> .
"""
LAW = """
:law mg:state [ a mg:InstrumentState ; mg:status :passed ; mg:date "2020" ; mg:part [ mg:of :whole ] ;
    mg:evidence [ a mg:Evidence ; mg:property mg:status ; oa:hasTarget [ oa:hasSource :source ;
        oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "passed it" ] ] ] ] .
"""

Namer = Callable[[list[Quad], Path], list[Quad]]


def read(text: str) -> list[Quad]:
    return list(parse(HEAD + text, format=RdfFormat.TURTLE, rename_blank_nodes=True))


def name(text: str) -> list[Quad]:
    return name_nested(read(text), HERE)


def anchors(quads: list[Quad]) -> set[str]:
    terms = [term for quad in quads for term in (quad.subject, quad.object)]
    return {
        term.value.removeprefix("https://e.org/")
        for term in terms
        if isinstance(term, NamedNode) and "#" in term.value and "e.org" in term.value
    }


def test_names_are_made_of_thing_class_and_key() -> None:
    quads = name(LAW)
    assert sorted(anchor.rpartition("-")[0] for anchor in anchors(quads)) == [
        "law#evidence",
        "law#instrumentstate",
        "law#node",
        "source#passage",
        "source#textquoteselector",
    ]
    assert all(is_minted(f"https://e.org/{anchor}") for anchor in anchors(quads))
    assert not any(isinstance(term, BlankNode) for quad in quads for term in quad)


def test_a_position_does_not_rename_a_passage() -> None:
    position = "oa:hasSelector [ a oa:TextPositionSelector ; oa:start 1 ; oa:end 10 ] ,"
    for moved in (position, position.replace("10", "11")):
        more = anchors(name(LAW.replace("oa:hasSelector", moved))) - anchors(name(LAW))
        assert {anchor.rpartition("-")[0] for anchor in more} == {"source#textpositionselector", "law#evidence"}


def test_two_readings_give_the_same_names() -> None:
    assert name(LAW) == name(LAW)


def test_order_does_not_matter() -> None:
    quads = read(LAW)
    shuffled = random.Random(1).sample(quads, len(quads))
    assert set(name_nested(shuffled, HERE)) == set(name_nested(quads, HERE))


def test_a_corrected_quote_renames_only_evidence() -> None:
    before, after = anchors(name(LAW)), anchors(name(LAW.replace("passed it", "has passed it")))
    assert {anchor.rpartition("-")[0] for anchor in before ^ after} == {
        "law#evidence",
        "source#passage",
        "source#textquoteselector",
    }


def test_taking_evidence_out_renames_nothing() -> None:
    without = LAW[: LAW.index(";\n    mg:evidence")] + "] ."
    assert anchors(name(without)) < anchors(name(LAW))


def test_a_corrected_date_renames_the_state() -> None:
    before, after = anchors(name(LAW)), anchors(name(LAW.replace("2020", "2021")))
    assert "law#instrumentstate" in {anchor.rpartition("-")[0] for anchor in before - after}
    assert "source#passage" not in {anchor.rpartition("-")[0] for anchor in before - after}


def test_lexical_forms_tell_nodes_apart() -> None:
    assert len(anchors(name(":a :p [ :q 1 ], [ :q 01 ], [ :q '1' ], [ :q '1'@en ]."))) == 4


def test_equal_nodes_of_two_things_differ_and_of_one_do_not() -> None:
    assert len(anchors(name(":a :p [ :q 1 ] . :b :p [ :q 1 ] ."))) == 2
    assert len(anchors(name(":a :p [ :q 1 ], [ :q 1 ] ."))) == 1


def test_the_same_words_of_a_source_are_one_passage() -> None:
    quads = name(LAW + LAW.replace(":law", ":other"))
    assert len([anchor for anchor in anchors(quads) if anchor.startswith("source#passage")]) == 1


def test_nodes_nested_in_an_anchor_belong_to_its_document() -> None:
    assert all(
        anchor.startswith("doc#node-") for anchor in anchors(name("<https://e.org/doc#a> :p [ :q 1 ] .")) - {"doc#a"}
    )


def test_class_without_a_local_name() -> None:
    assert {anchor.rpartition("-")[0] for anchor in anchors(name(":a :p [ a <https://e.org/Class/> ] ."))} == {"a#node"}


def test_a_triple_written_twice_is_one_place() -> None:
    assert len(anchors(name(":a :p _:b . :a :p _:b . _:b :q 1 ."))) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (":a :p _:x . :b :p _:x .", "used in 2 places"),
        (":a :p _:x ; :q _:x .", "used in 2 places"),
        ("[] :p 1 .", "nested in no thing"),
        ("_:x :p [ :q 1 ] .", "nested in no thing"),
        ("_:x :p _:x .", "in a loop"),
        ("_:x :p _:y . _:y :p _:z . _:z :p _:x .", "in a loop"),
        (":a :p " + "[ :p " * 5000 + "1" + " ]" * 5000 + ".", "more than 100 deep"),
        (":a :p _:b0 . " + "".join(f"_:b{i} :p _:b{i + 1} ; :q _:b{i + 1} . " for i in range(40)), "used in 2 places"),
    ],
)
def test_what_is_nested_in_no_one_thing(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        name(text)
    assert caught.value.path == HERE
    assert caught.value.advice


def test_deep_nesting_within_the_limit() -> None:
    assert len(anchors(name(":a :p " + "[ :p " * 99 + "1" + " ]" * 99 + "."))) == 99


def labels(quads: list[Quad]) -> set[str]:
    return {term.value for quad in quads for term in quad if isinstance(term, BlankNode)}


def label(text: str) -> list[Quad]:
    return label_blanks(read(text), HERE)


TREE = ":a :p ( 1 2 [ :q ( 3 3 ) ] ) . [] :members ( :a :b ) ."


def test_labels_are_stable() -> None:
    assert label(TREE) == label(TREE)
    quads = read(TREE)
    shuffled = random.Random(1).sample(quads, len(quads))
    assert set(label_blanks(shuffled, HERE)) == set(label_blanks(quads, HERE))


def test_labels_tell_nodes_apart() -> None:
    assert len(labels(label(TREE))) == len(labels(read(TREE))) == 9


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (":a :p [ :q 1 ] .", ":a :p [ :q 2 ] ."),
        (":a :p [ :q 1 ] .", ":b :p [ :q 1 ] ."),
        (":a :p (1) .", ":a :q (1) ."),
    ],
)
def test_labels_depend_on_place_and_content(one: str, two: str) -> None:
    assert labels(label(one)).isdisjoint(labels(label(two)))


def test_a_long_list_is_labelled() -> None:
    items = " ".join(str(number) for number in range(3000))
    assert len(labels(label(f":a :p ( {items} ) ."))) == 3000


@pytest.mark.parametrize(
    "text",
    [
        ":a :p _:x . :b :p _:x . _:x :q 1 .",
        "_:x :p _:y . _:y :p _:x .",
        ":a :p " + "[ :p " * 5000 + "1" + " ]" * 5000 + ".",
    ],
)
def test_what_is_no_tree(text: str) -> None:
    with pytest.raises(DataError) as caught:
        label(text)
    assert caught.value.path == HERE


@pytest.mark.parametrize("rename", [name_nested, label_blanks])
def test_triples_without_blank_nodes_stay(rename: Namer) -> None:
    quads = read(":a :p 01, '1.50', 'x'@en . <https://e.org/a#b> :q :c .")
    assert rename(quads, HERE) == quads
