"""The folder of a site: files written whole or not at all, only where they are other than before, and taken away."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from migragraph.errors import OutputError

__all__ = ["Folder", "Hashed", "Recipe", "cook", "digest_file", "list_files"]

_PART = ".migragraph-"
_DIGITS = 32
"""How much of its SHA-256 is the digest of a file."""


def digest_file(data: bytes | memoryview) -> str:
    """Give the digest of the bytes of a file."""
    return sha256(data).hexdigest()[:_DIGITS]


def list_files(root: Path) -> set[str]:
    """List the files of a folder, by their names from it; those that a stopped build left half written are deleted."""
    found: set[str] = set()
    for folder, _, names in os.walk(root):
        start = Path(folder).relative_to(root).as_posix()
        for name in names:
            if name.startswith(_PART) and name.endswith(".part"):
                Path(folder, name).unlink(missing_ok=True)
            else:
                found.add(name if start == "." else f"{start}/{name}")
    return found


@dataclass(frozen=True, slots=True)
class Hashed:
    """The bytes of a file whose SHA-256, in hexadecimal digits, is known already."""

    data: bytes | memoryview
    sha256: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a file is made, if it has to be: equal digests of all that it is made from mean equal files."""

    digest: str
    make: Callable[[], bytes]


def cook(digest: str | None, make: Callable[[], bytes]) -> bytes | Recipe:
    """Give a recipe, or the bytes at once where there is no digest."""
    return make() if digest is None else Recipe(digest, make)


class Folder:
    """Write the files of a site; what is there by the digests that are known is left as it is."""

    def __init__(self, root: Path, known: Mapping[str, str]) -> None:
        self._root = root
        self._known = known
        self._folders: set[str] = set()
        self.written = 0

    def keep(self, name: str, data: bytes | memoryview | Hashed | Recipe) -> str:
        """Write a file unless it is the one that is known; give its digest, and after it that of its recipe."""
        known = self._known.get(name, "")
        if isinstance(data, Recipe):
            is_same = known.partition(" ")[2] == data.digest
            return known if is_same else f"{self.keep(name, data.make())} {data.digest}"
        whole, digest = (data.data, data.sha256[:_DIGITS]) if isinstance(data, Hashed) else (data, digest_file(data))
        if known.partition(" ")[0] != digest:
            self.write(name, whole)
        return digest

    def write(self, name: str, data: bytes | memoryview) -> None:
        """Write a file to a temporary name beside its place, then move it there; raise OutputError where that fails."""
        place = f"{self._root}/{name}"
        folder = place.rpartition("/")[0]
        part = f"{folder}/{_PART}{os.getpid()}.part"
        try:
            if folder not in self._folders:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
                self._folders.add(folder)
            with open(part, "wb", buffering=0) as file:  # noqa: PTH123
                # On a disk that is nearly full, a part of it may be written and no error raised.
                rest = memoryview(data)
                while rest:
                    rest = rest[file.write(rest) :]
            os.replace(part, place)  # noqa: PTH105
        except OSError as error:
            with contextlib.suppress(OSError):
                Path(part).unlink(missing_ok=True)
            raise OutputError(f"cannot write there: {error.strerror or error}.", path=Path(place)) from error
        self.written += 1

    def delete(self, names: Iterable[str]) -> int:
        """Delete files, and the folders that are empty then; give how many there were."""
        count = 0
        for name in names:
            path = self._root / name
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
                count += 1
            with contextlib.suppress(OSError):
                for above in list(path.relative_to(self._root).parents)[:-1]:
                    (self._root / above).rmdir()
        return count
