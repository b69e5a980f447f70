"""Annotations of GitHub: each is one workflow command as the runner reads it, and nothing forges another."""

from __future__ import annotations

import re
from typing import NamedTuple

from hypothesis import example, given
from tests.unit.report import FULL, PREFIXES, REPORTS_OF_ANYTHING, ROOT, finding

from migragraph.report import Report, Severity, render_github
from migragraph.wrapping import show_exactly, show_line


class Command(NamedTuple):
    """A workflow command."""

    name: str
    properties: dict[str, str]
    data: str


def parse(line: str) -> Command:
    """Read a line as https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs does."""
    line = line.lstrip()
    assert line.startswith("::")
    head, data = line[2:].split("::", 1)
    name, _, rest = head.partition(" ")
    pairs = [pair.split("=", 1) for pair in rest.split(",") if pair]
    return Command(name, {key.strip(): unescape(value) for key, value in pairs}, unescape(data))


def unescape(text: str) -> str:
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return re.sub("%(?:0D|0A|3A|2C|25)", lambda match: signs[match[0]], text)


def test_a_finding_is_an_annotation_at_its_line() -> None:
    report = Report(findings=(FULL,), prefixes=PREFIXES, checked="1 triple in 1 file; shacl")
    assert render_github(report, start=ROOT).splitlines() == [
        "::error file=data/law.ttl,line=3,col=5,title=shacl/LawShape-number::A law has a number.%0Afocus: ex:law%0A"
        "path: ex:number%0Avalue: ex:x%0Ashape: ex:LawShape-number%0Ado: Add one.",
        "::notice title=migragraph::1 violation, 0 warnings, 0 infos (1 triple in 1 file; shacl)",
    ]


def test_severities_have_their_commands() -> None:
    found = tuple(finding(severity=severity) for severity in sorted(Severity))
    names = [parse(line).name for line in render_github(Report(findings=found), start=ROOT).splitlines()]
    assert names == ["notice", "warning", "error", "notice"]


def test_the_end_is_given_with_its_line_where_it_is_known() -> None:
    line = render_github(Report(findings=(finding(line=3, column=5, end_column=9),)), start=ROOT)
    assert "line=3,endLine=3,col=5,endColumn=9," in line


@given(REPORTS_OF_ANYTHING)
@example(Report(findings=(finding(message="x\n::error file=a::forged", focus="x\r::stop-commands::t"),)))
@example(Report(findings=(finding(rule="a::b,file=c", message="::set-output name=a::b %0A::error::c"),)))
@example(Report(findings=(finding(file=ROOT / "a,line=1::b\n::error::c%0A.ttl", line=2),)))
def test_no_text_forges_a_command_or_a_property(report: Report) -> None:
    lines = render_github(report, start=ROOT).removesuffix("\n").splitlines()
    assert len(lines) == len(report.findings) + len(report.hints) + len(report.notes) + 1
    for line, found in zip(lines, report.findings, strict=False):
        command = parse(line)
        assert command.name in {"error", "warning", "notice"}
        assert command.data.split("\n")[0] == show_line(found.message)
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert command.properties["title"] == show_exactly(f"{found.kind}/{found.rule}")
        assert command.properties.get("line") == (None if found.line is None else str(found.line))
        if found.file is not None:
            assert command.properties["file"] == show_exactly(found.file.relative_to(ROOT).as_posix())
