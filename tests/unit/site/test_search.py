"""The search of a site: what the browser is given to find things by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.labels import collect_labels
from migragraph.site.browser import describe_search, render_browser_data
from migragraph.site.documents import list_documents
from migragraph.site.search import Entry, collect_entries, render_search_data
from migragraph.site.site import Site

BASE = "https://w3id.org/migragraph/"
START = "globalThis.MigragraphSearch = "


@pytest.fixture(scope="module")
def entries(bundled: Dataset) -> dict[str, Entry]:
    paths = {iri: document.path for iri, document in list_documents(bundled).items()}
    found = collect_entries(bundled, collect_labels(bundled), paths.get)
    assert [entry.iri.value for entry in found] == sorted(entry.iri.value for entry in found)
    return {entry.iri.value.removeprefix(BASE): entry for entry in found}


def read(files: dict[str, bytes]) -> dict[str, Any]:
    (text,) = (data.decode() for data in files.values())
    assert text.startswith(START)
    assert text.endswith(";\n")
    read: dict[str, Any] = json.loads(text.removeprefix(START).removesuffix(";\n"))
    return read


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "viet-nam/instrument/decision-402-qd-ttg",
            {
                "path": "viet-nam/instrument/decision-402-qd-ttg",
                "anchor": "",
                "kind": NamedNode(f"{BASE}ontology#Decision"),
                "labels": {"en": "Decision No. 402/QD-TTg", "vi": "Quyết định số 402/QĐ-TTg"},
                "numbers": ("402/QD-TTg", "402/QĐ-TTg"),
            },
        ),
        (
            "scheme/hedge/exact",
            {"path": "scheme/hedge/exact", "anchor": "", "labels": {"en": "exact", "vi": "chính xác"}},
        ),
        ("ontology#Law", {"path": "ontology", "anchor": "Law", "labels": {"en": "law", "vi": "luật"}, "numbers": ()}),
    ],
)
def test_a_thing_is_found_by_its_names_and_numbers(
    entries: dict[str, Entry], name: str, expected: dict[str, object]
) -> None:
    entry = entries[name]._asdict()
    assert {key: entry[key] for key in expected} == expected


def test_every_document_can_be_found(bundled: Dataset, entries: dict[str, Entry]) -> None:
    # The shapes have a page, which the menu names, and no name of their own.
    documents = {document.path for document in list_documents(bundled).values()}
    assert documents - {entry.path for entry in entries.values()} == {"shapes"}


def test_other_names_are_kept_and_labels_are_not_repeated(entries: dict[str, Entry]) -> None:
    with_others = [entry for entry in entries.values() if entry.others]
    assert with_others
    assert all(set(entry.others).isdisjoint(entry.labels.values()) for entry in with_others)


def test_the_data_say_where_each_thing_is(bundled: Dataset, entries: dict[str, Entry]) -> None:
    labels = collect_labels(bundled)
    data = read(render_search_data(list(entries.values()), labels, BASE, ("en", "vi")))
    assert data["base"] == BASE
    assert len(data["things"]) == len(entries)
    found = {thing["id"]: thing for thing in data["things"]}["viet-nam/instrument/law-69-2020-qh14"]
    assert found["curie"] == "instrument:law-69-2020-qh14"
    assert data["kinds"][found["kind"]] == {"en": "law", "vi": "luật"}
    assert all(set(kind) == {"en", "vi"} for kind in data["kinds"])


def test_a_thing_without_a_page_is_left_out(bundled: Dataset) -> None:
    assert collect_entries(bundled, collect_labels(bundled), lambda iri: None) == []


def test_without_the_libraries_the_page_says_so(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migragraph.site.libraries._folder", lambda: Path("/nowhere"))
    site = Site(dataset)
    page = site.page("search", "en")
    assert "without the browser libraries" in describe_search(site, page).excuse
    assert list(render_browser_data(site)) == []
    assert not site.is_searchable
    written = site.render("search.html.jinja", page, view=site.views[0], search=describe_search(site, page)).decode()
    assert "without the browser libraries" in written
    assert "<script" not in written
    assert 'class="find"' not in site.render("page.html.jinja", page, title="Any").decode()


def test_above_the_limit_the_page_says_so(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migragraph.site.libraries.has_libraries", lambda: True)
    monkeypatch.setattr("migragraph.site.site.has_libraries", lambda: True)
    monkeypatch.setattr("migragraph.site.browser.MOST_THINGS", 1)
    site = Site(dataset)
    excuse = describe_search(site, site.page("search", "vi")).excuse
    assert f"có {len(site.documents)} mục" in excuse
    assert "assets/search-data.js" not in dict(render_browser_data(site))
