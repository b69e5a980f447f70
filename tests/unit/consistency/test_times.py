"""What cannot have been so at its time: each rule on a graph that breaks it, and on the nearest one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal
from tests.unit.conftest import ProjectWriter

from migragraph.consistency import check_consistency
from migragraph.dataset import Dataset, build
from migragraph.iris import local_name
from migragraph.support import index_facts

HEAD = """
@prefix : <https://example.org/town/> .
@prefix dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix status: <https://w3id.org/migragraph/scheme/instrument-status/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def dated(text: str) -> str:
    """Write a date, a month or a year as a literal."""
    return f'"{text}"^^xsd:{ {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)] }'


def quote(properties: str, rest: str = "") -> str:
    return f"""mg:evidence [ a mg:Evidence ; mg:property {properties} ; mg:basis mg:stated {rest} ; oa:hasTarget
        [ oa:hasSource :gazette ; oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "words" ] ] ]"""


def hold(dates: str, post: str = "chief", name: str = "holding") -> str:
    return f":{name} a mg:PostHolding ; org:member :ann ; mg:inPost :{post} ; {dates} ."


def seen(*days: str) -> str:
    return f"mg:attestedOn {', '.join(map(dated, days))}"


SPEAKER = "; mg:speaker :ann ; mg:inPost :chief"
# Ann says something at a fair, by the gazette, which shows her in a post.
SAID = f"""
:words a mg:Claim ; mg:speaker :ann ; mg:madeAt :fair ; {quote("mg:speaker")} .
:fact a mg:Claim ; mg:gist "A"@en ; {quote("mg:gist", SPEAKER)} .
"""
FAIR = f":fair schema:startDate {dated('2024-05-01')} ; schema:endDate {dated('2024-05-03')} ."
# Ann takes part in a fair, in a post.
ATTENDED = f"""
:fair mg:participation
    [ a mg:Participation ; mg:participant :ann ; mg:inPost :chief ; {quote("mg:participant, mg:inPost")} ] .
"""
STATED = ":words a mg:Claim ; mg:speaker :ann ; mg:inPost :chief ; mg:madeAt :fair ."
NEVER = ("speaker-in-post", "violation")
UNSHOWN = ("speaker-in-post", "warning")
TWO = ("one-post-at-a-time", "info")

POSTS = {
    "shown on a day of the event": (SAID + FAIR + hold(seen("2024-05-02")), []),
    "shown on the last day of the event": (SAID + FAIR + hold(seen("2024-05-03")), []),
    "shown the day after": (SAID + FAIR + hold(seen("2024-05-04")), [UNSHOWN]),
    "shown before and after": (SAID + FAIR + hold(seen("2024-04-01", "2024-06-01")), [UNSHOWN]),
    "never in the post": (SAID + FAIR, [NEVER]),
    "in another post": (SAID + FAIR + hold(seen("2024-05-02"), "guard"), [NEVER]),
    "in the post that the holding covers": (SAID + FAIR + hold(f"schema:startDate {dated('2024-04')}"), []),
    "in the post that begins that year": (SAID + FAIR + hold(f"schema:startDate {dated('2024')}"), [UNSHOWN]),
    "in the post that begins later": (SAID + FAIR + hold(f"schema:startDate {dated('2024-06')}"), [NEVER]),
    "in the post that ended": (SAID + FAIR + hold(f"schema:endDate {dated('2024-04-30')}"), [NEVER]),
    "in the post that ends that month": (SAID + FAIR + hold(f"schema:endDate {dated('2024-05')}"), [UNSHOWN]),
    "in the post from one year to another": (
        SAID + FAIR + hold(f"schema:startDate {dated('2023')} ; schema:endDate {dated('2025')}"),
        [],
    ),
    "at an event of unknown time": (SAID + ":fair schema:location :town ." + hold(seen("2020-01-01")), []),
    "at an event of a known month": (
        SAID + f":fair schema:startDate {dated('2024-05')} ." + hold(seen("2024-05-31")),
        [],
    ),
    "taking part on the day": (ATTENDED + FAIR + hold(seen("2024-05-01")), []),
    "taking part on another day": (ATTENDED + FAIR + hold(seen("2024-05-07")), [UNSHOWN]),
    "taking part after the end": (ATTENDED + FAIR + hold(f"schema:endDate {dated('2023')}"), [NEVER]),
    "taking part in a post never held, which the shapes report": (ATTENDED + FAIR, []),
    "stating in a known month": (
        STATED + f":fair schema:startDate {dated('2024-05')} ." + hold(seen("2024-06-01")),
        [UNSHOWN],
    ),
    "stating on a known day, which the shapes report": (STATED + FAIR + hold(seen("2024-06-01")), []),
    "in two posts on one day": (hold(seen("2024-05-01")) + hold(seen("2024-05-01"), "guard", "other"), [TWO]),
    "in two posts on two days": (hold(seen("2024-05-01")) + hold(seen("2024-05-02"), "guard", "other"), []),
    "in one post by two sources": (hold(seen("2024-05-01")) + hold(seen("2024-05-01"), "chief", "other"), []),
    "in a post while another lasts": (
        hold(seen("2024-05-01")) + hold(f"schema:startDate {dated('2024-01')}", "guard", "other"),
        [TWO],
    ),
}


def state(status: str, property_: str, date: str) -> str:
    return f"mg:state [ a mg:InstrumentState ; mg:status status:{status} ; mg:{property_} {dated(date)} ]"


def repeal(new: str, old: str = "") -> str:
    return f":new eli:repeals :old ; {new} . :old a mg:Law" + (f" ; {old} ." if old else " .")


IN_FORCE = f"eli:first_date_entry_in_force {dated('2022-01-01')}"


def within(
    part: str, whole: str = f"schema:startDate {dated('2024-05-01')} ; schema:endDate {dated('2024-05-03')}"
) -> str:
    return f":part schema:superEvent :whole ; {part} . :whole a mg:Event ; {whole} ."


def act(day: str, body: str) -> str:
    return f"""
:fair schema:startDate {dated(day)} ; mg:participation [ a mg:Participation ; mg:participant :guild ] .
:guild {body} ."""


ISSUED = f":gazette schema:datePublished {dated('2023-01-18')} ."
UNREPLACED = ("replaced-when-repealed", "warning")
OUTSIDE = ("part-within-whole", "violation")
EARLY = ("edition-after-its-year", "warning")
TOLD = ("told-after-it-was", "violation")
DEAD = ("acts-while-it-exists", "warning")
DISPUTED = ("authorities-agree", "info")

SEQUENCE = {
    "repealed and replaced": (repeal(IN_FORCE, state("replaced", "date", "2022-01-01")), []),
    "replaced in the year of the repeal": (repeal(IN_FORCE, state("replaced", "date", "2022")), []),
    "repealed and not replaced": (repeal(IN_FORCE), [UNREPLACED]),
    "replaced on another day": (repeal(IN_FORCE, state("replaced", "date", "2022-01-02")), [UNREPLACED]),
    "replaced by a state in force": (
        repeal(state("in-force", "date", "2022"), state("replaced", "date", "2021")),
        [UNREPLACED],
    ),
    "to be replaced by a law that is not in force": (repeal(state("passed", "date", "2022")), []),
    "repealing what is not described": (f":new eli:repeals :older ; {IN_FORCE} .", []),
    "a part within the whole": (within(f"schema:startDate {dated('2024-05-03')}"), []),
    "a part in the month of the whole": (within(f"schema:startDate {dated('2024-05')}"), []),
    "a part before the whole": (within(f"schema:startDate {dated('2024-04-30')}"), [OUTSIDE]),
    "a part after the whole": (within(f"schema:startDate {dated('2024-05-04')}"), [OUTSIDE]),
    "a part that ends after the whole": (
        within(f"schema:startDate {dated('2024-05-01')} ; schema:endDate {dated('2024-05-04')}"),
        [OUTSIDE],
    ),
    "a part of a whole whose end is not known": (
        within(f"schema:startDate {dated('2024-06')}", f"schema:startDate {dated('2024-05-01')}"),
        [],
    ),
    "a part of a series, which the shapes report": (
        within(f"schema:startDate {dated('2023')}", f"a schema:EventSeries ; schema:startDate {dated('2024')}"),
        [],
    ),
    "an edition in its year": (f":e mg:editionYear {dated('2023')} ; {state('published', 'date', '2023-01')} .", []),
    "an edition after its year": (f":e mg:editionYear {dated('2023')} ; {state('published', 'date', '2024')} .", []),
    "an edition before its year": (
        f":e mg:editionYear {dated('2023')} ; {state('published', 'date', '2022')} .",
        [EARLY],
    ),
    "an edition prepared before its year": (
        f":e mg:editionYear {dated('2023')} ; {state('proposed', 'date', '2022')} .",
        [],
    ),
    "a statement at an event before the source": (
        SAID.replace("mg:inPost :chief", "").replace("; mg:speaker :ann ;", ";")
        + ISSUED
        + f":fair schema:startDate {dated('2023-01')} .",
        [],
    ),
    "a statement at an event after the source": (
        f":words mg:madeAt :fair ; {quote('mg:madeAt')} . :fair schema:startDate {dated('2023-01-19')} ." + ISSUED,
        [TOLD],
    ),
    "a person seen in a post after the source": (
        hold(f"{seen('2023-02-01')} ; {quote('mg:attestedOn')}") + ISSUED,
        [TOLD],
    ),
    "a person seen in a post after the source by another": (
        hold(f"{seen('2023-01-01', '2023-02-01')} ; {quote('mg:attestedOn', '; mg:value ' + dated('2023-01-01'))}")
        + ISSUED,
        [],
    ),
    "a figure of a year that the source did not see": (
        f":n dimension:refPeriod :y ; {quote('dimension:refPeriod')} . :y schema:startDate {dated('2024')} ." + ISSUED,
        [TOLD],
    ),
    "a figure of the year of the source": (
        f":n dimension:refPeriod :y ; {quote('dimension:refPeriod')} . :y schema:startDate {dated('2023')} ." + ISSUED,
        [],
    ),
    "a body at an event before it was founded": (act("2001-12-31", f"schema:foundingDate {dated('2002')}"), [DEAD]),
    "a body at an event in the year of its founding": (act("2002-01-01", f"schema:foundingDate {dated('2002')}"), []),
    "a body at an event between two dates of its founding": (
        act("2012-01-01", f"schema:foundingDate {dated('2009')}, {dated('2014')}"),
        [DISPUTED],
    ),
    "a body at an event after it was dissolved": (
        act("2025-03-02", f"schema:dissolutionDate {dated('2025-03-01')}"),
        [DEAD],
    ),
    "a body at an event on its last day": (act("2025-03-01", f"schema:dissolutionDate {dated('2025-03-01')}"), []),
    "a body that brings about a state after its end": (
        f":law mg:state [ mg:status status:passed ; mg:effectedBy :guild ; mg:date {dated('2026')} ] . "
        f":guild schema:dissolutionDate {dated('2025')} .",
        [DEAD],
    ),
    "authorities that contradict one another": (f":a schema:endDate {dated('2020')}, {dated('2021')} .", [DISPUTED]),
    "authorities of which one is more exact": (f":a schema:endDate {dated('2020')}, {dated('2020-05')} .", []),
    "a date that is none": (
        ':fair schema:startDate "soon" ; schema:superEvent :whole . :whole schema:endDate "later" .',
        [],
    ),
    "a bundle of nothing": (":a a mg:Event .", []),
}


@pytest.mark.parametrize("name", POSTS | SEQUENCE)
def test_rules(name: str, write_project: ProjectWriter) -> None:
    turtle, expected = (POSTS | SEQUENCE)[name]
    found = check_consistency(build(write_project({"a.ttl": HEAD + turtle})))
    assert [(one.rule, one.severity.value) for one in found] == expected
    for one in found:
        assert one.kind == "consistency"
        assert one.file is not None
        assert one.message.endswith(".")
        assert one.advice is not None
        assert one.advice.endswith(".")


def test_each_fault_is_told_once(write_project: ProjectWriter) -> None:
    facts = "".join(f':f{n} mg:gist "A"@en ; {quote("mg:gist", SPEAKER)} .' for n in range(5))
    (one,) = check_consistency(build(write_project({"a.ttl": HEAD + facts})))
    assert local_name(str(one.focus)) == "f0"


def test_the_bundled_graph_is_consistent(bundled: Dataset) -> None:
    (one,) = check_consistency(bundled)
    assert (one.rule, one.severity.value, one.message) == (
        "authorities-agree",
        "info",
        "Authorities differ: 2009 or 2014.",
    )


MUTATIONS = {
    "the acting chief speaks a day later": ("interview-pembroke-2024", "startDate", "2024-10-30", NEVER[0]),
    "the new chief is seen before the old one spoke": ("holding/kendra-rinas", "attestedOn", "2024-12-17", NEVER[0]),
    "the law of 2006 is replaced a year late": ("law-72-2006-qh11#", "date", "2023-01-01", UNREPLACED[0]),
    "the profile of 2023 came out in 2022": ("profile-2023#", "date", "2022-10-29", EARLY[0]),
    "the interview came out before it was held": ("source/vgp", "datePublished", "2022-12-31", TOLD[0]),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_date_moved_in_the_bundled_graph_is_found(name: str, bundled: Dataset) -> None:
    subject, property_, date, rule = MUTATIONS[name]
    facts = [
        fact._replace(object=Literal(date, datatype=fact.object.datatype))
        if subject in fact.subject.value
        and local_name(fact.predicate.value) == property_
        and isinstance(fact.object, Literal)
        else fact
        for fact in bundled.asserted
    ]
    assert facts != list(bundled.asserted)
    index = index_facts(facts)
    assert rule in {one.rule for one in check_consistency(replace(bundled, index=index))}
