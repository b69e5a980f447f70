"""A second build makes again what changed, and only that: the folder is then what a first build would have made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from benchmarks.observations import write_observations
from pyoxigraph import BlankNode, Literal, RdfFormat, Triple, parse, serialize

from migragraph import looking
from migragraph.errors import OutputError
from migragraph.project import Project
from migragraph.site import Built, build_site, building, mentions, site
from migragraph.site import statistics as tables
from migragraph.site.folder import Recipe
from migragraph.site.manifest import MANIFEST, Manifest
from migragraph.site.site import Site

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


@pytest.fixture(scope="module")
def statistics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that holds a project of made-up statistics and its site."""
    root = tmp_path_factory.mktemp("statistics")
    write_observations(root / "project", 30)
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
    "the day of what bears on an objective": replace("data/events.ttl", '"2024-05-01"', '"2024-05-02"'),
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


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every graph for a large one."""
    monkeypatch.setattr(site, "LARGE", 0)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("edit", EDITS)
def test_a_second_build_of_a_large_graph_is_as_a_first_one(root: Path, edit: str) -> None:
    build(root / "project", root / "site")
    EDITS[edit](root / "project")
    build(root / "project", root / "site")
    build(root / "project", root / "afresh")
    assert read(root / "site") == read(root / "afresh")


# In a process of its own: where a store was opened on the disk before, all would be done by one.
LARGE = """
import sys
from pathlib import Path
from migragraph.forking import can_fork
from migragraph.project import Project
from migragraph.site import build_site, site
site.LARGE = 0
assert can_fork()
build_site(Project.load(sys.argv[1]).dataset(), Path(sys.argv[2]), processes=2)
"""


def build_large(project: Path, folder: Path) -> None:
    command = [sys.executable, "-c", LARGE, str(project), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2, reason="one processor")
def test_two_processes_make_of_a_large_graph_what_one_makes(root: Path, large: None) -> None:
    build_large(root / "project", root / "site")
    EDITS["a phrase"](root / "project")
    build_large(root / "project", root / "site")
    build(root / "project", root / "afresh")
    assert read(root / "site") == read(root / "afresh")


def change_one(path: Path, chance: Random) -> None:
    """Change one triple of a file: its text, its number, the thing that it names; or leave it out."""
    triples = [Triple(*quad.triple) for quad in parse(path=path)]
    plain = [one for one in triples if not any(isinstance(term, BlankNode) for term in one)]
    chosen = chance.choice(plain)
    others = [one.object for one in plain if one.predicate == chosen.predicate and one.object != chosen.object]
    changed = list(others[:1])
    if isinstance(chosen.object, Literal) and chance.random() < 0.6:
        literal = chosen.object
        changed = [Literal(f"{literal.value}1", language=literal.language, datatype=literal.datatype)]
        if literal.language:
            changed = [Literal(f"{literal.value}1", language=literal.language)]
    elif chance.random() < 0.3:
        changed = []
    triples = [one for one in triples if one != chosen]
    triples += [Triple(chosen.subject, chosen.predicate, value) for value in changed]
    serialize(triples, str(path), format=RdfFormat.TURTLE)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("seed", range(8))
def test_a_build_after_any_change_is_as_a_first_one(statistics: Path, tmp_path: Path, seed: int) -> None:
    root, chance = Path(shutil.copytree(statistics, tmp_path / "root")), Random(seed)
    for _ in range(2):
        change_one(chance.choice(sorted((root / "project" / "data").glob("*.ttl"))), chance)
        build(root / "project", root / "site")
    build(root / "project", root / "afresh")
    assert read(root / "site") == read(root / "afresh")


@pytest.fixture
def paged(statistics: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that holds a project of made-up statistics and its site, in which few mentions are on a page."""
    monkeypatch.setattr(mentions, "SHOWN", 2)
    monkeypatch.setattr(mentions, "ON_PAGE", 3)
    root = tmp_path / "paged"
    shutil.copytree(statistics / "project", root / "project")
    build(root / "project", root / "site")
    return root


@pytest.mark.parametrize("seed", range(8))
def test_further_pages_are_after_any_change_as_at_first(paged: Path, seed: int) -> None:
    chance = Random(seed)
    for _ in range(3):
        change_one(chance.choice(sorted((paged / "project" / "data").glob("*.ttl"))), chance)
        build(paged / "project", paged / "site")
    build(paged / "project", paged / "afresh")
    assert read(paged / "site") == read(paged / "afresh")


def test_a_further_page_is_made_again_only_where_what_it_shows_has_changed(paged: Path) -> None:
    further = {name for name in read(paged / "site") if "~p" in name}
    before = {name: (paged / "site" / name).stat().st_ino for name in further}
    replace("data/observations-0000.ttl", '"Figure 7 of place', '"Figure no. 7 of place')(paged / "project")
    build(paged / "project", paged / "site")
    made = {name for name in further if (paged / "site" / name).stat().st_ino != before[name]}
    assert made == {name for name in further if b"Figure no. 7" in (paged / "site" / name).read_bytes()}
    assert 0 < len(made) < len(further) / 2


def test_a_further_page_that_was_taken_away_is_made_again(paged: Path) -> None:
    whole = read(paged / "site")
    next(path for path in (paged / "site").rglob("*~p3.vi.html")).unlink()
    build(paged / "project", paged / "site")
    assert read(paged / "site") == whole


def test_a_table_is_made_again_only_where_what_it_shows_has_changed(
    statistics: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(shutil.copytree(statistics, tmp_path / "root"))
    made: list[str] = []

    def watch(digest: str | None, make: Callable[[], bytes]) -> bytes | Recipe:
        assert digest is not None

        def tell() -> bytes:
            made.append(digest)
            return make()

        return Recipe(digest, tell)

    monkeypatch.setattr(tables, "cook", watch)
    build(root / "project", root / "site")
    assert made == []
    replace("data/observations-0000.ttl", '"Figure 1 of place', '"Figure no. 1 of place')(root / "project")
    build(root / "project", root / "site")
    # One table shows it, in two languages.
    assert len(made) == 2


def test_nothing_is_written_where_nothing_changed(root: Path) -> None:
    times = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*.html")}
    built = build(root / "project", root / "site")
    assert built == (len(read(root / "site")) - 1, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*.html")} == times


def test_what_takes_longest_is_made_first(root: Path) -> None:
    plan = building._Plan(Site(Project.load(root / "project").dataset()), Manifest({}, {}), ())
    # Of the shapes nothing is said in the data, and their file is the longest of all.
    assert [one.path for one in plan.changed[:3]] == ["shapes", "town/source/gazette", "town/event/fair"]


def test_two_processes_make_what_one_makes(root: Path) -> None:
    build(root / "project", root / "two", processes=2)
    assert read(root / "two") == read(root / "site")


def test_what_is_missing_is_looked_for_while_the_data_are_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(root / "site")
    for name in ("town/law/market.ttl", "index.html"):
        (root / "site" / name).unlink()
    monkeypatch.setattr(looking, "_MANY", 0)
    built = Project.load(root / "project").build(root / "site")
    assert read(root / "site") == whole
    assert 0 < built.written < len(whole) / 2


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


def test_what_a_stopped_first_build_wrote_and_is_no_more_is_deleted(root: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise Stop

    with pytest.raises(Stop):
        build_site(Project.load(root / "project").dataset(), root / "new", stop)
    gone = root / "new" / "town" / "law" / "market.ttl"
    assert gone.exists()
    EDITS["a thing less"](root / "project")
    build(root / "project", root / "new")
    assert not [*gone.parent.glob("market.*")]


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
