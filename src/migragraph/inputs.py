"""The files that a validation reads, and what it says of those that do not parse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from migragraph.errors import CallError, DataError, ShapeError
from migragraph.formats import SUFFIXES
from migragraph.lines import Lines
from migragraph.reading import ParsedFile

if TYPE_CHECKING:
    from migragraph.report import Finding

__all__ = ["Reader", "make_fault", "open_lines", "read_files", "read_shapes", "require_file"]

Reader: TypeAlias = Callable[..., ParsedFile]
"""What reads a file as ``reading.read_quads`` does, and may remember it."""


def read_files(
    paths: Iterable[Path], read: Reader, *, with_base: bool = False
) -> tuple[tuple[ParsedFile, ...], list[Finding]]:
    """Read files, and give those that parse with a finding for each of the others.

    With ``with_base`` the relative IRIs of a file are resolved with the file's own IRI.
    """
    parsed, faults = [], []
    for path in paths:
        try:
            parsed.append(read(path, base_iri=path.resolve().as_uri() if with_base else None))
        except DataError as error:
            faults.append(make_fault(error))
    return tuple(parsed), faults


@contextmanager
def open_lines(paths: Iterable[Path], read: Reader | None) -> Iterator[tuple[Lines, ...]]:
    """Give files as lines of triples, whose reading ends with the block; ``read`` may have read them already."""
    files = tuple(Lines(path, read) for path in paths)
    try:
        yield files
    finally:
        for file in files:
            file.close()


def make_fault(error: DataError) -> Finding:
    """Give the finding that a file does not parse."""
    from migragraph.report import Finding

    return Finding(
        kind="syntax",
        rule="syntax",
        message=error.message,
        file=None if error.path is None else Path(error.path),
        line=error.line,
        column=error.column,
        advice=error.advice,
    )


def read_shapes(path: Path, read: Reader, *, with_base: bool = False) -> ParsedFile:
    """Read a file of shapes; raise ShapeError where it does not parse."""
    try:
        return read(path, base_iri=path.resolve().as_uri() if with_base else None)
    except DataError as error:
        raise ShapeError(
            error.message, path=error.path, line=error.line, column=error.column, advice=error.advice
        ) from error


def require_file(path: Path) -> None:
    """Raise CallError for a file that is not there, or whose suffix names no RDF format."""
    if not path.is_file():
        what = "it is a folder" if path.is_dir() else "there is no such file"
        raise CallError(f"{what}.", path=path, advice="Name a file of RDF.")
    if path.suffix not in SUFFIXES:
        raise CallError(
            f"no RDF format has the suffix {path.suffix!r}.", path=path, advice=f"Use one of {', '.join(SUFFIXES)}."
        )
