"""Validation again and again, after each change of a file, until it is interrupted."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migragraph.cli.options import tell
from migragraph.errors import MigragraphError

if TYPE_CHECKING:
    from migragraph.cli.tasks import Task
    from migragraph.report import Report
    from migragraph.watching import Change

__all__ = ["name_changes", "watch_task"]

# So many changed files are named.
MOST_NAMED = 3


def watch_task(task: Task, show: Callable[[Report], int]) -> int:
    """Run a task and show its report, and do so again whenever a file of it is saved; Ctrl-C ends it.

    Where nobody reads the reports any more (`| head`), it ends too, and gives 0.

    What cannot be checked for now (a broken migragraph.toml, a broken shape) is told, and waited for. Of the files,
    those that have changed are parsed again.
    """
    from migragraph.parsed import ParsedFiles
    from migragraph.watching import watch_files

    files = ParsedFiles()
    batches = watch_files(task.list_files)
    # What cannot be compared now never can be.
    _ = task.past
    is_heard = not _is_silent()
    # A second process would keep to itself what the first run makes of all files.
    _run(task, files.read, show, alone=True)
    for changes in batches:
        if is_heard and _is_silent():
            break
        if sys.stdout.isatty():
            click.clear()
        tell(name_changes(changes))
        _run(task, files.read, show)
    return 0


def _is_silent() -> bool:
    """Tell whether standard output goes nowhere, as ``options.write_output`` makes it do when its reader is gone."""
    return os.path.samestat(os.fstat(sys.stdout.fileno()), Path(os.devnull).stat())


def _run(task: Task, read: Callable[..., object], show: Callable[[Report], int], *, alone: bool = False) -> None:
    start = time.perf_counter()
    try:
        show(task.run(read, alone=alone))  # type: ignore[arg-type]
    except MigragraphError as error:
        tell(f"migragraph: {error}")
    except OSError as error:
        tell(f"migragraph: {error.filename}: {error.strerror}.")
    tell(f"{time.perf_counter() - start:.2f} s; waiting for a change, Ctrl-C ends.")


def name_changes(changes: Sequence[Change]) -> str:
    """Name the first of some changed files, and count the others."""
    here = Path.cwd()
    names = [
        f"{path.relative_to(here) if path.is_relative_to(here) else path} {how}" for path, how in changes[:MOST_NAMED]
    ]
    more = f", {len(changes) - MOST_NAMED} more" if len(changes) > MOST_NAMED else ""
    return f"{', '.join(names)}{more}"
