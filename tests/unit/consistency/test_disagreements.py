"""Which points are a disagreement, what the sides are, and whether they contradict one another."""

from __future__ import annotations

from collections import Counter
from typing import cast

import pytest
from pyoxigraph import Literal, QuerySolutions
from tests.unit.conftest import ProjectWriter

from migragraph.consistency import KINDS, Disagreement, Relation, find_disagreements
from migragraph.dataset import Dataset, build
from migragraph.iris import local_name
from migragraph.layout import bundled_root
from migragraph.project import Project

HEAD = """
@prefix : <https://example.org/town/> .
@prefix code: <http://purl.org/linked-data/sdmx/2009/code#> .
@prefix dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix hedge: <https://w3id.org/migragraph/scheme/hedge/> .
@prefix measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:y2023 schema:startDate "2023"^^xsd:gYear .
:y2024 schema:startDate "2024"^^xsd:gYear .
:some mg:editorialNote "When?"@en .
"""


def observe(name: str, value: str, hedge: str = "exact", rest: str = "", period: str = "y2023") -> str:
    """Write a figure of stalls, each from a source of its own."""
    measure = "mg:lowerValue {} ; mg:upperValue {}" if " " in value else "measure:obsValue {}"
    return f"""
:{name} a qb:Observation ; mg:indicator :stalls ; mg:population :traders ; dimension:refArea :town ;
    dimension:refPeriod :{period} ; dimension:sex code:sex-T ; mg:hedge hedge:{hedge} ; mg:statedIn :paper-{name} ;
    {measure.format(*value.split())} {rest} ."""


def state(status: str, property_: str, value: str) -> str:
    datatype = {4: "^^xsd:gYear", 7: "^^xsd:gYearMonth", 10: "^^xsd:date"}
    term = value if value.startswith(":") else f'"{value}"{datatype[len(value)]}'
    return f"[ a mg:InstrumentState ; mg:status :{status} ; mg:{property_} {term} ]"


def quote(properties: str, phrase: str) -> str:
    return f"""[ a mg:Evidence ; mg:property {properties} ; mg:basis mg:stated ; oa:hasTarget [ a oa:SpecificResource ;
        oa:hasSource :gazette ; oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "{phrase}" ] ] ]"""


def find(write_project: ProjectWriter, turtle: str) -> list[Disagreement]:
    return find_disagreements(build(write_project({"a.ttl": HEAD + turtle})))


def outline(found: list[Disagreement]) -> list[tuple[str, str, int, str]]:
    return [(one.kind, local_name(one.point.value), len(one.sides), one.relation.value) for one in found]


FIGURES = {
    "two values": (observe("a", "200") + observe("b", "250"), "contradicts"),
    "one value": (observe("a", "200") + observe("b", "200.0"), None),
    "one value with two hedges that allow each other": (
        observe("a", "200") + observe("b", "200", "at-least"),
        "less-precise",
    ),
    "one value with two hedges that do not": (observe("a", "200") + observe("b", "200", "more-than"), "contradicts"),
    "a hedge that allows the other value": (observe("a", "45", "more-than") + observe("b", "49"), "less-precise"),
    "two hedges that overlap": (observe("a", "45", "more-than") + observe("b", "60", "up-to"), "compatible"),
    "a rounded value": (observe("a", "200", "approximately") + observe("b", "212"), "less-precise"),
    "a value beyond the rounding": (observe("a", "200", "approximately") + observe("b", "260"), "contradicts"),
    "a value in a range": (observe("a", "100 200") + observe("b", "150"), "less-precise"),
    "a value outside a range": (observe("a", "100 200") + observe("b", "250"), "contradicts"),
    "another period": (observe("a", "200") + observe("b", "250", period="y2024"), None),
    "an unknown period": (observe("a", "200") + observe("b", "250", period="some"), "contradicts"),
    "figures about different things": (
        observe("a", "200", rest="; schema:about :may") + observe("b", "250", rest="; schema:about :june"),
        None,
    ),
    "a figure about a thing beside one that does not say": (
        observe("a", "200", rest="; schema:about :may") + observe("b", "250"),
        "contradicts",
    ),
    "another sex": (observe("a", "200") + observe("b", "250").replace("sex-T", "sex-F"), None),
    "another population": (observe("a", "200") + observe("b", "250").replace(":traders", ":guests"), None),
    "another area": (observe("a", "200") + observe("b", "250").replace(":town ;", ":county ;"), None),
    "another indicator": (observe("a", "200") + observe("b", "250").replace(":stalls", ":tents"), None),
    "a value that is no number": (observe("a", "200") + observe("b", '"many"'), None),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures(name: str, write_project: ProjectWriter) -> None:
    turtle, relation = FIGURES[name]
    expected = [("figure", "obsValue", 2, relation)] if relation else []
    found = find(write_project, turtle)
    assert outline(found) == expected
    assert [one.preferred for one in found] == [None] * len(expected)


def test_a_figure_of_unknown_time_stands_beside_each_known_one(write_project: ProjectWriter) -> None:
    figures = (observe("a", "1"), observe("b", "2", period="y2024"), observe("c", "3", period="some"))
    groups = [[local_name(thing.value) for thing in one.things] for one in find(write_project, "".join(figures))]
    assert groups == [["a", "c"], ["b", "c"]]


DATES = {
    "two years": (':body schema:foundingDate "2009"^^xsd:gYear, "2014"^^xsd:gYear .', "contradicts", ""),
    "a year and a day in it": (
        ':body schema:startDate "2020"^^xsd:gYear, "2020-03-20"^^xsd:date .',
        "less-precise",
        "2020-03-20",
    ),
    "a month and a day outside it": (
        ':body schema:endDate "2020-04"^^xsd:gYearMonth, "2020-03-20"^^xsd:date .',
        "contradicts",
        "",
    ),
    "states of one status": (
        f":law mg:state {state('passed', 'date', '2020')}, {state('passed', 'date', '2021-01-01')} .",
        "contradicts",
        "",
    ),
    "a latest day and a day before it": (
        f":law mg:state {state('passed', 'notAfter', '2024-12-18')}, {state('passed', 'date', '2024-11-28')} .",
        "less-precise",
        "2024-11-28",
    ),
    "a latest day and an earliest one": (
        f":law mg:state {state('passed', 'notAfter', '2024-12-18')}, {state('passed', 'notBefore', '2024-11-28')} .",
        "compatible",
        "",
    ),
    "states of two statuses": (
        f":law mg:state {state('passed', 'date', '2020')}, {state('in-force', 'date', '2021')} .",
        None,
        "",
    ),
    "days of which there may be several": (
        ':holding mg:attestedOn "2020-01-01"^^xsd:date, "2021-01-01"^^xsd:date .',
        None,
        "",
    ),
}


@pytest.mark.parametrize("name", DATES)
def test_dates(name: str, write_project: ProjectWriter) -> None:
    turtle, relation, preferred = DATES[name]
    found = find(write_project, turtle)
    assert [(one.kind, one.relation.value) for one in found] == ([("date", relation)] if relation else [])
    for one in found:
        values = [value.value for value in one.preferred.values] if one.preferred else []
        assert values == ([preferred] if preferred else [])
        assert bool(one.reason) == bool(preferred)


def test_a_step_that_is_ascribed_to_two_is_no_contradiction(write_project: ProjectWriter) -> None:
    steps = f"{state('signed', 'effectedBy', ':office')}, {state('signed', 'effectedBy', ':deputy')}"
    assert outline(find(write_project, f":law mg:state {steps} .")) == [("actor", "effectedBy", 2, "compatible")]
    assert find(write_project, f":law mg:state {steps.replace(':deputy', ':office')} .") == []


def test_a_hedge_that_one_place_drops(write_project: ProjectWriter) -> None:
    proofs = f"{quote('measure:obsValue, mg:hedge', 'about 200 stalls')}, {quote('measure:obsValue', '200 stalls')}"
    (one,) = find(write_project, observe("a", "200", "approximately", f"; mg:evidence {proofs}"))
    assert outline([one]) == [("hedge", "hedge", 2, "less-precise")]
    assert [side.phrases for side in one.sides] == [("about 200 stalls",), ("200 stalls",)]
    assert one.preferred is one.sides[0]
    assert one.sides[1].hedge is None


def test_a_hedge_in_other_evidence_for_the_same_words_is_not_dropped(write_project: ProjectWriter) -> None:
    proofs = f"{quote('mg:hedge', 'about 200 stalls')}, {quote('measure:obsValue', 'about 200 stalls')}"
    assert find(write_project, observe("a", "200", "approximately", f"; mg:evidence {proofs}")) == []


def test_names_are_the_forms_of_one_thing(write_project: ProjectWriter) -> None:
    proof = quote("skos:altLabel", "said Lee Ann").replace("mg:basis", 'mg:value "Lee Ann"@en ; mg:basis')
    turtle = f':p skos:altLabel "Ann Lee"@en, "Lee Ann"@en, "An Lý"@vi ; mg:evidence {proof} .'
    (one,) = find(write_project, turtle)
    assert outline([one]) == [("name", "altLabel", 2, "compatible")]
    assert {side.values: side.phrases for side in one.sides} == {
        (Literal("Ann Lee", language="en"),): (),
        (Literal("Lee Ann", language="en"),): ("said Lee Ann",),
    }


def test_the_bundled_graph(bundled: Dataset) -> None:
    found = find_disagreements(bundled)
    assert Counter(one.kind for one in found).keys() == set(KINDS)
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=KINDS.index)
    (dispute,) = (one for one in found if one.relation == Relation.CONTRADICTS)
    assert local_name(dispute.things[0].value).endswith("bali-process-working-group")
    assert [side.values[0].value for side in dispute.sides] == ["2009", "2014"]
    assert [len(side.phrases) for side in dispute.sides] == [1, 0]
    assert all(side.authorities for one in found for side in one.sides)


def test_kinds_can_be_chosen(bundled: Dataset) -> None:
    assert {one.kind for one in find_disagreements(bundled, ["hedge", "actor"])} == {"hedge", "actor"}


def test_the_query_lists_the_same_points(bundled: Dataset) -> None:
    rows = cast(QuerySolutions, Project.load(bundled_root()).query("disagreements"))
    listed = {(str(row["thing"]), str(row["point"])) for row in rows}
    found = [
        one
        for one in find_disagreements(bundled)
        if one.kind in ("figure", "actor") or one.relation == Relation.CONTRADICTS
    ]
    assert listed == {(str(thing), str(one.point)) for one in found for thing in one.things}
    assert len(found) == 3
