"""The GitHub action, our own workflow and the pre-commit hooks: their steps are run here as the runners do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
HOOKS = ROOT / ".pre-commit-hooks.yaml"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
DATE = '    schema:startDate "2024-05-01"^^xsd:date ;\n'
# What GitHub makes of a line of the log: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
ANNOTATION = re.compile(r"^::(error|warning|notice) file=([^,]*),line=(\d+)", re.MULTILINE)


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def steps_of(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    jobs = document.get("jobs", {"action": document.get("runs")})
    return [step for job in jobs.values() for step in job["steps"]]


class Run(NamedTuple):
    """What a step gave: its exit code, its log, and its outputs."""

    code: int
    log: str
    output: str


@pytest.fixture
def repository(project_copy: Path) -> Path:
    """Give the checkout of a repository with a project in a folder."""
    return project_copy.parent


def run_action(repository: Path, **inputs: str) -> Run:
    """Run the step of the action that validates, its inputs as GitHub hands them on; `_` stands for `-`."""
    action = load(ACTION)
    (step,) = [step for step in steps_of(action) if step.get("id") == "validate"]
    given = {name: facts.get("default", "") for name, facts in action["inputs"].items()}
    given |= {name.replace("_", "-"): text for name, text in inputs.items()}
    temporary = repository.parent / f"{repository.name}-runner"
    tools = temporary / "migragraph" / "bin"
    tools.mkdir(parents=True, exist_ok=True)
    tool = tools / "migragraph"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m migragraph "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    output = temporary / "output"
    output.write_text("", encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(repository),
        "GITHUB_OUTPUT": str(output),
        "RUNNER_TEMP": str(temporary),
        **{
            name: EXPRESSION.sub(lambda m: given[m[1].removeprefix("inputs.")], text)
            for name, text in step["env"].items()
        },
    }
    # https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#exit-codes-and-error-action-preference
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(
        command, cwd=repository, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    return Run(done.returncode, done.stdout + done.stderr, output.read_text("utf-8"))


def list_annotations(run: Run) -> list[tuple[str, str, int]]:
    return [(level, file, int(line)) for level, file, line in ANNOTATION.findall(run.log)]


def start_repository(repository: Path) -> None:
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=t", "-c", "user.email=t@e.org", "commit", "-qm", "x"),
    ):
        subprocess.run(["git", *words], cwd=repository, check=True)


def test_a_fact_that_a_pull_request_breaks_is_shown_at_its_line(repository: Path) -> None:
    events = repository / "project" / "data" / "events.ttl"
    start_repository(repository)
    good = events.read_text("utf-8")
    assert list_annotations(run_action(repository, project="project", changed_since="HEAD")) == []
    events.write_text(good.replace(DATE, "\n"), encoding="utf-8")
    run = run_action(repository, project="project", changed_since="HEAD")
    line = good.splitlines().index("event:fair") + 1
    assert run.code == 1
    assert ("error", "project/data/events.ttl", line) in list_annotations(run)
    assert "An event has a date." in run.log


def test_a_file_that_does_not_parse_is_shown_at_its_line(repository: Path) -> None:
    (repository / "project" / "data" / "party.ttl").write_text("\n\n:a\n", encoding="utf-8")
    run = run_action(repository, project="project", fail_on="warning")
    assert ("error", "project/data/party.ttl", 3) in list_annotations(run)
    assert run.code == 1


def test_the_findings_go_into_a_sarif_file_too(repository: Path) -> None:
    (repository / "project" / "data" / "party.ttl").write_text("\n\n:a\n", encoding="utf-8")
    run = run_action(repository, project="project", sarif="true")
    (path,) = re.findall(r"^sarif=(.*)$", run.output, re.MULTILINE)
    results = json.loads(Path(path).read_text("utf-8"))["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert ("project/data/party.ttl", 3) in [
        (place["artifactLocation"]["uri"], place.get("region", {}).get("startLine")) for place in places
    ]
    assert run_action(repository, project="project").output == ""


def test_data_and_shapes_are_files_or_globs_a_line_each(repository: Path) -> None:
    (repository / "more data").mkdir()
    for name in ("a b", "c"):
        text = f"<https://e.org/{name[0]}> a <https://w3id.org/migragraph/ontology#Event> .\n"
        (repository / "more data" / f"{name}.ttl").write_text(text, encoding="utf-8")
    run = run_action(
        repository, data="more data/*.ttl\n\n  project/data/events.ttl  \n", shapes="project/shapes/E*.ttl"
    )
    assert run.code == 1
    assert [file for _, file, _ in list_annotations(run)] == ["more data/a b.ttl", "more data/c.ttl"]


def test_without_inputs_the_repository_is_the_project(repository: Path) -> None:
    assert "has no migragraph.toml" in run_action(repository).log
    assert run_action(repository / "project", baseline="none.toml").code == 2


HOSTILE = (
    "$(touch sprung)",
    "`touch sprung`",
    "; touch sprung",
    '"; touch sprung; "',
    "--help",
    "a\ntouch sprung",
    "-h",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["project", "data", "shapes", "fail_on", "baseline", "changed_since", "sarif"])
def test_an_input_is_never_run_nor_taken_for_an_option(repository: Path, name: str, text: str) -> None:
    run = run_action(repository, **({"project": "project"} | {name: text}))
    assert not list(repository.rglob("sprung"))
    assert "Usage:" not in run.log or name == "fail_on"
    assert run.code in ((1,) if name == "sarif" else (2,))


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS], ids=lambda path: path.name)
def test_no_expression_stands_in_a_script(path: Path) -> None:
    scripts = [step["run"] for step in steps_of(load(path)) if "run" in step]
    assert scripts
    assert not [script for script in scripts if "${{" in script]


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS], ids=lambda path: path.name)
def test_other_actions_are_named_with_their_version(path: Path) -> None:
    used = [step["uses"] for step in steps_of(load(path)) if "uses" in step and step["uses"] != "./"]
    assert used
    assert all(re.fullmatch(r"(?:actions|github)/[\w/-]+@v\d+", name) for name in used)


def test_a_workflow_may_only_read_unless_it_says_so() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml"]
    for path in WORKFLOWS:
        workflow = load(path)
        assert workflow["permissions"] == {"contents": "read"}
        # YAML 1.1 takes the key for a truth value.
        assert set(workflow[True]) == {"push", "pull_request"}
        assert all("timeout-minutes" in job for job in workflow["jobs"].values())
        assert ".ci/run" in [step.get("run") for step in steps_of(workflow)]


def test_every_input_of_the_action_is_used_and_every_used_one_is_there() -> None:
    action = load(ACTION)
    used = set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text("utf-8")))
    assert used == set(action["inputs"])
    assert all(facts["description"].endswith(".") for facts in action["inputs"].values())
    ours = [step for step in steps_of(load(WORKFLOWS[0])) if step.get("uses") == "./"]
    assert all(set(step["with"]) <= used for step in ours)
    assert ours


def test_the_hooks_are_what_pre_commit_reads(project_copy: Path) -> None:
    """https://pre-commit.com/#creating-new-hooks: the keys that a hook needs, and a pattern that is one."""
    hooks = {hook["id"]: hook for hook in load(HOOKS)}
    assert list(hooks) == ["migragraph-validate", "migragraph-shacl"]
    for hook in hooks.values():
        assert {"id", "name", "entry", "language"} <= set(hook) <= {
            "id", "name", "description", "entry", "language", "files", "pass_filenames", "require_serial"
        }  # fmt: skip
        assert hook["language"] == "python"
        assert re.search(hook["files"], "data/a.ttl")
        assert not re.search(hook["files"], "README.md")
    entry = hooks["migragraph-shacl"]["entry"].split()
    assert entry[0] == "migragraph"
    words = [*entry[1:], "--shapes=shapes/Event.ttl", "data/events.ttl", "data/laws.ttl"]
    done = subprocess.run([sys.executable, "-m", "migragraph", *words], cwd=project_copy, check=False)
    assert done.returncode == 0
