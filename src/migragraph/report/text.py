"""The report as text for people: each finding with its line, what is meant in it, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from migragraph.report.excerpts import WIDTH, Excerpt, count_cells, read_excerpts
from migragraph.report.findings import Finding, Report, Severity
from migragraph.report.grouping import Group, group_by_file
from migragraph.report.words import list_facts, name_place, summarise
from migragraph.wrapping import show_line

__all__ = ["render_text"]

# How many findings of a group are shown in full; the others are listed, a line each.
FULL = {Severity.VIOLATION: 3, Severity.WARNING: 3, Severity.INFO: 1}
NARROWEST = 40
MARGIN = "    {} | "
# https://ecma-international.org/publications-and-standards/standards/ecma-48/: select graphic rendition.
COLOURS = {"violation": "1;31", "warning": "1;33", "info": "1;36", "mark": "1;35", "quiet": "2", "do": "1"}


@dataclass(frozen=True)
class Pen:
    """What the lines of the text are written with."""

    start: Path
    prefixes: Mapping[str, str]
    excerpts: Mapping[Finding, Excerpt]
    is_coloured: bool

    def paint(self, text: str, colour: str) -> str:
        """Colour a text, on a terminal only."""
        return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m" if self.is_coloured and text else text


def render_text(report: Report, *, start: Path | None = None, width: int = WIDTH, is_coloured: bool = False) -> str:
    """Write the report for people, grouped by file, alike findings together.

    Files are named relative to ``start``, the working directory by default, where they lie below it. Source lines are
    cut to ``width`` cells.
    """
    files = group_by_file(report.findings)
    shown = [finding for _, groups in files for group in groups for finding in _show_in_full(group)]
    gutter = _measure_gutter(shown)
    excerpts = read_excerpts(shown, max(NARROWEST, width) - gutter)
    pen = Pen(start or Path.cwd(), report.prefixes, excerpts, is_coloured)
    lines: list[str] = []
    for _, groups in files:
        for group in groups:
            lines += _write_group(group, pen)
            lines.append("")
    lines += [f"note: {show_line(note)}" for note in report.notes]
    lines.append(show_line(summarise(report)))
    return "\n".join(lines) + "\n"


def _show_in_full(group: Group) -> tuple[Finding, ...]:
    return group.findings[: FULL[group.first.severity]]


def _measure_gutter(findings: Iterable[Finding]) -> int:
    return max((len(str(finding.line)) for finding in findings if finding.line), default=1) + len(MARGIN.format(""))


def _write_group(group: Group, pen: Pen) -> Iterator[str]:
    shown = _show_in_full(group)
    for finding in shown:
        yield from _write_finding(finding, pen, is_last=finding is shown[-1])
    rest = group.findings[len(shown) :]
    if rest:
        yield f"    {len(rest):,} more like it:"
        places = [name_place(finding, pen.start) for finding in rest]
        width = max(map(len, places))
        for finding, place in zip(rest, places, strict=True):
            facts = list_facts(finding, pen.prefixes)
            about = "  ".join(facts[name] for name in ("focus", "value") if name in facts)
            yield f"      {place:<{width}}  {about}".rstrip()


def _write_finding(finding: Finding, pen: Pen, *, is_last: bool) -> Iterator[str]:
    severity = finding.severity.value
    head = (name_place(finding, pen.start), pen.paint(severity, severity), pen.paint(show_line(finding.message), "do"))
    yield " ".join(filter(None, head))
    if finding in pen.excerpts:
        yield from _write_excerpt(finding, pen.excerpts[finding], pen)
    for name, fact in list_facts(finding, pen.prefixes).items():
        # What to do is the same for all of a group.
        if name != "do" or is_last:
            yield f"    {pen.paint(f'{name:<6}', 'quiet')} {fact}"


def _write_excerpt(finding: Finding, excerpt: Excerpt, pen: Pen) -> Iterator[str]:
    margin = MARGIN.format(finding.line)
    marked = pen.paint(excerpt.marked, "mark")
    yield f"{pen.paint(margin, 'quiet')}{excerpt.before}{marked}{excerpt.after}".rstrip()
    if finding.column is not None:
        bar = f"{'|':>{len(margin) - 1}} "
        carets = "^" * max(1, count_cells(excerpt.marked))
        yield f"{pen.paint(bar, 'quiet')}{' ' * count_cells(excerpt.before)}{pen.paint(carets, 'mark')}"
