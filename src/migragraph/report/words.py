"""The words that the reports share: a finding's facts shown short, on one line and without control characters."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from migragraph.iris import shorten_iri
from migragraph.report.advice import advise
from migragraph.report.findings import Finding, Hint, Report
from migragraph.wrapping import count_things, show_exactly, show_line

__all__ = [
    "count_findings",
    "list_facts",
    "name_file",
    "name_place",
    "name_rule",
    "shorten_node",
    "shorten_value",
    "summarise",
]

# A literal may be megabytes long; what is shown is for reading.
LONGEST_VALUE = 120


def shorten_node(node: str, prefixes: Mapping[str, str]) -> str:
    """Give a node by its CURIE; a blank one by its label."""
    return node if node.startswith("_:") else shorten_iri(node, prefixes)


def shorten_value(value: str, prefixes: Mapping[str, str]) -> str:
    """Give a term in N-Triples form by its CURIE, or cut it where it is long."""
    if re.fullmatch(r"<[^>]*>", value):
        return shorten_iri(value[1:-1], prefixes)
    if len(value) <= LONGEST_VALUE:
        return value
    return f"{value[:LONGEST_VALUE]}... ({len(value):,} characters)"


def list_facts(finding: Finding, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give what a finding is about under short names, ready to be shown; what it does not have is left out."""
    facts = {
        "focus": finding.focus and shorten_node(finding.focus, prefixes),
        "path": finding.path,
        "value": finding.value and shorten_value(finding.value, prefixes),
        "shape": finding.shape and shorten_node(finding.shape, prefixes),
        "rule": None if finding.shape else finding.rule,
        "do": advise(finding),
    }
    return {name: show_line(fact) for name, fact in facts.items() if fact}


def name_rule(finding: Finding) -> str:
    """Give the name of a rule that is unique among those of all checks."""
    return f"{finding.kind}/{finding.rule}"


def name_file(file: Path | None, start: Path) -> str | None:
    """Name a file relative to ``start`` where it lies below it; what of its name is not UTF-8 is replaced."""
    if file is None:
        return None
    place = Path(os.path.normpath(Path.cwd() / file))
    return os.fsencode(place.relative_to(start) if place.is_relative_to(start) else file).decode(errors="replace")


def name_place(finding: Finding | Hint, start: Path) -> str:
    """Give ``file:line:column`` as far as it is known, or the empty string."""
    parts = (name_file(finding.file, start), finding.line, finding.column)
    return show_exactly(":".join(str(part) for part in parts if part is not None))


def summarise(report: Report) -> str:
    """Sum a report up in one line."""
    if not report.findings and not any(report.left_out.values()):
        return f"conforms: {report.checked}" if report.checked else "conforms"
    return f"{count_findings(report)} ({report.checked})" if report.checked else count_findings(report)


def count_findings(report: Report) -> str:
    """Say how many findings there are of each severity."""
    return ", ".join(count_things(number, severity.value) for severity, number in report.counts.items())
