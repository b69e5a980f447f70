"""The site built again after each change, and shown at an address of this machine, until it is interrupted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from migragraph.cli.options import tell
from migragraph.errors import MigragraphError

if TYPE_CHECKING:
    from migragraph.layout import Layout

__all__ = ["watch_site"]


def watch_site(layout: Layout, output: Path, port: int, build: Callable[[], None]) -> None:
    """Build the site and serve it; build it again whenever a file of the project is saved; Ctrl-C ends it.

    What cannot be built for now is told, and waited for. Raises CallError where the port cannot be had, OutputError
    where the folder holds what is no site of ours.
    """
    from migragraph.cli.watch import name_changes
    from migragraph.site.manifest import read_manifest
    from migragraph.site.preview import Preview
    from migragraph.watching import watch_files

    read_manifest(output)
    batches = watch_files(lambda: _list_files(layout))
    preview = Preview(output, port)
    try:
        _run(build)
        tell(f"{preview.address} shows it, and again after each change; Ctrl-C ends.")
        for changes in batches:
            tell(name_changes(changes))
            if _run(build):
                preview.announce()
    finally:
        preview.close()


def _run(build: Callable[[], None]) -> bool:
    """Build, say how long it took, and tell whether it could be done."""
    start = time.perf_counter()
    try:
        build()
    except MigragraphError as error:
        tell(f"migragraph: {error}")
        return False
    tell(f"{time.perf_counter() - start:.2f} s")
    return True


def _list_files(layout: Layout) -> Iterator[Path]:
    """Give the files of the project, and its own templates and static files."""
    from migragraph.cli.tasks import list_project

    yield from list_project(layout)
    for name in ("static", "templates"):
        folder = layout.site.get(name)
        if isinstance(folder, str):
            yield from (layout.root / folder).rglob("*.*")
