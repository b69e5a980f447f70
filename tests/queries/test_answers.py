"""Each query gives the rows worked out from the articles, and other rows when the data or its parameters change.

``<query>.csv`` holds the expected rows, IRIs as CURIEs. ``<query>.toml`` is the case: the parameters of these rows
(``answer.params``; the defaults where there are none), a named ``mutation`` of the data that changes them, and for each
parameter of the query two values (``parameters``) that give different rows.
"""

from __future__ import annotations

import csv
import os
import re
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from migragraph.iris import shorten_iri
from migragraph.project import Project
from migragraph.queries import Query, Results, load_query, run_query
from migragraph.queries.tokens import read_tokens

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCRIPTS = sorted((ROOT / "queries").glob("*.rq"), key=lambda path: path.stem)
NAMES = [path.stem for path in SCRIPTS]

SHEBANG = "#!/usr/bin/env -S migragraph query\n"
LANGUAGES = {"en", "vi"}
RUN_AS_SCRIPTS = ("heads-of-mission", "post-holders-on", "sources")

Rows = list[list[str]]


class Case(NamedTuple):
    """What ``<query>.toml`` says: the parameters of the expected rows, a change of the data, values for parameters."""

    params: Mapping[str, str]
    change: str
    update: str
    choices: Mapping[str, list[str]]


def read_case(name: str) -> Case:
    with (HERE / f"{name}.toml").open("rb") as file:
        case: dict[str, Any] = tomllib.load(file)
    assert case.keys() <= {"answer", "mutation", "parameters"}
    assert case["mutation"].keys() == {"name", "update"}
    params = case.get("answer", {}).get("params", {})
    return Case(params, case["mutation"]["name"], case["mutation"]["update"], case.get("parameters", {}))


def read_expected(name: str) -> Rows:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="session")
def project() -> Project:
    return Project.load(ROOT)


@pytest.fixture(scope="session")
def quads(project: Project) -> tuple[Quad, ...]:
    return tuple(project.store())


def load(name: str) -> Query:
    """Load one script, so that a fault in another fails the tests of that one alone."""
    return load_query(ROOT / "queries" / f"{name}.rq")


def tabulate(results: Results, prefixes: Mapping[str, str]) -> Rows:
    """Give solutions as rows of text under the names of their columns, IRIs as CURIEs."""
    solutions = cast(QuerySolutions, results)
    names = [variable.value for variable in solutions.variables]
    return [names, *([show(solution[name], prefixes) for name in names] for solution in solutions)]


def show(term: object, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, NamedNode):
        return shorten_iri(term.value, prefixes)
    return term.value if isinstance(term, Literal) else ""


def ask(project: Project, name: str, values: Mapping[str, str], *, stated_only: bool = False) -> Rows:
    return tabulate(project.query(name, values, stated_only=stated_only), project.layout.prefixes)


def test_there_are_forty_queries_and_at_most_ten_lookups() -> None:
    lookups = [name for name in NAMES if "lookup" in load(name).tags]
    assert len(NAMES) >= 40
    assert len(lookups) <= 10, lookups


def test_every_query_has_a_case_and_every_case_a_query() -> None:
    assert sorted(path.stem for path in HERE.glob("*.csv")) == NAMES
    assert sorted(path.stem for path in HERE.glob("*.toml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_header_is_complete(name: str) -> None:
    """The columns are compared with SELECT where a query is loaded."""
    query = load(name)
    assert query.title.keys() == LANGUAGES
    assert query.question.keys() == LANGUAGES
    assert query.title["en"] != query.title["vi"]
    assert all(question.endswith("?") for question in query.question.values())
    assert query.description
    assert query.columns
    assert not any(parameter.required for parameter in query.parameters), "a query runs without parameters too"


@pytest.mark.parametrize("name", NAMES)
def test_prefixes_are_those_of_the_project_and_all_used(name: str, project: Project) -> None:
    text = load(name).text
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <(.*)>$", text, re.MULTILINE))
    body = re.sub(r"^(PREFIX|#).*$", "", text, flags=re.MULTILINE)
    used = {token.text.partition(":")[0] for token in read_tokens(body) if token.kind == "name"}
    assert declared == {prefix: project.layout.prefixes[prefix] for prefix in sorted(used)}
    assert list(declared) == sorted(declared)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_ordered_and_nothing_is_read_from_elsewhere(name: str) -> None:
    words = [token.word for token in read_tokens(load(name).text)]
    assert "ORDER" in words[words.index("SELECT") :]
    assert not {"SERVICE", "FROM"} & set(words)


@pytest.mark.parametrize("name", NAMES)
def test_script_is_executable(name: str) -> None:
    path = ROOT / "queries" / f"{name}.rq"
    assert path.read_text(encoding="utf-8").startswith(SHEBANG)
    assert path.stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize("name", NAMES)
def test_answer_is_the_expected_one(name: str, project: Project) -> None:
    expected = read_expected(name)
    assert ask(project, name, read_case(name).params) == expected
    assert 1 < len(expected) <= 61, "the rows are as many as somebody can work out"
    assert len({tuple(row) for row in expected}) == len(expected)


@pytest.mark.parametrize("name", NAMES)
def test_mutation_changes_the_answer(name: str, project: Project, quads: Iterable[Quad]) -> None:
    case = read_case(name)
    prefixes = project.layout.prefixes
    mutated = Store()
    mutated.bulk_extend(quads)
    mutated.update(case.update, prefixes=dict(prefixes))
    changed = tabulate(run_query(mutated, load(name), case.params, prefixes), prefixes)
    assert changed != ask(project, name, case.params), case.change


@pytest.mark.parametrize("name", NAMES)
def test_two_values_of_a_parameter_give_different_rows(name: str, project: Project) -> None:
    case = read_case(name)
    assert case.choices.keys() == {parameter.name for parameter in load(name).parameters}
    for parameter, choices in case.choices.items():
        first, second = (ask(project, name, {**case.params, parameter: choice}) for choice in choices)
        assert first != second, parameter
        assert len(first) > 1, choices[0]
        assert len(second) > 1, choices[1]


@pytest.mark.parametrize("name", NAMES)
def test_query_runs_without_what_is_inferred(name: str, project: Project) -> None:
    columns, *_ = ask(project, name, read_case(name).params, stated_only=True)
    assert columns == read_expected(name)[0]


@pytest.mark.parametrize("name", RUN_AS_SCRIPTS)
def test_script_runs_by_itself(name: str, project: Project, tmp_path: Path) -> None:
    """It finds its project from its own place, here from a folder that is none."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        [ROOT / "queries" / f"{name}.rq", "--format", "csv"],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert run.returncode == 0
    names, *rows = csv.reader(run.stdout.splitlines())
    iris = {iri for row in rows for iri in row if iri.startswith(project.layout.base)}
    shown = [[shorten_iri(cell, project.layout.prefixes) if cell in iris else cell for cell in row] for row in rows]
    assert [names, *shown] == read_expected(name)
