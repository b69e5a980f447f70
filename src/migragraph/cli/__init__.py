"""The command line: one click command per verb. Only this package prints, and only it chooses an exit code."""

from __future__ import annotations

import atexit
import io
import os
import sys
import threading
from contextlib import ExitStack
from typing import NoReturn

import click

from migragraph import __version__
from migragraph.cli.audit import audit
from migragraph.cli.build import build
from migragraph.cli.cite import cite
from migragraph.cli.disagreements import disagreements
from migragraph.cli.evidence import evidence
from migragraph.cli.explain import explain
from migragraph.cli.export import export
from migragraph.cli.info import info
from migragraph.cli.options import require_output, silence_output, tell
from migragraph.cli.query import query
from migragraph.cli.validate import validate
from migragraph.errors import MigragraphError

__all__ = ["cli", "main", "run"]

COMMANDS = (info, validate, evidence, audit, disagreements, query, export, explain, cite, build)


_COMPLETING = "_MIGRAGRAPH_COMPLETE"
"""What click looks at (https://click.palletsprojects.com/en/stable/shell-completion/)."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="migragraph")
def cli() -> None:
    """Validate, ask and publish a graph whose every fact is tied to the words that state it.

    \b
    Example:
      migragraph query figures
    """


for command in COMMANDS:
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command line: exit 0 when all is good, 1 when data do not conform, 2 when the call cannot be met."""
    with ExitStack() as until_end:
        _leave(run(until_end))


def run(until_end: ExitStack) -> int:
    """Run the command line, and give its exit code; a command may say what is to last until the stack is left."""
    # numpy would start a thread for each processor, for products of matrices, of which there are none here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        require_output()
        status = cli(prog_name="migragraph", standalone_mode=False, obj=until_end)
    except click.ClickException as error:
        _show(error)
        status = 2
    except SystemExit:
        # click ends so where the reader of its help has seen enough, and where a shell asks it to complete a line.
        if _COMPLETING in os.environ:
            raise
        silence_output()
        status = 0
    except click.Abort:
        status = 130
    except MigragraphError as error:
        tell(f"migragraph: {error}")
        status = error.exit_code
    except OSError as error:
        silence_output()
        tell(f"migragraph: {error.filename or 'standard output'}: {error.strerror}.")
        status = 2
    return status or 0


def _show(error: click.ClickException) -> None:
    """Show what is wrong with the call, where there is somebody to see it."""
    text = io.StringIO()
    error.show(text)
    tell(text.getvalue(), nl=False)


def _leave(status: int) -> NoReturn:
    """End the process without freeing its memory value by value, which took a tenth of a validation."""
    try:
        if threading.active_count() > 1:
            sys.exit(status)
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        # Python's own end says what cannot be written.
        sys.exit(status)
    atexit._run_exitfuncs()
    os._exit(status)
