"""Things and properties are found by what people call them; several are listed, and for none the nearest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from migragraph.dataset import Dataset, build
from migragraph.errors import CallError
from migragraph.labels import Labels, collect_labels
from migragraph.layout import Layout, bundled_root, load_layout
from migragraph.lookup import Lookup, find_properties, fold_name
from migragraph.namespaces import MG, RDFS, SCHEMA, SKOS

Writer = Callable[[Mapping[str, str]], Layout]

WORKERS = "observation:contract-workers-abroad-2024-07-baoquocte-278827-en"


@pytest.fixture(scope="module")
def lookup(bundled: Dataset) -> Lookup:
    return Lookup(bundled, collect_labels(bundled))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("402/QĐ-TTg", "402 qd ttg"),
        ("402/QD-TTg", "402 qd ttg"),
        ("Park  Mi-hyung", "park mi hyung"),
        ("Thỏa thuận", "thoa thuan"),
        ("  ", ""),
        ("snake_case", "snake case"),
        ("STRASSE straße", "strasse strasse"),
    ],
)
def test_names_are_folded(text: str, folded: str) -> None:
    assert fold_name(text) == folded


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        (WORKERS, WORKERS),
        ("https://w3id.org/migragraph/viet-nam/actor/iom", "actor:iom"),
        ("<https://w3id.org/migragraph/viet-nam/actor/iom>", "actor:iom"),
        ("gcm:10", "gcm:10"),
        ("mg:Law", "mg:Law"),
        ("402/QĐ-TTg", "instrument:decision-402-qd-ttg"),
        ("402/QD-TTg", "instrument:decision-402-qd-ttg"),
        ("402/qd-ttg", "instrument:decision-402-qd-ttg"),
        ("Decision 402", "instrument:decision-402-qd-ttg"),
        ("Quyết định số 402", "instrument:decision-402-qd-ttg"),
        ("Law No. 69", "instrument:law-69-2020-qh14"),
        ("law no 69", "instrument:law-69-2020-qh14"),
        ("Luật số 69", "instrument:law-69-2020-qh14"),
        ("Law 69/2020/QH14", "instrument:law-69-2020-qh14"),
        ("objective 10", "gcm:10"),
        ("mục tiêu 10", "gcm:10"),
        ("Kendra Rinas", "person:kendra-rinas"),
        ("  kendra rinas ", "person:kendra-rinas"),
        ("Park Mi-hyung", "person:mihyung-park"),
        ("Mihyung Park", "person:mihyung-park"),
        ("GCM", "instrument:gcm"),
        ("gcm", "instrument:gcm"),
        ("Bali Process", "actor:bali-process"),
        ("650,000", WORKERS),
        ("650.000", WORKERS),
        ("650 000", WORKERS),
        ("650000", WORKERS),
        ("approximately 650,000 people", WORKERS),
        ("4,000", "observation:citizens-brought-back-2021-to-2024-07-baoquocte-278827-en"),
        ("5 percent", "observation:remittances-share-of-gdp-yearly-2023-01-vgp-111230118100419616"),
        ("5%", "observation:remittances-share-of-gdp-yearly-2023-01-vgp-111230118100419616"),
        ("5 %", "observation:remittances-share-of-gdp-yearly-2023-01-vgp-111230118100419616"),
        ("5", "gcm:5"),
        ("30% to 40%", "observation:female-share-contract-workers-2024-07-baoquocte-278827-en"),
        ("30%", "observation:female-share-contract-workers-2024-07-baoquocte-278827-en"),
        ("Global Migration Compact", "instrument:gcm"),
    ],
)
def test_one_thing_is_meant(lookup: Lookup, text: str, curie: str) -> None:
    assert lookup.labels.shorten(lookup.find(text)) == curie


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Viet Nam", ["actor:viet-nam  Viet Nam", "place:viet-nam  Viet Nam"]),
        ("Thỏa thuận", ["mg:Compact  compact", "instrumentkind:compact  compact"]),
        ("45", ["observation:members-bali-process-2024-07-baoquocte-278827-en  Member countries"]),
        (
            "US$4 billion",
            ["may mean 2 things:", "observation:remittances-workers-abroad-yearly-2024-07-baoquocte-278827-en"],
        ),
        (
            "Rinas",
            ["may mean ", ":\n  person:kendra-rinas  Kendra Rinas\n", "\n  and ", " more\nName one by its CURIE."],
        ),
        ("conference, reviewing", ["event:gcm-review-conference-2021", "event:gcm-review-conference-2024"]),
    ],
)
def test_several_things_are_listed(lookup: Lookup, text: str, listed: list[str]) -> None:
    with pytest.raises(CallError) as refused:
        lookup.find(text)
    assert all(words in str(refused.value) for words in listed), str(refused.value)
    assert str(refused.value).endswith("Name one by its CURIE.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "nothing in the graph is called 'nonsense'. Name a thing by"),
        ("Kendra Rinnas", "\n  person:kendra-rinas  Kendra Rinas"),
        ("Decison 402/QD-TTg", "\n  instrument:decision-402-qd-ttg  "),
        (
            "Law No. 70",
            "nothing in the graph is called 'Law No. 70'. Name a thing by an IRI, a CURIE, a label, or a number",
        ),
        ("30% to 41%", "nothing in the graph is called"),
        ("US$5", "nothing in the graph is called"),
        ("Law 999", "nothing in the graph is called 'Law 999'"),
        ("decision 69", "nothing in the graph is called"),
        ("actor:iomm", "the graph says nothing of https://w3id.org/migragraph/viet-nam/actor/iomm."),
        ("https://example.org/x", "the graph says nothing of https://example.org/x."),
        ("actor:iomm", "Nearest:\n  actor:iom  International"),
        ("mg:Lawx", "Nearest:\n  mg:Law  law"),
        ("<a b>", "'<a b>' is neither an IRI nor a CURIE."),
        ("<IRI>", "'<IRI>' is neither an IRI nor a CURIE."),
        ("", "the name is empty."),
        (" \t\n", "the name is empty."),
        ("a\x07b", "a character that is no text: U+0007."),
        ("\ud800", "a character that is no text: U+D800."),
        ("9" * 5000, "nothing in the graph is called"),
        ("1e5", "nothing in the graph is called"),
        ("?!", "nothing in the graph is called"),
    ],
)
def test_nothing_is_meant(lookup: Lookup, text: str, said: str) -> None:
    with pytest.raises(CallError) as refused:
        lookup.find(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "text", ["nonsense", "Law No. 70", "person:nobody", "http://example.org/x", "mg:xyzzy", "99/QD-TTg"]
)
def test_none_is_named_rather_than_what_is_only_a_little_like_it(lookup: Lookup, text: str) -> None:
    with pytest.raises(CallError) as refused:
        lookup.find(text)
    assert "Nearest" not in str(refused.value)


@pytest.mark.parametrize("text", ["observation:contract-departures-men-2023-derived", "104,182"])
def test_what_is_only_inferred_is_left_out_by_name(text: str) -> None:
    stated = build(load_layout(bundled_root()), stated_only=True)
    with pytest.raises(CallError, match="contract-departures-men-2023-derived is only inferred, and --stated-only"):
        Lookup(stated, collect_labels(stated)).find(text)


THINGS = """
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix law: <https://example.org/town/law/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix unit: <https://example.org/town/unit/> .
law:exact rdfs:label "Fair law" .
law:folded rdfs:label "FAIR LAW" .
law:longer rdfs:label "Fair law of the town" .
law:numbered eli:number "12/A" ; rdfs:label "A law" .
law:named rdfs:label "12" .
law:figure mg:lowerValue 12 , "twelve" ; mg:upperValue 1500.5 .
law:share mg:lowerValue 7000 ; sdmx-attribute:unitMeasure unit:share .
law:sum mg:lowerValue 7000 ; sdmx-attribute:unitMeasure unit:dollars .
law:votes mg:lowerValue 7 ; sdmx-attribute:unitMeasure unit:votes .
law:small mg:lowerValue 0.125 .
unit:share rdfs:label "per cent"@en . unit:dollars rdfs:label "US dollars"@en . unit:votes rdfs:label "votes"@en .
law:alone rdfs:label "Alone in town" .
"""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Fair law", "exact"),
        ("FAIR LAW", "folded"),
        ("12", "named"),
        ("12/A", "numbered"),
        ("12 a", "numbered"),
        ("no. 12", "numbered"),
        ("1,500.5", "figure"),
        ("1.500,5", "figure"),
        ("12 to 1,500.5", "figure"),
        ("7,000%", "share"),
        ("7.000 per cent", "share"),
        ("$7,000", "sum"),
        ("7", "votes"),
        ("0.125", "small"),
        ("alone", "alone"),
        ("alone to", "alone"),
    ],
)
def test_what_beats_what(write_project: Writer, text: str, key: str) -> None:
    """An exact name beats a number, a number one that is folded, that a figure's number, that words held."""
    dataset = build(write_project({"a.ttl": THINGS}))
    assert Lookup(dataset, collect_labels(dataset)).find(text).value == f"https://example.org/town/law/{key}"


@pytest.fixture(scope="module")
def labels() -> Labels:
    return collect_labels(build(load_layout(bundled_root())))


PRESENT = [SCHEMA.startDate, MG.startAsPrinted, SKOS.altLabel, RDFS.label, MG.inPost]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("schema:startDate", [SCHEMA.startDate]),
        ("<https://schema.org/startDate>", [SCHEMA.startDate]),
        ("startDate", [SCHEMA.startDate]),
        ("start date", [SCHEMA.startDate]),
        ("in post", [MG.inPost]),
        ("ở chức vụ", [MG.inPost]),
        ("also called", [SKOS.altLabel]),
        ("label", [RDFS.label]),
        ("printed", [MG.startAsPrinted]),
        ("start", [SCHEMA.startDate]),
    ],
)
def test_properties_are_found(labels: Labels, text: str, found: list[object]) -> None:
    assert find_properties(text, PRESENT, labels, "event:x") == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("end", "event:x has no property 'end'; it has:\n  mg:inPost  in post\n"),
        ("end", "\n  schema:startDate  start\n  skos:altLabel  also called\n"),
        ("?", "event:x has no property '?'"),
        ("", "the name is empty."),
        ("\x00", "U+0000"),
    ],
)
def test_properties_that_are_not_there(labels: Labels, text: str, said: str) -> None:
    with pytest.raises(CallError) as refused:
        find_properties(text, PRESENT, labels, "event:x")
    assert said in str(refused.value)
