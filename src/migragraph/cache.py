"""A cache of what is built, safe to delete and never wrong: its keys are hashes of all that the build reads.

It lies in ``$MIGRAGRAPH_CACHE``, else ``$XDG_CACHE_HOME/migragraph``, else ``~/.cache/migragraph``. A folder that
cannot be written is no error: the thing is then built each time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph

from migragraph.errors import DataError

__all__ = ["cache_folder", "cache_key", "find_cached", "hash_files", "hash_package", "keep_cached"]

_PACKAGE = Path(__file__).parent
_CODE = (".jinja", ".py", ".rq", ".toml")
_KEPT = 8
_SUMS = "SHA256SUMS"
_UNSTABLE = ("LOG", "LOCK")


def cache_folder() -> Path:
    """Give the folder of the cache; it need not exist."""
    if own := os.environ.get("MIGRAGRAPH_CACHE"):
        return Path(own)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "migragraph"
    except RuntimeError:
        # A user without a home, as in a container: a folder that cannot be made, so that nothing is kept.
        return Path(os.devnull) / "migragraph"


def cache_key(files: Iterable[Path], *words: str) -> str:
    """Hash the names and contents of files, the package's own code, and some words."""
    return hash_files(files, hash_package(), *words)


@cache
def hash_package() -> str:
    """Hash the package's own code, wherever it lies, once for a process: its modules, templates, queries and tables."""
    digest = sha256()
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _CODE):
        data = _read(path)
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def hash_files(files: Iterable[Path], *words: str) -> str:
    """Hash the names and contents of files, and some words; raise DataError for a file that cannot be read."""
    digest = sha256()
    for path in files:
        data = _read(path)
        digest.update(f"{path} {len(data)}\n".encode() + data)
    digest.update("\n".join((pyoxigraph.__version__, *words)).encode())
    return digest.hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror}.", path=path) from error


def find_cached(name: str) -> Path | None:
    """Give the folder that is kept by a name, if it is there and every file in it is as it was when it was kept."""
    folder = cache_folder() / name
    try:
        told = (folder / _SUMS).read_text(encoding="utf-8")
        return folder if told == _sum(folder) else None
    except (OSError, UnicodeDecodeError):
        return None


def keep_cached(name: str, fill: Callable[[Path], None]) -> None:
    """Keep a folder, which a function fills, and forget the oldest of its kind beyond the few that are kept.

    The kind is what stands before the last ``-`` of the name: large things do not push out small ones, nor these those.
    The folder appears whole or not at all. Where another process keeps the same one first, or the cache cannot be
    written, nothing happens.
    """
    root = cache_folder()
    with contextlib.suppress(OSError):
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=".part-", ignore_cleanup_errors=True) as part:
            fresh = Path(part) / name
            fresh.mkdir()
            fill(fresh)
            (fresh / _SUMS).write_text(_sum(fresh), encoding="utf-8")
            if find_cached(name) is None:
                _forget(root / name)
                fresh.rename(root / name)
        kept = [path for path in root.iterdir() if _kind(path.name) == _kind(name)]
        for old in sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            _forget(old)


def _kind(name: str) -> str:
    return name.rpartition("-")[0]


def _forget(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _sum(folder: Path) -> str:
    """Give the name and the SHA-256 of each file of a folder but those that a mere reader may write."""
    files = sorted(path for path in folder.iterdir() if path.name != _SUMS and not path.name.startswith(_UNSTABLE))
    return "".join(f"{path.name} {sha256(path.read_bytes()).hexdigest()}\n" for path in files)
