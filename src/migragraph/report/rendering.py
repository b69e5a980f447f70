"""The formats of a report, each a module that turns a Report into text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from migragraph.report.github import render_github
from migragraph.report.html import render_html
from migragraph.report.json import render_json
from migragraph.report.junit import render_junit
from migragraph.report.sarif import render_sarif
from migragraph.report.text import render_text
from migragraph.report.turtle import render_turtle

__all__ = ["REPORTS"]

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
