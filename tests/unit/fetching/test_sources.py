"""Sources: where a source's text lies on the web, and in which file it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from migragraph.dataset import Dataset, build
from migragraph.errors import CallError, OutputError
from migragraph.fetching.sources import find_address, name_text, write_texts
from migragraph.layout import Layout

WriteProject = Callable[[Mapping[str, str | bytes]], Layout]

THINGS = "https://example.org/town/source/"
DATA = """
@prefix schema: <https://schema.org/> . @prefix source: <https://example.org/town/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
source:gazette schema:url "http://b.example/"^^xsd:anyURI, "http://a.example/" ; schema:translationOfWork source:page .
source:herald schema:url <http://c.example/> .
source:translated schema:translationOfWork source:lost, source:page .
source:page schema:url "http://d.example/"^^xsd:anyURI ; schema:inLanguage "vi" .
source:lost schema:inLanguage "fr" .
source:orphan schema:translationOfWork source:lost .
"""


@pytest.fixture
def town(write_project: WriteProject) -> Dataset:
    return build(write_project({"a.ttl": DATA}))


def source(name: str) -> NamedNode:
    return NamedNode(THINGS + name)


@pytest.mark.parametrize(
    ("name", "url"), [("gazette", "http://a.example/"), ("herald", "http://c.example/"), ("page", "http://d.example/")]
)
@pytest.mark.parametrize("allow_translated", [True, False])
def test_a_source_has_an_address(town: Dataset, name: str, url: str, allow_translated: bool) -> None:
    found = find_address(town, source(name), allow_translated=allow_translated)
    assert found == (source(name), url, source(name))


def test_a_translation_lies_nowhere(town: Dataset) -> None:
    with pytest.raises(CallError) as caught:
        find_address(town, source("translated"))
    assert str(caught.value) == (
        "source:translated has no address of its own: http://d.example/ is that of source:page (vi), of which it is "
        "a translation. Fetch source:page by its own name, or save its text by hand where the texts of the project lie."
    )
    found = find_address(town, source("translated"), allow_translated=True)
    assert found == (source("translated"), "http://d.example/", source("page"))


@pytest.mark.parametrize("name", ["orphan", "lost", "none"])
@pytest.mark.parametrize("allow_translated", [True, False])
def test_a_source_without_an_address(town: Dataset, name: str, allow_translated: bool) -> None:
    with pytest.raises(CallError, match=rf"source:{name} has no address \(schema:url\)\. Give it one"):
        find_address(town, source(name), allow_translated=allow_translated)


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (f"{THINGS}gazette", "gazette.txt"),
        (f"{THINGS}herald-12.a_b", "herald-12.a_b.txt"),
        (f"{THINGS}a%2Fb?c", "a-2Fb-c.txt"),
        (f"{THINGS}..", "...txt"),
        (f"{THINGS}Hội", "Hội.txt"),
        (f"{THINGS}a\u202eb", "a-b.txt"),
        (THINGS, "text.txt"),
        ("urn:x:y", "urn-x-y.txt"),
    ],
)
def test_a_text_is_named(town: Dataset, iri: str, name: str) -> None:
    assert name_text(town, NamedNode(iri)) == name


def test_a_text_is_named_by_the_project(town: Dataset) -> None:
    named = replace(town, layout=replace(town.layout, texts={f"{THINGS}herald": "000.txt"}))
    assert name_text(named, source("herald")) == "000.txt"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a", "../a", "a\0b", "a\x1b", "a/"])
def test_a_text_without_a_name(town: Dataset, name: str) -> None:
    named = replace(town, layout=replace(town.layout, texts={f"{THINGS}herald": name}))
    with pytest.raises(CallError, match="names no file for source:herald") as caught:
        name_text(named, source("herald"))
    assert str(caught.value).isprintable()


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_texts_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "texts"
    assert write_texts(folder, {"b.txt": "Hội\n", "a.txt": "a"}) == [folder / "b.txt", folder / "a.txt"]
    assert state(folder) == {"b.txt": "Hội\n".encode(), "a.txt": b"a"}


def test_the_same_text_is_left_alone(tmp_path: Path) -> None:
    write_texts(tmp_path, {"a.txt": "a"})
    (tmp_path / "a.txt").chmod(0o444)
    before = (tmp_path / "a.txt").stat()
    assert write_texts(tmp_path, {"a.txt": "a", "b.txt": "b"}, replace=True) == [tmp_path / "a.txt", tmp_path / "b.txt"]
    after = (tmp_path / "a.txt").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_another_text_is_replaced_only_when_asked(tmp_path: Path) -> None:
    write_texts(tmp_path, {"b.txt": "mine"})
    with pytest.raises(OutputError, match=r"b\.txt: another text lies there\. Nothing was changed\..*--replace"):
        write_texts(tmp_path, {"a.txt": "a", "b.txt": "b"})
    assert state(tmp_path) == {"b.txt": b"mine"}
    write_texts(tmp_path, {"a.txt": "a", "b.txt": "b"}, replace=True)
    assert state(tmp_path) == {"a.txt": b"a", "b.txt": b"b"}


def test_a_link_is_replaced_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").symlink_to(tmp_path / "mine")
    write_texts(folder, {"a.txt": "a"}, replace=True)
    assert (tmp_path / "mine").read_text() == "mine"
    assert (folder / "a.txt").read_text() == "a"


@pytest.mark.parametrize("replaced", [True, False])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, replaced: bool) -> None:
    import os

    (tmp_path / "a.txt").mkdir()
    os.mkfifo(tmp_path / "b.txt")
    for name in ("a.txt", "b.txt"):
        with pytest.raises(OutputError, match="what lies there is no file"):
            write_texts(tmp_path, {name: "text"}, replace=replaced)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "texts"):
        with pytest.raises(OutputError):
            write_texts(folder, {"a.txt": "a"})
    with pytest.raises(OutputError, match="File name too long"):
        write_texts(tmp_path, {"a" * 300: "a"})
    assert state(tmp_path) == {"file": b"mine"}
