"""Texts: where the text of each source lies, known by its SHA-256 or else by the name of its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.errors import CallError, DataError
from migragraph.layout import Layout
from migragraph.namespaces import MG
from migragraph.reading import decode
from migragraph.support import Index

__all__ = ["Text", "TextFile", "find_folder", "find_texts", "read_hashes", "read_text"]

VARIABLE = "MIGRAGRAPH_TEXTS"
# A text of a source is some pages long: what is larger is no such file, and is not hashed to see whether it is one.
LARGEST = 64 * 2**20
_MARK = b"\xef\xbb\xbf"


class TextFile(NamedTuple):
    """The file that holds the text of a source, and whether its SHA-256 is one that the data tell of that text."""

    path: Path
    is_known: bool


class Text(NamedTuple):
    """The text of a source as its file holds it, line ends included, and the SHA-256 of the file."""

    content: str
    sha256: str


def find_folder(layout: Layout, named: Path | None = None) -> Path | None:
    """Give the folder of the texts: the one named, or else that of MIGRAGRAPH_TEXTS, or else that of migragraph.toml.

    None where no folder is named, or where that of migragraph.toml is not there. Raises CallError where one of the
    others is not.
    """
    for path, name in ((named, "--texts"), (os.environ.get(VARIABLE), VARIABLE)):
        if path:
            if not Path(path).is_dir():
                raise CallError(f"{name} names no folder.", path=path, advice="Name the folder of the sources' texts.")
            return Path(path)
    told = layout.folders.get("texts")
    return layout.root / told if told and (layout.root / told).is_dir() else None


def read_hashes(index: Index) -> dict[NamedNode, tuple[str, ...]]:
    """Give the SHA-256 that the data, the lock among them, tell of the text of each source."""
    sha256 = MG.sha256
    told = {source: properties.get(sha256, ()) for source, properties in index.items()}
    return {
        source: tuple(value.value for value in values if isinstance(value, Literal))
        for source, values in told.items()
        if values
    }


def find_texts(
    folder: Path,
    sources: Iterable[NamedNode],
    hashes: Mapping[NamedNode, tuple[str, ...]],
    names: Mapping[str, str],
) -> dict[NamedNode, TextFile]:
    """Find the file of each source's text in a folder: the one with a SHA-256 told of it, else the one of its name.

    ``names`` are those of migragraph.toml, by the IRI of the source. A source whose text is not there is left out.
    """
    found: dict[NamedNode, TextFile] = {}
    sought: list[NamedNode] = []
    for source in sources:
        path = folder / names[source.value] if source.value in names else None
        if path is not None and _is_text(path):
            found[source] = TextFile(path, _hash(path) in hashes.get(source, ()))
        if source not in found or not found[source].is_known:
            sought.append(source)
    by_hash = dict(_hash_files(folder)) if any(source in hashes for source in sought) else {}
    for source in sought:
        for told in hashes.get(source, ()):
            if told in by_hash:
                found[source] = TextFile(by_hash[told], is_known=True)
    return found


def read_text(path: Path) -> Text:
    """Read a text whole, a byte order mark left out; raise DataError, with the line, where it is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"the text cannot be read: {error.strerror}.", path=path, advice="Let it be read.") from error
    return Text(decode(path, data.removeprefix(_MARK)), sha256(data).hexdigest())


def _is_text(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size <= LARGEST
    except OSError:
        return False


def _hash_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the SHA-256 of each file of a folder, those of its folders left out; the first by name comes last."""
    for path in sorted(folder.iterdir(), reverse=True):
        if _is_text(path):
            yield _hash(path), path


def _hash(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
