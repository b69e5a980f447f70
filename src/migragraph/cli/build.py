"""The command `build`."""

from __future__ import annotations

from pathlib import Path

import click

from migragraph.cli.options import PATH, open_project, project_option, stated_option

__all__ = ["build"]


@click.command()
@click.option("-o", "--output", type=PATH, metavar="DIR", required=True, help="The folder of the site.")
@project_option
@stated_option
def build(output: Path, folder: Path | None, stated_only: bool) -> None:
    """Build the site: a page and three files of RDF for every IRI of the project, the views, and what goes with them.

    The folder is served by any static host, or opened from a disk.

    \b
    Example:
      migragraph build -o site
    """
    project = open_project(folder)
    built = project.build(output, stated_only=stated_only)
    click.echo(f"{built.files} files in {output}: {built.written} written, {built.deleted} deleted", err=True)
    if not project.layout.site.get("url"):
        click.echo("migragraph.toml gives no site.url, so there is no sitemap.xml, no servers/w3id.htaccess.", err=True)
