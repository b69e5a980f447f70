"""What a check finds, and a report of it as text, JSON or Turtle."""

from __future__ import annotations

import enum
import functools
import itertools
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from migragraph.iris import shorten_iri
from migragraph.namespaces import SH, XSD
from migragraph.wrapping import show_line

__all__ = [
    "REPORTS",
    "Finding",
    "Report",
    "Severity",
    "render_json",
    "render_text",
    "render_turtle",
    "sort_findings",
]

# What a SHACL report is written with, under the names that everybody gives them.
STANDARD = {"sh": str(SH), "xsd": str(XSD)}
NO_PREFIXES: Mapping[str, str] = MappingProxyType({})
# A literal may be megabytes long; a line of the text report is for reading.
LONGEST_VALUE = 120


@functools.total_ordering
class Severity(enum.Enum):
    """Order the severities of https://www.w3.org/TR/shacl/#severity: info < warning < violation."""

    INFO = "info"
    WARNING = "warning"
    VIOLATION = "violation"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Severity):
            return NotImplemented
        order = list(Severity)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Say what is wrong with which node, where it stands, and what to do.

    ``focus`` is an IRI (or ``_:label``), ``path`` a property path with CURIEs, ``value`` a term in N-Triples form,
    ``shape`` and ``component`` IRIs; ``line`` and ``column`` are counted from 1; ``rule`` is a
    stable name of what was broken.
    """

    kind: str
    rule: str
    message: str
    severity: Severity = Severity.VIOLATION
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    shape: str | None = None
    component: str | None = None
    file: Path | None = None
    line: int | None = None
    column: int | None = None
    advice: str | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """Hold all findings of one validation, in a fixed order.

    ``conforms`` is what https://www.w3.org/TR/shacl/#conforms defines: whether SHACL gave no result of any severity. It
    is None where SHACL was not run, and says nothing of the other checks. ``shacl_graph`` is the standard report.
    """

    findings: tuple[Finding, ...]
    conforms: bool | None = None
    shacl_graph: tuple[Triple, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=lambda: NO_PREFIXES)
    checked: str = ""
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[Severity, int]:
        """Count the findings of each severity, the gravest first."""
        found = [finding.severity for finding in self.findings]
        return {severity: found.count(severity) for severity in sorted(Severity, reverse=True)}

    def without_shacl(self) -> Report:
        """Give the report without what SHACL found: what the standard report in Turtle has no place for."""
        return replace(self, findings=tuple(finding for finding in self.findings if finding.kind != "shacl"))

    def fails(self, fail_on: Severity = Severity.VIOLATION) -> bool:
        """Tell whether a finding is at least as grave as ``fail_on``."""
        return any(finding.severity >= fail_on for finding in self.findings)


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by file, line, focus node and rule; what has no file comes last."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    texts = (finding.focus, finding.rule, finding.path, finding.value, finding.message, finding.component)
    return (
        finding.file is None,
        str(finding.file),
        finding.line or 0,
        finding.column or 0,
        *(text or "" for text in texts),
    )


def render_text(report: Report, *, start: Path | None = None) -> str:
    """Write the report for people, grouped by file.

    Files are named relative to ``start``, the working directory by default, where they lie below it.
    """
    start = start or Path.cwd()
    lines: list[str] = []
    for file, group in itertools.groupby(report.findings, key=lambda finding: finding.file):
        for finding in group:
            lines += _write_finding(finding, _show_file(file, start), report.prefixes)
        lines.append("")
    lines += [f"note: {show_line(note)}" for note in report.notes]
    lines.append(_summarise(report))
    return "\n".join(lines) + "\n"


def _write_finding(finding: Finding, file: str | None, prefixes: Mapping[str, str]) -> list[str]:
    place = ":".join(str(part) for part in (file, finding.line, finding.column) if part is not None)
    head = [place, finding.severity.value, show_line(finding.message)]
    about = {
        "focus": finding.focus and _shorten(finding.focus, prefixes),
        "path": finding.path,
        "value": finding.value and _shorten_value(finding.value, prefixes),
        "shape": finding.shape and _shorten(finding.shape, prefixes),
        "do": finding.advice,
    }
    return [" ".join(filter(None, head)), *(f"    {name:<6} {show_line(text)}" for name, text in about.items() if text)]


def _summarise(report: Report) -> str:
    if not report.findings:
        return f"conforms: {report.checked}" if report.checked else "conforms"
    counts = ", ".join(_count(number, severity.value) for severity, number in report.counts.items())
    return f"{counts} ({report.checked})" if report.checked else counts


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _shorten(node: str, prefixes: Mapping[str, str]) -> str:
    return node if node.startswith("_:") else shorten_iri(node, prefixes)


def _shorten_value(value: str, prefixes: Mapping[str, str]) -> str:
    if re.fullmatch(r"<[^>]*>", value):
        return shorten_iri(value[1:-1], prefixes)
    if len(value) <= LONGEST_VALUE:
        return value
    return f"{value[:LONGEST_VALUE]}... ({len(value):,} characters)"


def _show_file(file: Path | None, start: Path) -> str | None:
    if file is None:
        return None
    return os.fspath(file.relative_to(start) if file.is_relative_to(start) else file)


def render_json(report: Report, *, start: Path | None = None) -> str:
    """Write the report as one JSON object, with all keys always there and in one order; ``start`` is as for text."""
    start = start or Path.cwd()
    document = {
        "conforms": report.conforms,
        "counts": {severity.value: number for severity, number in report.counts.items()},
        "checked": report.checked,
        "notes": list(report.notes),
        "findings": [_describe(finding, start) for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _describe(finding: Finding, start: Path) -> dict[str, str | int | None]:
    return {
        "kind": finding.kind,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "shape": finding.shape,
        "component": finding.component,
        "file": _show_file(finding.file, start),
        "line": finding.line,
        "column": finding.column,
        "advice": finding.advice,
    }


def render_turtle(report: Report, *, start: Path | None = None) -> str:
    """Write the standard SHACL report, https://www.w3.org/TR/shacl/#validation-report: other findings are not in it."""
    prefixes = {prefix: iri for prefix, iri in report.prefixes.items() if iri not in STANDARD.values()} | STANDARD
    named = {term.value for triple in report.shacl_graph for term in triple if isinstance(term, NamedNode)}
    used = {prefix: iri for prefix, iri in sorted(prefixes.items()) if any(name.startswith(iri) for name in named)}
    text = (serialize(report.shacl_graph, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()
    # A tab at the start of a line is layout: in strings the serialiser escapes both.
    return text.replace("\n\t", "\n    ")


REPORTS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"json": render_json, "text": render_text, "turtle": render_turtle}
)
