"""The command `validate`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migragraph.cli.options import (
    PATH,
    format_option,
    open_project,
    project_option,
    stated_option,
    texts_option,
)
from migragraph.cli.reports import write_report
from migragraph.cli.tasks import Subject, Task
from migragraph.cli.watch import watch_task
from migragraph.collection import pause_collection
from migragraph.errors import CallError

if TYPE_CHECKING:
    from migragraph.reading import ParsedFile

__all__ = ["validate"]

CHECKS = ("syntax", "terms", "shacl", "evidence", "consistency", "statistics")
REPORT_FORMATS = ("text", "json", "turtle", "github", "sarif", "junit", "html")
ENGINES = ("fast", "pyshacl", "both")
MOST_SECONDS = 86_400
SEVERITIES = ("violation", "warning", "info")


@click.command()
@click.argument("data", nargs=-1, type=PATH)
@click.option("--shapes", multiple=True, type=PATH, metavar="FILE", help="Shapes for DATA.")
@format_option(REPORT_FORMATS)
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default="violation", show_default=True, help="What fails the check."
)
@click.option("--strict", is_flag=True, help="Fail on hints too: what of the shapes is hardly meant.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, MOST_SECONDS, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long a constraint of a shape may take.",
)
@click.option("--only", multiple=True, type=click.Choice(CHECKS), help="Run this check alone; may be repeated.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Leave out the findings that FILE knows or waives.",
)
@click.option("--write-baseline", is_flag=True, help="Write what is found now into the FILE of --baseline.")
@click.option(
    "--changed-since", "since", metavar="REV", help="Leave out the findings that the git revision REV had too."
)
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
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
@click.pass_obj
def validate(
    until_end: ExitStack,
    *,
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    format_: str,
    fail_on: str,
    strict: bool,
    timeout: float,
    only: tuple[str, ...],
    baseline: Path | None,
    write_baseline: bool,
    since: str | None,
    watch: bool,
    texts: Path | None,
    engine: str,
    folder: Path | None,
    stated_only: bool,
) -> int:
    """Check the project: syntax, terms, shapes, evidence, consistency, statistics.

    Or check DATA files against --shapes, and nothing else.

    Exits 0 when nothing fails, 1 when a finding is as grave as --fail-on, 2 when the check cannot be made. Hints on the
    shapes themselves (a misspelt term, a target that meets no node) go to standard error, and fail with --strict alone.

    \b
    Examples:
      migragraph validate --fail-on warning
      migragraph validate mine.ttl --shapes shapes.ttl --format turtle
      migragraph validate --baseline known.toml --changed-since origin/main
    """
    if timeout != timeout:  # noqa: PLR0124 (it is no number)
        raise CallError("--timeout is no number.", advice="Give seconds.")
    if format_ == "turtle" and only and "shacl" not in only:
        raise CallError("--format turtle writes the SHACL report.", advice="Add --only shacl, or take another format.")
    if format_ == "turtle" and (baseline or since):
        raise CallError("--format turtle writes the SHACL report whole.", advice="Take another format.")
    if data or shapes:
        _require_files_alone(data, shapes, others=bool(folder or only or texts or stated_only))
        subject = Subject(data, shapes, engine=engine, time_limit=timeout)
    else:
        layout = open_project(folder).layout
        subject = Subject(
            layout=layout, only=only, texts=texts, stated_only=stated_only, engine=engine, time_limit=timeout
        )
    task = Task(subject, baseline, since)
    if not write_baseline:
        show = partial(write_report, format_=format_, fail_on=fail_on, strict=strict)
        return watch_task(task, show) if watch else show(task.run(_make_reader(until_end, subject)))
    if watch:
        raise CallError("--write-baseline writes once.", advice="Leave out --watch.")
    return write_report(task.write_baseline(), format_, fail_on, strict=strict)


def _make_reader(until_end: ExitStack, subject: Subject) -> Callable[..., ParsedFile] | None:
    """Give what reads the files of a project and keeps them: freeing all that is made of them is left to the end."""
    until_end.enter_context(pause_collection())
    if subject.layout is None:
        return None
    from migragraph.reading import read_quads

    read = cache(read_quads)
    until_end.callback(read.cache_clear)
    return read


def _require_files_alone(data: tuple[Path, ...], shapes: tuple[Path, ...], *, others: bool) -> None:
    if not data or not shapes:
        raise CallError("data files and --shapes go together.", advice="Give both, or neither to check the project.")
    if others:
        names = "--project, --only, --texts and --stated-only"
        raise CallError(f"{names} are for the project.", advice="Leave them out here.")
