"""What a value looks like on a page: links, languages, directions, long texts, and the characters of pages."""

from __future__ import annotations

import pytest

from migragraph.dataset import Dataset
from migragraph.explain.explanation import Name, Value
from migragraph.explain.naming import Naming
from migragraph.labels import collect_labels
from migragraph.site.characters import encode_page
from migragraph.site.documents import Document
from migragraph.site.notes import Notes
from migragraph.site.pages import Page, check_address
from migragraph.site.reporting import Reporter
from migragraph.site.showing import LONG, Showing, Shown, Tongue, find_direction

FAIR = "https://example.org/town/event/fair"
GUILD = "https://example.org/town/actor/guild"
DOCUMENTS = {iri: Document(iri, path) for iri, path in ((FAIR, "town/event/fair"), (GUILD, "town/actor/guild"))}


def open_page(language: str = "en", url: str = "") -> Page:
    return Page("town/event/fair", language, ("en", "vi"), DOCUMENTS, url)


def show(dataset: Dataset, language: str = "en") -> Showing:
    naming = Naming(dataset, collect_labels(dataset), language)
    return Showing(open_page(language), Tongue(naming), FAIR)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("MAILTO:x@example.org", "MAILTO:x@example.org"),
        ("https://example.org/%41é", "https://example.org/%41é"),
        ('https://example.org/a b"<x>\n', "https://example.org/a%20b%22%3Cx%3E%0A"),
        ("javascript:alert(1)", ""),
        (" https://example.org/", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_a_page_leads_to_addresses_of_some_schemes_only(address: str, expected: str) -> None:
    assert check_address(address) == expected


def test_links_are_the_shortest_that_are_relative() -> None:
    page = open_page("vi")
    assert page.link(GUILD) == "../actor/guild.vi.html"
    assert page.link(f"{FAIR}#x") == "fair.vi.html#x"
    assert page.to("index") == "../../index.vi.html"
    assert page.asset("town/event/fair.ttl") == "fair.ttl"
    assert page.asset("town/other.ttl") == "../other.ttl"
    assert page.asset("towns/other.ttl") == "../../towns/other.ttl"
    assert Page("index", "en", ("en",), {}).asset("assets/site.css") == "assets/site.css"


def test_the_page_is_offered_in_each_language_and_for_any_other() -> None:
    assert open_page().alternates() == [("en", "fair.html"), ("vi", "fair.vi.html"), ("x-default", "fair.html")]
    start = "https://example.org/site/"
    assert open_page("vi", start).alternates()[1:] == [
        ("vi", f"{start}town/event/fair.vi.html"),
        ("x-default", f"{start}town/event/fair.html"),
    ]
    assert Page("index", "en", ("en",), {}, start).alternates()[0] == ("en", f"{start}index.html")


def test_what_is_told_on_the_page_is_linked_within_it(dataset: Dataset) -> None:
    showing = show(dataset)
    assert showing.link(f"{FAIR}#evidence-0123456789") == "#evidence-0123456789"
    assert showing.link(f"{FAIR}2") == "https://example.org/town/event/fair2"
    assert showing.link(GUILD) == "../actor/guild.html"


def test_a_name_says_in_which_language_it_is_where_that_is_another(dataset: Dataset) -> None:
    name = Name(GUILD, "actor:guild", "Guild")
    assert show(dataset).name(name) == Shown("Guild", "../actor/guild.html")
    assert show(dataset, "vi").name(name) == Shown("Guild", "../actor/guild.vi.html", "en")
    assert show(dataset, "vi").term(FAIR).language == ""


def test_a_literal_says_in_which_language_it_is_where_that_is_another(dataset: Dataset) -> None:
    assert show(dataset).value(Value("Fête", language="fr-BE")).language == "fr-BE"
    assert show(dataset).value(Value("Fair", language="en-GB")).language == ""
    assert show(dataset).value(Value("Fair")).language == ""


def test_a_literal_leads_on_only_where_it_is_an_address(dataset: Dataset) -> None:
    address = "https://example.org/x"
    assert show(dataset).value(Value(address, lexical=address, datatype="xsd:anyURI")).href == address
    assert show(dataset).value(Value(address, lexical=address, datatype="xsd:string")).href == ""
    assert show(dataset).value(Value("x", lexical="javascript:x", datatype="xsd:anyURI")).href == ""


def test_a_long_text_shows_its_start(dataset: Dataset) -> None:
    text = "word " * 2000
    shown = show(dataset).text(text)
    assert shown.rest == text
    assert len(shown.text) < LONG
    assert shown.text.endswith("…")
    assert show(dataset).text("x" * LONG).rest == ""


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "a\u202eb", "a\u2067b", "a\u200fb"])
def test_a_text_that_steers_is_kept_apart(text: str) -> None:
    assert find_direction(text) == "auto"


@pytest.mark.parametrize("text", ["", "Viet Nam", "Việt Nam “–”", "日本"])
def test_other_texts_are_not(text: str) -> None:
    assert find_direction(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Việt Nam\n\tx\f", "Việt Nam\n\tx\f"),
        ("a\x00b\x1bc\x7f", "a\u2400b\u241bc\u2421"),
        ("a\x80\x9f\ufffe\ufdd0\U0001ffff\U0010fffe", "a" + "\ufffd" * 6),
        ("\xa0\xa7\ufb01\ufffd\U0001f600", "\xa0\xa7\ufb01\ufffd\U0001f600"),
    ],
)
def test_a_page_has_no_character_that_html_forbids(text: str, expected: str) -> None:
    assert encode_page(text).decode() == expected


def test_a_report_is_filled_in_and_encoded() -> None:
    reporter = Reporter("https://example.org/new?title={subject}&body={body}", open_page())
    assert reporter.link_thing(FAIR, "A & B?") == (
        "https://example.org/new?title=Error%3A%20A%20%26%20B%3F"
        "&body=https%3A//example.org/town/event/fair%0D%0Atown/event/fair.html%0D%0A%0D%0A"
    )
    assert reporter.link_fact("event:fair", "schema:name", "x\ny#z=é%") == (
        "https://example.org/new?title=Error%3A%20event%3Afair%20schema%3Aname&body=x%0D%0Ay%23z%3D%C3%A9%25%0D%0A%0D%0A"
    )
    assert len(reporter.link_fact("a:b", "c:d", "x" * 9999)) < 300
    assert "%7Bbody%7D" in reporter.link_thing(FAIR, "{body}")
    assert Reporter("", open_page()).link_thing(FAIR, "A") == ""


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("mailto:a@b.org", "mailto:a@b.org?subject=Error%3A%20a/b%20c&body=d%0D%0A%0D%0A"),
        ("mailto:a@b.org?cc=c@d.org", "mailto:a@b.org?cc=c@d.org&subject=Error%3A%20a/b%20c&body=d%0D%0A%0D%0A"),
        ("mailto:a@b.org?subject={subject}", "mailto:a@b.org?subject=Error%3A%20a/b%20c"),
        ("https://example.org/new?text={body}", "https://example.org/new?text=a/b%20c%0D%0Ad%0D%0A%0D%0A"),
        ("https://example.org/form", "https://example.org/form"),
        ("https://example.org/{subject}?b={body}", "https://example.org/Error%3A%20a%2Fb%20c?b=d%0D%0A%0D%0A"),
    ],
)
def test_a_mailbox_without_places_to_fill_in_is_given_them(address: str, link: str) -> None:
    assert Reporter(address, open_page()).link_fact("a/b", "c", "d") == link


def test_notes_are_numbered_once(bundled: Dataset) -> None:
    from pyoxigraph import NamedNode

    from migragraph.explain import explain_thing

    iri = NamedNode(
        "https://w3id.org/migragraph/viet-nam/observation/contract-workers-abroad-2024-07-baoquocte-278827-en"
    )
    rows = explain_thing(bundled, collect_labels(bundled), iri).rows
    witnesses = list(dict.fromkeys(one for row in rows for one in row.witnesses))
    notes = Notes()
    assert [mark.number for mark in notes.mark(witnesses[:2])] == [1, 2]
    assert [(mark.number, mark.is_first) for mark in notes.mark(witnesses[1:3])] == [(2, False), (3, True)]
    notes.anchor(witnesses[0], "evidence-a")
    notes.anchor(witnesses[3], "evidence-b")
    told = notes.list()
    assert [(note.number, note.is_marked, list(note.anchors)) for note in told] == [
        (1, True, ["evidence-a"]),
        (2, True, []),
        (3, True, []),
        (4, False, ["evidence-b"]),
    ]
    assert {
        group.told_in for note in told for group in note.quoted if group.source.iri == told[0].quoted[0].source.iri
    } == {1}
