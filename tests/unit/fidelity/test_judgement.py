"""A phrase and a fact: what the words say, and what the graph has."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from tests.unit.conftest import ProjectWriter
from tests.unit.fidelity.world import ONTOLOGY, World, write_data

from migragraph.dataset import Dataset, build
from migragraph.fidelity import Context, judge, judge_subject
from migragraph.layout import load_layout
from migragraph.namespaces import XSD
from migragraph.report import Finding, Severity

IT = NamedNode("https://example.org/town/it")
ROOT = Path(__file__).parents[3]

VALUE = "measure:obsValue"


def value(number: str, more: str = "") -> str:
    return f'{VALUE} "{number}"^^xsd:decimal{more}'


def hedged(number: str, hedge: str) -> str:
    return value(number, f" ; mg:hedge hedge:{hedge}")


def counted(number: str, unit: str) -> str:
    return value(number, f" ; attribute:unitMeasure unit:{unit}")


def of_sex(number: str, code: str) -> str:
    return value(number, f" ; dimension:sex sex:{code}")


def span(lower: str, upper: str, hedge: str = "more-than-to") -> str:
    return f'mg:lowerValue "{lower}"^^xsd:decimal ; mg:upperValue "{upper}"^^xsd:decimal ; mg:hedge hedge:{hedge}'


def dated(property_: str, text: str, datatype: str) -> str:
    return f'{property_} "{text}"^^xsd:{datatype}'


SPAN = "mg:lowerValue, mg:upperValue, mg:hedge"
PEOPLE = "159,986 people (55,804 women) went abroad"
UNIT, SEX, HEDGE, PERIOD = "attribute:unitMeasure", "dimension:sex", "mg:hedge", "dimension:refPeriod"
START, END, LENGTH = "schema:startDate", "schema:endDate", "schema:duration"

CASES: list[tuple[str, str, str, set[str]]] = [
    # the number itself: facts, the properties quoted for, the words, the rules broken
    (value("650000"), VALUE, "approximately 650,000 Vietnamese workers", set()),
    (value("651000"), VALUE, "approximately 650,000 Vietnamese workers", {"figure-differs"}),
    (value("4000000000"), VALUE, "estimated at approximately US$4 billion", set()),
    (value("4000000"), VALUE, "estimated at approximately US$4 billion", {"figure-differs"}),
    (value("7"), VALUE, "seven ministries have developed their own plans", set()),
    (value("8"), VALUE, "seven ministries have developed their own plans", {"figure-differs"}),
    (value("7"), VALUE, "the ministries have developed their own plans", {"figure-differs"}),
    (value("5"), VALUE, "Up to 5 percent of Viet Nam's GDP", set()),
    (value("5.0"), VALUE, "Up to 5 percent of Viet Nam's GDP", set()),
    (value("55804"), VALUE, PEOPLE, set()),
    (value("1"), VALUE, "the first edition", {"figure-differs"}),
    ('mg:opened "1998"^^xsd:integer', "mg:opened", "opened in 1998", set()),
    ('mg:opened "1999"^^xsd:integer', "mg:opened", "opened in 1998", {"figure-differs"}),
    ('mg:editionNumber "3"^^xsd:integer', "mg:editionNumber", "and the third edition in 2023", set()),
    ('mg:editionNumber "2"^^xsd:integer', "mg:editionNumber", "and the third edition in 2023", {"figure-differs"}),
    ('mg:editionNumber "2023"^^xsd:integer', "mg:editionNumber", "the third edition in 2023", {"figure-differs"}),
    # spans
    (span("30", "40"), SPAN, "accounting for over 30% to 40%", set()),
    (span("40", "30"), SPAN, "accounting for over 30% to 40%", {"figure-differs"}),
    (span("30", "41"), SPAN, "accounting for over 30% to 40%", {"figure-differs"}),
    (span("30", "40", "exact"), SPAN, "accounting for over 30% to 40%", {"hedge-differs"}),
    (value("35"), VALUE, "accounting for over 30% to 40%", {"figure-differs"}),
    # hedges
    (hedged("45", "more-than"), HEDGE, "more than 45 member countries", set()),
    (hedged("45", "exact"), HEDGE, "more than 45 member countries", {"hedge-differs"}),
    (hedged("45", "at-least"), HEDGE, "more than 45 member countries", {"hedge-differs"}),
    (hedged("650000", "approximately"), f"{VALUE}, {HEDGE}", "650,000 Vietnamese workers abroad", {"hedge-differs"}),
    # a sub-heading that drops the hedge is quoted for the number alone
    (hedged("650000", "approximately"), VALUE, "650,000 Vietnamese workers abroad", set()),
    (hedged("40", "exact"), HEDGE, "about 600 workers in 40 countries", set()),
    (hedged("40", "approximately"), HEDGE, "about 600 workers in 40 countries", {"hedge-differs"}),
    (hedged("600", "exact"), HEDGE, "about 600 workers in 40 countries", {"hedge-differs"}),
    (hedged("600", "approximately"), HEDGE, "so many workers went", {"hedge-differs"}),
    # bounds
    (value("45", ' ; mg:lowerBound "45"^^xsd:decimal'), "mg:lowerBound", "more than 45 members", set()),
    (value("45", ' ; mg:lowerBound "46"^^xsd:decimal'), "mg:lowerBound", "more than 45 members", {"bound-differs"}),
    (value("45", ' ; mg:upperBound "45"^^xsd:decimal'), "mg:upperBound", "more than 45 members", {"bound-differs"}),
    (value("5", ' ; mg:upperBound "5"^^xsd:decimal'), "mg:upperBound", "up to 5 percent of GDP", set()),
    (value("5", ' ; mg:upperBound "5"^^xsd:decimal'), "mg:upperBound", "about 5 percent of GDP", {"bound-differs"}),
    # units
    (counted("650000", "people"), UNIT, "650,000 Vietnamese workers", set()),
    (counted("650000", "percent"), UNIT, "650,000 Vietnamese workers", {"unit-differs"}),
    (counted("5", "percent"), UNIT, "up to 5 percent of the workers", set()),
    (counted("5", "people"), UNIT, "up to 5 percent of the workers", {"unit-differs"}),
    (counted("7", "ministries"), UNIT, "seven ministries", set()),
    (counted("7", "countries"), UNIT, "seven ministries", {"unit-differs"}),
    (counted("40", "both"), UNIT, "in 40 countries and territories worldwide", set()),
    (counted("40", "countries"), UNIT, "in 40 countries and territories worldwide", {"unit-differs"}),
    (counted("4000000000", "dollars-a-year"), UNIT, "annually some US$4 billion", set()),
    (counted("4000000000", "dollars"), UNIT, "annually some US$4 billion", {"unit-differs"}),
    (counted("4000000000", "dollars-a-year"), UNIT, "some US$4 billion", {"unit-differs"}),
    (counted("12", "people"), UNIT, "12 of them stayed", set()),
    # the sex that a figure counts
    (of_sex("159986", "T"), SEX, PEOPLE, set()),
    (of_sex("159986", "F"), SEX, PEOPLE, {"sex-differs"}),
    (of_sex("159986", "N"), SEX, PEOPLE, {"sex-differs"}),
    (of_sex("55804", "F"), SEX, PEOPLE, set()),
    (of_sex("55804", "T"), SEX, PEOPLE, {"sex-differs"}),
    (of_sex("55804", "M"), SEX, PEOPLE, {"sex-differs"}),
    (of_sex("40", "N"), SEX, "in 40 countries", set()),
    (of_sex("40", "T"), SEX, "in 40 countries", {"sex-differs"}),
    (of_sex("30", "F"), SEX, "female workers accounting for 30% of them", set()),
    (of_sex("30", "M"), SEX, "female workers accounting for 30% of them", {"sex-differs"}),
    (of_sex("300", "T"), SEX, "300 men and women", set()),
    # dates, as exactly as they are printed
    (dated("mg:date", "2020-11-13", "date"), "mg:date", "on November 13, 2020", set()),
    (dated("mg:date", "2020-11-13Z", "date"), "mg:date", "on November 13, 2020", set()),
    (dated("mg:date", "2020-11-14", "date"), "mg:date", "on November 13, 2020", {"date-differs"}),
    (dated("mg:date", "2020-11", "gYearMonth"), "mg:date", "on November 13, 2020", {"date-differs"}),
    (dated("mg:date", "2022-05", "gYearMonth"), "mg:date", "scheduled for May 2022 in New York", set()),
    (dated("mg:date", "2022-05-01", "date"), "mg:date", "scheduled for May 2022 in New York", {"date-differs"}),
    (dated("mg:date", "2022", "gYear"), "mg:date", "scheduled for May 2022 in New York", {"date-differs"}),
    (dated("mg:date", "--11-22", "gMonthDay"), "mg:date", "on Nov. 22", set()),
    (dated("mg:date", "2021-11-22", "date"), "mg:date", "on Nov. 22", {"date-differs"}),
    (dated(START, "2021", "gYear"), START, "since 2021, citizens have come back", set()),
    (dated(START, "2020", "gYear"), START, "since 2021, citizens have come back", {"date-differs"}),
    (dated(END, "2021", "gYear"), END, "since 2021, citizens have come back", {"date-differs"}),
    (dated(START, "--07-16", "gMonthDay"), START, "from July 16-18 in Hanoi", set()),
    (dated(END, "--07-18", "gMonthDay"), END, "from July 16-18 in Hanoi", set()),
    (dated(START, "--07-18", "gMonthDay"), START, "from July 16-18 in Hanoi", {"date-differs"}),
    (dated(START, "--07-17", "gMonthDay"), START, "from July 16-18 in Hanoi", {"date-differs"}),
    (dated(START, "2020", "gYear"), START, "during the 2020-2021 period", set()),
    # durations
    (dated(LENGTH, "P35D", "duration"), LENGTH, "in Vietnam for about 5 weeks", set()),
    (dated(LENGTH, "P5D", "duration"), LENGTH, "in Vietnam for about 5 weeks", {"duration-differs"}),
    (dated(LENGTH, "P1Y", "duration"), LENGTH, "over the past 12 months", set()),
    (dated(LENGTH, "P1Y", "duration"), LENGTH, "sent back annually", set()),
    (dated(LENGTH, "P2Y", "duration"), LENGTH, "sent back annually", {"duration-differs"}),
    (dated(LENGTH, "P3D", "duration"), LENGTH, "over three days from July 16-18", set()),
    # periods
    (f"{PERIOD} ex:year", PERIOD, "In 2023 alone", set()),
    (f"{PERIOD} ex:years", PERIOD, "In 2023 alone", {"period-differs"}),
    (f"{PERIOD} ex:years", PERIOD, "from 2021 to the present", set()),
    (f"{PERIOD} ex:year", PERIOD, "at present", {"period-differs"}),
    (f"{PERIOD} ex:year", PERIOD, "on Nov. 22", {"period-differs"}),
    (f"{PERIOD} ex:year", PERIOD, "on Nov. 22, 2023", set()),
    (f"{PERIOD} ex:day", PERIOD, "on Nov. 22", {"period-differs"}),
    (f"{PERIOD} ex:day", PERIOD, "on November 22, 2021", set()),
    (f"{PERIOD} ex:day", PERIOD, "on November 23, 2021", {"period-differs"}),
    (f"{PERIOD} ex:yearless", PERIOD, "on Nov. 22", set()),
    (f"{PERIOD} ex:yearless", PERIOD, "on Nov. 23", {"period-differs"}),
    (f"{PERIOD} ex:yearly", PERIOD, "sent back annually", set()),
    (f"{PERIOD} ex:yearly", PERIOD, "within just 5 years", {"period-differs"}),
    (f"{PERIOD} ex:yearly", PERIOD, "from remittances of migrants", {"period-differs"}),
    (f"{PERIOD} ex:undated", PERIOD, "from remittances of migrants", set()),
    # names and numbers as they are printed
    ('eli:number "402/QĐ-TTg"', "eli:number", "Decision No. 402/QD-TTg dated", set()),
    ('eli:number "403/QD-TTg"', "eli:number", "Decision No. 402/QD-TTg dated", {"text-differs"}),
    ('eli:number "40"', "eli:number", "Decision No. 402/QD-TTg dated", {"text-differs"}),
    ('skos:altLabel "Law No. 69"@en', "skos:altLabel", "Contracts (Law No. 69)", set()),
    ('skos:altLabel "Law No. 96"@en', "skos:altLabel", "Contracts (Law No. 69)", {"text-differs"}),
    ('skos:altLabel "Women’s Union"@en', "skos:altLabel", "the women's union and others", set()),
    ('skos:altLabel "Luật 69"@vi', "skos:altLabel", "Contracts (Law No. 69)", set()),
    (
        'schema:headline "One two three four five six seven eight nine ten eleven twelve thirteen"@en',
        "schema:headline",
        "One two three four five six seven eight nine ten eleven twelve",
        set(),
    ),
    ('schema:headline "A compact signed"@en', "schema:headline", "A compact", {"text-differs"}),
    # a text of the graph's own is in other words, but its figures are printed
    ('mg:gist "Begun in 2011."@en', "mg:gist", "since 2011, Vietnam has coordinated", set()),
    ('mg:gist "Begun in 2012."@en', "mg:gist", "since 2011, Vietnam has coordinated", {"figure-differs"}),
    ('mg:gist "They work together."@en', "mg:gist", "Vietnam has coordinated", set()),
    # a yes or a no
    ('mg:acting "true"^^xsd:boolean', "mg:acting", "Acting Chief of Mission", set()),
    ('mg:acting "false"^^xsd:boolean', "mg:acting", "Acting Chief of Mission", {"flag-differs"}),
    ('mg:acting "false"^^xsd:boolean', "mg:acting", "no longer Acting Chief", set()),
    # states and roles
    ("mg:status state:passed", "mg:status", "Vietnam passed the Law", set()),
    ("mg:status state:signed", "mg:status", "Vietnam passed the Law", {"term-differs"}),
    ("mg:status state:signed", "mg:status", "the Law as it stands", set()),
    # things that the words name
    ("schema:location ex:hanoi", "schema:location", "held in Hanoi", set()),
    ("schema:location ex:hue", "schema:location", "held in Hanoi", {"name-differs"}),
    ("schema:location ex:hue", "schema:location", "held there", set()),
    ("schema:location ex:viet-nam", "schema:location", "held in Hanoi", set()),
    ("schema:location ex:hanoi, ex:hue", "schema:location", "held in Hanoi", set()),
    ("schema:location ex:hue", "schema:location", "Old Harbour Hall", {"name-differs"}),
    ("schema:location ex:hue", "schema:location", "in Old Harbour Hall", set()),
    ("mg:speaker ex:giang", "mg:speaker", "Ms. Giang emphasized that", set()),
    ("mg:speaker ex:quinn", "mg:speaker", "Ms. Giang emphasized that", {"speaker-differs"}),
    ("mg:speaker ex:quinn", "mg:speaker", "as she emphasized", set()),
    ("mg:speaker ex:giang", "mg:speaker", "the Deputy Director explained", set()),
    ("mg:speaker ex:quinn", "mg:speaker", "the Deputy Director explained", {"speaker-differs"}),
    ("mg:speaker ex:quinn", "mg:speaker", "Quinn and the Deputy Director agreed", set()),
    ("mg:speaker ex:guests", "mg:speaker", "the Deputy Director explained", set()),
    ("mg:speaker ex:quinn", "mg:speaker", "he thanked the guests", set()),
    ("mg:speaker ex:quinn", "mg:speaker", "the guests said so", {"speaker-differs"}),
    ("mg:speaker ex:quinn", "mg:speaker", "according to the guests", {"speaker-differs"}),
]


def judge_world(world: World, write_project: ProjectWriter) -> tuple[Dataset, list[Finding]]:
    dataset = build(write_project({"world.ttl": write_data(world)}, ONTOLOGY))
    return dataset, judge(dataset)


def rules_of(findings: list[Finding], severity: Severity = Severity.VIOLATION) -> set[str]:
    return {finding.rule for finding in findings if finding.severity == severity}


@pytest.mark.parametrize(("facts", "properties", "phrase", "expected"), CASES)
def test_words_and_facts(
    facts: str, properties: str, phrase: str, expected: set[str], write_project: ProjectWriter
) -> None:
    _, findings = judge_world(World(facts, properties, (phrase,)), write_project)
    assert rules_of(findings) == expected, [finding.message for finding in findings]


def test_words_of_several_quotations_are_read_together(write_project: ProjectWriter) -> None:
    world = World(hedged("40", "more-than"), f"{VALUE}, {HEDGE}", ("so it was", "more than 40 of them"))
    assert rules_of(judge_world(world, write_project)[1]) == set()


@pytest.mark.parametrize("basis", ["mg:inferred", "mg:referenced"])
def test_what_is_not_stated_is_not_judged(basis: str, write_project: ProjectWriter) -> None:
    world = World(value("41"), VALUE, ("about 40 people",), basis=basis)
    assert rules_of(judge_world(world, write_project)[1]) == set()


def test_figures_in_a_language_without_rules_are_not_compared(write_project: ProjectWriter) -> None:
    for facts, property_, expected in (
        ('skos:altLabel "Luật 69"@vi', "skos:altLabel", []),
        ('skos:altLabel "Luật 96"@vi', "skos:altLabel", ["text-differs"]),
        (value("4"), VALUE, ["figure-unread"]),
    ):
        world = World(facts, property_, ("Luật 69 có 3 điều",), source="ex:bao")
        assert [finding.rule for finding in judge_world(world, write_project)[1]] == expected


def test_a_finding_shows_the_words_and_the_value_and_where_it_stands(write_project: ProjectWriter) -> None:
    dataset, findings = judge_world(World(value("41"), VALUE, ("about 40 people",)), write_project)
    finding = next(finding for finding in findings if finding.severity == Severity.VIOLATION)
    assert finding.kind == "evidence"
    assert finding.message == "The words quoted, “about 40 people”, print “about 40 people”; the graph has 41."
    assert finding.focus == IT.value
    assert finding.path == "<http://purl.org/linked-data/sdmx/2009/measure#obsValue>"
    assert finding.value == f'"41"^^{XSD.decimal}'
    assert finding.file == dataset.origin[IT]
    assert finding.advice


def test_one_subject_is_judged_as_the_whole_is(write_project: ProjectWriter) -> None:
    dataset, findings = judge_world(World(value("41"), VALUE, ("about 40 people",)), write_project)
    alone = list(judge_subject(IT, dataset.index, Context.of(dataset)))
    assert alone == [finding for finding in findings if finding.severity == Severity.VIOLATION]


WARNINGS: list[tuple[World, set[str]]] = [
    (World(value("40"), VALUE, ("about 40 people in 7 towns",)), {"figure-unused"}),
    (World(value("40"), VALUE, ("about 40 people in town",)), set()),
    (World(dated("mg:date", "2020", "gYear"), "mg:date", ("in 2020", "2,021 people")), {"figure-unused"}),
    (World("mg:topic ex:year", "mg:topic", ("In 2023 alone",)), set()),
    (World('skos:altLabel "Profile 2023"@en', "skos:altLabel", ("the Profile 2023 shows",)), set()),
    (World("mg:topic ex:fair", "mg:topic", ("dozens of guests came",)), {"figure-unread"}),
    (World('mg:wording "dozens of guests"@en', "mg:wording", ("dozens of guests came",)), set()),
    (World("mg:topic ex:fair", "mg:topic", ("output stood at 12,34,5 in all",)), {"figure-unread"}),
]


@pytest.mark.parametrize(("world", "expected"), WARNINGS)
def test_figures_that_nothing_uses(world: World, expected: set[str], write_project: ProjectWriter) -> None:
    _, findings = judge_world(world, write_project)
    assert rules_of(findings, Severity.WARNING) == expected, [finding.message for finding in findings]


def test_a_figure_is_used_where_another_thing_quotes_it_from_the_same_source(write_project: ProjectWriter) -> None:
    other = World(value("7"), VALUE, ("in 7 towns",))
    for source, expected in (("ex:gazette", set()), ("ex:herald", {"figure-unused"})):
        more = write_data(other._replace(source=source)).replace("ex:it", "ex:other")
        world = World(value("40"), VALUE, ("about 40 people in 7 towns",), more=more)
        assert rules_of(judge_world(world, write_project)[1], Severity.WARNING) == expected


INFERRED_USE = World(value("7"), VALUE, ("in 7 towns",), basis="mg:inferred")
OF_A_PROFILE = 'mg:gist "It is the Profile 2023."@en ; mg:evaluates ex:profile'
NAMED_ELSEWHERE = """
ex:profile mg:topic ex:year ; skos:altLabel "Profile 2023"@en .
ex:other mg:topic ex:hue ."""


@pytest.mark.parametrize(
    "world",
    [
        World(
            value("40"),
            VALUE,
            ("about 40 people in 7 towns",),
            more=write_data(INFERRED_USE).replace("ex:it", "ex:other"),
        ),
        World(
            OF_A_PROFILE
            + """ ; mg:evidence [ a mg:Evidence ; mg:property mg:evaluates ; mg:basis mg:inferred ;
                mg:reason "The article is about it."@en ]""",
            "mg:gist",
            ("this is the one",),
            more=NAMED_ELSEWHERE,
        ),
    ],
    ids=["a use", "a name"],
)
def test_what_is_stated_is_compared_with_what_is_inferred_too(world: World, write_project: ProjectWriter) -> None:
    dataset, findings = judge_world(world, write_project)
    stated = build(dataset.layout, stated_only=True)
    assert len(stated.asserted) < len(dataset.asserted)
    assert findings == judge(stated) == []


@pytest.fixture(scope="module")
def bundled() -> Dataset:
    return build(load_layout(ROOT))


def test_the_bundled_graph_says_what_its_sources_say(bundled: Dataset) -> None:
    assert [(finding.rule, finding.focus, finding.message) for finding in judge(bundled)] == []
