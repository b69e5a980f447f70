from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migragraph.dataset import build
from migragraph.errors import DataError, ProjectError
from migragraph.layout import DESCRIPTION, Layout, bundled_root, find_layout, load_layout

WHOLE = {
    "title": '"T"',
    "base": '"https://example.org/"',
    "key": '"k"',
    "version": '"1"',
    "licence": '"https://example.org/licence"',
}


def write_description(folder: Path, *more: str, **changes: str | None) -> Path:
    lines = [f"{key} = {value}" for key, value in (WHOLE | changes).items() if value is not None]
    (folder / DESCRIPTION).write_text("\n".join([*lines, *more]), encoding="utf-8")
    return folder


def test_load_whole(layout: Layout) -> None:
    assert layout.title == "A small town"
    assert layout.things == "https://example.org/town/"
    assert layout.languages == ("en", "vi")
    assert layout.prefixes["mg"] == "https://w3id.org/migragraph/ontology#"
    assert layout.texts == {"https://example.org/town/source/gazette": "gazette.txt"}


def test_load_defaults(tmp_path: Path) -> None:
    layout = load_layout(write_description(tmp_path))
    assert layout.languages == ("en",)
    assert layout.folders == {part: part for part in ("ontology", "data", "shapes", "queries")}
    assert not layout.prefixes
    assert not layout.texts


def test_load_byte_order_mark(tmp_path: Path) -> None:
    path = write_description(tmp_path) / DESCRIPTION
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_layout(tmp_path).key == "k"


def test_files_are_sorted_and_recursive(layout: Layout) -> None:
    names = [path.relative_to(layout.root).as_posix() for path in layout.files("data")]
    assert names == [
        "data/events.ttl",
        "data/laws.ttl",
        "data/more/figures.ttl",
        "data/rumour.trig",
        "data/statements.ttl",
    ]


def test_files_leave_out_examples_of_the_ontology_only(project_copy: Path) -> None:
    shutil.copytree(project_copy / "ontology" / "examples", project_copy / "data" / "examples")
    layout = load_layout(project_copy)
    assert [path.name for path in layout.files("ontology")] == ["terms.ttl"]
    assert project_copy / "data" / "examples" / "Event.ttl" in layout.files("data")


def test_files_pass_over_other_files(project_copy: Path) -> None:
    (project_copy / "data" / "notes.txt").write_text("no RDF", encoding="utf-8")
    (project_copy / "data" / "folder.ttl").mkdir()
    assert len(load_layout(project_copy).files("data")) == 5


def test_missing_folder(project_copy: Path) -> None:
    shutil.rmtree(project_copy / "shapes")
    with pytest.raises(ProjectError, match="no folder 'shapes' for its shapes"):
        load_layout(project_copy).files("shapes")


def test_find_upward(project_copy: Path) -> None:
    assert find_layout(project_copy / "data" / "more").root == project_copy.resolve()


def test_find_bundled(tmp_path: Path) -> None:
    assert find_layout(tmp_path).root == bundled_root()
    assert load_layout(bundled_root()).key == "viet-nam"


def test_find_from_working_directory(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_copy / "queries")
    assert find_layout().root == project_copy.resolve()


def test_load_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no such folder"):
        load_layout(tmp_path / "nowhere")


def test_load_no_description(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"has no migragraph\.toml"):
        load_layout(tmp_path)


@pytest.mark.parametrize("key", WHOLE)
@pytest.mark.parametrize("value", [None, "5", '""'])
def test_load_wrong_text(tmp_path: Path, key: str, value: str | None) -> None:
    with pytest.raises(ProjectError, match=key):
        load_layout(write_description(tmp_path, **{key: value}))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('languages = "en"', "languages is not a list"),
        ("languages = 5", "languages is not a list"),
        ("languages = [1]", "languages is not a list"),
        ("folders = []", r"\[folders\] is not a table"),
        ("[folders]\ndata = 1", r"\[folders\] is not a table"),
        ("[texts]\na = []", r"\[texts\] is not a table"),
        ("[prefixes]\na = 1", r"\[prefixes\] is not a table"),
        ('[prefixes]\na = "no iri"', "the prefix a: means no absolute IRI"),
        ('[prefixes]\na = "relative/"', "the prefix a: means no absolute IRI"),
        ('[prefixes]\n"1a" = "https://example.org/"', "'1a' is no name"),
        ('[prefixes]\n"a b" = "https://example.org/"', "'a b' is no name"),
        ('[prefixes]\n"@id" = "https://example.org/"', "'@id' is no name"),
        ('[prefixes]\n"a:b" = "https://example.org/"', "'a:b' is no name"),
        ("= 1", "not TOML"),
        ("a = " + "[" * 5000, "not TOML"),
    ],
)
def test_load_wrong_tables(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(ProjectError, match=message) as caught:
        load_layout(write_description(tmp_path, lines))
    assert caught.value.path == tmp_path / DESCRIPTION
    assert caught.value.advice


@pytest.mark.parametrize("base", ['"no-scheme/"', '"https://example.org"', '"http://[/"', '"https://example.org/a b/"'])
def test_load_wrong_base(tmp_path: Path, base: str) -> None:
    with pytest.raises(ProjectError, match="base"):
        load_layout(write_description(tmp_path, base=base))


def test_load_not_utf8(tmp_path: Path) -> None:
    (tmp_path / DESCRIPTION).write_bytes(b'title = "\xff"')
    with pytest.raises(ProjectError, match="not UTF-8"):
        load_layout(tmp_path)


def test_links_are_followed_each_folder_once(tmp_path: Path) -> None:
    (root := tmp_path / "project").mkdir()
    write_description(root)
    (root / "data" / "more").mkdir(parents=True)
    (tmp_path / "common").mkdir()
    for path in (root / "data" / "a.ttl", root / "data" / "more" / "b.ttl", tmp_path / "common" / "c.ttl"):
        path.touch()
    (root / "data" / "common").symlink_to(tmp_path / "common")
    (root / "data" / "more" / "loop").symlink_to(root / "data")
    (root / "data" / "dead.ttl").symlink_to("nowhere.ttl")
    found = [path.relative_to(root / "data").as_posix() for path in load_layout(root).files("data")]
    assert found == ["a.ttl", "common/c.ttl", "dead.ttl", "more/b.ttl"]


def test_a_file_whose_suffix_is_in_capitals_is_not_passed_over(tmp_path: Path) -> None:
    write_description(tmp_path)
    for folder in ("data", "ontology"):
        (tmp_path / folder).mkdir()
    for name in ("a.ttl", "b.TTL", "c.txt"):
        (tmp_path / "data" / name).touch()
    layout = load_layout(tmp_path)
    assert [path.name for path in layout.files("data")] == ["a.ttl", "b.TTL"]
    with pytest.raises(DataError, match=r"b\.TTL: no RDF format has the suffix '\.TTL'\. Use one of \.ttl, "):
        build(layout)


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (write_description(tmp_path) / "data").mkdir()

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.scandir", refuse)
    with pytest.raises(ProjectError, match=r"data: the folder cannot be read: Permission denied\."):
        load_layout(tmp_path).files("data")
