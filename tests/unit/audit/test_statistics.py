"""What figures cannot be so, and what the audit says of the others: each where it is so, and where it is not."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from pyoxigraph import Literal
from tests.unit.conftest import ProjectWriter

from migragraph.audit import STATUSES, TOPICS, Audit, check_statistics, take_audit
from migragraph.dataset import Dataset, build
from migragraph.iris import local_name
from migragraph.support import index_facts

HEAD = """
@prefix : <https://example.org/town/> .
@prefix code: <http://purl.org/linked-data/sdmx/2009/code#> .
@prefix dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix event: <https://example.org/town/event/> .
@prefix hedge: <https://w3id.org/migragraph/scheme/hedge/> .
@prefix measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix observation: <https://example.org/town/observation/> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix type: <https://w3id.org/migragraph/scheme/indicator-type/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:y2023 schema:startDate "2023"^^xsd:gYear . :y2024 schema:startDate "2024"^^xsd:gYear .
:before schema:endDate "2022-12-31"^^xsd:date . :some mg:editorialNote "When?"@en .
:stalls mg:indicatorType type:flow . :tents mg:indicatorType type:stock . :share mg:indicatorType type:share .
:stalls-of-an-area mg:indicatorType type:flow ; skos:broader :stalls .
"""
Caller = Callable[..., tuple[int, str, str]]
Sentences = list[tuple[str, str]]


def observe(name: str, value: str, sex: str = "T", hedge: str = "exact", **other: str) -> str:
    """Write a figure of stalls in a town in 2023, from one paper, unless told otherwise."""
    has = {"indicator": "stalls", "area": "town", "period": "y2023", "origin": "paper"} | other
    low, _, high = value.partition(" ")
    measured = f"mg:lowerValue {low} ; mg:upperValue {high}" if high else f"measure:obsValue {low}"
    return f"""
observation:{name} a qb:Observation ; mg:indicator :{has["indicator"]} ; mg:population :traders ;
    dimension:refArea :{has["area"]} ; dimension:refPeriod :{has["period"]} ; dimension:sex code:sex-{sex} ;
    mg:statedIn :{has["origin"]} ; mg:hedge hedge:{hedge} ; {measured} {has.get("rest", "")} ."""


def derive(name: str, value: str, formula: str, *used: str, sex: str = "M", hedge: str = "exact", **other: str) -> str:
    origin = f"derivation-{name}"
    figures = ", ".join(f"observation:{one}" for one in used)
    figure = observe(name, value, sex, hedge, origin=origin, rest=f"; mg:derivation :{origin}", **other)
    return f'{figure} :{origin} mg:computedFrom {figures} ; mg:formula "{formula}" .'


ALL, WOMEN = observe("all", "200"), observe("women", "80", "F")
REST = "observation:all - observation:women"
SHARE = "round(100 * observation:women / observation:all, 1)"
EXCESS = ("part-of-whole", "violation")
NEAR = ("part-of-whole", "warning")
WRONG = ("derived-figure", "violation")
FIRM = ("derived-hedge", "violation")
MIXED = ("stock-and-flow", "warning")

RULES = {
    "a part in a whole": (ALL + WOMEN, []),
    "a part as large as the whole": (ALL + observe("women", "200", "F"), []),
    "a larger part in one source, which a shape reports": (ALL + observe("women", "201", "F"), []),
    "a larger part in another source": (ALL + observe("women", "201", "F", origin="other"), [EXCESS]),
    "a larger part whose hedge may allow it": (
        ALL + observe("women", "201", "F", "approximately", origin="other"),
        [NEAR],
    ),
    "a part about the whole": (ALL + observe("women", "200", "F", "approximately", origin="other"), []),
    "a part that is more than the whole": (ALL + observe("women", "200", "F", "more-than", origin="other"), []),
    "a part in a range above the whole": (ALL + observe("women", "201 300", "F"), [EXCESS]),
    "a part in a range around the whole": (ALL + observe("women", "199 300", "F"), []),
    "a whole that is more than the figure": (
        observe("all", "200", "T", "more-than") + observe("w", "300", "F", origin="b"),
        [],
    ),
    "a larger part of another period": (ALL + observe("women", "201", "F", origin="other", period="y2024"), []),
    "a larger part of another area": (ALL + observe("women", "201", "F", origin="other", area="county"), []),
    "both sexes that make up the whole": (ALL + WOMEN + observe("men", "120", "M"), []),
    "both sexes that are more than the whole": (ALL + WOMEN + observe("men", "121", "M"), [EXCESS]),
    "both sexes that are less than the whole": (ALL + WOMEN + observe("men", "119", "M"), [EXCESS]),
    "both sexes that are perhaps less than the whole": (
        ALL + WOMEN + observe("men", "90", "M", "approximately"),
        [NEAR],
    ),
    "both sexes near the whole": (ALL + WOMEN + observe("men", "120", "M", "approximately"), []),
    "an area in the whole": (ALL + observe("market", "150", area="market", indicator="stalls-of-an-area"), []),
    "an area larger than the whole": (
        ALL + observe("market", "201", area="market", indicator="stalls-of-an-area"),
        [EXCESS],
    ),
    "areas that may lie in one another": (
        ALL
        + observe("market", "150", area="market", indicator="stalls-of-an-area")
        + observe("square", "120", area="square", indicator="stalls-of-an-area"),
        [],
    ),
    "the rest of a whole": (ALL + WOMEN + derive("men", "120", REST, "all", "women"), []),
    "another rest of a whole": (ALL + WOMEN + derive("men", "121", REST, "all", "women"), [WRONG]),
    "a rest larger than the whole": (ALL + WOMEN + derive("men", "201", REST, "all", "women"), [EXCESS, WRONG]),
    "a formula that is none": (ALL + WOMEN + derive("men", "120", "whole - women", "all", "women"), [WRONG]),
    "a formula that names another figure": (ALL + WOMEN + derive("men", "120", REST, "all"), [WRONG]),
    "a formula that divides by 0": (
        observe("all", "0") + derive("men", "0", "1 / observation:all", "all"),
        [WRONG],
    ),
    "a rounded share that says so": (
        observe("all", "300")
        + WOMEN
        + derive("s", "26.7", SHARE, "all", "women", hedge="approximately", sex="F", indicator="share"),
        [],
    ),
    "a rounded share that says it is exact": (
        observe("all", "300") + WOMEN + derive("s", "26.7", SHARE, "all", "women", sex="F", indicator="share"),
        [FIRM],
    ),
    "a share that needs no rounding": (
        ALL + WOMEN + derive("s", "40.0", SHARE, "all", "women", sex="F", indicator="share"),
        [],
    ),
    "a range of what a range gives": (
        ALL + observe("women", "80 90", "F") + derive("men", "110 120", REST, "all", "women"),
        [],
    ),
    "a range that is not what a range gives": (
        ALL + observe("women", "80 90", "F") + derive("men", "110 121", REST, "all", "women"),
        [WRONG],
    ),
    "a stock and a flow together": (
        ALL + observe("women", "80", indicator="tents") + derive("men", "120", REST, "all", "women"),
        [MIXED],
    ),
    "a figure without a value": ("observation:all a qb:Observation ; mg:indicator :stalls .", []),
    "no figures": (":a mg:gist 'A'@en .", []),
}


@pytest.mark.parametrize("name", RULES)
def test_rules(name: str, write_project: ProjectWriter) -> None:
    turtle, expected = RULES[name]
    found = check_statistics(build(write_project({"a.ttl": HEAD + turtle})))
    assert [(one.rule, one.severity.value) for one in found] == expected
    for one in found:
        assert one.kind == "statistics"
        assert one.file is not None
        assert one.message[0].isupper()
        assert one.message.endswith(".")
        assert one.advice is not None


# For each hedge of the women, the hedges that what they leave of an exact whole may have.
ALLOWED = {
    "exact": {"exact", "approximately", "more-than", "at-least", "nearly", "less-than", "at-most", "up-to"},
    "approximately": {"approximately"},
    "more-than": {"approximately", "nearly", "less-than", "at-most", "up-to"},
    "at-least": {"approximately", "nearly", "less-than", "at-most", "up-to"},
    "nearly": {"approximately", "more-than", "at-least"},
    "up-to": {"approximately", "more-than", "at-least"},
}


@pytest.mark.parametrize("given", ALLOWED)
@pytest.mark.parametrize("derived", sorted(ALLOWED["exact"]))
def test_a_derived_figure_has_the_looser_hedge(given: str, derived: str, write_project: ProjectWriter) -> None:
    turtle = ALL + observe("women", "80", "F", given) + derive("men", "120", REST, "all", "women", hedge=derived)
    found = check_statistics(build(write_project({"a.ttl": HEAD + turtle})))
    assert [one.rule for one in found] == ([] if derived in ALLOWED[given] else ["derived-hedge"])


def remarks_of(audit: Audit) -> Sentences:
    return [(one.topic, one.status) for indicator in audit.indicators for one in indicator.remarks]


SINGLE = [("period", "missing"), ("area", "missing")]
TOTAL = [("sex", "missing"), *SINGLE]

REMARKS: dict[str, tuple[str, Sentences, str]] = {
    "a whole alone": (
        ALL,
        TOTAL,
        "sex-F missing, sex-M missing",
    ),
    "a part by sex": (
        ALL + WOMEN,
        [*TOTAL, ("part", "agrees")],
        "sex-F 80 of 200: 40%",
    ),
    "both sexes": (
        ALL + WOMEN + derive("men", "120", REST, "all", "women"),
        [("sex", "present"), *SINGLE, *[("part", "agrees")] * 3, ("derived", "agrees")],
        "sex-F stated, sex-M derived",
    ),
    "two periods, by date": (
        observe("a", "1", "N") + observe("b", "2", "N", period="before"),
        [("period", "present"), ("area", "missing")],
        "before; y2023",
    ),
    "two areas": (
        observe("a", "1", "N") + observe("b", "2", "N", area="county"),
        [("period", "missing"), ("area", "present")],
        "county; town",
    ),
    "two periods in two areas": (
        observe("a", "1", "N") + observe("b", "2", "N", period="before", area="county"),
        SINGLE,
        "each of a different thing or time: county; town",
    ),
    "two periods of different things": (
        observe("a", "1", "N", rest="; schema:about :may")
        + observe("b", "2", "N", period="before", rest="; schema:about :june"),
        SINGLE,
        "each of a different thing: before; y2023",
    ),
    "two periods of different people": (
        observe("a", "1", "N") + observe("b", "2", "N", period="before").replace(":traders", ":guests"),
        SINGLE,
        "each of a different thing: before; y2023",
    ),
    "a period that nobody gives": (
        observe("a", "1", "N") + observe("b", "2", "N", period="some"),
        SINGLE,
        "no two times that are known: y2023; some",
    ),
    "two periods of one thing beside one of another": (
        observe("a", "1", "N") + observe("b", "2", "N", period="before") + observe("c", "3", "F", period="y2024"),
        [("period", "present"), ("area", "missing")],
        "before; y2023",
    ),
    "an unknown that records what is missing": (
        ALL + ":by-sex a mg:Unknown ; mg:of observation:all ; mg:property dimension:sex .",
        TOTAL,
        "; recorded as https://example.org/town/by-sex",
    ),
    "a share that the counts give": (
        ALL + WOMEN + observe("s", "30 50", "F", "more-than-to", indicator="share"),
        [*SINGLE, ("share", "agrees"), *TOTAL, ("part", "agrees")],
        "stated 30 to 50 (more-than-to), y2023; the counts give 40% (stalls, y2023)",
    ),
    "a share that the counts do not give": (
        ALL + WOMEN + observe("s", "30", "F", indicator="share"),
        [*SINGLE, ("share", "contradicts"), *TOTAL, ("part", "agrees")],
        "stated 30, y2023; the counts give 40% (stalls, y2023)",
    ),
    "a share of another time": (
        ALL + WOMEN + observe("s", "30", "F", indicator="share", period="y2024"),
        [*SINGLE, ("share", "differs"), *TOTAL, ("part", "agrees")],
        "the counts give 40% (stalls, y2023, of another time)",
    ),
    "a share without a count": (
        ALL + observe("s", "30", "F", indicator="share"),
        [*SINGLE, ("share", "missing"), *TOTAL],
        "no count of sex-F beside 200 (stalls, y2023)",
    ),
    "a stock and a flow": (
        observe("all", "200", "N") + observe("t", "300", "N", indicator="tents"),
        [*SINGLE, *SINGLE, ("stock-and-flow", "noted")],
        "a stock; the flow of the same people (stalls) is kept apart",
    ),
    "areas of a whole": (
        observe("all", "200", "N", "approximately")
        + observe("m", "50", "N", area="market", indicator="stalls-of-an-area")
        + observe("s", "30", "N", "more-than", area="square", indicator="stalls-of-an-area"),
        [*SINGLE, ("part", "agrees"), ("period", "missing"), ("area", "present")],
        "market 50, square 30 (more-than) of 200 (approximately): 32 to 100%",
    ),
    "parts that are too much": (
        ALL + WOMEN + observe("men", "121", "M"),
        [("sex", "present"), *SINGLE, ("part", "agrees"), ("part", "agrees"), ("part", "contradicts")],
        "sex-F 80, sex-M 121 of 200. The parts are more than the whole.",
    ),
    "hedges that are mixed": (
        ALL
        + observe("women", "80", "F", "approximately")
        + derive("men", "120", REST, "all", "women", hedge="approximately"),
        [("sex", "present"), *SINGLE, *[("part", "agrees")] * 3, ("derived", "agrees")],
        "from exact, approximately figures, whose hedges are mixed",
    ),
}


@pytest.mark.parametrize("name", REMARKS)
def test_remarks(name: str, write_project: ProjectWriter) -> None:
    turtle, expected, words = REMARKS[name]
    audit = take_audit(build(write_project({"a.ttl": HEAD + turtle})))
    assert remarks_of(audit) == expected
    assert any(words in one.text for indicator in audit.indicators for one in indicator.remarks)


def test_every_topic_and_status_is_one_that_is_declared() -> None:
    said = {remark for _, remarks, _ in REMARKS.values() for remark in remarks}
    assert {topic for topic, _ in said} == set(TOPICS)
    assert {status for _, status in said} == set(STATUSES)


def test_the_bundled_graph_holds(bundled: Dataset) -> None:
    assert check_statistics(bundled) == []
    audit = take_audit(bundled)
    assert not [one for _, one in remarks_of(audit) if one in ("contradicts", "differs")]
    (departures,) = (one for one in audit.indicators if one.iri == "indicator:contract-departures")
    texts = {one.text for one in departures.remarks}
    assert "female 55,804 people of 159,986 people: 34.88%" in texts
    assert "104,182 people is what the formula gives from exact figures" in texts
    (share,) = (one for one in audit.indicators if one.iri == "indicator:female-share-contract-workers")
    assert {one.status for one in share.remarks if one.topic == "share"} == {"agrees", "missing"}


MUTATIONS = {
    "a digit of the whole": ("contract-departures-2023-baoquocte", "obsValue", "159987"),
    "a digit of the part": ("contract-departures-women-2023", "obsValue", "55805"),
    "a digit of the rest": ("contract-departures-men-2023", "obsValue", "104183"),
    "a digit of the share": ("female-share-contract-departures-2023-derived", "obsValue", "34.89"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_digit_changed_in_the_bundled_graph_is_found(name: str, bundled: Dataset) -> None:
    subject, property_, value = MUTATIONS[name]
    facts = [
        fact._replace(object=Literal(value, datatype=fact.object.datatype))
        if subject in fact.subject.value
        and local_name(fact.predicate.value) == property_
        and isinstance(fact.object, Literal)
        else fact
        for fact in bundled.asserted
    ]
    assert facts != list(bundled.asserted)
    index = index_facts(facts)
    assert "derived-figure" in {one.rule for one in check_statistics(replace(bundled, index=index))}


def test_the_command_says_the_same_in_each_format(call: Caller, write_project: ProjectWriter) -> None:
    root = write_project({"a.ttl": HEAD + ALL + WOMEN}).root
    code, text, err = call("audit", "--project", root)
    assert (code, err) == (0, "")
    assert text.splitlines()[0] == "stalls (flow, https://example.org/town/stalls)"
    assert "  part    agrees   sex-F 80 of 200: 40%" in text.splitlines()
    code, table, _ = call("audit", "--project", root, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(table)))
    code, document, _ = call("audit", "--project", root, "--format", "json")
    (indicator,) = json.loads(document)["indicators"]
    assert [row["text"] for row in rows if row["topic"] != "figure"] == [one["text"] for one in indicator["remarks"]]
    assert [row["figures"] for row in rows if row["topic"] == "figure"] == ["observation:all", "observation:women"]


def test_lines_are_as_wide_as_the_terminal_or_100(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    _, piped, _ = call("audit")
    monkeypatch.setenv("COLUMNS", "60")
    assert call("audit")[1] == piped
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    _, shown, _ = call("audit")
    assert piped.split() == shown.split()
    widths = [max(len(line) for line in text.splitlines() if "indicator:" not in line) for text in (piped, shown)]
    assert widths[0] <= 100
    assert 50 < widths[1] <= 70  # Never narrower than a few words, however deep the line begins.


def test_a_spreadsheet_runs_nothing_of_the_table(call: Caller, write_project: ProjectWriter) -> None:
    label = ':stalls rdfs:label "=1+1"@en .'
    head = HEAD.replace("@prefix schema", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix schema")
    root = write_project({"a.ttl": head + ALL + label}).root
    rows = list(csv.DictReader(io.StringIO(call("audit", "--project", root, "--format", "csv")[1])))
    assert {row["label"] for row in rows} == {"'=1+1"}


def test_the_command_without_figures(call: Caller, write_project: ProjectWriter) -> None:
    root = write_project({"a.ttl": HEAD}).root
    assert call("audit", "--project", root) == (0, "A small town: no figures\n", "")


def test_the_command_exits_0_where_validate_fails(call: Caller, write_project: ProjectWriter) -> None:
    root = write_project({"a.ttl": HEAD + ALL + WOMEN + observe("men", "121", "M")}).root
    assert call("audit", "--project", root)[0] == 0
    code, out, _ = call("validate", "--project", root, "--only", "statistics")
    assert code == 1
    assert "data/a.ttl:" in out
    assert "The parts are more than the whole." in out


def test_the_command_without_what_is_inferred(call: Caller) -> None:
    _, out, _ = call("audit", "--stated-only")
    assert "female stated, male missing" in " ".join(out.split())
    assert "derived" not in out


def test_the_command_meets_data_that_it_cannot_read(call: Caller, write_project: ProjectWriter) -> None:
    root = write_project({"a.ttl": "observation:all a"}).root
    code, out, err = call("audit", "--project", root)
    assert (code, out) == (2, "")
    assert "a.ttl:1" in err
