"""The command `explain`."""

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

__all__ = ["explain"]

EXPLANATION_FORMATS = ("text", "json", "md")


@click.command()
@click.argument("thing")
@click.argument("property_", metavar="[PROPERTY]", required=False)
@format_option(EXPLANATION_FORMATS)
@language_option
@project_option
@stated_option
def explain(
    *, thing: str, property_: str | None, format_: str, language: str, folder: Path | None, stated_only: bool
) -> None:
    """Explain what the graph says of THING: the words, who says them, where, and what disagrees.

    THING is an IRI, a CURIE, a label, or a number as people write it; PROPERTY an IRI, a CURIE, a local name or a
    label.

    \b
    Examples:
      migragraph explain 402/QĐ-TTg
      migragraph explain "Kendra Rinas" --lang vi
      migragraph explain 650,000 value --format json
    """
    from migragraph.explain import EXPLANATIONS, render_text

    project = open_project(folder)
    explanation = project.explain(thing, property_, language=language, stated_only=stated_only)
    if format_ == "text" and is_terminal():
        write_output(render_text(explanation, language, shutil.get_terminal_size().columns))
    else:
        write_output(EXPLANATIONS[format_](explanation, language))
