"""Everything that migragraph raises on purpose.

MigragraphError                 the one base class; `exit_code` is what the command line returns
├── DataError            (1)    a data file does not parse, or the dataset cannot be built from it
└── CallError            (2)    the call cannot be carried out as it stands
    ├── ProjectError            no project, or its migragraph.toml or folders are wrong
    ├── QueryError              a query, its header or one of its parameters is wrong
    ├── ShapeError              a shape cannot be used
    ├── UnreadableDataError     a command other than `validate` meets data that it cannot read
    └── OutputError             the output cannot be written
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "CallError",
    "DataError",
    "MigragraphError",
    "OutputError",
    "ProjectError",
    "QueryError",
    "ShapeError",
    "UnreadableDataError",
]


class MigragraphError(Exception):
    """Say where the fault is, what is wrong, and what to do.

    ``path``, ``line`` and ``column`` (both counted from 1) name the place when it is in a file; ``advice`` is a
    sentence.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        advice: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.advice = advice

    @property
    def place(self) -> str:
        """Give ``file:line:column`` as far as it is known, or the empty string."""
        if self.path is None:
            return ""
        parts = [str(self.path), self.line, self.column]
        return ":".join(str(part) for part in parts if part is not None)

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        between = "\n" if "\n" in text else " "
        return f"{text}{between}{self.advice}" if self.advice else text


class DataError(MigragraphError):
    """A data file does not parse, or the dataset cannot be built from it."""

    exit_code = 1


class CallError(MigragraphError):
    """The call cannot be carried out as it stands."""


class ProjectError(CallError):
    """There is no project, or its description or folders are wrong."""


class QueryError(CallError):
    """A query, its header or one of its parameters is wrong."""


class ShapeError(CallError):
    """A shape cannot be used."""


class UnreadableDataError(CallError):
    """A command other than ``validate`` meets data that it cannot read."""


class OutputError(CallError):
    """The output cannot be written."""
