"""Files written whole or not at all: to a temporary name beside their place, then moved there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from errno import EISDIR
from pathlib import Path

from migragraph.errors import OutputError

__all__ = ["order_files", "write_files"]


def order_files(outputs: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    """Put the files of several outputs together: the first of each, then those that go with them."""
    files = [list(output.items()) for output in outputs]
    return {name: data for part in (slice(1), slice(1, None)) for output in files for name, data in output[part]}


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, all of them or none; raise OutputError, with nothing left behind, where that fails.

    The folder is made where it is missing. Returns the paths in the order of the mapping.
    """
    staged: dict[Path, Path] = {}
    is_new = not folder.exists()
    # What a message names: never the temporary file, of which nobody has heard.
    asked = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            asked = folder / name
            if asked.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
            staged[asked] = _stage(folder, data)
        for asked, temporary in staged.items():
            temporary.replace(asked)
    except OSError as error:
        _unstage(staged, folder if is_new else None)
        raise OutputError(
            f"cannot write there: {error.strerror or error}.",
            path=asked,
            advice="Nothing was changed.",
        ) from error
    finally:
        _unstage(staged)
    return list(staged)


def _unstage(staged: Mapping[Path, Path], made: Path | None = None) -> None:
    """Take away what was not moved into place, and the folder if it was made for it and stays empty."""
    for temporary in staged.values():
        temporary.unlink(missing_ok=True)
    if made is not None:
        with contextlib.suppress(OSError):
            made.rmdir()


def _stage(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=folder, prefix=".migragraph-", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
