"""The command `info`."""

from __future__ import annotations

from pathlib import Path

import click

from migragraph.cli.options import format_option, open_project, project_option, stated_option, write_output

__all__ = ["info"]


@click.command()
@project_option
@stated_option
@format_option(["text", "json"])
def info(folder: Path | None, stated_only: bool, format_: str) -> None:
    """Say what the project holds: classes, sources, objectives, evidence.

    \b
    Example:
      migragraph info --format json
    """
    from migragraph.inventory import INVENTORIES

    write_output(INVENTORIES[format_](open_project(folder).inventory(stated_only=stated_only)))
