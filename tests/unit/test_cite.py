"""Citations in four styles: valid in each, nothing invented, one for each source, authority and the graph."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migragraph.cite import STYLES, collect_citations
from migragraph.cite.citation import make_key
from migragraph.cite.csl import lay_out
from migragraph.dataset import Dataset, build
from migragraph.iris import expand_curie
from migragraph.labels import collect_labels
from migragraph.layout import Layout, bundled_root

Call = Callable[..., tuple[int, str, str]]
Writer = Callable[[Mapping[str, str]], Layout]

WORKERS = "observation:contract-workers-abroad-2024-07-baoquocte-278827-en"
DECISION = "instrument:decision-402-qd-ttg"
BALI_PAGE = "https://baoquocte.vn/phai-hanh-dong-trong-tat-ca-cac-giai-doan-cua-chu-trinh-di-cu-278827.html"
BALI = "[Report on the meeting of the Bali Process Working Group in Hanoi]"
TITLE = "The machine-readable migration profile: Viet Nam and the Global Compact for Migration"
WORDS = "Currently, there are approximately 650,000 Vietnamese workers employed abroad under contract"
GIANG = "Phan Thi Minh Giang, Deputy Director of the Consular Department, Ministry of Foreign Affairs of Viet Nam"
FOREIGN = "the page is in Vietnamese; the phrase is from a translation of it into English"


def cite(dataset: Dataset, curie: str | None, style: str = "text", language: str = "en") -> str:
    thing = None if curie is None else expand_curie(curie, dataset.prefixes)
    return STYLES[style](collect_citations(dataset, collect_labels(dataset), thing, language), language)


def test_text_can_be_pasted(bundled: Dataset) -> None:
    source, *_, graph = cite(bundled, WORKERS).splitlines()
    assert source == (
        f"“{WORDS}” ({GIANG}; attributed by context), {BALI}, The World and Vietnam Newspaper, n.d., "
        f"{BALI_PAGE} ({FOREIGN})."
    )
    assert graph == (
        f"The migragraph developers, “{TITLE}” [data set], version {bundled.layout.version}, 22 November 2026, "
        f"licence {bundled.layout.licence}, "
        "https://w3id.org/migragraph/viet-nam/observation/contract-workers-abroad-2024-07-baoquocte-278827-en"
    )


GOLDEN: list[tuple[str | None, str, str, list[str]]] = [
    (
        None,
        "text",
        "en",
        [f"The migragraph developers, “{TITLE}” [data set], version ", "/dataset/migration-profile\n"],
    ),
    (
        DECISION,
        "text",
        "en",
        [
            "“Vietnam Contributes to Ratification of Global Migration Compact”, Vietnam Times, n.d., https://vietnamtimes.org"
        ],
    ),
    ("event:interview-park-2023", "text", "en", ["”, VGP, 18 January 2023."]),
    ("event:interview-park-2023", "text", "vi", ["”, VGP, 18 tháng 1 năm 2023."]),
    (
        "source:vgp-111230118100419616",
        "bibtex",
        "en",
        ["@misc{source-vgp-111230118100419616,", "  date = {2023-01-18},"],
    ),
    (
        "measure:rescue-of-trafficking-cases-in-cambodia",
        "text",
        "en",
        ["(Mitsue Pembroke, Chief of Mission of IOM in Viet Nam (acting))"],
    ),
    (
        "statement:rinas-database-most-important",
        "text",
        "en",
        ["establish policies to promote safe migration” (Kendra Rinas, Chief of Mission of IOM in Viet Nam), ["],
    ),
    ("statement:vgp-viet-nam-active", "text", "en", ["” (VGP; own voice), “Viet Nam active"]),
    ("statement:vgp-viet-nam-active", "text", "vi", ["” (VGP; lời của báo), “Viet Nam active"]),
    (WORKERS, "text", "vi", ["Bộ Ngoại giao Việt Nam; suy từ ngữ cảnh), "]),
    (DECISION, "text", "en", ["\n[Signature under Decision No. 402/QD-TTg], read in: english.luatviet"]),
    (WORKERS, "csl-json", "en", [f'"URL": "{BALI_PAGE}",\n    "language": "vi",', '"issued": {']),
    (WORKERS, "wikipedia", "vi", [f"|ngôn ngữ=vi |trans-quote={WORDS}}}}} (Phan Thị"]),
    ("period:2024-07", "text", "en", ["inferred from “Currently, there are approximately 650,000"]),
    ("period:2024-07", "wikipedia", "en", ["}} (inferred from these words; the page is in Vietnamese"]),
    (
        "observation:contract-departures-men-2023-derived",
        "text",
        "en",
        ["“", "(Phan Thi Minh Giang", BALI],
    ),
    (
        "source:baoquocte-278827-en",
        "text",
        "en",
        [f"{BALI}, The World and Vietnam Newspaper, n.d., {BALI_PAGE} (the page is in Vietnamese; the text that"],
    ),
    (
        "reference:decision-402-signer",
        "text",
        "en",
        ["[Signature under Decision No. 402/QD-TTg], read in: english.luatviet"],
    ),
    (
        WORKERS,
        "bibtex",
        "en",
        [
            "@online{source-baoquocte-278827-en,\n",
            f"  title = {{{{{BALI}}}}},\n",
            "  organization = {{The World and Vietnam Newspaper}},\n",
            f"  url = {{{BALI_PAGE}}},\n",
            "  langid = {vietnamese},\n",
            f"  note = {{“{WORDS}”; {GIANG}; attributed by context; {FOREIGN}}},\n",
            "@dataset{migragraph-viet-nam-",
            "  author = {{The migragraph developers}},\n",
        ],
    ),
    (
        WORKERS,
        "wikipedia",
        "en",
        [
            f"{{{{cite news |title=&#91;{BALI[1:-1]}&#93; |url={BALI_PAGE} |work=The World and Vietnam ",
            f"|trans-quote={WORDS}}}}} ({GIANG}; attributed by context; {FOREIGN})\n",
            "{{cite web |author=The migragraph developers |title=",
            "|type=data set, version ",
        ],
    ),
    (
        DECISION,
        "wikipedia",
        "vi",
        [
            "{{chú thích báo |tên bài=Vietnam Contributes to Ratification of Global Migration Compact |url=https://vietnam",
            "%2FQD%2DTTg%20dated%20March%2020%2C%202020 |tác phẩm=Vietnam Times |ngôn ngữ=en |trích dẫn=Prime",
            "{{chú thích web |tác giả=The migragraph developers |tên bài=Hồ sơ di cư máy đọc được",
        ],
    ),
]


@pytest.mark.parametrize(("thing", "style", "language", "said"), GOLDEN)
def test_what_is_cited(bundled: Dataset, thing: str | None, style: str, language: str, said: list[str]) -> None:
    text = cite(bundled, thing, style, language)
    assert [words for words in said if words not in text] == [], text


def test_the_words_that_give_the_figure_are_quoted(bundled: Dataset) -> None:
    """A source is cited once, by the words that tell the figure rather than its period or place."""
    text = cite(bundled, "observation:delegates-2021-11-22-vietnamtimes-37984")
    assert "“There were about 250 delegates from local authorities”" in text
    assert text.count("Vietnam Times") == 1


def test_a_name_in_a_headline_is_quoted_last(bundled: Dataset) -> None:
    """The headline of one article speaks of a ratification that there was not; its text names the Compact elsewhere."""
    text = cite(bundled, "instrument:gcm")
    assert "“Ratification of Global Migration Compact”" not in text
    assert re.search("^“[^”]*GCM[^”]*”, “Vietnam Contributes to Ratification", text, re.MULTILINE)


def test_no_day_of_access_is_made_up(bundled: Dataset) -> None:
    for style in STYLES:
        text = cite(bundled, DECISION, style).casefold()
        assert not re.search(r"access|retrieved|urldate", text)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_thing_can_be_cited(dataset: Dataset, style: str) -> None:
    labels = collect_labels(dataset)
    for number, thing in enumerate([None, *dataset.index, *labels.names]):
        language = ("en", "vi")[number % 2]
        assert STYLES[style](collect_citations(dataset, labels, thing, language), language).strip()


# --- CSL-JSON, by https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json

CSL_TYPES = {"article-newspaper", "dataset", "document", "webpage"}
CSL_STRINGS = {"id", "title", "container-title", "publisher", "version", "URL", "language", "note"}


def check_csl(item: Mapping[str, Any]) -> None:
    assert set(item) <= CSL_STRINGS | {"type", "author", "issued"}
    assert item["type"] in CSL_TYPES
    assert item["id"]
    assert item["title"]
    assert all(isinstance(item[name], str) and item[name] for name in CSL_STRINGS & set(item))
    assert all(set(author) == {"literal"} for author in item.get("author", []))
    for parts in item.get("issued", {"date-parts": []})["date-parts"]:
        assert 1 <= len(parts) <= 3
        assert all(isinstance(part, int) for part in parts)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))
def test_csl_json_is_laid_out_as_json_is(value: object) -> None:
    assert lay_out(value) == json.dumps(value, ensure_ascii=False, indent=2)


def test_csl_json_is_well_formed(bundled: Dataset) -> None:
    things = ["source:vgp-111230118100419616", WORKERS, DECISION, "person:kendra-rinas", "instrument:gcm", None]
    for thing in things:
        items = json.loads(cite(bundled, thing, "csl-json"))
        assert len({item["id"] for item in items}) == len(items) > 0
        for item in items:
            check_csl(item)


def test_csl_json_tells_what_is_known(bundled: Dataset) -> None:
    (item,) = json.loads(cite(bundled, "source:vgp-111230118100419616", "csl-json"))
    assert item == {
        "id": "source-vgp-111230118100419616",
        "type": "article-newspaper",
        "title": "Viet Nam active in realizing Global Compact for Safe, Orderly and Regular Migration",
        "container-title": "VGP",
        "issued": {"date-parts": [[2023, 1, 18]]},
        "language": "en",
    }


# --- what would break a style

NASTY = r"""A {b} }} | c & d_e 50% #1 $2 ~ ^ \x [y] ''z'' <i> {{t}}"""
TOWN = f"""
@prefix actor: <https://example.org/town/actor/> .
@prefix event: <https://example.org/town/event/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix source: <https://example.org/town/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
event:fair mg:free true ; mg:evidence [ mg:property mg:free ; mg:basis mg:stated ; mg:speaker actor:nasty ;
    oa:hasTarget [ a oa:SpecificResource ; oa:hasSource source:nasty ;
        oa:hasSelector [ oa:exact {json.dumps(NASTY)} ] ] ] .
source:nasty a schema:NewsArticle ; schema:headline {json.dumps(NASTY)}@en ; schema:inLanguage "en" ;
    schema:publisher actor:nasty ; schema:url "https://example.org/a|b]}}}}c" ;
    schema:datePublished "2024-05"^^xsd:gYearMonth .
actor:nasty rdfs:label {json.dumps(NASTY)}@en .
actor:crier rdfs:label "The crier"@en .
event:said mg:speaker actor:crier ; mg:free true ; mg:evidence
    [ mg:property mg:speaker ; mg:basis mg:inferred ; mg:reason "He cries out." ] ,
    [ mg:property mg:free ; mg:basis mg:stated ;
        oa:hasTarget [ oa:hasSource source:page ; oa:hasSelector [ oa:exact "It is free" ] ] ] .
source:page schema:headline "Hội chợ"@vi ; schema:inLanguage "vi" ; schema:url "https://example.org/hoi-cho" .
source:translated schema:headline "The fair"@en ; schema:inLanguage "en" ; schema:translationOfWork source:page .
"""


@pytest.fixture
def town(write_project: Writer) -> Dataset:
    return build(write_project({"a.ttl": TOWN}))


def depth(text: str) -> list[int]:
    """Give how deep the braces of BibTeX go after each letter, those that are escaped left out."""
    depths, level = [], 0
    for letter in re.sub(r"\\[{}]", "", text):
        level += (letter == "{") - (letter == "}")
        depths.append(level)
    return depths


def test_bibtex_stays_whole(town: Dataset) -> None:
    text = cite(town, "event:fair", "bibtex")
    assert min(depth(text)) == 0
    assert depth(text)[-1] == 0
    bare = re.sub(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\[&%$#_{}]", "", text)
    bare = re.sub(r"^  url = .*$", "", bare, flags=re.MULTILINE)
    assert not set("&%$#_~^\\") & set(bare)
    assert re.findall(r"^@(\w+)\{([a-z0-9-]+),$", text, re.MULTILINE) == [
        ("online", "source-nasty"),
        ("dataset", "migragraph-town-1-2-3"),
    ]
    assert "  date = {2024-05},\n" in text


def test_wikipedia_stays_whole(town: Dataset) -> None:
    first, graph = cite(town, "event:fair", "wikipedia").splitlines()
    inside, after = re.fullmatch(r"\{\{cite news (.*?)\}\} \((.*)\)", first.replace("{{!}}", "&pipe;")).groups()  # type: ignore[union-attr]
    for part in (inside, after):
        assert not re.search(r"\{\{|\}\}|\[|\]|<|>|''", part)
    assert [part.partition("=")[0] for part in inside.lstrip("|").split(" |")] == [
        "title",
        "url",
        "work",
        "date",
        "language",
        "quote",
    ]
    assert " " not in inside.partition("|url=")[2].partition(" |work=")[0]
    assert graph.startswith("{{cite web |title=A small town |url=https://example.org/town/event/fair |type=")


def test_a_speaker_whom_no_source_names_is_marked(town: Dataset) -> None:
    assert cite(town, "event:said").startswith("“It is free” (The crier; the speaker is inferred), “Hội chợ”")


def test_a_page_of_another_language_keeps_its_title(town: Dataset) -> None:
    text = cite(town, "source:translated", "wikipedia")
    assert text.startswith(
        "{{cite web |title=Hội chợ |trans-title=The fair |url=https://example.org/hoi-cho |language=vi}} ("
    )


def test_a_source_without_a_name_is_called_by_its_curie(dataset: Dataset) -> None:
    assert cite(dataset, "source:gazette") == "[Gazette], n.d.\n"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("source:baoquocte-278827-en", "source-baoquocte-278827-en"),
        ("migragraph-town-1.2.3", "migragraph-town-1-2-3"),
        ("source:Báo", "source-bao-[0-9a-f]{10}"),
        ("source:a_b", "source-a-b-[0-9a-f]{10}"),
        ("https://example.org/x", "https-example-org-x-[0-9a-f]{10}"),
        ("中文", "[0-9a-f]{10}"),
    ],
)
def test_keys_are_ascii(name: str, key: str) -> None:
    assert re.fullmatch(key, make_key(name))


@given(st.lists(st.text("aAbB-:._á", min_size=1), min_size=2, max_size=2, unique_by=str.casefold))
def test_different_names_have_different_keys(names: list[str]) -> None:
    plain = [name.replace(":", "-").replace(".", "-").casefold() for name in names]
    assert make_key(names[0]) != make_key(names[1]) or plain[0] == plain[1]


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json", "wikipedia"])
def test_the_command_writes_each_style(call: Call, style: str) -> None:
    code, out, err = call("cite", "402/QĐ-TTg", "--style", style, "--project", bundled_root())
    assert (code, err) == (0, "")
    assert "402" in out
    assert call("cite", "--style", style, "--project", bundled_root())[1] not in ("", out)


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json", "wikipedia"])
def test_a_source_is_described_in_full_also_by_what_is_inferred(call: Call, style: str) -> None:
    code, out, _ = call("cite", WORKERS, "--style", style, "--stated-only", "--project", bundled_root())
    assert code == 0
    assert BALI_PAGE in out
    assert "The World and Vietnam Newspaper" in out


def test_stated_only_cites_less(call: Call) -> None:
    whole, stated = (
        call("cite", "period:2024-07", "--project", bundled_root(), *more) for more in ([], ["--stated-only"])
    )
    assert "inferred from" in whole[1]
    assert "inferred from" not in stated[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cite", "nonsense"], "nothing in the graph is called 'nonsense'"),
        (["cite", ""], "the name is empty"),
        (["cite", "Viet Nam"], "'Viet Nam' may mean 2 things"),
        (["cite", DECISION, "--style", "apa"], "'apa' is not one of 'text', 'bibtex', 'csl-json', 'wikipedia'"),
        (["cite", DECISION, "--lang", "fr"], "'fr' is not one of 'en', 'vi'"),
    ],
)
def test_what_cannot_be_cited(call: Call, words: list[str], said: str) -> None:
    code, out, err = call(*words, "--project", bundled_root())
    assert (code, out) == (2, "")
    assert said in err
