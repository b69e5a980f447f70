"""The report as JUnit XML, which every CI server shows: a suite for each file, a case for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from migragraph.report.findings import Finding, Report, Severity
from migragraph.report.grouping import group_by_file
from migragraph.report.hints import list_hints
from migragraph.report.words import list_facts, name_file, name_place, name_rule, summarise
from migragraph.wrapping import show_exactly, show_line

__all__ = ["render_junit"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render_junit(report: Report, *, start: Path | None = None, fail_on: Severity = Severity.VIOLATION) -> str:
    """Write a case for each finding: a failure where it is as grave as ``fail_on``, else one that was skipped.

    Where nothing fails there is a case that passes, since readers take a report without one for a broken run. The
    hints, the notes and the summary are its output. Files are named relative to ``start``, the working directory by
    default.
    """
    start = start or Path.cwd()
    root = ElementTree.Element("testsuites")
    suites = [_add_suite(root, "migragraph", 1, 0, 0)]
    case = ElementTree.SubElement(suites[0], "testcase", {"classname": "migragraph", "name": "validate", "time": "0"})
    notes = (*list_hints(report, start), *(f"note: {show_line(note)}" for note in report.notes))
    told = [*notes, show_line(summarise(report))]
    ElementTree.SubElement(case, "system-out").text = "\n".join(told)
    for file, groups in group_by_file(report.findings):
        findings = [finding for group in groups for finding in group.findings]
        failures = sum(finding.severity >= fail_on for finding in findings)
        name = show_exactly(name_file(file, start) or "no file")
        suite = _add_suite(root, name, len(findings), failures, len(findings) - failures)
        _add_cases(suite, findings, report, start, fail_on)
        suites.append(suite)
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    ElementTree.indent(root)
    return f"{DECLARATION}{ElementTree.tostring(root, encoding='unicode')}\n"


def _add_suite(root: ElementTree.Element, name: str, tests: int, failures: int, skipped: int) -> ElementTree.Element:
    counts = {"tests": tests, "failures": failures, "errors": 0, "skipped": skipped, "time": 0}
    return ElementTree.SubElement(root, "testsuite", {"name": name} | {key: str(n) for key, n in counts.items()})


def _add_cases(
    suite: ElementTree.Element, findings: Sequence[Finding], report: Report, start: Path, fail_on: Severity
) -> None:
    for finding in findings:
        facts = list_facts(finding, report.prefixes)
        name = " ".join(filter(None, (finding.rule, facts.get("focus"), name_place(finding, start))))
        attributes = {"classname": show_line(name_rule(finding)), "name": show_line(name), "time": "0"}
        if finding.file is not None:
            attributes["file"] = show_exactly(name_file(finding.file, start) or "")
        if finding.line is not None:
            attributes["line"] = str(finding.line)
        case = ElementTree.SubElement(suite, "testcase", attributes)
        outcome = "failure" if finding.severity >= fail_on else "skipped"
        message = f"{finding.severity.value}: {show_line(finding.message)}"
        result = ElementTree.SubElement(case, outcome, {"message": message, "type": show_line(name_rule(finding))})
        told = [name_place(finding, start), *(f"{key}: {fact}" for key, fact in facts.items())]
        result.text = "\n".join(filter(None, told))
