"""The SPARQL page in a browser: answers, faults, stops; and nothing that leaves the folder."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.browser.harness import run_browser

from migragraph.layout import bundled_root
from migragraph.project import Project
from migragraph.queries import render_results

pytestmark = pytest.mark.xdist_group("browser")

HOSTILE = """SELECT ('<script>alert(1)</script>' AS ?script) (<javascript:alert(1)> AS ?link) ('=1+1' AS ?formula)
  (<https://example.org/a> AS ?outside) ('a"b' AS ?quote) ('\u202eabc' AS ?turned) ('x\\u0000y' AS ?control)
  (<https://w3id.org/migragraph/viet-nam/source/../../x> AS ?no_page) {}"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

STEPS: dict[str, dict[str, object]] = {
    "example": {"example": "figures-on-objective"},
    "fault": {"query": "SELECT * {\n  ?s ?p ?o } LIMIT x"},
    "prefix": {"query": "SELECT * { ?s none:such ?o }"},
    "update": {"query": "INSERT DATA { <http://example.org/a> <http://example.org/a> 1 }"},
    "ask": {"query": "ASK { ?s a <https://w3id.org/migragraph/ontology#Law> }"},
    "stopped": {"query": ENDLESS, "stop": True},
    "after": {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"},
    "graph": {"query": "CONSTRUCT { ?s a ?t } WHERE { ?s a <https://w3id.org/migragraph/ontology#Law> ; a ?t }"},
    "service": {"query": "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }"},
    "silent": {"query": "SELECT * { SERVICE SILENT <https://example.org/sparql> { ?s ?p ?o } }"},
    "hostile": {"query": HOSTILE},
    "deep": {"query": f"ASK {{ FILTER({'(' * 3000}1{')' * 3000}) }}"},
    "many": {"query": "SELECT ?s { ?s ?p ?o } LIMIT 1500"},
}


@pytest.fixture(scope="module")
def seen(address: str) -> dict[str, Any]:
    result = run_browser("sparql.mjs", address, page="sparql.html", steps=list(STEPS.values())).check()
    return dict(zip(STEPS, result, strict=True))


def test_an_example_is_answered_as_on_the_command_line(seen: dict[str, Any]) -> None:
    shown = seen["example"]
    project = Project.load(bundled_root())
    assert shown["question"] == "Which figures bear on an objective of the Compact, and where does each come from?"
    assert shown["files"]["answer.csv"] == render_results(project.query("figures-on-objective"), "csv")
    head, *rows = csv.reader(io.StringIO(shown["files"]["answer.csv"]))
    assert shown["head"] == head
    assert len(shown["rows"]) == len(rows) > 5
    assert shown["status"].startswith(f"{len(rows)} rows in ")
    assert "viet-nam/observation/contract-departures-men-2023-derived.html" in shown["links"]


def test_a_fault_is_shown_with_its_line(seen: dict[str, Any]) -> None:
    assert seen["fault"]["fault"].startswith("Line 2, column 20 of the query: expected one of ")
    assert seen["fault"]["marked"] == "  ?s ?p ?o } LIMIT x"
    assert "Prefix not found" in seen["prefix"]["fault"]
    assert "[" not in seen["prefix"]["fault"]
    assert seen["update"]["fault"].startswith("Line 1 of the query is an update; only SELECT, ASK,")


def test_truth_and_graphs_are_answers_too(seen: dict[str, Any]) -> None:
    assert (seen["ask"]["status"], seen["ask"]["fault"]) == ("Yes.", None)
    assert json.loads(seen["ask"]["files"]["answer.json"])["boolean"] is True
    assert seen["graph"]["files"] == {"answer.ttl": seen["graph"]["text"]}
    assert "viet-nam/instrument/law-69-2020-qh14>" in seen["graph"]["text"]


def test_a_query_can_be_stopped_and_another_run(seen: dict[str, Any]) -> None:
    assert seen["stopped"]["fault"] == "The query was stopped."
    dataset = Project.load(bundled_root()).dataset()
    assert seen["after"]["rows"] == [[str(len(set(dataset.default)))]]


def test_service_goes_nowhere(seen: dict[str, Any]) -> None:
    """That nothing left the folder at all is checked for each page opened."""
    assert "is not supported" in seen["service"]["fault"]
    assert seen["silent"]["fault"] is None


def test_what_is_hostile_is_inert(seen: dict[str, Any]) -> None:
    (row,) = seen["hostile"]["rows"]
    assert row[:3] == ["<script>alert(1)</script>", "javascript:alert(1)", "=1+1"]
    assert seen["hostile"]["links"] == ["https://example.org/a", "https://w3id.org/migragraph/viet-nam/source/../../x"]
    _, (script, link, formula, _, quote, *_) = csv.reader(io.StringIO(seen["hostile"]["files"]["answer.csv"]))
    assert (script, link, formula, quote) == ("<script>alert(1)</script>", "javascript:alert(1)", "'=1+1", 'a"b')


def test_a_query_that_breaks_the_engine_is_told_and_the_next_one_works(seen: dict[str, Any]) -> None:
    assert seen["deep"]["fault"].startswith("The engine broke down and was stopped: ")
    assert seen["many"]["status"].startswith("1,500 rows in ")
    assert len(seen["many"]["rows"]) == 1000
    assert seen["many"]["files"]["answer.csv"].count("\r\n") == 1501


def test_a_query_that_takes_too_long_is_stopped(folder: Path) -> None:
    page = folder / "short.html"
    text = (folder / "sparql.html").read_text("utf-8")
    assert '"seconds": 60' in text
    page.write_text(text.replace('"seconds": 60', '"seconds": 4'), encoding="utf-8")
    steps = [{"query": "ASK {}"}, {"query": ENDLESS}, {"query": "ASK {}"}]
    first, late, last = run_browser("sparql.mjs", f"{folder.as_uri()}/", page="short.html", steps=steps).check()
    assert late["fault"].startswith("The query took more than 4 seconds and was stopped.")
    assert (first["status"], last["status"]) == ("Yes.", "Yes.")


def test_the_page_of_a_script_leads_to_it_as_an_example(folder: Path) -> None:
    steps: list[dict[str, object]] = [{}]
    site = f"{folder.as_uri()}/"
    (shown,) = run_browser("sparql.mjs", site, page="sparql.vi.html?example=in-force-on", steps=steps).check()
    assert shown["question"].startswith("Những luật và văn bản nào có hiệu lực")
    assert "dòng trong" in shown["status"]


def test_without_scripts_the_page_says_so_and_shows_nothing_to_press(folder: Path) -> None:
    seen = run_browser("unscripted.mjs", f"{folder.as_uri()}/", page="sparql.html").check()
    assert "needs JavaScript" in seen["words"]
    assert "Run" not in seen["words"]
    assert (seen["controls"], seen["shown"]) == (4, 0)
