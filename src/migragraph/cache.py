"""A cache of built datasets, safe to delete and never wrong: its keys are hashes of all that the build reads.

It lies in ``$MIGRAGRAPH_CACHE``, else ``$XDG_CACHE_HOME/migragraph``, else ``~/.cache/migragraph``. A folder that
cannot be written is no error: the dataset is then built each time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pyoxigraph

from migragraph.errors import DataError, OutputError
from migragraph.writing import write_files

__all__ = ["cache_folder", "cache_key", "find_cached", "keep_cached"]

_KEPT = 8


def cache_folder() -> Path:
    """Give the folder of the cache; it need not exist."""
    if own := os.environ.get("MIGRAGRAPH_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "migragraph"


def cache_key(files: Iterable[Path], *words: str) -> str:
    """Hash the names and contents of files, the package's own code among them, and some words."""
    code = sorted(Path(__file__).parent.rglob("*.py"))
    digest = sha256()
    for path in [*code, *files]:
        data = _read(path)
        digest.update(f"{path} {len(data)}\n".encode() + data)
    digest.update("\n".join((pyoxigraph.__version__, *words)).encode())
    return digest.hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror}.", path=path) from error


def find_cached(name: str) -> bytes | None:
    """Give what is kept in the cache by a name, if it is there and whole."""
    try:
        kept = (cache_folder() / name).read_bytes()
    except OSError:
        return None
    digest, data = kept[: sha256().digest_size], kept[sha256().digest_size :]
    return data if sha256(data).digest() == digest else None


def keep_cached(name: str, data: bytes) -> None:
    """Keep data in the cache, and forget the oldest files beyond the few that are kept."""
    folder = cache_folder()
    with contextlib.suppress(OutputError, OSError):
        write_files(folder, {name: sha256(data).digest() + data})
        files = sorted(folder.glob("*.cache"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[_KEPT:]:
            old.unlink(missing_ok=True)
