"""The command line: one click command per verb. Only this module prints, and only it chooses an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migragraph import __version__
from migragraph.errors import CallError, MigragraphError, OutputError, ProjectError

if TYPE_CHECKING:
    from migragraph.project import Project
    from migragraph.queries import Query
    from migragraph.report import Report

__all__ = ["cli", "main"]

Command = TypeVar("Command", bound=Callable[..., Any])

CHECKS = ("syntax", "terms", "shacl", "evidence")
EXPORT_FORMATS = ("jsonld", "turtle", "ntriples", "rdfxml", "nquads", "trig")
REPORT_FORMATS = ("text", "json", "turtle")
RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "turtle", "jsonld")
SEVERITIES = ("violation", "warning", "info")


def project_option(command: Command) -> Command:
    """Add ``--project`` to a command."""
    return click.option(
        "--project",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The graph project [default: the nearest migragraph.toml upward, else the bundled Viet Nam graph].",
    )(command)


def stated_option(command: Command) -> Command:
    """Add ``--stated-only`` to a command."""
    return click.option(
        "--stated-only", is_flag=True, help="Leave out what is only inferred, and what follows from it."
    )(command)


def format_option(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Add ``--format`` to a command that writes text unless told otherwise."""
    return click.option(
        "--format", "format_", type=click.Choice(formats), default="text", show_default=True, help="How it is written."
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="migragraph")
def cli() -> None:
    """Validate, ask and publish a graph whose every fact is tied to the words that state it.

    \b
    Example:
      migragraph query figures
    """


@cli.command()
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

    _write(INVENTORIES[format_](_open(folder).inventory(stated_only=stated_only)))


@cli.command()
@click.argument("data", nargs=-1, type=click.Path(path_type=Path))
@click.option("--shapes", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="Shapes for DATA.")
@format_option(REPORT_FORMATS)
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default="violation", show_default=True, help="What fails the check."
)
@click.option("--only", multiple=True, type=click.Choice(CHECKS), help="Run this check alone; may be repeated.")
@project_option
@stated_option
def validate(
    *,
    data: tuple[Path, ...],
    shapes: tuple[Path, ...],
    format_: str,
    fail_on: str,
    only: tuple[str, ...],
    folder: Path | None,
    stated_only: bool,
) -> int:
    """Check the project: syntax, terms, shapes, evidence. Or check DATA files against --shapes, and nothing else.

    Exits 0 when nothing fails, 1 when a finding is as grave as --fail-on, 2 when the check cannot be made.

    \b
    Examples:
      migragraph validate --fail-on warning
      migragraph validate mine.ttl --shapes shapes.ttl --format turtle
    """
    from migragraph.report import REPORTS, Severity, render_text

    if format_ == "turtle" and only and "shacl" not in only:
        raise CallError("--format turtle writes the SHACL report.", advice="Add --only shacl, or take another format.")
    report = _check(data, shapes, only, folder, stated_only)
    _write(REPORTS[format_](report))
    if format_ == "turtle":
        other = report.without_shacl()
        if other.findings:
            click.echo(render_text(other), err=True, nl=False)
    return int(report.fails(Severity(fail_on)))


def _check(
    data: tuple[Path, ...], shapes: tuple[Path, ...], only: tuple[str, ...], folder: Path | None, stated_only: bool
) -> Report:
    from migragraph.validation import validate_files

    if not data and not shapes:
        return _open(folder).validate(only=only or None, stated_only=stated_only)
    if not data or not shapes:
        raise CallError("data files and --shapes go together.", advice="Give both, or neither to check the project.")
    if folder or only or stated_only:
        raise CallError("--project, --only and --stated-only are for the project.", advice="Leave them out here.")
    return validate_files(data, shapes)


@cli.command()
@click.argument("name", required=False, metavar="[NAME|FILE|-]")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--format", "format_", type=click.Choice(RESULT_FORMATS), help="[default: table, or turtle for a graph]")
@click.option("--allow-service", is_flag=True, help="Let SERVICE in the query reach out to the network.")
@project_option
@stated_option
def query(
    *,
    name: str | None,
    params: tuple[str, ...],
    format_: str | None,
    allow_service: bool,
    folder: Path | None,
    stated_only: bool,
) -> None:
    """Run a query by the name of its script, from a FILE, or from standard input (-). Without one, list them all.

    \b
    Examples:
      migragraph query
      migragraph query heads-of-mission --format csv
      migragraph query claims-by-speaker -p speaker=person:kendra-rinas
    """
    from migragraph.queries import render_results

    if name is None:
        if params or format_ or allow_service or stated_only:
            raise CallError("no query is named.", advice="Name one, or leave the options out to list them all.")
        _list_queries(_open(folder))
        return
    script = None if _is_name(name) else _read_query(name)
    start = Path(name).resolve().parent if script is not None and name != "-" else None
    project = _open(folder, start)
    results = project.query(
        name if script is None else script, _values(params), stated_only=stated_only, allow_service=allow_service
    )
    _write(render_results(results, format_, project.layout.prefixes, terminal=sys.stdout.isatty()))


def _is_name(name: str) -> bool:
    return name != "-" and not name.endswith(".rq") and os.sep not in name


def _read_query(name: str) -> Query:
    from migragraph.queries import load_query, parse_query

    if name == "-":
        return parse_query(sys.stdin.buffer.read(), "-")
    return load_query(Path(name))


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise CallError(f"-p {param!r} is not NAME=VALUE.", advice="Write for example -p year=2023.")
        values[name] = value
    return values


def _list_queries(project: Project) -> None:
    if not project.queries:
        raise ProjectError(
            "the project holds no query.", path=project.layout.folder("queries"), advice="Put a script there."
        )
    for script in project.queries:
        words = [script.name, *(f"[-p {parameter.name}=...]" for parameter in script.parameters)]
        title = script.title.get("en")
        _write(f"{' '.join(words)}\n" + (f"    {title}\n" if title else ""))


@cli.command()
@click.argument("formats", nargs=-1, metavar="[FORMAT]...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Write files into this folder.")
@click.option("--resource", metavar="IRI|CURIE", help="Only the description of this resource, to standard output.")
@project_option
@stated_option
def export(
    formats: tuple[str, ...], output: Path | None, resource: str | None, folder: Path | None, stated_only: bool
) -> None:
    """Export the graph: jsonld, turtle, ntriples, rdfxml (the default graph), nquads, trig (the whole dataset).

    Into DIR as graph.jsonld, graph.ttl and so on, all formats unless some are named; without -o one format to standard
    output.

    \b
    Examples:
      migragraph export jsonld turtle -o out
      migragraph export --resource person:kendra-rinas turtle
    """
    for name in formats:
        if name not in EXPORT_FORMATS:
            raise CallError(f"there is no export format {name!r}.", advice=f"Choose from {', '.join(EXPORT_FORMATS)}.")
    project = _open(folder)
    if output is not None and resource is None:
        for path in project.export(formats or EXPORT_FORMATS, output, stated_only=stated_only):
            _write(f"{path}\n")
        return
    if output is not None or len(formats) > 1:
        raise CallError(
            "standard output takes one format, and --resource goes there.", advice="Name one, or leave -o out."
        )
    name = formats[0] if formats else "jsonld"
    if resource is not None:
        data = project.export_resource(resource, name, stated_only=stated_only)
    else:
        data = project.dump(name, stated_only=stated_only)
    _write(data)


def _open(folder: Path | None, start: Path | None = None) -> Project:
    from migragraph.project import Project

    return Project.load(folder) if folder else Project.find(start)


def main() -> None:
    """Run the command line: exit 0 when all is good, 1 when data do not conform, 2 when the call cannot be met."""
    try:
        status = cli(prog_name="migragraph", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = 2
    except click.Abort:
        status = 130
    except MigragraphError as error:
        click.echo(f"migragraph: {error}", err=True)
        status = error.exit_code
    except OSError as error:
        _silence()
        click.echo(f"migragraph: {error.filename or 'standard output'}: {error.strerror}.", err=True)
        status = 2
    sys.exit(status)


def _write(data: bytes | str) -> None:
    """Write to standard output and flush it; raise OutputError where it takes no more.

    A reader that has seen enough is no fault, and does not change the exit code.
    """
    try:
        sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        _silence()
        raise OutputError(f"standard output cannot be written: {error.strerror}.", advice="Free some room.") from error


def _silence() -> None:
    """Send what is still to be flushed nowhere, so that the interpreter's end does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
