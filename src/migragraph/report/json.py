"""The report as JSON, for scripts."""

from __future__ import annotations

import json
from pathlib import Path

from migragraph.report.advice import advise
from migragraph.report.findings import Finding, Hint, Report
from migragraph.report.fingerprints import list_fingerprints
from migragraph.report.words import name_file

__all__ = ["render_json"]


def render_json(report: Report, *, start: Path | None = None) -> str:
    """Write the report as one JSON object, with all keys always there and in one order.

    Files are named relative to ``start``, the working directory by default, where they lie below it.
    """
    start = start or Path.cwd()
    prints = list_fingerprints(report, start)
    document = {
        "conforms": report.conforms,
        "counts": {severity.value: number for severity, number in report.counts.items()},
        "checked": report.checked,
        "notes": list(report.notes),
        "hints": [_describe_hint(hint, start) for hint in report.hints],
        "left_out": {why: report.left_out.get(why, 0) for why in ("known", "waived", "unchanged")},
        "findings": [
            _describe(finding, start) | {"fingerprint": fingerprint}
            for finding, fingerprint in zip(report.findings, prints, strict=True)
        ],
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
        "file": name_file(finding.file, start),
        "line": finding.line,
        "column": finding.column,
        "end_column": finding.end_column,
        "advice": advise(finding),
    }


def _describe_hint(hint: Hint, start: Path) -> dict[str, str | int | None]:
    return {
        "rule": hint.rule,
        "message": hint.message,
        "shape": hint.shape,
        "file": name_file(hint.file, start),
        "line": hint.line,
        "column": hint.column,
        "advice": hint.advice,
    }
