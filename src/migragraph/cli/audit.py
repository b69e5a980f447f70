"""The command `audit`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from migragraph.cli.options import format_option, is_terminal, open_project, project_option, stated_option, write_output

__all__ = ["audit"]


@click.command()
@project_option
@stated_option
@format_option(["text", "json", "csv"])
def audit(folder: Path | None, stated_only: bool, format_: str) -> None:
    """Say of each indicator which breakdowns its figures have, and whether parts, shares and derivations agree.

    It exits 0 whatever it finds: `validate` fails on the contradictions among it.

    \b
    Example:
      migragraph audit --format csv
    """
    from migragraph.audit import AUDITS, render_text

    found = open_project(folder).audit(stated_only=stated_only)
    if format_ == "text" and is_terminal():
        write_output(render_text(found, shutil.get_terminal_size().columns))
    else:
        write_output(AUDITS[format_](found))
