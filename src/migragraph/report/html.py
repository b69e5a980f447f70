"""The report as one page of HTML that needs nothing but itself: no script, no request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from migragraph.report.excerpts import Excerpt, read_excerpts
from migragraph.report.findings import Finding, Report, Severity
from migragraph.report.grouping import Group, group_by_file
from migragraph.report.hints import list_hints
from migragraph.report.words import count_findings, list_facts, name_file
from migragraph.templates import open_templates
from migragraph.wrapping import count_things, show_exactly, show_line

__all__ = ["render_html"]

TEMPLATE = "page.html.jinja"
MEANINGS = {
    Severity.VIOLATION: "must be mended",
    Severity.WARNING: "should be mended",
    Severity.INFO: "good to know",
}
LABELS = {"focus": "About", "path": "Property", "value": "Value", "shape": "Shape", "rule": "Rule"}


class Place(NamedTuple):
    """One finding of a group: where it stands, the line there, and what only it is about."""

    line: int | None
    column: int | None
    excerpt: Excerpt | None
    facts: Mapping[str, str]


class Block(NamedTuple):
    """Alike findings: how grave they are, what is wrong, what to do, and what all of them are about."""

    severity: str
    meaning: str
    message: str
    advice: str | None
    facts: Mapping[str, str]
    places: Sequence[Place]


class Section(NamedTuple):
    """A file, the address of its section in the page, and what was found there."""

    name: str
    anchor: str
    counts: str
    blocks: Sequence[Block]


def render_html(report: Report, *, start: Path | None = None) -> str:
    """Write the report as a page for people who never saw the graph, grouped by file and by what to do.

    Files are named relative to ``start``, the working directory by default, where they lie below it.
    """
    template = open_templates(__package__).get_template(TEMPLATE)
    counts = [(severity.value, MEANINGS[severity], number) for severity, number in report.counts.items()]
    return template.render(
        counts=counts,
        title=count_findings(report) if report.findings else "nothing to mend",
        checked=show_line(report.checked),
        notes=[show_line(note) for note in report.notes],
        hints=[line.removeprefix("hint: ") for line in list_hints(report, start or Path.cwd())],
        sections=_list_sections(report, start or Path.cwd()),
    )


def _list_sections(report: Report, start: Path) -> list[Section]:
    excerpts = read_excerpts(report.findings)
    sections = []
    for number, (file, groups) in enumerate(group_by_file(report.findings), 1):
        found = Report(findings=tuple(finding for group in groups for finding in group.findings))
        counts = ", ".join(count_things(number, severity.value) for severity, number in found.counts.items() if number)
        blocks = [_make_block(group, report.prefixes, excerpts) for group in groups]
        sections.append(Section(show_exactly(name_file(file, start) or "In no file"), f"file-{number}", counts, blocks))
    return sections


def _make_block(group: Group, prefixes: Mapping[str, str], excerpts: Mapping[Finding, Excerpt]) -> Block:
    facts = list_facts(group.first, prefixes)
    return Block(
        severity=group.first.severity.value,
        meaning=MEANINGS[group.first.severity],
        message=show_line(group.first.message),
        advice=facts.get("do"),
        facts={LABELS[name]: facts[name] for name in ("path", "shape", "rule") if name in facts},
        places=[_make_place(finding, prefixes, excerpts) for finding in group.findings],
    )


def _make_place(finding: Finding, prefixes: Mapping[str, str], excerpts: Mapping[Finding, Excerpt]) -> Place:
    facts = list_facts(finding, prefixes)
    own = {LABELS[name]: facts[name] for name in ("focus", "value") if name in facts}
    return Place(finding.line, finding.column, excerpts.get(finding), own)
