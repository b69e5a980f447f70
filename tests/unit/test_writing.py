from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from migragraph.errors import OutputError
from migragraph.writing import write_files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_write(tmp_path: Path) -> None:
    files = {"b": b"2", "a": b"1" * 100_000}
    assert write_files(tmp_path / "new" / "folder", files) == [tmp_path / "new/folder/b", tmp_path / "new/folder/a"]
    assert contents(tmp_path / "new" / "folder") == files


def test_write_over(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": b"old", "b": b"stays"})
    write_files(tmp_path, {"a": b"new"})
    assert contents(tmp_path) == {"a": b"new", "b": b"stays"}


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    (path,) = write_files(tmp_path, {"a": b""})
    assert path.stat().st_mode & 0o777 == 0o644


def test_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"stays")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputError, match="cannot write there"):
            write_files(folder, {"a": b"1"})
    assert contents(tmp_path) == {"file": b"stays"}


def test_a_folder_has_the_name_of_a_file(tmp_path: Path) -> None:
    """Found before anything is moved into place."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="Is a directory"):
        write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_of_a_write_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    write_files(tmp_path, {"a": b"old"})
    fdopen = os.fdopen
    opened: list[int] = []

    def fill(handle: int, mode: str) -> object:
        opened.append(handle)
        if len(opened) == 2:
            os.close(handle)
            raise error
        return fdopen(handle, mode)

    monkeypatch.setattr(os, "fdopen", fill)
    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt):
        write_files(tmp_path, {"a": b"new", "b": b"new", "c": b"new"})
    assert len(opened) == 2
    assert contents(tmp_path) == {"a": b"old"}


FULL = """
import resource, signal, sys, pathlib
from migragraph.errors import OutputError
from migragraph.writing import write_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    write_files(pathlib.Path(sys.argv[1]), {"a": b"new", "b": b"x" * 100_000, "c": b"new"})
except OutputError as error:
    print(error)
"""


def test_full_disk(tmp_path: Path) -> None:
    """A limit on the size of files stands in for the full disk: the system's own refusal in the middle of a write."""
    write_files(tmp_path, {"a": b"old", "other": b"stays"})
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "File too large" in done.stdout
    assert str(tmp_path) in done.stdout
    assert "Nothing was changed." in done.stdout
    assert contents(tmp_path) == {"a": b"old", "other": b"stays"}


@pytest.mark.parametrize("system", ["mkstemp", "replace"])
def test_the_message_names_what_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """Not the temporary file, whose name the system gives as that of the fault."""

    def refuse(*_: object, **__: object) -> object:
        raise OSError(13, "Permission denied", str(tmp_path / ".migragraph-x.part"))

    monkeypatch.setattr(tempfile if system == "mkstemp" else Path, system, refuse)
    with pytest.raises(OutputError) as caught:
        write_files(tmp_path, {"a": b"1"})
    assert str(caught.value) == f"{tmp_path / 'a'}: cannot write there: Permission denied. Nothing was changed."
    assert contents(tmp_path) == {}


def test_a_folder_made_in_vain_is_taken_away(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_files(tmp_path / "new", {"a" * 300: b"the name is too long"})
    assert list(tmp_path.iterdir()) == []
