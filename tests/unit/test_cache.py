from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from migragraph.cache import cache_folder, cache_key, find_cached, keep_cached
from migragraph.errors import DataError


def test_folder_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAGRAPH_CACHE", "/a")
    monkeypatch.setenv("XDG_CACHE_HOME", "/b")
    assert cache_folder() == Path("/a")
    monkeypatch.delenv("MIGRAGRAPH_CACHE")
    assert cache_folder() == Path("/b/migragraph")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/c")
    assert cache_folder() == Path("/c/.cache/migragraph")


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that is run as a user whom no file of the system knows."""

    def fail(_: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("MIGRAGRAPH_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", classmethod(fail))
    keep_cached("thing-1", fill())
    assert find_cached("thing-1") is None


def fill(text: str = "data") -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "one").write_text(text, encoding="utf-8")
        (folder / "two").write_text("more", encoding="utf-8")

    return write


def test_keep_and_find() -> None:
    assert find_cached("a") is None
    keep_cached("a", fill())
    assert find_cached("a") == cache_folder() / "a"
    assert (cache_folder() / "a" / "one").read_text("utf-8") == "data"
    assert [path.name for path in cache_folder().iterdir()] == ["a"]


def test_a_whole_folder_is_not_written_again() -> None:
    keep_cached("a", fill())
    keep_cached("a", fill("other"))
    assert (cache_folder() / "a" / "one").read_text("utf-8") == "data"


@pytest.mark.parametrize("offset", range(4))
def test_one_wrong_byte_is_noticed_and_mended(offset: int) -> None:
    keep_cached("a", fill())
    path = cache_folder() / "a" / "one"
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)
    assert find_cached("a") is None
    keep_cached("a", fill())
    assert find_cached("a") is not None


def damage_missing(folder: Path) -> None:
    (folder / "two").unlink()


def damage_added(folder: Path) -> None:
    (folder / "three").write_text("", encoding="utf-8")


def damage_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").write_bytes(b"\xff")


@pytest.mark.parametrize("damage", [damage_missing, damage_added, damage_sums])
def test_damaged_folders_are_not_found(damage: Callable[[Path], None]) -> None:
    keep_cached("a", fill())
    damage(cache_folder() / "a")
    assert find_cached("a") is None


def test_what_a_reader_logs_is_no_damage() -> None:
    keep_cached("a", fill())
    (cache_folder() / "a" / "LOG").write_text("opened", encoding="utf-8")
    assert find_cached("a") is not None


def test_a_file_in_the_way_gives_way() -> None:
    cache_folder().mkdir(parents=True, exist_ok=True)
    (cache_folder() / "a").write_text("", encoding="utf-8")
    keep_cached("a", fill())
    assert find_cached("a") is not None


def test_what_cannot_be_filled_leaves_nothing() -> None:
    def fail(folder: Path) -> None:
        fill()(folder)
        raise OSError("the disk is full")

    keep_cached("a", fail)
    assert list(cache_folder().iterdir()) == []


def test_unwritable_folder_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Root writes anywhere, so that the folder is made impossible instead."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("MIGRAGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    keep_cached("a", fill())
    assert find_cached("a") is None


def test_only_the_newest_are_kept() -> None:
    for number in range(12):
        keep_cached(f"{number:02}", fill())
        os.utime(cache_folder() / f"{number:02}", (number, number))
    keep_cached("last", fill())
    assert len(list(cache_folder().iterdir())) == 8
    assert find_cached("last") is not None
    assert find_cached("00") is None


def test_kinds_do_not_push_each_other_out() -> None:
    for number in range(10):
        keep_cached(f"rules-{number}", fill())
        keep_cached(f"{number}", fill())
    assert sum(path.name.startswith("rules-") for path in cache_folder().iterdir()) == 8
    assert len(list(cache_folder().iterdir())) == 16


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a" / "one.ttl", tmp_path / "b" / "two.ttl"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(b"same")
    return paths


def test_the_key_is_stable(files: list[Path]) -> None:
    assert cache_key(files, "word") == cache_key(files, "word")


def test_the_key_depends_on_every_byte(files: list[Path]) -> None:
    key = cache_key(files)
    files[1].write_bytes(b"samE")
    assert cache_key(files) != key


def test_the_key_depends_on_names_folders_words_and_order(files: list[Path], tmp_path: Path) -> None:
    """A file that moves from one folder to another of the project is read as something else."""
    moved = (tmp_path / "b" / "one.ttl", tmp_path / "a" / "two.ttl")
    for path in moved:
        path.write_bytes(b"same")
    keys = {
        cache_key(files),
        cache_key(files, "word"),
        cache_key(files, "other"),
        cache_key(reversed(files)),
        cache_key(files[:1]),
        cache_key([files[0], moved[0]]),
        cache_key(moved),
    }
    assert len(keys) == 7


def test_the_key_depends_on_the_code(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    import pyoxigraph

    key = cache_key(files)
    monkeypatch.setattr(pyoxigraph, "__version__", "0")
    assert cache_key(files) != key


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        cache_key([tmp_path / "nowhere.ttl"])
