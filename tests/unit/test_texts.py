"""Texts: the folder in which they are looked for, which file is whose text, and how it is read."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from migragraph.errors import CallError, DataError
from migragraph.layout import Layout
from migragraph.namespaces import MG
from migragraph.support import Fact, index_facts
from migragraph.texts import LARGEST, TextFile, find_folder, find_texts, read_hashes, read_text

A, B = NamedNode("https://example.org/town/source/a"), NamedNode("https://example.org/town/source/b")
NAMES = {A.value: "a.txt", B.value: "b.txt"}


def hash_of(data: bytes) -> str:
    return sha256(data).hexdigest()


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIGRAGRAPH_TEXTS", raising=False)


def test_the_folder_is_the_one_named_or_of_the_environment_or_of_the_project(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, told, own = (tmp_path / name for name in ("named", "told", "own"))
    for folder in (named, told, own):
        folder.mkdir()
    project = replace(layout, root=tmp_path, folders={**layout.folders, "texts": "own"})
    assert find_folder(layout) is None
    assert find_folder(project) == own
    monkeypatch.setenv("MIGRAGRAPH_TEXTS", str(told))
    assert find_folder(project) == told
    assert find_folder(project, named) == named
    monkeypatch.setenv("MIGRAGRAPH_TEXTS", "")
    assert find_folder(project) == own


def test_only_the_folder_of_the_project_may_be_missing(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = replace(layout, root=tmp_path, folders={**layout.folders, "texts": "../none"})
    assert find_folder(project) is None
    with pytest.raises(CallError, match="--texts names no folder"):
        find_folder(project, tmp_path / "none")
    monkeypatch.setenv("MIGRAGRAPH_TEXTS", str(tmp_path / "none"))
    with pytest.raises(CallError, match="MIGRAGRAPH_TEXTS names no folder"):
        find_folder(project)


@pytest.mark.parametrize(
    ("files", "hashes", "names", "expected"),
    [
        pytest.param({"a.txt": b"1"}, {}, NAMES, {A: ("a.txt", False)}, id="by its name alone"),
        pytest.param({"a.txt": b"1"}, {A: b"1"}, NAMES, {A: ("a.txt", True)}, id="by name and hash"),
        pytest.param({"c.txt": b"1"}, {A: b"1"}, NAMES, {A: ("c.txt", True)}, id="under another name"),
        pytest.param({"c.txt": b"1"}, {A: b"1"}, {}, {A: ("c.txt", True)}, id="without a name"),
        pytest.param({"a.txt": b"2"}, {A: b"1"}, NAMES, {A: ("a.txt", False)}, id="changed"),
        pytest.param(
            {"a.txt": b"2", "c.txt": b"1"}, {A: b"1"}, NAMES, {A: ("c.txt", True)}, id="the hash goes before the name"
        ),
        pytest.param(
            {"a.txt": b"2", "b.txt": b"1"},
            {A: b"1", B: b"2"},
            NAMES,
            {A: ("b.txt", True), B: ("a.txt", True)},
            id="names exchanged",
        ),
        pytest.param({"c.txt": b"1", "d.txt": b"1"}, {A: b"1"}, {}, {A: ("c.txt", True)}, id="the first of two"),
        pytest.param({"c.txt": b"2"}, {A: b"1"}, NAMES, {}, id="neither"),
        pytest.param({}, {A: b"1"}, NAMES, {}, id="nothing there"),
    ],
)
def test_which_file_is_whose_text(
    tmp_path: Path,
    files: dict[str, bytes],
    hashes: dict[NamedNode, bytes],
    names: dict[str, str],
    expected: dict[NamedNode, tuple[str, bool]],
) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.txt").mkdir()
    told = {source: (hash_of(data),) for source, data in hashes.items()}
    found = find_texts(tmp_path, (A, B), told, names)
    assert found == {source: TextFile(tmp_path / name, known) for source, (name, known) in expected.items()}


def test_what_is_too_large_is_no_text(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert find_texts(tmp_path, (A,), {A: ("0" * 64,)}, NAMES) == {}


def test_the_hashes_are_those_of_the_lock_and_of_the_other_data() -> None:
    facts = [Fact(A, MG.sha256, Literal("1")), Fact(A, MG.sha256, Literal("2")), Fact(B, MG.date, Literal("2020"))]
    assert read_hashes(index_facts(facts)) == {A: ("1", "2")}


@pytest.mark.parametrize(
    ("data", "content"),
    [
        pytest.param(b"a\r\nb\n", "a\r\nb\n", id="line ends as they are"),
        pytest.param("\ufeffmột".encode(), "một", id="a byte order mark left out"),
        pytest.param(b"", "", id="empty"),
    ],
)
def test_a_text_is_read_as_it_is_and_its_file_hashed(tmp_path: Path, data: bytes, content: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert read_text(tmp_path / "a.txt") == (content, hash_of(data))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_is_not_utf_8_is_said_with_its_place(tmp_path: Path, mark: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(mark + b"one\ntw\xf6\n")
    with pytest.raises(DataError) as caught:
        read_text(tmp_path / "a.txt")
    assert (caught.value.path, caught.value.line, caught.value.column) == (tmp_path / "a.txt", 2, 3)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_text(tmp_path / "none.txt")
