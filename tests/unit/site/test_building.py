"""A second build makes again what changed, and only that: the folder is then what a first build would have made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from migragraph.errors import OutputError
from migragraph.project import Project
from migragraph.site import Built, build_site
from migragraph.site.manifest import MANIFEST

Call = Callable[..., tuple[int | str, str, str]]
Files = dict[str, bytes]


def read(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def build(project: Path, folder: Path, processes: int = 1) -> Built:
    return build_site(Project.load(project).dataset(), folder, processes=processes)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that holds a project and its site."""
    root = tmp_path_factory.mktemp("first")
    shutil.copytree(Path(__file__).parents[1] / "project", root / "project")
    build(root / "project", root / "site")
    return root


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "root"))


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        path = project / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def add_thing(project: Path) -> None:
    text = "<https://example.org/town/actor/mayor> <http://www.w3.org/2000/01/rdf-schema#label> 'Mayor'@en ."
    (project / "data" / "new.ttl").write_text(text, encoding="utf-8")


def override(project: Path) -> None:
    (project / "own").mkdir()
    (project / "own" / "notes.html.jinja").write_text("nothing", encoding="utf-8")
    with (project / "migragraph.toml").open("a", encoding="utf-8") as file:
        file.write('[site]\ntemplates = "own"\n')


EDITS: dict[str, Callable[[Path], None]] = {
    "a label that others show": replace("data/events.ttl", '"Guild"@en', '"Guild of traders"@en'),
    "a phrase": replace("data/laws.ttl", "passed in 2020", "adopted in 2020"),
    "the name of a source": replace("data/events.ttl", '"Gazette"@en', '"Town gazette"@en'),
    "a reason": replace("data/events.ttl", "As last year.", "As every year."),
    "a link that comes in": replace(
        "data/events.ttl", "schema:attendee actor:ghost, actor:guild", "schema:attendee actor:guild"
    ),
    "a value": replace("data/events.ttl", "1.50", "1.75"),
    "a new thing": add_thing,
    "a thing less": lambda project: (project / "data" / "laws.ttl").unlink(),
    "a term": replace("ontology/terms.ttl", "@en", "@en-GB"),
    "a template": override,
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_second_build_is_as_a_first_one(root: Path, edit: str) -> None:
    EDITS[edit](root / "project")
    again = build(root / "project", root / "site")
    afresh = build(root / "project", root / "afresh")
    assert read(root / "site") == read(root / "afresh")
    assert (again.files, afresh.deleted) == (afresh.files, 0)
    assert (again.deleted > 0) == (edit == "a thing less")
    assert 0 < again.written < afresh.written or edit in {"a term", "a template"}


def test_nothing_is_written_where_nothing_changed(root: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*.html")}
    built = build(root / "project", root / "site")
    assert built == (len(read(root / "site")) - 1, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*.html")} == times


def test_two_processes_make_what_one_makes(root: Path) -> None:
    build(root / "project", root / "two", processes=2)
    assert read(root / "two") == read(root / "site")


class Stop(BaseException):
    """What stops a build half-way."""


def test_a_build_that_was_stopped_is_repaired_by_the_next(root: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == total:
            raise Stop

    whole = read(root / "site")
    edit = EDITS["a label that others show"]
    edit(root / "project")
    with pytest.raises(Stop):
        build_site(Project.load(root / "project").dataset(), root / "site", stop)
    # It is taken back, so that what was written is wrong, though nothing differs from what the build before saw.
    replace("data/events.ttl", '"Guild of traders"@en', '"Guild"@en')(root / "project")
    assert read(root / "site") != whole
    build(root / "project", root / "site")
    assert read(root / "site") == whole


def test_a_first_build_that_was_stopped_is_repaired_by_the_next(root: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        build_site(Project.load(root / "project").dataset(), root / "new", stop)
    build(root / "project", root / "new")
    assert read(root / "new") == read(root / "site")


def test_what_was_taken_away_by_hand_is_made_again(root: Path) -> None:
    whole = read(root / "site")
    for name in ("town/law/market.ttl", "index.html"):
        (root / "site" / name).unlink()
    (root / "site" / "town" / ".migragraph-1.part").write_text("half of it")
    build(root / "project", root / "site")
    assert read(root / "site") == whole


def test_files_of_others_beside_the_site_stay(root: Path) -> None:
    (root / "site" / "CNAME").write_text("example.org")
    (root / "project" / "data" / "laws.ttl").unlink()
    build(root / "project", root / "site")
    assert (root / "site" / "CNAME").read_text() == "example.org"
    assert not (root / "site" / "town" / "law").exists()


def test_a_folder_that_is_no_site_is_refused(call: Call, root: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("x")
    code, out, told = call("build", "-o", mine, "--project", root / "project")
    assert (code, out) == (2, "")
    assert "no site of ours" in told
    assert read(mine) == {"thesis.txt": b"x"}


@pytest.mark.parametrize("name", ["../thesis.txt", "/etc/passwd", "a/../../b", "c:\\x"])
def test_a_manifest_that_leads_out_of_the_folder_is_refused(root: Path, name: str) -> None:
    path = root / "site" / MANIFEST
    table = json.loads(path.read_bytes())
    table["files"][name] = ""
    path.write_text(json.dumps(table))
    with pytest.raises(OutputError, match="not as we write it"):
        build(root / "project", root / "site")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', '{"format": 1}', "null"])
def test_a_manifest_that_is_not_ours_is_refused(root: Path, text: str) -> None:
    (root / "site" / MANIFEST).write_text(text)
    with pytest.raises(OutputError, match="not as we write it"):
        build(root / "project", root / "site")


def test_a_file_in_the_place_of_a_folder_is_an_error(root: Path) -> None:
    shutil.rmtree(root / "site" / "town" / "law")
    (root / "site" / "town" / "law").write_text("x")
    with pytest.raises(OutputError, match="cannot write there"):
        build(root / "project", root / "site", processes=2)
