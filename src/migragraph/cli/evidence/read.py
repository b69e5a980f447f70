"""The command `evidence read`."""

from __future__ import annotations

import click

from migragraph.cli.options import format_option, write_output
from migragraph.errors import CallError

__all__ = ["read"]

FORMATS = ("text", "json")


@click.command()
@click.argument("phrase")
@format_option(FORMATS)
@click.option("--language", default="en", show_default=True, metavar="TAG", help="The language of the phrase.")
def read(*, phrase: str, format_: str, language: str) -> None:
    """Show the figures, dates and hedge words that the check of evidence reads in PHRASE.

    \b
    Examples:
      migragraph evidence read "with female workers accounting for over 30% to 40%"
      migragraph evidence read "approximately US$4 billion" --format json
    """
    from migragraph.figures import RENDERINGS, read_figures

    if not phrase.strip():
        raise CallError("the phrase is empty.", advice="Give the words in quotes.")
    write_output(RENDERINGS[format_](read_figures(phrase, language)))
