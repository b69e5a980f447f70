"""The command `cite`."""

from __future__ import annotations

from pathlib import Path

import click

from migragraph.cli.options import language_option, open_project, project_option, stated_option, write_output

__all__ = ["cite"]

CITATION_STYLES = ("text", "bibtex", "csl-json", "wikipedia")


@click.command()
@click.argument("thing", required=False)
@click.option(
    "--style", type=click.Choice(CITATION_STYLES), default="text", show_default=True, help="How it is written."
)
@language_option
@project_option
@stated_option
def cite(*, thing: str | None, style: str, language: str, folder: Path | None, stated_only: bool) -> None:
    """Cite the sources behind THING and the graph, or, without THING, the graph alone.

    THING is an IRI, a CURIE, a label, or a number as people write it.

    \b
    Examples:
      migragraph cite 402/QĐ-TTg
      migragraph cite 650,000 --style wikipedia --lang vi
      migragraph cite --style bibtex
    """
    write_output(open_project(folder).cite(thing, style=style, language=language, stated_only=stated_only))
