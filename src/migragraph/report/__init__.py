"""What a check finds, and a report of it in the formats that people, scripts and CI servers read.

A format is a module that turns a Report into text, and a line in REPORTS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from migragraph.report.findings import Finding, Hint, Report, Severity, sort_findings
from migragraph.report.github import render_github
from migragraph.report.hints import render_hints
from migragraph.report.html import render_html
from migragraph.report.json import render_json
from migragraph.report.junit import render_junit
from migragraph.report.sarif import render_sarif
from migragraph.report.text import render_text
from migragraph.report.turtle import render_turtle

__all__ = [
    "REPORTS",
    "Finding",
    "Hint",
    "Report",
    "Severity",
    "render_github",
    "render_hints",
    "render_html",
    "render_json",
    "render_junit",
    "render_sarif",
    "render_text",
    "render_turtle",
    "sort_findings",
]

REPORTS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "github": render_github,
        "html": render_html,
        "json": render_json,
        "junit": render_junit,
        "sarif": render_sarif,
        "text": render_text,
        "turtle": render_turtle,
    }
)
