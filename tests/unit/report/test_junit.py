"""JUnit XML: well-formed whatever the findings say, and its counts are those of its cases."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from tests.unit.report import FULL, PREFIXES, REPORTS_OF_ANYTHING, ROOT, finding

from migragraph.report import Report, Severity, render_junit

COUNTS = {"failures": "failure", "skipped": "skipped", "errors": "error"}


def read(report: Report, fail_on: Severity = Severity.VIOLATION) -> ElementTree.Element:
    root = ElementTree.fromstring(render_junit(report, start=ROOT, fail_on=fail_on))
    for suite in (root, *root.iter("testsuite")):
        assert suite.get("tests") == str(len(list(suite.iter("testcase"))))
        for count, outcome in COUNTS.items():
            assert suite.get(count) == str(len(list(suite.iter(outcome))))
    return root


def test_a_finding_is_a_case_that_fails_in_the_suite_of_its_file() -> None:
    _, suite = read(Report(findings=(FULL,), prefixes=PREFIXES)).iter("testsuite")
    (case,) = suite.iter("testcase")
    (failure,) = case
    assert suite.get("name") == "data/law.ttl"
    assert case.attrib == {
        "classname": "shacl/LawShape-number",
        "name": "LawShape-number ex:law data/law.ttl:3:5",
        "time": "0",
        "file": "data/law.ttl",
        "line": "3",
    }
    assert failure.attrib == {"message": "violation: A law has a number.", "type": "shacl/LawShape-number"}
    assert (failure.text or "").splitlines() == [
        "data/law.ttl:3:5",
        "focus: ex:law",
        "path: ex:number",
        "value: ex:x",
        "shape: ex:LawShape-number",
        "do: Add one.",
    ]


def test_a_good_project_has_a_case_that_passes_and_tells_what_was_checked() -> None:
    (case,) = read(Report(findings=(), checked="1 triple in 1 file", notes=("A note.",))).iter("testcase")
    (output,) = case
    assert (output.tag, output.text) == ("system-out", "note: A note.\nconforms: 1 triple in 1 file")


@pytest.mark.parametrize(
    ("fail_on", "failures"), [(Severity.VIOLATION, "1"), (Severity.WARNING, "2"), (Severity.INFO, "3")]
)
def test_what_is_less_grave_than_fails_is_skipped(fail_on: Severity, failures: str) -> None:
    root = read(Report(findings=tuple(finding(severity=severity) for severity in Severity)), fail_on)
    assert root.get("failures") == failures


@given(REPORTS_OF_ANYTHING)
def test_whatever_the_findings_say_it_is_well_formed(report: Report) -> None:
    root = read(report)
    assert len(list(root.iter("testcase"))) == len(report.findings) + 1
