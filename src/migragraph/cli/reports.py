"""Reports of findings on standard output: where their paths begin, and how wide and coloured they are."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from migragraph.cli.options import tell, write_output

if TYPE_CHECKING:
    from migragraph.report import Report, Severity

__all__ = ["write_report"]

# What reads these formats looks for files from the repository's root.
FROM_ROOT = {"github", "sarif"}


# Hints stand beside these, and in the others.
WITHOUT_HINTS = {"text", "turtle"}


def write_report(report: Report, format_: str, fail_on: str = "violation", *, strict: bool = False) -> int:
    """Write a report, and give the exit code; with ``strict`` a hint fails too.

    Hints, and what the standard SHACL report has no place for, go to standard error.
    """
    from migragraph.report import Severity

    gravity = Severity(fail_on)
    if format_ == "text":
        write_output(_render_text(report, is_terminal=sys.stdout.isatty()))
    else:
        write_output(_render(report, format_, gravity))
    if format_ == "turtle" and report.without_shacl().findings:
        tell(_render_text(report.without_shacl(), is_terminal=False), nl=False)
    if report.hints and format_ in WITHOUT_HINTS:
        from migragraph.report import render_hints

        tell(render_hints(report), nl=False)
    return int(report.fails(gravity) or (strict and bool(report.hints)))


def _render(report: Report, format_: str, gravity: Severity) -> str:
    from migragraph.report import REPORTS, render_junit

    if format_ == "junit":
        return render_junit(report, fail_on=gravity)
    return REPORTS[format_](report, start=_find_root() if format_ in FROM_ROOT else None)


def _render_text(report: Report, *, is_terminal: bool) -> str:
    """Colour the text on a terminal, unless told not to (https://no-color.org), and cut it to its width."""
    from migragraph.report import render_text

    if not is_terminal:
        return render_text(report)
    is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return render_text(report, width=shutil.get_terminal_size().columns, is_coloured=is_coloured)


def _find_root() -> Path | None:
    """Give the root of the repository where GitHub's runner names it; the working directory may be one below."""
    root = os.environ.get("GITHUB_WORKSPACE")
    return Path(root) if root and Path.cwd().is_relative_to(root) else None
