"""The command `export`."""

from __future__ import annotations

from pathlib import Path

import click

from migragraph.cli.options import PATH, open_project, project_option, stated_option, write_output
from migragraph.errors import CallError

__all__ = ["export"]

RDF_FORMATS = ("jsonld", "turtle", "ntriples", "rdfxml", "nquads", "trig")
EXPORT_FORMATS = (*RDF_FORMATS, "facts", "nanopubs")
SHEETS = (".csv", ".xlsx")
RDF_SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld")


@click.command()
@click.argument("formats", nargs=-1, metavar="[FORMAT]...")
@click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="DIR|FILE",
    help="A folder, into which files are written; for facts also a FILE.csv or FILE.xlsx.",
)
@click.option("--resource", metavar="IRI|CURIE", help="Only the description of this resource, to standard output.")
@project_option
@stated_option
def export(
    formats: tuple[str, ...], output: Path | None, resource: str | None, folder: Path | None, stated_only: bool
) -> None:
    """Export the graph: jsonld, turtle, ntriples, rdfxml (the default graph), nquads, trig (the whole dataset), facts
    (a table, CSV or XLSX) or nanopubs (nanopublications, TriG).

    Into the folder DIR as graph.jsonld, graph.ttl and so on, all formats unless some are named; without -o one format
    to standard output.

    \b
    Examples:
      migragraph export jsonld turtle -o out
      migragraph export facts -o facts.xlsx
      migragraph export --resource person:kendra-rinas turtle
    """
    _check_formats(formats, resource)
    project = open_project(folder)
    if output is not None and resource is None:
        if _is_sheet(formats, output):
            paths = project.export_facts(output, stated_only=stated_only)
        else:
            paths = project.export(formats or EXPORT_FORMATS, output, stated_only=stated_only)
        write_output("".join(f"{path}\n" for path in paths))
        return
    if output is not None:
        raise CallError("--resource goes to standard output.", advice="Leave -o out.")
    if len(formats) > 1:
        advice = "Name one." if resource is not None else "Name one, or give -o DIR."
        raise CallError("standard output takes one format.", advice=advice)
    name = formats[0] if formats else "jsonld"
    if resource is not None:
        data = project.export_resource(resource, name, stated_only=stated_only)
    else:
        data = project.dump(name, stated_only=stated_only)
    write_output(data)


def _check_formats(formats: tuple[str, ...], resource: str | None) -> None:
    for name in formats:
        if name not in EXPORT_FORMATS:
            raise CallError(f"there is no export format {name!r}.", advice=f"Choose from {', '.join(EXPORT_FORMATS)}.")
        if resource is not None and name not in RDF_FORMATS:
            raise CallError(f"a resource is not described as {name}.", advice=f"Choose from {', '.join(RDF_FORMATS)}.")


def _is_sheet(formats: tuple[str, ...], output: Path) -> bool:
    """Tell whether the output is a file of facts; a folder that is there already may be called as it likes.

    Raises CallError for the name of a file of RDF: -o would make a folder of that name.
    """
    if output.is_dir():
        return False
    if formats == ("facts",):
        return output.suffix != ""
    if output.suffix.lower() in SHEETS:
        raise CallError(f"{output} would hold nothing but facts.", advice="Name the one format facts, or a folder.")
    if output.suffix.lower() in RDF_SUFFIXES:
        name = formats[0] if len(formats) == 1 else "FORMAT"
        raise CallError(
            f"{output}: -o names a folder.", advice=f"Name one, or write `migragraph export {name} > {output}`."
        )
    return False
