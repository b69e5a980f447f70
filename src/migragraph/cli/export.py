"""The command `export`."""

from __future__ import annotations

from pathlib import Path

import click

from migragraph.cli.options import open_project, project_option, stated_option, write_output
from migragraph.errors import CallError

__all__ = ["export"]

EXPORT_FORMATS = ("jsonld", "turtle", "ntriples", "rdfxml", "nquads", "trig")


@click.command()
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
    project = open_project(folder)
    if output is not None and resource is None:
        for path in project.export(formats or EXPORT_FORMATS, output, stated_only=stated_only):
            write_output(f"{path}\n")
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
    write_output(data)
