"""A cache of built datasets, safe to delete and never wrong: its keys are hashes of all that the build reads.

It lies in ``$MIGRAGRAPH_CACHE``, else ``$XDG_CACHE_HOME/migragraph``, else ``~/.cache/migragraph``. A folder that cannot
be written is no error: the dataset is then built each time.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from migragraph.errors import OutputError
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
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    digest.update("\n".join(words).encode())
    return digest.hexdigest()


def find_cached(name: str) -> Path | None:
    """Find a file of the cache by its name."""
    path = cache_folder() / name
    return path if path.is_file() else None


def keep_cached(name: str, data: bytes) -> None:
    """Keep a file in the cache, and forget the oldest files beyond the few that are kept."""
    folder = cache_folder()
    with contextlib.suppress(OutputError, OSError):
        write_files(folder, {name: data})
        files = sorted(folder.glob("*.nq"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[_KEPT:]:
            old.unlink(missing_ok=True)
