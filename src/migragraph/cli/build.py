"""The command `build`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from migragraph.cli.options import PATH, open_project, project_option, stated_option, tell
from migragraph.errors import CallError

__all__ = ["build"]

DEFAULT_PORT = 8000


@click.command()
@click.option("-o", "--output", type=PATH, metavar="DIR", required=True, help="The folder of the site.")
@click.option("--watch", is_flag=True, help="Show the site at an address of this machine, and build it on each change.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port of --watch; 0 is any that is free. [default: 8000]"
)
@project_option
@stated_option
def build(output: Path, watch: bool, port: int | None, folder: Path | None, stated_only: bool) -> None:
    """Build the site: a page and three files of RDF for every IRI of the project, the views, and what goes with them.

    The folder is served by any static host, or opened from a disk. What is there from the last build, and would be the
    same, is left as it is.

    \b
    Examples:
      migragraph build -o site
      migragraph build -o site --watch
    """
    if port is not None and not watch:
        raise CallError("--port goes with --watch.", advice="Add --watch, or leave it out.")
    layout = open_project(folder).layout

    def run() -> None:
        from migragraph.project import Project

        project = Project.load(layout.root)
        with _show_progress() as report:
            built = project.build(output, stated_only=stated_only, report=report)
        tell(f"{built.files} files in {output}: {built.written} written, {built.deleted} deleted")
        if not project.layout.site.get("url"):
            without = "there is no sitemap.xml, no servers/w3id.htaccess"
            tell(f"migragraph.toml gives no site.url, so {without}.")

    if watch:
        from migragraph.cli.preview import watch_site

        watch_site(layout, output, DEFAULT_PORT if port is None else port, run)
    else:
        run()


@contextlib.contextmanager
def _show_progress() -> Iterator[Callable[[int, int], None] | None]:
    """Give what is told how many documents are done; it draws a bar where standard error is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    # It draws when it is told of something, and needs no thread of its own: processes are forked meanwhile.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("documents", total=None)

        def report(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)
            progress.refresh()

        yield report
