"""What a check finds, and a report of it in the formats that people, scripts and CI servers read.

A format is a module that turns a Report into text, and a line in REPORTS.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from migragraph.report.findings import Finding, Hint, Report, Severity, sort_findings

if TYPE_CHECKING:
    from migragraph.report.github import render_github
    from migragraph.report.hints import render_hints
    from migragraph.report.html import render_html
    from migragraph.report.json import render_json
    from migragraph.report.junit import render_junit
    from migragraph.report.rendering import REPORTS
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


def __getattr__(name: str) -> object:
    """Import a format only when it is asked for, so that a check does not wait for those that nobody wants."""
    if name in __all__:
        home = "rendering" if name == "REPORTS" else name.removeprefix("render_")
        return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
