"""The manifest of a built site: which files it has, and from what each document was made.

It lies in the folder of the site. Before anything is written, it no longer vouches for what is about to be; so what a
build that was stopped half-way has left is made again by the next one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from migragraph.errors import OutputError
from migragraph.looking import MANIFEST

__all__ = ["MANIFEST", "Manifest", "read_manifest", "render_manifest"]

_FORMAT = 1
_PLAIN = re.compile(r"\w[\w.~-]*(?:/\w[\w.~-]*)*", re.ASCII)
"""What needs no closer look: no part of it begins with a dot."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds: of each document, by its path, the digest and the suffixes of its files; of others digests.

    An empty digest vouches for nothing.
    """

    documents: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def list_files(self) -> Iterator[str]:
        """Give the names of all files, from the root of the site."""
        yield from self.files
        for path, (_, suffixes) in self.documents.items():
            yield from [path + suffix for suffix in suffixes]

    def list_gone(self, new: Manifest) -> list[str]:
        """List the files that another build has no more, sorted."""
        gone = [name for name in self.files if name not in new.files]
        for path, (_, suffixes) in self.documents.items():
            _, left = new.documents.get(path, ("", ()))
            if suffixes != left:
                gone += [path + suffix for suffix in suffixes if suffix not in left]
        # What was one document's, or another file, may be another's now.
        return sorted({*gone} - {*new.list_files()}) if gone else []


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder; it is empty where the folder is, or is not there.

    Raises OutputError where the folder holds anything that is no build of ours.
    """
    path = folder / MANIFEST
    try:
        if not folder.exists() or not any(folder.iterdir()):
            return Manifest()
        if not path.is_file():
            advice = "Name one that is not there yet, or is empty."
            raise OutputError("the folder holds files that are no site of ours.", path=folder, advice=advice)
        return _read(json.loads(path.read_bytes()))
    except OSError as error:
        raise OutputError(f"cannot write there: {error.strerror or error}.", path=folder) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        advice = "Delete the folder, or name another."
        raise OutputError(
            "the list of the files of the site is not as we write it.", path=path, advice=advice
        ) from error


def _read(table: Mapping[str, Any]) -> Manifest:
    if table["format"] != _FORMAT:
        raise ValueError(table["format"])
    kinds = [tuple(map(_check, suffixes)) for suffixes in table["suffixes"]]
    documents = {_check(path): (str(digest), kinds[kind]) for path, (digest, kind) in table["documents"].items()}
    return Manifest(documents, {_check(name): str(digest) for name, digest in table["files"].items()})


def _check(name: str) -> str:
    """Refuse what would lead out of the folder: what is listed may be deleted."""
    if _PLAIN.fullmatch(name):
        return name
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name or ":" in name:
        raise ValueError(name)
    return name


def render_manifest(manifest: Manifest) -> bytes:
    """Write a manifest as JSON, the same bytes for the same site."""
    kinds = sorted({suffixes for _, suffixes in manifest.documents.values()})
    number = {suffixes: place for place, suffixes in enumerate(kinds)}
    documents = {path: (digest, number[suffixes]) for path, (digest, suffixes) in _sort(manifest.documents.items())}
    files = dict(_sort(manifest.files.items()))
    table = {"format": _FORMAT, "suffixes": kinds, "documents": documents, "files": files}
    return (json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _sort(items: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return sorted(items, key=lambda item: item[0])
