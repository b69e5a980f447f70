"""The report as annotations of GitHub: workflow commands, one a line.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; how they are escaped is written down
in https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts only.
"""

from __future__ import annotations

from pathlib import Path

from migragraph.report.findings import Finding, Hint, Report, Severity
from migragraph.report.words import list_facts, name_file, name_rule, summarise
from migragraph.wrapping import show_exactly, show_line

__all__ = ["render_github"]

COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render_github(report: Report, *, start: Path | None = None) -> str:
    """Write a workflow command for each finding, each hint and each note, and a last one that sums up.

    Nothing in a finding ends its command or begins another one: each stands on a line of its own, and is escaped.
    Files are named relative to ``start``, the working directory by default, where they lie below it: GitHub looks for
    them from the repository's root.
    """
    start = start or Path.cwd()
    lines = [_write_finding(finding, report, start) for finding in report.findings]
    lines += [_write_hint(hint, start) for hint in report.hints]
    lines += [_write_command("notice", {"title": "migragraph"}, show_line(note)) for note in report.notes]
    lines.append(_write_command("notice", {"title": "migragraph"}, show_line(summarise(report))))
    return "\n".join(lines) + "\n"


def _write_finding(finding: Finding, report: Report, start: Path) -> str:
    place = {
        "file": name_file(finding.file, start),
        "line": finding.line,
        "endLine": finding.line and finding.end_column and finding.line,
        "col": finding.column,
        "endColumn": finding.end_column,
        "title": name_rule(finding),
    }
    facts = list_facts(finding, report.prefixes)
    body = [show_line(finding.message), *(f"{name}: {fact}" for name, fact in facts.items() if name != "rule")]
    properties = {name: str(value) for name, value in place.items() if value is not None}
    return _write_command(COMMANDS[finding.severity], properties, "\n".join(body))


def _write_hint(hint: Hint, start: Path) -> str:
    place = {"file": name_file(hint.file, start), "line": hint.line, "col": hint.column, "title": f"hint/{hint.rule}"}
    properties = {name: str(value) for name, value in place.items() if value is not None}
    return _write_command("notice", properties, f"{show_line(hint.message)}\ndo: {show_line(hint.advice)}")


def _write_command(command: str, properties: dict[str, str], data: str) -> str:
    given = ",".join(f"{name}={show_exactly(value).translate(PROPERTY)}" for name, value in properties.items())
    return f"::{command} {given}::{data.translate(DATA)}"
