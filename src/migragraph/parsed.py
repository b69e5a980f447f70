"""Parsed files, kept in memory while their content stays as it is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from migragraph.errors import DataError
from migragraph.reading import ParsedFile, read_quads

__all__ = ["ParsedFiles"]


class ParsedFiles:
    """Read files as ``reading.read_quads`` does, and parse again only what has changed since."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Path, str | None], tuple[bytes, ParsedFile]] = {}

    def read(self, path: Path, *, base_iri: str | None = None) -> ParsedFile:
        """Give the quads of a file; raise DataError for one that cannot be read or does not parse."""
        before = _hash(path)
        told, parsed = self._kept.get((path, base_iri), (b"", None))
        if parsed is not None and told == before:
            return parsed
        parsed = read_quads(path, base_iri=base_iri)
        # It may have been saved again meanwhile.
        if before == _hash(path):
            self._kept[path, base_iri] = before, parsed
        return parsed


def _hash(path: Path) -> bytes:
    try:
        return sha256(path.read_bytes()).digest()
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror}.", path=path) from error
