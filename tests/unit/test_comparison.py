"""Comparison with a revision: exactly the findings that it did not have are shown."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migragraph.comparison import compare_report, validate_files_at
from migragraph.conformance import validate_files
from migragraph.layout import load_layout
from migragraph.project import Project
from migragraph.report import render_json

Call = Callable[..., tuple[int | str, str, str]]

PARTY = "@prefix mg: <https://w3id.org/migragraph/ontology#> .\n<https://example.org/town/event/{}> a mg:Event .\n"
ONLY = ("--only", "syntax", "--only", "shacl", "--format", "json")
PROJECT = Path(__file__).parent / "project"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"


def git(folder: Path, *words: str) -> str:
    settings_ = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *settings_, *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")


@pytest.fixture
def town(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project in a folder of a repository, committed."""
    repository = project_copy.parent
    git(repository, "init", "-q", "-b", "main")
    (project_copy / "data" / "old.ttl").write_text(PARTY.format("old"), encoding="utf-8")
    commit(repository)
    monkeypatch.chdir(repository)
    return project_copy


def shown(output: str) -> list[tuple[Any, Any, Any]]:
    return [(one["rule"], one["focus"], one["file"]) for one in json.loads(output)["findings"]]


def test_only_what_the_revision_did_not_have_is_shown(call: Call, town: Path) -> None:
    (town / "data" / "new.ttl").write_text(PARTY.format("new"), encoding="utf-8")
    code, output, _ = call("validate", "--project", town, *ONLY, "--changed-since", "HEAD")
    assert shown(output) == [("EventShape-startDate", "https://example.org/town/event/new", "project/data/new.ttl")]
    assert (code, json.loads(output)["left_out"]) == (1, {"known": 0, "waived": 0, "unchanged": 1})


def test_what_has_moved_is_not_new(call: Call, town: Path) -> None:
    (town / "data" / "old.ttl").rename(town / "data" / "renamed.ttl")
    code, output, _ = call("validate", "--project", town, *ONLY, "--changed-since", "HEAD")
    assert (code, shown(output)) == (0, [])


def test_a_changed_shape_or_description_counts(call: Call, town: Path) -> None:
    shape = town / "shapes" / "Event.ttl"
    shape.write_text(shape.read_text("utf-8").replace("minCount 1", "minCount 2"), encoding="utf-8")
    _, output, _ = call("validate", "--project", town, *ONLY, "--changed-since", "HEAD")
    new = {focus.rpartition("/")[2] for _, focus, _ in shown(output)}
    assert "old" not in new
    assert "fair" in new


def test_a_project_that_was_not_there_yet_had_no_findings(call: Call, town: Path) -> None:
    town.rename(town.parent / "moved")
    _, output, _ = call("validate", "--project", "moved", *ONLY, "--changed-since", "HEAD")
    assert [focus for _, focus, _ in shown(output)] == ["https://example.org/town/event/old"]


def test_the_baseline_is_held_against_both_sides(call: Call, town: Path) -> None:
    assert call("validate", "--project", town, "--baseline", "k.toml", "--write-baseline")[0] == 0
    (town / "data" / "new.ttl").write_text(PARTY.format("new"), encoding="utf-8")
    words = ("validate", "--project", town, *ONLY, "--changed-since", "HEAD", "--baseline", "k.toml")
    code, output, _ = call(*words)
    assert (code, [focus for _, focus, _ in shown(output)]) == (1, ["https://example.org/town/event/new"])
    assert json.loads(output)["left_out"] == {"known": 1, "waived": 0, "unchanged": 0}


def test_the_tree_and_the_index_stay_as_they_are_and_nothing_is_left_behind(
    call: Call, town: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(place))
    (town / "data" / "new.ttl").write_text(PARTY.format("new"), encoding="utf-8")
    git(town, "add", "-N", ".")
    index = (town.parent / ".git" / "index").read_bytes()
    status = git(town, "status", "--porcelain")
    call("validate", "--project", town, "--changed-since", "HEAD")
    call("validate", "--project", town, "--changed-since", "HEAD", "--only", "nothing")
    assert (town.parent / ".git" / "index").read_bytes() == index
    assert git(town, "status", "--porcelain") == status
    assert list(place.iterdir()) == []


def test_nothing_that_the_repository_configures_is_run(call: Call, town: Path) -> None:
    trap = town.parent / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{town.parent}/sprung'\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "filter.x.smudge", "diff.external", "core.sshCommand", "uploadpack.x"):
        git(town, "config", name, str(trap))
    git(town, "config", "core.hooksPath", str(town.parent / "hooks"))
    (town.parent / "hooks").mkdir()
    shutil.copy(trap, town.parent / "hooks" / "post-checkout")
    (town / ".gitattributes").write_text("*.ttl filter=x export-subst\n", encoding="utf-8")
    assert call("validate", "--project", town, *ONLY, "--changed-since", "HEAD")[0] == 0
    assert not (town.parent / "sprung").exists()


def test_git_is_asked_about_the_repository_of_the_project_inside_a_hook_too(
    call: Call, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nonexistent/index")
    assert call("validate", "--project", town, *ONLY, "--changed-since", "HEAD")[0] == 0


def test_texts_that_the_repository_holds_are_those_of_the_revision(call: Call, town: Path) -> None:
    set_folder(town, "texts", "texts")
    (town / "texts").mkdir()
    (town / "texts" / "gazette.txt").write_text("Nothing of it.", encoding="utf-8")
    commit(town)
    words = ("validate", "--project", town, "--only", "evidence", "--format", "json")
    before = [rule for rule, _, _ in shown(call(*words)[1])]
    assert any(rule.startswith("quote") for rule in before)
    assert shown(call(*words, "--changed-since", "HEAD")[1]) == []
    (town / "texts" / "gazette.txt").write_bytes(b"\xff")
    assert "text-readable" in [rule for rule, _, _ in shown(call(*words, "--changed-since", "HEAD")[1])]


def set_folder(town: Path, part: str, name: Path | str) -> None:
    text = (town / "migragraph.toml").read_text("utf-8")
    text = text.replace("[prefixes]", f'[folders]\n{part} = "{name}"\n\n[prefixes]')
    (town / "migragraph.toml").write_text(text, encoding="utf-8")


def test_a_folder_beside_the_project_is_read_at_the_revision_too(call: Call, town: Path) -> None:
    set_folder(town, "data", "../shared")
    (town / "data").rename(town.parent / "shared")
    commit(town)
    (town.parent / "shared" / "new.ttl").write_text(PARTY.format("new"), encoding="utf-8")
    _, output, _ = call("validate", "--project", town, *ONLY, "--changed-since", "HEAD")
    assert [file for _, _, file in shown(output)] == ["shared/new.ttl"]


def test_texts_outside_of_the_repository_are_those_of_now(
    call: Call, town: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    for folder, text in ((town.parents[1] / "texts", b"\xff"), (temporary / "texts", b"A trap.")):
        folder.mkdir(exist_ok=True)
        (folder / "gazette.txt").write_bytes(text)
    set_folder(town, "texts", "../../texts")
    commit(town)
    words = ("validate", "--project", town, "--only", "evidence", "--format", "json")
    assert "text-readable" in [rule for rule, _, _ in shown(call(*words)[1])]
    assert shown(call(*words, "--changed-since", "HEAD")[1]) == []


def test_the_library_compares_too(town: Path) -> None:
    (town / "data" / "new.ttl").write_text(PARTY.format("new"), encoding="utf-8")
    (town / "known.toml").write_text("", encoding="utf-8")
    report = Project.load(town).validate(only=["shacl"], changed_since="HEAD", baseline=town / "known.toml")
    assert [finding.focus for finding in report.findings] == ["https://example.org/town/event/new"]


def make_submodule(town: Path) -> None:
    other = town.parent.parent / "other"
    other.mkdir()
    git(other, "init", "-q")
    commit(other)
    git(town, "submodule", "add", "-q", str(other), "data/sub")
    commit(town)


def make_pointer(town: Path) -> None:
    (town / "data" / "large.ttl").write_text(POINTER, encoding="utf-8")
    commit(town)


def make_link_outside(town: Path) -> None:
    (town / "data" / "link.ttl").symlink_to("/etc/hostname")
    commit(town)


def break_description(town: Path) -> None:
    text = (town / "migragraph.toml").read_text("utf-8")
    (town / "migragraph.toml").write_text("title = 5\n", encoding="utf-8")
    commit(town)
    (town / "migragraph.toml").write_text(text, encoding="utf-8")


def name_absolute_folder(town: Path) -> None:
    set_folder(town, "data", town / "data")
    commit(town)


def name_folder_outside(town: Path) -> None:
    (town / "data").rename(town.parents[1] / "outside")
    set_folder(town, "data", "../../outside")
    commit(town)


def break_shape(town: Path) -> None:
    (town / "shapes" / "bad.ttl").write_text("bad", encoding="utf-8")
    commit(town)
    (town / "shapes" / "bad.ttl").unlink()


REFUSED: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "a submodule": (make_submodule, "project/data/sub is a submodule"),
    "Git LFS": (make_pointer, "project/data/large.ttl is held by Git LFS"),
    "a link out of the repository": (make_link_outside, "project/data/link.ttl links to no file of the repository"),
    "a broken description": (break_description, "HEAD:project/migragraph.toml: base is missing"),
    "an absolute folder": (name_absolute_folder, "the project names the folder /"),
    "a folder outside": (name_folder_outside, "it lies outside of the git repository"),
    "a broken shape": (break_shape, "HEAD:project/shapes/bad.ttl:1:1: "),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_revision_that_cannot_be_checked_is_refused(call: Call, town: Path, what: str) -> None:
    make, said = REFUSED[what]
    make(town)
    code, output, message = call("validate", "--project", town, "--changed-since", "HEAD")
    assert (code, output) == (2, "")
    assert said in message


def test_a_link_inside_of_the_repository_is_followed(call: Call, town: Path) -> None:
    (town / "linked.txt").write_text(PARTY.format("linked"), encoding="utf-8")
    (town / "data" / "link.ttl").symlink_to("../linked.txt")
    (town / "data" / "dangling.ttl").symlink_to("../nothing.ttl")
    commit(town)
    assert call("validate", "--project", town, *ONLY, "--changed-since", "HEAD")[0] == 0


@pytest.mark.parametrize("revision", ["nothing", "", "--all", "HEAD^{tree}", "a\nb", "HEAD~9"])
def test_an_unknown_revision_is_refused(call: Call, town: Path, revision: str) -> None:
    code, output, message = call("validate", "--project", town, f"--changed-since={revision}")
    assert (code, output) == (2, "")
    assert f"the repository has no revision {revision!r}" in message


def test_without_a_repository_or_git_nothing_is_compared(
    call: Call, project_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("validate", "--project", project_copy, "--changed-since", "HEAD")
    code, _, message = call(*words)
    assert (code, "not a git repository" in message) == (2, True)
    monkeypatch.setenv("PATH", str(project_copy))
    code, _, message = call(*words)
    assert (code, "git is not installed" in message) == (2, True)


SHAPES = """@prefix : <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property :S-p, :S-q .
:S-p sh:path :p ; sh:nodeKind sh:IRI ; sh:message "A p is an IRI." .
:S-q sh:path ( :p [ sh:inversePath :q ] ) ; sh:maxCount 0 ; sh:message "No q goes to a p." .
"""
TERMS = (":a", ":b", "<#here>", "_:x", "_:y", "[]")
TRIPLE = st.tuples(
    st.sampled_from(TERMS), st.sampled_from((":p", ":q")), st.sampled_from((*TERMS, '"1"', '"two\\nlines"@en'))
)
SIDE = st.lists(st.tuples(st.sampled_from(("a.ttl", "b.ttl")), st.integers(0, 2), TRIPLE), max_size=7)


def write_side(folder: Path, side: list[tuple[str, int, tuple[str, str, str]]]) -> list[Path]:
    """Write the triples of a side into its two files, each after some empty lines."""
    for name in ("a.ttl", "b.ttl"):
        lines = ["@prefix : <https://example.org/> ."]
        for file, empty, (subject, predicate, value) in side:
            if file == name:
                lines += [*[""] * empty, f"{subject} {predicate} {value} ."]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [Path("a.ttl"), Path("b.ttl")]


def count(report_json: str, root: Path) -> Counter[tuple[str, ...]]:
    """Count the findings of a full run by what they are about, in words of our own."""

    def about(one: dict[str, Any]) -> tuple[str, ...]:
        texts = (one[key] or "" for key in ("kind", "rule", "component", "focus", "path", "value"))
        bare = (one["file"], one["message"]) if one["focus"] is None and one["value"] is None else ()
        known = ("blank" if text.startswith("_:") else text.replace(root.as_uri(), "") for text in texts)
        return (*known, *bare)

    return Counter(about(one) for one in json.loads(report_json)["findings"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=SIDE, after=SIDE)
def test_what_is_shown_is_the_difference_of_two_full_runs(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int, tuple[str, str, str]]],
    after: list[tuple[str, int, tuple[str, str, str]]],
) -> None:
    folder = tmp_path_factory.mktemp("repository").resolve()
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    shapes = [Path("shapes.ttl")]
    with contextlib.chdir(folder):
        git(folder, "init", "-q")
        old = count(render_json(validate_files(write_side(folder, before), shapes)), folder)
        commit(folder)
        data = write_side(folder, after)
        report = validate_files(data, shapes)
        new = count(render_json(report), folder)
        past = validate_files_at(data, shapes, "HEAD")
        left = compare_report(report, folder, past=past)
    assert count(render_json(left), folder) == new - old
    assert left.left_out["unchanged"] == (new & old).total()
    assert set(left.findings) <= set(report.findings)


SNIPPETS = {
    "an event without a date": "event:{} a mg:Event .",
    "a law without support": 'law:{} a mg:Law ; mg:place law:square ; mg:nickname "so" .',
    "an undeclared term": "law:{} mg:colour law:square .",
    "a nested node": "law:{} mg:state [ a mg:InstrumentState ; mg:place law:square ] .",
    "a literal that is no date": 'event:{} schema:startDate "May"^^xsd:date .',
    "a syntax error": "law:{} a .",
}
PLACED = st.tuples(st.sampled_from(sorted(SNIPPETS)), st.sampled_from("ab"), st.sampled_from(("one.ttl", "two.ttl")))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=st.sets(PLACED, max_size=5), after=st.sets(PLACED, max_size=5))
def test_what_is_shown_of_a_project_is_the_difference_of_two_full_runs(
    tmp_path_factory: pytest.TempPathFactory, before: set[tuple[str, str, str]], after: set[tuple[str, str, str]]
) -> None:
    town = Path(shutil.copytree(PROJECT, tmp_path_factory.mktemp("repository").resolve() / "town"))
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in load_layout(town).prefixes.items())
    git(town.parent, "init", "-q")
    full: list[Counter[tuple[str, ...]]] = []
    for side in (before, after):
        for name in ("one.ttl", "two.ttl"):
            texts = [SNIPPETS[what].format(thing) for what, thing, file in sorted(side) if file == name]
            (town / "data" / name).write_text("\n".join([prefixes, *texts]), encoding="utf-8")
        full.append(count(render_json(Project.load(town).validate()), town))
        if side is before:
            commit(town)
    old, new = full
    left = count(render_json(Project.load(town).validate(changed_since="HEAD")), town)
    assert left == new - old
