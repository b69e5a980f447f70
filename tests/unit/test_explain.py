"""An explanation gives each fact with its words, speaker, source and link; what is unknown; and what differs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from migragraph.dataset import Dataset, build
from migragraph.explain import EXPLANATIONS, explain_thing, render_text
from migragraph.explain.explanation import Explanation
from migragraph.explain.naming import Naming
from migragraph.iris import expand_curie
from migragraph.labels import collect_labels
from migragraph.layout import Layout, bundled_root
from migragraph.project import Project

Call = Callable[..., tuple[int, str, str]]
Writer = Callable[[Mapping[str, str], str], Layout]

WORKERS = "observation:contract-workers-abroad-2024-07-baoquocte-278827-en"
DECISION = "instrument:decision-402-qd-ttg"
BALI_PAGE = "https://baoquocte.vn/phai-hanh-dong-trong-tat-ca-cac-giai-doan-cua-chu-trinh-di-cu-278827.html"


@pytest.fixture(scope="module")
def graph() -> Project:
    return Project.load(bundled_root())


def explain(dataset: Dataset, curie: str, property_: str | None = None, language: str = "en") -> Explanation:
    thing = expand_curie(curie, dataset.prefixes)
    return explain_thing(dataset, collect_labels(dataset), thing, property_, language)


def paragraphs(text: str) -> str:
    """Give a text with its lines joined, so that what is wrapped can be looked for."""
    return " ".join(text.split())


# What a journalist, or an analyst, looks for in the bundled graph, and what stands there word for word.
GOLDEN: list[tuple[str, str | None, list[str]]] = [
    (
        WORKERS,
        "value",
        [
            "approximately 650,000 people; Vietnamese workers abroad under contract; Viet Nam; ",
            "(from 16 July 2024 to 18 July 2024)",
            "value: approximately 650,000 people — stated [1] [2]",
            "[1] stated, says Phan Thi Minh Giang, Deputy Director of the Consular Department, Ministry of Foreign "
            "Affairs of Viet Nam (attributed by context)",
            "“Currently, there are approximately 650,000 Vietnamese workers employed abroad under contract”",
            "[Report on the meeting of the Bali Process Working Group in Hanoi], The World and Vietnam Newspaper, n.d.",
            f"{BALI_PAGE} the page is in Vietnamese; the phrase is from a translation of it into English",
            "What is said more and less exactly hedge: one side says less exactly",
            "approximately 650,000 people (preferred) — stated [1] 650,000 people — stated [2] Words that leave",
        ],
    ),
    (
        DECISION,
        None,
        [
            "Decision No. 402/QD-TTg decision, instrument:decision-402-qd-ttg",
            "date of the document: 20 March 2020 — inferred [6]",
            "[6] inferred, because: One article calls this day the date of the decision",
            "state: signed, 20 March 2020, Prime Minister of Viet Nam status: signed — stated",
            "What differs and can all be so brought about by (signed): the sides can all be so Prime ",
            "Prime Minister of Viet Nam — stated [8]",
            "Pham Binh Minh — referenced [9] none is preferred",
            "[9] referenced Signature under Decision No. 402/QD-TTg, read in: english.luatvietnam.vn 181792",
            "Editorial notes",
            "a Deputy Prime Minister, who put his name to it. Both stand.",
            "37984.html#:~:text=Decision%20No.%20402%2FQD%2DTTg%20dated",
            "needs no evidence: kind of instrument: decision; topic: implementation of the Compact",
        ],
    ),
    (
        "event:gcm-review-conference-2021",
        "start",
        [
            "start: 22 November 2021 — inferred [1]",
            "inferred, because: The article looks forward to a forum of May 2022",
            "37984.html#:~:text=scheduled%20for%20May%202022%20in%20New%20York",
        ],
    ),
    (
        "statement:pembroke-exploitation-top-risk",
        None,
        ["in post: Chief of Mission of IOM in Viet Nam (acting) — stated", "speaker: Mitsue Pembroke — stated"],
    ),
    (
        "measure:rescue-of-trafficking-cases-in-cambodia",
        None,
        [
            "Not stated value: Number of cases of trafficking rescued in Cambodia; in its place stands “many cases”. ",
            "stated, says Mitsue Pembroke, Chief of Mission of IOM in Viet Nam (acting) “to successfully rescue",
        ],
    ),
    (
        "person:mitsue-pembroke",
        None,
        [
            "Posts and memberships Mitsue Pembroke as Acting Chief of Mission of IOM in Viet Nam, holding:mitsue",
            "acting: yes — referenced",
            "called: Mitsue Pembroke — stated",
            "Named by",
        ],
    ),
    (
        "actor:bali-process-working-group",
        "founding date",
        [
            "What disagrees founding date: the sides cannot all be so 2009 — stated [1] 2014 — referenced [2] none "
            "is preferred"
        ],
    ),
    (
        "instrument:law-53-2024-qh15",
        "date",
        ["date (passed): one side says less exactly what the other says by 18 December 2024 — inferred"],
    ),
    (
        "instrument:law-53-2024-qh15",
        None,
        [
            "state: passed, 28 November 2024 status",
            "state: passed, by 18 December 2024, National Assembly of Viet Nam status",
        ],
    ),
    (
        "publication:viet-nam-migration-profile-2023",
        None,
        ["state: published, 29 October 2024", "start as printed: 29 October"],
    ),
    (
        "statement:rinas-database-most-important",
        "gist",
        ["[1] stated, says Kendra Rinas, Chief of Mission of IOM in Viet Nam “The most important thing"],
    ),
    ("statement:rinas-database-most-important", "speaker", ["[1] stated “IOM Chief of Mission in Vietnam Kendra"]),
    ("statement:vgp-viet-nam-active", "gist", ["[1] stated, says VGP (own voice) “Viet Nam active"]),
    ("event:bali-process-working-group-meeting-2024", None, ["duration: 3 days"]),
    ("event:gcm-review-conference-2021", "mode", ["way of taking part: on site and online"]),
    (
        "observation:contract-departures-men-2023-derived",
        None,
        [
            "104,182 people",
            "derivation: Men among the departures under contract, 2023 computed from: People who went from Viet Nam",
            "inferred, because: The source gives the women beside the whole, so that the rest are the men.",
        ],
    ),
    (
        "observation:female-share-contract-workers-2024-07-baoquocte-278827-en",
        None,
        ["more than 30 to 40 per cent"],
    ),
    (
        "event:interview-park-2023",
        "startDate",
        [
            "Not stated start: Day of the interview with Park Mihyung; in its place stands “recent”.",
            "no address is known",
        ],
    ),
    ("gcm:10", None, ["Defined in the ontology", "also called: Eradicate trafficking", "related to: "]),
    ("source:vietnamtimes-37984", None, ["not ratified by states. The word is the headline's own."]),
]


@pytest.mark.parametrize(("thing", "property_", "said"), GOLDEN)
def test_what_a_reader_looks_for(bundled: Dataset, thing: str, property_: str | None, said: list[str]) -> None:
    text = paragraphs(render_text(explain(bundled, thing, property_), "en"))
    assert [words for words in said if words not in text] == [], text


def test_a_property_alone_is_explained(bundled: Dataset) -> None:
    whole, part = (explain(bundled, WORKERS, name) for name in (None, "hedge"))
    assert [row.property.curie for row in part.rows] == ["mg:hedge"]
    assert len(whole.rows) > 8
    assert (part.notes, part.mentions, part.memberships) == ((), (), ())
    assert whole.notes


def test_a_property_of_nested_nodes_is_explained_within_them(bundled: Dataset) -> None:
    rows = explain(bundled, DECISION, "mg:effectedBy").rows
    assert {row.property.curie for row in rows} == {"mg:state"}
    assert [one.property.curie for row in rows for one in row.nested] == ["mg:effectedBy"] * 2


def test_a_disagreement_shows_where_its_property_is_asked_for(bundled: Dataset) -> None:
    assert explain(bundled, DECISION, "eli:number").disputes == ()
    assert len(explain(bundled, DECISION, "mg:effectedBy").disputes) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", ["xấp xỉ 650.000 người", "được nêu, theo lời Phan Thị Minh Giang", "không rõ ngày", "Bằng chứng"]),
        (
            "vi",
            [
                "trang này bằng tiếng Việt; câu trích lấy từ bản dịch sang tiếng Anh",
                "giá trị: ",
                "(suy từ ngữ cảnh)",
                "giới tính: tổng số",
                "quan sát, observation:",
                "Lời không có từ rào đón",
            ],
        ),
    ],
)
def test_it_speaks_vietnamese(bundled: Dataset, language: str, said: list[str]) -> None:
    text = paragraphs(render_text(explain(bundled, WORKERS, language=language), language))
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("width", [40, 72, 100, 160])
def test_lines_keep_to_the_width(bundled: Dataset, width: int) -> None:
    for line in render_text(explain(bundled, DECISION), "en", width).splitlines():
        assert len(line) <= width or "http" in line or not re.search(r"\s", line.strip()), line


def test_footnotes_are_numbered_as_they_come(bundled: Dataset) -> None:
    text = render_text(explain(bundled, "instrument:law-69-2020-qh14"), "en")
    facts, _, evidence = text.partition("\nEvidence\n")
    named = list(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", facts)))
    listed = [int(number) for number in re.findall(r"^  \[(\d+)\]", evidence, re.MULTILINE)]
    assert named == listed == list(range(1, len(listed) + 1))
    assert len(listed) > 9


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in leaves(part)]
    return [one for part in value for one in leaves(part)] if isinstance(value, list) else [value]


def test_json_is_whole(call: Call) -> None:
    code, out, err = call("explain", WORKERS, "--format", "json", "--project", bundled_root())
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert list(told) == [
        "thing",
        "types",
        "figure",
        "rows",
        "notes",
        "unknowns",
        "disputes",
        "memberships",
        "mentions",
    ]
    value = told["rows"][0]
    assert value["property"]["curie"] == "sdmx-measure:obsValue"
    assert (value["value"]["lexical"], value["value"]["datatype"]) == ("650000", "xsd:decimal")
    witness = value["witnesses"][0]
    assert (witness["basis"], witness["speaker"]["curie"]) == ("stated", "person:phan-thi-minh-giang")
    assert witness["quotes"][0]["source"]["curie"] == "source:baoquocte-278827-en"
    assert (witness["quotes"][0]["url"], witness["quotes"][0]["is_translation"]) == (BALI_PAGE, True)
    assert "/source/baoquocte-278827-en#passage-" in witness["quotes"][0]["passage"]
    inferred = [one for row in told["rows"] for one in row["witnesses"] if one["basis"] == "inferred"]
    assert {one["reason_language"] for one in inferred} == {"en"}
    assert witness["reason_language"] is None
    assert (witness["speech_mode"]["curie"], witness["is_speaker_inferred"]) == ("speech:by-context", False)
    assert told["figure"]["hedge"] == "approximately"
    assert (told["figure"]["lower"], told["figure"]["upper"], told["figure"]["status"]) == (None, None, None)
    assert {type(one) for one in leaves(told)} <= {str, bool, type(None)}
    assert "" not in leaves(told)


def test_only_what_contradicts_disagrees(bundled: Dataset) -> None:
    texts = {thing: render_text(explain(bundled, thing), "en") for thing in (DECISION, WORKERS)}
    assert all("What disagrees" not in text for text in texts.values())
    assert "What differs and can all be so\n" in texts[DECISION]
    assert "What is said more and less exactly\n" in texts[WORKERS]


def test_the_full_date_stands_for_the_printed_one(bundled: Dataset) -> None:
    values = [row.value.text for row in explain(bundled, "publication:viet-nam-migration-profile-2023", "state").rows]
    assert any(value.startswith("published, 29 October 2024") for value in values), values
    assert all("29 October, " not in value for value in values)


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("period:2023", "The year 2023"),
        ("period:2024-07", "The time of the meeting of July 2024 (from 16 July 2024 to"),
    ],
)
def test_a_period_is_not_told_twice(bundled: Dataset, period: str, label: str) -> None:
    naming = Naming(bundled, collect_labels(bundled), "en")
    assert naming.period(expand_curie(period, bundled.prefixes)).startswith(label)
    assert ("(" in naming.period(expand_curie(period, bundled.prefixes))) is ("(" in label)


def test_markdown_has_footnotes(call: Call) -> None:
    code, out, _ = call("explain", WORKERS, "value", "--format", "md", "--project", bundled_root())
    assert code == 0
    assert out.startswith("# Vietnamese workers abroad under contract, July 2024\n")
    assert "- **value**: approximately 650,000 people — stated[^1][^2]\n" in out
    assert f"in Hanoi\\], The World and Vietnam Newspaper, n.d.]({BALI_PAGE})" in out
    assert set(re.findall(r"^\[\^(\d+)\]: ", out, re.MULTILINE)) == {"1", "2"}


def test_stated_only_leaves_out_what_is_inferred(graph: Project) -> None:
    whole, stated = (
        render_text(graph.explain(DECISION, stated_only=stated_only), "en") for stated_only in (False, True)
    )
    assert "inferred" in whole
    assert "inferred" not in stated
    assert "20 March 2020" in stated


TOWN = """
@prefix actor: <https://example.org/town/actor/> .
@prefix event: <https://example.org/town/event/> .
@prefix law: <https://example.org/town/law/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix source: <https://example.org/town/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
event:held mg:span [ mg:notBefore "2024-05-01"^^xsd:date ; mg:acting false ; schema:duration "P1Y6M"^^xsd:duration ] .
event:fair a mg:Event ; rdfs:label "The *fair* of [1]" ; mg:free true ; mg:kept law:one ; mg:page "# a <b>" ;
    mg:evidence [ mg:property mg:free ; mg:basis mg:stated ;
        oa:hasTarget [ a oa:SpecificResource ; oa:hasSource source:own ;
            oa:hasSelector [ oa:exact "free" ; oa:prefix "is " ] ] ] .
source:own rdfs:label "Own"@en ; schema:url "https://example.org/a (b)" .
mg:loop mg:loop mg:loop .
"""
EXEMPT = """
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
rdfs:label mg:supportExempt true .
mg:page mg:supportExempt true .
"""


@pytest.fixture
def town(write_project: Writer) -> Dataset:
    return build(write_project({"a.ttl": TOWN}, EXEMPT))


def test_what_has_no_support_says_so(town: Dataset) -> None:
    text = render_text(explain(town, "event:fair"), "en")
    assert "  mg:kept: law:one (without support)\n" in text
    assert "  needs no evidence: mg:page: # a <b>\n" in text
    assert "  mg:free: yes — stated [1]\n" in text
    assert "https://example.org/a (b)#:~:text=is-,free\n" in text


@pytest.mark.parametrize(
    ("language", "value"),
    [
        ("en", "from 1 May 2024 on, no, over 1 year 6 months"),
        ("vi", "từ 1 tháng 5 năm 2024 trở đi, không, trong 1 năm 6 tháng"),
    ],
)
def test_a_nested_node_is_summed_up_with_its_bounds(town: Dataset, language: str, value: str) -> None:
    assert [row.value.text for row in explain(town, "event:held", language=language).rows] == [value]


def test_markdown_is_escaped(town: Dataset) -> None:
    text = EXPLANATIONS["md"](explain(town, "event:fair"), "en")
    assert text.startswith("# The \\*fair\\* of \\[1\\]\n")
    assert "\\# a \\<b\\>" in text
    assert "(https://example.org/a%20%28b%29#:~:text=is-,free)" in text


def test_what_names_itself_comes_to_an_end(town: Dataset) -> None:
    assert len(explain(town, "mg:loop").rows) == 1


@pytest.mark.parametrize("format_", sorted(EXPLANATIONS))
def test_every_thing_of_the_small_project_is_explained(dataset: Dataset, format_: str) -> None:
    labels = collect_labels(dataset)
    for number, thing in enumerate([*dataset.index, *labels.names]):
        language = ("en", "vi")[number % 2]
        assert EXPLANATIONS[format_](explain_thing(dataset, labels, thing, None, language), language).strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["explain"], "Missing argument 'THING'"),
        (["explain", "nonsense"], "nothing in the graph is called 'nonsense'"),
        (["explain", ""], "the name is empty"),
        (
            ["explain", "Viet Nam"],
            "'Viet Nam' may mean 2 things:\n  actor:viet-nam  Viet Nam\n  place:viet-nam  Viet Nam",
        ),
        (["explain", DECISION, "colour"], f"{DECISION} has no property 'colour'; it has:\n  eli:cites"),
        (["explain", DECISION, "--format", "yaml"], "'yaml' is not one of 'text', 'json', 'md'"),
        (["explain", DECISION, "--lang", "fr"], "'fr' is not one of 'en', 'vi'"),
    ],
)
def test_what_cannot_be_explained(call: Call, words: list[str], said: str) -> None:
    code, out, err = call(*words, "--project", bundled_root())
    assert (code, out) == (2, "")
    assert said in err
