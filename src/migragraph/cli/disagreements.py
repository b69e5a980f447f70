"""The command `disagreements`."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from migragraph.cli.options import (
    format_option,
    is_terminal,
    language_option,
    open_project,
    project_option,
    stated_option,
    write_output,
)

__all__ = ["disagreements"]

LISTING_FORMATS = ("text", "json", "csv", "md")
LISTED_KINDS = ("figure", "hedge", "date", "actor", "name")


@click.command()
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(LISTED_KINDS),
    help="What the sides differ on; may be repeated [default: all but name].",
)
@format_option(LISTING_FORMATS)
@language_option
@project_option
@stated_option
def disagreements(
    *, kinds: tuple[str, ...], format_: str, language: str, folder: Path | None, stated_only: bool
) -> None:
    """List where the authorities differ, a block for each point: the sides, their words, and which is preferred.

    It exits 0 whatever it finds: sources that differ are both kept.

    \b
    Examples:
      migragraph disagreements
      migragraph disagreements --kind figure --kind date --format csv
    """
    from migragraph.explain import DIFFERENCES, render_listing

    found = open_project(folder).list_differences(kinds or None, language=language, stated_only=stated_only)
    if format_ == "text" and is_terminal():
        write_output(render_listing(found, language, shutil.get_terminal_size().columns))
    else:
        write_output(DIFFERENCES[format_](found, language))
