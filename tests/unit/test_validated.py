"""The report that is kept: the same as a fresh one, and only while nothing has changed that it was made from."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from migragraph import validated
from migragraph.errors import ProjectError
from migragraph.layout import Layout, load_layout
from migragraph.report import Report
from migragraph.validation import validate

Call = Callable[..., tuple[int | str, str, str]]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("MIGRAGRAPH_CACHE", os.fspath(folder))
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """List the projects that are validated, in this process."""
    found: list[Path] = []

    def tell(layout: Layout, **options: bool) -> Report:
        found.append(layout.root)
        return validate(layout, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(validated, "validate", tell)
    monkeypatch.setattr("migragraph.forking.can_fork", lambda: False)
    return found


@pytest.fixture
def texts(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the sources' texts, beside the project."""
    folder = project_copy.parent / "texts"
    folder.mkdir()
    (folder / "gazette.txt").write_bytes(b"text")
    monkeypatch.setenv("MIGRAGRAPH_TEXTS", os.fspath(folder))
    return folder


def ask(project: Path) -> Report:
    with validated.validate_beside(load_layout(project)) as report:
        return report()


def test_a_second_report_is_the_first_one(project_copy: Path, made: list[Path]) -> None:
    fresh = replace(validate(load_layout(project_copy)), left_out={}, shacl_graph=())
    assert fresh.findings
    first, second = ask(project_copy), ask(project_copy)
    assert len(made) == 1
    assert replace(first, shacl_graph=()) == fresh
    assert replace(second, left_out={}) == fresh


def append(name: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        with (project / name).open("a", encoding="utf-8") as file:
            file.write("\n# changed\n")

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "data": append("data/laws.ttl"),
    "ontology": append("ontology/terms.ttl"),
    "shapes": append("shapes/Event.ttl"),
    "queries": append("queries/events.rq"),
    "description": append("migragraph.toml"),
    "texts": append("../texts/gazette.txt"),
    "a new file": lambda project: (project / "data" / "new.ttl").touch(),
    "a file less": lambda project: (project / "queries" / "events.rq").unlink(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_is_made_anew_when_what_it_reads_has_changed(
    project_copy: Path, made: list[Path], texts: Path, what: str
) -> None:
    ask(project_copy)
    CHANGES[what](project_copy)
    ask(project_copy)
    assert len(made) == 2
    ask(project_copy)
    assert len(made) == 2


def test_what_changes_meanwhile_is_not_kept(
    project_copy: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(layout: Layout, **options: bool) -> Report:
        report = validate(layout, **options)  # type: ignore[arg-type]
        append("data/laws.ttl")(project_copy)
        return report

    with monkeypatch.context() as patch:
        patch.setattr(validated, "validate", change)
        ask(project_copy)
    ask(project_copy)
    assert len(made) == 1


def test_what_was_validated_need_not_be_again(project_copy: Path, made: list[Path], call: Call) -> None:
    fresh = replace(validate(load_layout(project_copy)), left_out={}, shacl_graph=())
    code, said, _ = call("validate", "--project", project_copy)
    assert (code, made) == (1, [])
    assert replace(ask(project_copy), left_out={}) == fresh
    assert made == []
    # What is kept is not taken for a validation.
    assert call("validate", "--project", project_copy)[:2] == (1, said)


@pytest.mark.parametrize(
    "options", [("--only", "syntax"), ("--stated-only",), ("--texts", "."), ("--timeout", "9"), ("--engine", "both")]
)
def test_of_another_validation_nothing_is_kept(
    project_copy: Path, made: list[Path], call: Call, options: tuple[str, ...]
) -> None:
    call("validate", "--project", project_copy, *options)
    ask(project_copy)
    assert made == [project_copy]


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_while_it_is_validated_is_not_kept(
    project_copy: Path, made: list[Path], texts: Path, what: str
) -> None:
    layout = load_layout(project_copy)

    def make() -> Report:
        report = validate(layout)
        CHANGES[what](project_copy)
        return report

    validated.keep_report(layout, make)
    ask(project_copy)
    assert made == [project_copy]


def test_a_large_project_is_not_kept(
    project_copy: Path, cache: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validated, "_MOST_BYTES", 100)
    ask(project_copy)
    ask(project_copy)
    assert len(made) == 2
    assert not [*cache.glob("report-*")]


def test_what_is_wrong_with_a_project_is_said_where_its_report_is_asked_for(project_copy: Path) -> None:
    (project_copy / "shapes").rename(project_copy / "elsewhere")
    with validated.validate_beside(load_layout(project_copy)) as report, pytest.raises(ProjectError, match="'shapes'"):
        report()
