"""What the commands share: options, the project that they open, and standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from migragraph.errors import OutputError

if TYPE_CHECKING:
    from migragraph.project import Project

__all__ = [
    "PATH",
    "format_option",
    "is_terminal",
    "language_option",
    "open_project",
    "project_option",
    "require_output",
    "silence_output",
    "stated_option",
    "texts_option",
    "write_output",
]

Command = TypeVar("Command", bound=Callable[..., Any])


class NamedPath(click.Path):
    """A path that has a name: the empty one, as an unset variable of a shell gives, is not taken for this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse the empty name, and make a Path of any other."""
        if not os.fspath(value):
            self.fail("the name is empty.", param, ctx)
        return super().convert(value, param, ctx)


PATH = NamedPath(path_type=Path)
"""The type of every option and argument that is a file or a folder."""


def project_option(command: Command) -> Command:
    """Add ``--project`` to a command."""
    return click.option(
        "--project",
        "folder",
        type=PATH,
        metavar="DIR",
        help="The graph project [default: the nearest migragraph.toml upward, else the bundled Viet Nam graph].",
    )(command)


def stated_option(command: Command) -> Command:
    """Add ``--stated-only`` to a command."""
    return click.option(
        "--stated-only", is_flag=True, help="Leave out what is only inferred, and what follows from it."
    )(command)


def texts_option(command: Command) -> Command:
    """Add ``--texts`` to a command that reads the texts of the sources."""
    return click.option(
        "--texts",
        type=PATH,
        metavar="DIR",
        help="The folder of the sources' texts [default: MIGRAGRAPH_TEXTS, else that of migragraph.toml].",
    )(command)


def format_option(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Add ``--format`` to a command that writes text unless told otherwise."""
    return click.option(
        "--format", "format_", type=click.Choice(formats), default="text", show_default=True, help="How it is written."
    )


def language_option(command: Command) -> Command:
    """Add ``--lang`` to a command that speaks of its own."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(("en", "vi")),
        default="en",
        show_default=True,
        help="The language of labels and of the tool's own words.",
    )(command)


def open_project(folder: Path | None, start: Path | None = None) -> Project:
    """Open the project in a folder, or the nearest upward from a place, or else the bundled one."""
    from migragraph.project import Project

    return Project.load(folder) if folder else Project.find(start)


def write_output(data: bytes | str) -> None:
    """Write to standard output and flush it; raise OutputError where it takes no more.

    A reader that has seen enough is no fault, and does not change the exit code.
    """
    require_output()
    try:
        sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
        sys.stdout.flush()
    except BrokenPipeError:
        silence_output()
    except OSError as error:
        silence_output()
        raise OutputError(f"standard output cannot be written: {error.strerror}.", advice="Free some room.") from error


def tell(text: str, *, nl: bool = True) -> None:
    """Write to standard error what is said beside the output; that nobody hears it is no fault, and no exit code."""
    if sys.stderr is None:
        # click would write to standard output.
        return
    try:
        click.echo(text, err=True, nl=nl)
    except OSError:
        _silence(sys.stderr)


def silence_output() -> None:
    """Send what is still to be flushed nowhere, so that the interpreter's end does not fail on it again."""
    if sys.stdout is not None:
        _silence(sys.stdout)


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def require_output() -> None:
    """Raise OutputError where a command was started without a standard output (``>&-`` in a shell)."""
    if sys.stdout is None:
        raise OutputError("standard output is closed.", advice="Send it to a file, or to /dev/null.")


def is_terminal() -> bool:
    """Tell whether standard output is a terminal, with somebody who reads."""
    return sys.stdout is not None and sys.stdout.isatty()
