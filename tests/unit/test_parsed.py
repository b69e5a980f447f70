"""Parsed files are read again only where their content has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from migragraph import parsed
from migragraph.errors import DataError
from migragraph.parsed import ParsedFiles
from migragraph.reading import ParsedFile, read_quads

TRIPLE = "<https://e.org/a> <https://e.org/p> {} .\n"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Give the paths that were parsed, one for each time."""
    paths: list[Path] = []

    def read(path: Path, *, base_iri: str | None = None) -> ParsedFile:
        paths.append(path)
        return read_quads(path, base_iri=base_iri)

    monkeypatch.setattr(parsed, "read_quads", read)
    return paths


def test_a_file_is_parsed_again_only_when_its_content_changes(tmp_path: Path, reads: list[Path]) -> None:
    path = tmp_path / "a.ttl"
    files = ParsedFiles()
    for text, times in (("1", 1), ("1", 1), ("2", 2), ("1", 3)):
        path.write_text(TRIPLE.format(text), encoding="utf-8")
        assert files.read(path).quads == read_quads(path).quads
        assert len(reads) == times


def test_a_base_is_kept_apart(tmp_path: Path, reads: list[Path]) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(TRIPLE.format("<#b>"), encoding="utf-8")
    files = ParsedFiles()
    values = [files.read(path, base_iri=base).quads[0].object.value for base in ("https://a.org/", "https://b.org/")]  # type: ignore[union-attr]
    assert values == ["https://a.org/#b", "https://b.org/#b"]
    assert len(reads) == 2


def test_a_file_that_does_not_parse_is_an_error_each_time(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    files = ParsedFiles()
    path.write_text("bad", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DataError):
            files.read(path)
    path.write_text(TRIPLE.format(1), encoding="utf-8")
    assert len(files.read(path).quads) == 1
    path.unlink()
    with pytest.raises(DataError, match="cannot be read"):
        files.read(path)
