"""The command `query`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migragraph.cli.options import is_terminal, open_project, project_option, stated_option, tell, write_output
from migragraph.errors import CallError, ProjectError, QueryError

if TYPE_CHECKING:
    from migragraph.project import Project
    from migragraph.queries import Query

__all__ = ["query"]

RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "turtle", "jsonld")


@click.command()
@click.argument("name", required=False, metavar="[NAME|FILE|-]")
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--as-of", metavar="DATE", help="Answer as of a day, a month or a year, where the query declares it.")
@click.option("--format", "format_", type=click.Choice(RESULT_FORMATS), help="[default: table, or turtle for a graph]")
@click.option("--allow-service", is_flag=True, help="Let SERVICE in the query reach out to the network.")
@project_option
@stated_option
def query(
    *,
    name: str | None,
    params: tuple[str, ...],
    as_of: str | None,
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
        if params or as_of or format_ or allow_service or stated_only:
            raise CallError("no query is named.", advice="Name one, or leave the options out to list them all.")
        _list_queries(open_project(folder))
        return
    script = None if _is_name(name) else _read_query(name)
    start = Path(name).resolve().parent if script is not None and name != "-" else None
    project = open_project(folder, start)
    results = project.query(
        name if script is None else script,
        _values(params),
        as_of=as_of,
        stated_only=stated_only,
        allow_service=allow_service,
    )
    write_output(render_results(results, format_, project.layout.prefixes, terminal=is_terminal()))


def _is_name(name: str) -> bool:
    return name != "-" and not name.endswith(".rq") and os.sep not in name


def _read_query(name: str) -> Query:
    from migragraph.queries import load_query, parse_query

    if name == "-":
        if sys.stdin is None:
            raise CallError("standard input is closed.", advice="Give the query in a FILE.")
        return parse_query(sys.stdin.buffer.read(), "-")
    return load_query(Path(name))


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise CallError(f"-p {param!r} is not NAME=VALUE.", advice="Write for example -p year=2023.")
        if name in values:
            raise CallError(f"-p {name} is given twice.", advice="Give each parameter one value.")
        values[name] = value
    return values


def _list_queries(project: Project) -> None:
    from migragraph.queries import list_scripts, load_query

    folder = project.layout.folder("queries")
    paths = list_scripts(folder)
    if not paths:
        raise ProjectError("the project holds no query.", path=folder, advice="Put a script there.")
    faults: list[QueryError] = []
    for path in paths.values():
        try:
            script = load_query(path)
        except QueryError as error:
            # The others can be run all the same.
            faults.append(error)
            continue
        words = [script.name, *(f"[-p {parameter.name}=...]" for parameter in script.parameters)]
        title = script.title.get("en")
        write_output(f"{' '.join(words)}\n" + (f"    {title}\n" if title else ""))
    for fault in faults[:-1]:
        tell(f"migragraph: {fault}")
    if faults:
        raise faults[-1]
