"""The report as SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/, for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from migragraph.report.advice import advise
from migragraph.report.findings import Finding, Hint, Report, Severity
from migragraph.report.fingerprints import list_fingerprints
from migragraph.report.words import name_file, name_rule, shorten_value
from migragraph.wrapping import show_line

__all__ = ["render_sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# The name by which readers know the root of the repository.
ROOT = "%SRCROOT%"

Json: TypeAlias = "dict[str, Json] | Sequence[Json] | str | int | bool | None"


def render_sarif(report: Report, *, start: Path | None = None) -> str:
    """Write the report as one SARIF log, the gravest findings first, since readers take only so many.

    Files are named by URIs relative to ``start``, the working directory by default, where they lie below it. The
    fingerprint of a result holds no line: it is the same one where it has moved.
    """
    start = start or Path.cwd()
    findings = list(zip(report.findings, list_fingerprints(report, start), strict=True))
    findings.sort(key=lambda pair: pair[0].severity, reverse=True)
    rules: dict[str, list[Finding]] = {}
    for finding, _ in findings:
        rules.setdefault(name_rule(finding), []).append(finding)
    places = {name: place for place, name in enumerate(sorted(rules))}
    invocation: Json = {
        "executionSuccessful": True,
        "toolExecutionNotifications": [_describe_note(note) for note in report.notes],
        "toolConfigurationNotifications": [_describe_hint(hint, start) for hint in report.hints],
    }
    run: Json = {
        "tool": {"driver": _describe_tool([_describe_rule(name, rules[name]) for name in places])},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "results": [
            _describe_result(finding, fingerprint, report, start) | {"ruleIndex": places[name_rule(finding)]}
            for finding, fingerprint in findings
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _describe_tool(rules: Sequence[Json]) -> Json:
    from importlib.metadata import version

    return {"name": "migragraph", "semanticVersion": version("migragraph"), "rules": rules}


def _describe_rule(name: str, findings: Sequence[Finding]) -> Json:
    """Describe a rule by what its findings say, where all of them say the same, and by what they advise."""
    said = list(dict.fromkeys(show_line(finding.message) for finding in findings))
    kind, _, rule = name.partition("/")
    text = said[0] if len(said) == 1 else f"The check {kind} has the rule {rule}."
    advice = list(dict.fromkeys(show_line(do) for finding in findings if (do := advise(finding))))
    where = [f"It is the shape {shape}." for shape in dict.fromkeys(finding.shape for finding in findings) if shape]
    return {
        "id": name,
        "name": rule,
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": "\n".join([*(advice if len(advice) == 1 else ()), *where]) or text},
        "defaultConfiguration": {"level": LEVELS[findings[0].severity]},
        "properties": {"tags": [kind]},
    }


def _describe_result(finding: Finding, fingerprint: str, report: Report, start: Path) -> dict[str, Json]:
    told = [show_line(text) for text in (finding.message, advise(finding)) if text]
    about = {
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value and shorten_value(finding.value, {}),
        "shape": finding.shape,
        "component": finding.component,
    }
    return {
        "ruleId": name_rule(finding),
        "level": LEVELS[finding.severity],
        "message": {"text": "\n".join(told)},
        "locations": [_describe_location(finding, start)],
        "partialFingerprints": {"migragraphFinding/v1": fingerprint},
        "properties": {name: fact for name, fact in about.items() if fact is not None},
    }


def _describe_location(finding: Finding, start: Path) -> Json:
    """Give the place of a finding; what has none is put at the root, since GitHub refuses results without a place."""
    location: dict[str, Json] = {"physicalLocation": _describe_place(finding, finding.end_column, start)}
    if finding.focus is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.focus, "kind": "resource"}]
    return location


def _describe_place(found: Finding | Hint, end_column: int | None, start: Path) -> Json:
    region: dict[str, Json] = {
        "startLine": found.line,
        "startColumn": found.line and found.column,
        "endColumn": found.line and found.column and end_column,
    }
    physical: dict[str, Json] = {"artifactLocation": _name_artifact(found.file, start)}
    if found.line is not None:
        physical["region"] = {name: number for name, number in region.items() if number is not None}
    return physical


def _name_artifact(file: Path | None, start: Path) -> Json:
    name = name_file(file, start) or "."
    if Path(name).is_absolute():
        return {"uri": Path(name).as_uri()}
    return {"uri": quote(name), "uriBaseId": ROOT}


def _describe_note(note: str) -> Json:
    return {"level": "note", "message": {"text": show_line(note)}}


def _describe_hint(hint: Hint, start: Path) -> Json:
    """Describe a hint as what it is to SARIF, a note on how the tool was set up: the shapes are its rules."""
    notification: dict[str, Json] = {
        "level": "note",
        "descriptor": {"id": f"hint/{hint.rule}"},
        "message": {"text": f"{show_line(hint.message)}\n{show_line(hint.advice)}"},
    }
    if hint.file is not None:
        notification["locations"] = [{"physicalLocation": _describe_place(hint, None, start)}]
    return notification
