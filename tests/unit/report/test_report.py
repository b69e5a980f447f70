"""Reports: severities, order, and the three ways to write one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse
from tests.unit.report import FULL, PREFIXES, ROOT, finding

from migragraph.namespaces import RDF, SH
from migragraph.report import REPORTS, Report, Severity, render_json, render_text, render_turtle, sort_findings


@pytest.mark.parametrize(
    ("severity", "fail_on", "fails"),
    [
        (Severity.VIOLATION, Severity.VIOLATION, True),
        (Severity.WARNING, Severity.VIOLATION, False),
        (Severity.WARNING, Severity.WARNING, True),
        (Severity.INFO, Severity.WARNING, False),
        (Severity.INFO, Severity.INFO, True),
    ],
)
def test_a_report_fails_on_a_severity_and_what_is_graver(severity: Severity, fail_on: Severity, fails: bool) -> None:
    assert Report(findings=(finding(severity=severity),)).fails(fail_on) is fails


def test_a_report_without_findings_never_fails() -> None:
    assert [Report(findings=()).fails(severity) for severity in Severity] == [False, False, False]


def test_severities_are_ordered_and_known_by_name() -> None:
    assert sorted(Severity) == [Severity("info"), Severity("warning"), Severity("violation")]


def test_counts_name_the_gravest_first() -> None:
    report = Report(findings=(finding(), finding(severity=Severity.INFO), finding()))
    assert list(report.counts.items()) == [(Severity.VIOLATION, 2), (Severity.WARNING, 0), (Severity.INFO, 1)]


def test_findings_are_sorted_by_file_line_focus_and_rule_and_those_without_a_file_come_last() -> None:
    expected = [
        finding(file=Path("a.ttl"), line=2, rule="z"),
        finding(file=Path("a.ttl"), line=10, focus="https://example.org/a", rule="y"),
        finding(file=Path("a.ttl"), line=10, focus="https://example.org/b", rule="a"),
        finding(file=Path("a.ttl"), line=10, focus="https://example.org/b", rule="b"),
        finding(file=Path("b.ttl")),
        finding(focus="https://example.org/a"),
    ]
    assert list(sort_findings(reversed(expected))) == expected


def test_text_gives_place_severity_and_message_then_what_it_is_about() -> None:
    report = Report(findings=(FULL,), prefixes=PREFIXES, checked="1 triple in 1 file; shacl")
    assert render_text(report, start=ROOT).splitlines() == [
        "data/law.ttl:3:5 violation A law has a number.",
        "    focus  ex:law",
        "    path   ex:number",
        "    value  ex:x",
        "    shape  ex:LawShape-number",
        "    do     Add one.",
        "",
        "1 violation, 0 warnings, 0 infos (1 triple in 1 file; shacl)",
    ]


def test_text_is_grouped_by_file_and_what_is_alike_stands_together() -> None:
    places = [("a.ttl", 1), ("a.ttl", 2), ("a.ttl", 3), ("a.ttl", 4), ("b.ttl", 1)]
    findings = [finding(file=ROOT / name, line=line, focus=f"_:{line}") for name, line in places]
    lines = render_text(Report(findings=tuple(findings)), start=ROOT).splitlines()
    heads = [line for line in lines if not line.startswith("    ")]
    assert heads[:6] == [f"a.ttl:{line} violation A law has a number." for line in (1, 2, 3)] + [
        "",
        "b.ttl:1 violation A law has a number.",
        "",
    ]
    assert lines[9:12] == ["    1 more like it:", "      a.ttl:4  _:4", ""]


def test_text_of_a_good_project_is_one_line() -> None:
    report = Report(findings=(), conforms=True, checked="12 triples in 2 files; syntax")
    assert render_text(report, start=ROOT) == "conforms: 12 triples in 2 files; syntax\n"


def test_text_does_not_say_that_what_was_left_out_conforms() -> None:
    report = Report(findings=(), left_out={"known": 2}, checked="12 triples in 2 files; shacl")
    assert render_text(report, start=ROOT) == "0 violations, 0 warnings, 0 infos (12 triples in 2 files; shacl)\n"


def test_text_shows_notes_before_the_summary() -> None:
    assert render_text(Report(findings=(), notes=("shacl was left out.",)), start=ROOT).splitlines() == [
        "note: shacl was left out.",
        "conforms",
    ]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("two\n  lines", "two lines"),
        ("a \x1b[31mred\x07 one", "a \\u001B[31mred\\u0007 one"),
        ("Đường lối", "Đường lối"),
    ],
)
def test_text_keeps_a_message_on_one_line_and_control_characters_out(message: str, shown: str) -> None:
    assert render_text(Report(findings=(finding(message=message),)), start=ROOT).splitlines()[0] == f"violation {shown}"


def test_text_cuts_a_long_value_and_json_does_not() -> None:
    report = Report(findings=(finding(value=f'"{"x" * 10_000}"'),))
    assert f'"{"x" * 119}... (10,002 characters)' in render_text(report, start=ROOT)
    assert json.loads(render_json(report, start=ROOT))["findings"][0]["value"] == f'"{"x" * 10_000}"'


def test_text_names_a_file_that_is_not_below_the_start_in_full() -> None:
    line = render_text(Report(findings=(FULL,)), start=Path("/elsewhere")).splitlines()[0]
    assert line.startswith("/project/data/law.ttl:3:5 ")


def test_files_are_named_relative_to_the_working_directory_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = Report(findings=(finding(file=tmp_path / "a.ttl"),))
    assert render_text(report).startswith("a.ttl violation ")
    assert json.loads(render_json(report))["findings"][0]["file"] == "a.ttl"


def test_text_shows_a_blank_node_by_its_label() -> None:
    assert "    focus  _:b3\n" in render_text(Report(findings=(finding(focus="_:b3"),)), start=ROOT)


def test_json_has_all_keys_in_one_order() -> None:
    document = json.loads(render_json(Report(findings=(FULL, finding()), conforms=False), start=ROOT))
    assert list(document) == ["conforms", "counts", "checked", "notes", "hints", "left_out", "findings"]
    assert document["conforms"] is False
    assert document["counts"] == {"violation": 2, "warning": 0, "info": 0}
    assert document["left_out"] == {"known": 0, "waived": 0, "unchanged": 0}
    full, bare = document["findings"]
    assert list(full) == list(bare)
    assert full == {
        "kind": "shacl",
        "rule": "LawShape-number",
        "severity": "violation",
        "message": "A law has a number.",
        "focus": "https://example.org/law",
        "path": "ex:number",
        "value": "<https://example.org/x>",
        "shape": "https://example.org/LawShape-number",
        "component": None,
        "file": "data/law.ttl",
        "line": 3,
        "column": 5,
        "end_column": None,
        "advice": "Add one.",
        "fingerprint": full["fingerprint"],
    }


def test_json_keeps_letters_as_they_are() -> None:
    assert "Việt Nam" in render_json(Report(findings=(finding(message="Việt Nam"),)), start=ROOT)


def test_turtle_is_the_shacl_report_with_the_prefixes_that_it_uses() -> None:
    report, result = BlankNode("report"), BlankNode("result1")
    graph = (
        Triple(report, RDF["type"], SH["ValidationReport"]),
        Triple(report, SH["result"], result),
        Triple(result, SH["focusNode"], NamedNode("https://example.org/law")),
        Triple(result, SH["resultMessage"], Literal("One\n\tline.", language="en")),
    )
    prefixes = {"ex": "https://example.org/", "shacl": str(SH), "unused": "https://example.com/"}
    text = render_turtle(Report(findings=(finding(),), shacl_graph=graph, prefixes=prefixes))
    assert {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)} == set(graph)
    assert text.splitlines()[:2] == [f"@prefix sh: <{SH}> .", "@prefix ex: <https://example.org/> ."]
    assert "unused" not in text
    assert "    sh:result _:result1 ." in text.splitlines()


def test_without_shacl_keeps_the_findings_of_other_checks() -> None:
    report = Report(findings=(finding(), finding(kind="terms")), conforms=False)
    assert [left.kind for left in report.without_shacl().findings] == ["terms"]


def test_reports_are_known_by_the_name_of_their_format() -> None:
    assert [*REPORTS] == ["github", "html", "json", "junit", "sarif", "text", "turtle"]
    assert (REPORTS["json"], REPORTS["text"], REPORTS["turtle"]) == (render_json, render_text, render_turtle)
