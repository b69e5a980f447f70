"""Reports on the command line: each format as a program reads it, where paths begin, and colour on a terminal only."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

Call = Callable[..., tuple[int, str, str]]

LAW = """@prefix : <https://e.org/> .
:law a :Law ;
    :name "One"@en, "Two"@en .
"""
SHAPES = """@prefix : <https://e.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:LawShape sh:targetClass :Law ; sh:property :LawShape-name, :LawShape-number .
:LawShape-name sh:path :name ; sh:uniqueLang true ; sh:message "A law has one name in each language." .
:LawShape-number sh:path :number ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "A law has a number." .
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "checkout" / "graph"
    folder.mkdir(parents=True)
    (folder / "law.ttl").write_text(LAW)
    (folder / "shapes.ttl").write_text(SHAPES)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    return folder


def judge(call: Call, format_: str, *options: str) -> tuple[int, str]:
    code, out, err = call("validate", "law.ttl", "--shapes", "shapes.ttl", "--format", format_, *options)
    assert err == ""
    return code, out


@pytest.mark.usefixtures("folder")
def test_text_shows_the_line(call: Call) -> None:
    assert judge(call, "text")[1].splitlines()[:8] == [
        "law.ttl:3:5 violation A law has one name in each language.",
        '    3 |     :name "One"@en, "Two"@en .',
        "      |     ^^^^^",
        "    focus  :law",
        "    path   :name",
        "    shape  :LawShape-name",
        "    do     Keep one text of each language.",
        "",
    ]


@pytest.mark.usefixtures("folder")
def test_github_and_sarif_name_files_from_the_root_of_the_repository(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "file=law.ttl,line=3," in judge(call, "github")[1]
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.parent))
    assert "file=graph/law.ttl,line=3," in judge(call, "github")[1]
    result = json.loads(judge(call, "sarif")[1])["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "graph/law.ttl"
    assert judge(call, "text")[1].startswith("law.ttl:3:5 ")
    monkeypatch.setenv("GITHUB_WORKSPACE", "/elsewhere")
    assert "file=law.ttl,line=3," in judge(call, "github")[1]


@pytest.mark.parametrize(("fail_on", "failures"), [("violation", "1"), ("warning", "2")])
@pytest.mark.usefixtures("folder")
def test_junit_fails_what_fails(call: Call, fail_on: str, failures: str) -> None:
    code, out = judge(call, "junit", "--fail-on", fail_on)
    assert (code, ElementTree.fromstring(out).get("failures")) == (1, failures)


@pytest.mark.usefixtures("folder")
def test_html_is_one_page(call: Call) -> None:
    code, out = judge(call, "html")
    assert (code, out.count("<!DOCTYPE html>")) == (1, 1)
    assert "What to do:</strong> Keep one text of each language." in out


@pytest.mark.parametrize("format_", ["github", "html", "json", "junit", "sarif", "text"])
def test_what_is_not_shacl_is_in_every_format_but_turtle(call: Call, folder: Path, format_: str) -> None:
    (folder / "law.ttl").write_text(LAW + "broken")
    code, out = judge(call, format_)
    assert code == 1
    assert "law.ttl" in out
    assert "syntax" in out


@pytest.mark.parametrize("format_", ["github", "html", "json", "junit", "sarif", "text", "turtle"])
@pytest.mark.usefixtures("folder")
def test_two_runs_give_the_same_bytes(format_: str) -> None:
    command = [sys.executable, "-m", "migragraph", "validate", "law.ttl", "--shapes", "shapes.ttl", "--format", format_]
    runs = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != b""


@pytest.mark.parametrize(("told", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
@pytest.mark.usefixtures("folder")
def test_a_terminal_is_coloured_unless_it_says_no(told: dict[str, str], is_coloured: bool) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "migragraph", "validate", "law.ttl", "--shapes", "shapes.ttl"]
    plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    subprocess.run(command, env=plain | {"TERM": "xterm"} | told, stdout=theirs, check=False)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert (b"\x1b[" in shown) is is_coloured
    assert b"A law has a number." in shown
