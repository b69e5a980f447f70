"""The command `evidence`, and those below it."""

from __future__ import annotations

from pathlib import Path

import click

from migragraph.cli.evidence.fetch import fetch
from migragraph.cli.evidence.read import read
from migragraph.cli.options import open_project, project_option, stated_option, texts_option, write_output
from migragraph.cli.reports import write_report
from migragraph.errors import CallError

__all__ = ["evidence"]

REPORT_FORMATS = ("text", "json")
COVERAGE_FORMATS = ("text", "json", "csv")


@click.group(invoke_without_command=True)
@click.option("--check", is_flag=True, help="Write nothing: find out whether the lock still holds.")
@click.option("--coverage", is_flag=True, help="Write nothing: count by what the facts are supported.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(COVERAGE_FORMATS),
    default="text",
    show_default=True,
    help="How it is written; csv is for --coverage.",
)
@texts_option
@project_option
@stated_option
@click.pass_context
def evidence(
    context: click.Context,
    *,
    check: bool,
    coverage: bool,
    format_: str,
    texts: Path | None,
    folder: Path | None,
    stated_only: bool,
) -> int:
    """Find the words of each evidence in its source's text, and write where they stand to data/evidence.lock.ttl.

    The lock is written only when nothing is wrong. Exits 0 then, 1 when something is, 2 when it cannot be found out.

    \b
    Examples:
      migragraph evidence --texts ../texts
      migragraph evidence --check
      migragraph evidence --coverage --format csv
    """
    if context.invoked_subcommand is not None:
        return _refuse_options(context)
    project = open_project(folder)
    if coverage:
        if check or texts:
            raise CallError("--coverage reads no text.", advice="Leave --check and --texts out.")
        from migragraph.evidence import COVERAGES

        write_output(COVERAGES[format_](project.coverage(stated_only=stated_only)))
        return 0
    if format_ not in REPORT_FORMATS:
        raise CallError(f"--format {format_} is for --coverage.", advice=f"Use one of {', '.join(REPORT_FORMATS)}.")
    if stated_only and not check:
        raise CallError("the lock is of all evidence.", advice="Add --check or --coverage, or leave --stated-only out.")
    report = project.check_evidence(texts, stated_only=stated_only) if check else project.lock(texts)
    return write_report(report, format_)


def _refuse_options(context: click.Context) -> int:
    """Refuse the options that stand before a command below: each has its own."""
    given = [
        name for name in context.params if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        command = context.invoked_subcommand
        raise CallError(f"options stand before `{command}`.", advice=f"Write them after it: evidence {command} ...")
    return 0


for command in (read, fetch):
    evidence.add_command(command)
