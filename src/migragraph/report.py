"""What a check finds, and a report of it as text, JSON or Turtle."""

from __future__ import annotations

import enum
import functools
import itertools
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import RdfFormat, Triple, serialize

from migragraph.iris import shorten_iri

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
    """Write the report for people, grouped by file; files are named relative to ``start`` where they lie below it."""
    lines: list[str] = []
    for file, group in itertools.groupby(report.findings, key=lambda finding: finding.file):
        for finding in group:
            lines += _write_finding(finding, _show_file(file, start), report.prefixes)
        lines.append("")
    lines += [f"note: {_show(note)}" for note in report.notes]
    lines.append(_summarise(report))
    return "\n".join(lines) + "\n"


def _write_finding(finding: Finding, file: str | None, prefixes: Mapping[str, str]) -> list[str]:
    place = ":".join(str(part) for part in (file, finding.line, finding.column) if part is not None)
    head = [place, finding.severity.value, _show(finding.message)]
    about = {
        "focus": finding.focus and _shorten(finding.focus, prefixes),
        "path": finding.path,
        "value": finding.value and _shorten_value(finding.value, prefixes),
        "shape": finding.shape and _shorten(finding.shape, prefixes),
        "do": finding.advice,
    }
    return [" ".join(filter(None, head)), *(f"    {name:<6} {_show(text)}" for name, text in about.items() if text)]


def _summarise(report: Report) -> str:
    if not report.findings:
        return f"conforms: {report.checked}" if report.checked else "conforms"
    counts = ", ".join(_count(number, severity.value) for severity, number in report.counts.items())
    return f"{counts} ({report.checked})" if report.checked else counts


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _show(text: str) -> str:
    """Keep a text on one line, and control characters out of the terminal."""
    line = " ".join(text.split())
    return "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in line)


def _shorten(node: str, prefixes: Mapping[str, str]) -> str:
    return node if node.startswith("_:") else shorten_iri(node, prefixes)


def _shorten_value(value: str, prefixes: Mapping[str, str]) -> str:
    if re.fullmatch(r"<[^>]*>", value):
        return shorten_iri(value[1:-1], prefixes)
    if len(value) <= LONGEST_VALUE:
        return value
    return f"{value[:LONGEST_VALUE]}... ({len(value):,} characters)"


def _show_file(file: Path | None, start: Path | None) -> str | None:
    if file is None or start is None or not file.is_relative_to(start):
        return None if file is None else os.fspath(file)
    return os.fspath(file.relative_to(start))


def render_json(report: Report, *, start: Path | None = None) -> str:
    """Write the report as one JSON object whose keys are always there and always in one order."""
    document = {
        "conforms": report.conforms,
        "counts": {severity.value: number for severity, number in report.counts.items()},
        "checked": report.checked,
        "notes": list(report.notes),
        "findings": [_describe(finding, start) for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _describe(finding: Finding, start: Path | None) -> dict[str, str | int | None]:
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
    triples = report.shacl_graph
    named = {node.value for triple in triples for node in triple if hasattr(node, "value")}
    used = {
        prefix: namespace
        for prefix, namespace in sorted(report.prefixes.items())
        if any(value.startswith(namespace) for value in named)
    }
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()


REPORTS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"json": render_json, "text": render_text, "turtle": render_turtle}
)
