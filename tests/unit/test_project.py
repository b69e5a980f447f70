from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

import migragraph
from migragraph.errors import CallError, ProjectError, QueryError, UnreadableDataError
from migragraph.formats import EXPORTS
from migragraph.layout import bundled_root
from migragraph.project import Project
from migragraph.publications import PUBLICATIONS

FAIR = "https://example.org/town/event/fair"


@pytest.fixture
def project(project_copy: Path) -> Project:
    return Project.load(project_copy)


def test_the_package_has_one_door() -> None:
    assert migragraph.Project is Project
    with pytest.raises(AttributeError, match="nothing"):
        _ = migragraph.nothing


def test_load_and_find(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Project.load(str(project_copy)).layout == Project.load(project_copy).layout
    assert Project.find(project_copy / "data").layout.root == project_copy.resolve()
    monkeypatch.chdir(project_copy)
    assert Project.find().layout.key == "town"
    monkeypatch.chdir("/")
    assert Project.find().layout.root == bundled_root()
    with pytest.raises(ProjectError):
        Project.load(project_copy / "data")


def test_the_dataset_is_built_once_for_each_way(project: Project) -> None:
    assert project.dataset() is project.dataset()
    assert project.dataset(stated_only=True) is not project.dataset()
    assert len(project.dataset(stated_only=True).default) < len(project.dataset().default)


def test_the_store_is_opened_once_for_each_way(project: Project) -> None:
    assert project.store() is project.store()
    assert len(project.store(stated_only=True)) < len(project.store())


def test_graph(project: Project) -> None:
    assert len(project.graph().default_graph) == len(project.dataset().default)
    assert len(project.graph(stated_only=True).default_graph) == len(project.dataset(stated_only=True).default)


def test_dump_and_export_are_the_same_bytes(project: Project, tmp_path: Path) -> None:
    names = [*EXPORTS, *PUBLICATIONS]
    paths = project.export(names, tmp_path / "out")
    assert [path.read_bytes() for path in paths[: len(names)]] == [project.dump(name) for name in names]
    stated = project.export(["turtle"], str(tmp_path / "stated"), stated_only=True)
    assert [path.read_bytes() for path in stated] == [project.dump("turtle", stated_only=True)]
    assert project.dump("turtle", stated_only=True) != project.dump("turtle")


def test_facts_under_a_name_of_their_own(project: Project, tmp_path: Path) -> None:
    table, description = project.export_facts(tmp_path / "new" / "figures.csv")
    assert table.read_bytes() == project.dump("facts")
    assert description.name == "figures.csv-metadata.json"
    (book,) = project.export_facts(str(tmp_path / "figures.xlsx"), stated_only=True)
    assert book.read_bytes().startswith(b"PK")
    with pytest.raises(CallError):
        project.export_facts(tmp_path / "figures.txt")


def test_export_of_a_resource(project: Project) -> None:
    by_iri = project.export_resource(FAIR, "turtle")
    assert by_iri == project.export_resource("event:fair", "turtle") == project.export_resource(f"<{FAIR}>", "turtle")
    assert len(project.export_resource("event:fair", "turtle", stated_only=True)) < len(by_iri)
    with pytest.raises(CallError):
        project.export_resource("not an iri", "turtle")
    with pytest.raises(CallError):
        project.export_resource("event:nothing", "turtle")


def organizers(project: Project, *, stated_only: bool = False) -> list[str]:
    solutions = project.query("events", stated_only=stated_only)
    assert isinstance(solutions, QuerySolutions)
    return [str(solution["organizer"]).rpartition("/")[2] for solution in solutions]


def test_queries(project: Project) -> None:
    assert [query.name for query in project.queries] == ["events"]
    assert project.queries is project.queries
    assert organizers(project) == ["council>", "guild>"]
    assert organizers(project, stated_only=True) == ["guild>"]
    with pytest.raises(QueryError):
        project.query("nothing")


def test_validate(project: Project) -> None:
    found = [finding for finding in project.validate(only=["evidence"]).findings if finding.rule == "fact-supported"]
    assert len(found) == len(project.dataset().support.unsupported) == 8
    assert project.validate(only=["shacl"]).conforms


def test_inventory(project: Project) -> None:
    assert project.inventory().triples == len(project.dataset().default)
    assert project.inventory(stated_only=True).evidence["inferred"] == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda project: project.dataset(),
        lambda project: project.store(),
        lambda project: project.graph(),
        lambda project: project.dump("turtle"),
        lambda project: project.inventory(),
    ],
)
def test_unreadable_data_are_the_fault_of_the_call(project_copy: Path, ask: Callable[[Project], object]) -> None:
    path = project_copy / "data" / "laws.ttl"
    path.write_text("\n<https://e.org/a b> <https://e.org/p> 1 .", encoding="utf-8")
    with pytest.raises(UnreadableDataError) as caught:
        ask(Project.load(project_copy))
    assert caught.value.exit_code == 2
    assert caught.value.path == path
    assert caught.value.line == 2
    assert "migragraph validate" in str(caught.value)


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "migragraph", *map(str, arguments)]
    return subprocess.run(command, check=False, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_command_writes_what_the_library_gives(project: Project) -> None:
    done = run("export", "jsonld", "--project", project.layout.root, stdout=subprocess.PIPE)
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout)["@graph"]
    assert done.stdout == project.dump("jsonld")


@pytest.mark.parametrize("format_", ["turtle", "nquads"])
def test_full_disk_behind_standard_output(project: Project, format_: str) -> None:
    """One dump fits into a buffer, and fails when that is flushed; the other does not, and fails at once."""
    with Path("/dev/full").open("wb") as full:
        done = run("export", format_, "--project", project.layout.root, stdout=full)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"No space left on device" in done.stderr


def test_import_is_light() -> None:
    script = "import migragraph.cli, migragraph.project, migragraph.export, sys; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "migragraph.export" in loaded
    assert loaded.isdisjoint({"rdflib", "pyshacl", "pyld", "rich"})
