"""The command `validate`."""

from __future__ import annotations

from pathlib import Path

import click

from migragraph.cli.options import (
    PATH,
    format_option,
    open_project,
    project_option,
    stated_option,
    texts_option,
    write_output,
)
from migragraph.errors import CallError

__all__ = ["validate"]

CHECKS = ("syntax", "terms", "shacl", "evidence", "consistency", "statistics")
REPORT_FORMATS = ("text", "json", "turtle")
ENGINES = ("fast", "pyshacl", "both")
SEVERITIES = ("violation", "warning", "info")


@click.command()
@click.argument("data", nargs=-1, type=PATH)
@click.option("--shapes", multiple=True, type=PATH, metavar="FILE", help="Shapes for DATA.")
@format_option(REPORT_FORMATS)
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default="violation", show_default=True, help="What fails the check."
)
@click.option("--only", multiple=True, type=click.Choice(CHECKS), help="Run this check alone; may be repeated.")
@texts_option
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="fast",
    show_default=True,
    help="What runs SHACL; both fails where the two disagree.",
)
@project_option
@stated_option
def validate(
    *,
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    format_: str,
    fail_on: str,
    only: tuple[str, ...],
    texts: Path | None,
    engine: str,
    folder: Path | None,
    stated_only: bool,
) -> int:
    """Check the project: syntax, terms, shapes, evidence, consistency, statistics.

    Or check DATA files against --shapes, and nothing else.

    Exits 0 when nothing fails, 1 when a finding is as grave as --fail-on, 2 when the check cannot be made.

    \b
    Examples:
      migragraph validate --fail-on warning
      migragraph validate mine.ttl --shapes shapes.ttl --format turtle
    """
    from migragraph.report import REPORTS, Severity, render_text
    from migragraph.validation import validate_files

    if format_ == "turtle" and only and "shacl" not in only:
        raise CallError("--format turtle writes the SHACL report.", advice="Add --only shacl, or take another format.")
    if data or shapes:
        _require_files_alone(data, shapes, others=bool(folder or only or texts or stated_only))
        report = validate_files(data, shapes, engine=engine)
    else:
        report = open_project(folder).validate(only=only or None, stated_only=stated_only, texts=texts, engine=engine)
    write_output(REPORTS[format_](report))
    if format_ == "turtle":
        other = report.without_shacl()
        if other.findings:
            click.echo(render_text(other), err=True, nl=False)
    return int(report.fails(Severity(fail_on)))


def _require_files_alone(data: tuple[Path, ...], shapes: tuple[Path, ...], *, others: bool) -> None:
    if not data or not shapes:
        raise CallError("data files and --shapes go together.", advice="Give both, or neither to check the project.")
    if others:
        names = "--project, --only, --texts and --stated-only"
        raise CallError(f"{names} are for the project.", advice="Leave them out here.")
