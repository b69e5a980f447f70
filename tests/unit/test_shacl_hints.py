"""Hints on shapes: what passes in silence by the standard is told, with its place, and fails with --strict alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.test_shacl import HEAD, LAW, judge, shape
from tests.unit.test_shacl_fast import COMPONENT

from migragraph.report import Hint, Report, render_hints

Call = Callable[..., tuple[int, str, str]]

SELECT = 'sh:select "SELECT $this ?value { $this <https://example.org/number> ?value }"'
FREE = 'sh:select "SELECT * { $this <https://example.org/number> ?found }"'
HINTS = {
    "a misspelt parameter": (shape("sh:property [ sh:path ex:p ; sh:minCuont 1 ]"), ["minCuont>", "minCount?"]),
    "a misspelt type": (shape("a sh:NodeShap"), ["NodeShap> is no term", "Is it sh:NodeShape?"]),
    "a misspelt severity": (shape("sh:severity sh:Violaton"), ["Violaton> is no term", "Is it sh:Violation?"]),
    "like no term": (shape("sh:zzz 1"), ["zzz> is no term", "https://www.w3.org/TR/shacl/"]),
    "twice": (shape("sh:zzz 1, 2 ; sh:nodeKind sh:IRI") + "ex:S sh:zzz 3 .", ["zzz> is no term"]),
    "a class": ("ex:S sh:targetClass ex:Law, ex:Lwa ; sh:nodeKind sh:IRI .", ["sh:targetClass <https://example.org/Lwa>"]),
    "a node": ("ex:S sh:targetNode ex:law, ex:no ; sh:nodeKind sh:IRI .", ["sh:targetNode <https://example.org/no>"]),
    "subjects": ("ex:S sh:targetSubjectsOf ex:number, ex:no .", ["sh:targetSubjectsOf <https://example.org/no> meets"]),
    "objects": ("ex:S sh:targetObjectsOf ex:number, ex:no .", ["sh:targetObjectsOf <https://example.org/no> meets"]),
    "a class that is a shape": ("ex:Act a rdfs:Class, sh:NodeShape .", ["<https://example.org/Act> meets"]),
    "a message of Core": (shape("sh:nodeKind sh:IRI ; sh:message 'No {$value}.'"), ["Nothing fills {?value}"]),
    "a message of a query": (
        shape(f"sh:sparql [ sh:message '{{?values}} of {{?this}}' ; {SELECT} ]"), ["Nothing fills {?values}"]
    ),
    "a message beside queries": (
        shape(f"sh:message '{{?value}}' ; sh:sparql [ sh:message 'Own.' ; {SELECT} ]"), ["Nothing fills {?value}"]
    ),
    "a message of a validator": (
        COMPONENT.replace("{$value} is", "{$valu} is") + shape("ex:longest 99"), ["Nothing fills {?valu}"]
    ),
    "a pattern": (shape("sh:property [ sh:path ex:number ; sh:pattern '[0-9]*' ]"), ["is found in every text"]),
    "a pattern by its flags": (shape("sh:pattern '^.*$' ; sh:flags 'm'"), ["is found in every text"]),
}  # fmt: skip
NO_HINTS = {
    "good shapes": shape("sh:property [ sh:path ex:number ; sh:pattern '^[0-9]+$' ; sh:minCount 1 ]"),
    "declared in the data": "ex:S sh:targetClass ex:Act ; sh:targetSubjectsOf ex:seal .",
    "deactivated": "ex:S sh:targetClass ex:No ; sh:deactivated true .",
    "a literal": "ex:S sh:targetNode '402' .",
    "what a query selects": shape(f"sh:sparql [ sh:message '{{?value}} {{$this}} {{?currentShape}}' ; {SELECT} ]"),
    "all that a query has": shape(f"sh:sparql [ sh:message '{{?found}}' ; {FREE} ]"),
    "of the shape": shape(f"sh:message '{{?value}}' ; sh:sparql [ {SELECT} ]"),
    "a component": COMPONENT + shape("sh:property [ sh:path ex:number ; ex:longest 5 ]"),
    "no placeholder": shape("sh:nodeKind sh:IRI ; sh:message 'A {name} {? x}.'"),
    "other namespaces": shape("ex:minCuont 1 ; sh:order 1 ; sh:group ex:G"),
}


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(("shapes", "said"), HINTS.values(), ids=HINTS)
def test_what_is_hardly_meant_is_told(shapes: str, said: list[str], engine: str) -> None:
    (hint,) = judge(LAW, shapes, engine=engine).hints
    assert all(text in f"{hint.message} {hint.advice}" for text in said)


@pytest.mark.parametrize("shapes", NO_HINTS.values(), ids=NO_HINTS)
def test_what_may_well_be_meant_is_not(shapes: str) -> None:
    assert judge(f"{LAW} ex:Act a rdfs:Class . ex:seal a rdf:Property .", shapes).hints == ()


SHAPES = f"""{HEAD}
ex:LawShape sh:targetClass ex:Law ;
    sh:targetClass ex:Lwa ;
    sh:property ex:LawShape-number .
ex:LawShape-number sh:path ex:number ;
    sh:pattern "[0-9]*" ; sh:message "No {{?value}}." .
"""
START = HEAD.count("\n") + 2


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "law.ttl").write_text(HEAD + LAW)
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


PLACES = [f"shapes.ttl:{START + 1}:20", f"shapes.ttl:{START + 4}:38", f"shapes.ttl:{START + 4}:16"]
IN_OUTPUT = {
    "json": '"line": 12,',
    "sarif": '"startLine": 12,',
    "github": "line=12,",
    "junit": ":12:20",
    "html": ":12:20",
}


def judge_files(call: Call, *options: str) -> tuple[int, str, str]:
    return call("validate", "law.ttl", "--shapes", "shapes.ttl", *options)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("format_", ["text", "turtle"])
def test_hints_stand_on_standard_error_with_their_places(call: Call, format_: str) -> None:
    code, out, err = judge_files(call, "--format", format_)
    assert (code, "hint" in out) == (0, False)
    assert [line.split(": ")[:2] for line in err.splitlines()] == [["hint", place] for place in PLACES]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("format_", IN_OUTPUT)
def test_other_formats_have_them(call: Call, format_: str) -> None:
    code, out, err = judge_files(call, "--format", format_)
    assert (code, err) == (0, "")
    assert IN_OUTPUT[format_].replace("12", str(START + 1)) in out
    assert out.count("meets no node") == out.count("is found in every text") == 1


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("format_", ["text", "json"])
def test_they_fail_with_strict_alone(call: Call, format_: str) -> None:
    assert [judge_files(call, "--format", format_, *strict)[0] for strict in ((), ("--strict",))] == [0, 1]
    Path("shapes.ttl").write_text(HEAD + shape("sh:nodeKind sh:IRI"))
    assert judge_files(call, "--strict")[::2] == (0, "")


@pytest.mark.usefixtures("files")
def test_json_tells_of_each_hint(call: Call) -> None:
    hints = json.loads(judge_files(call, "--format", "json")[1])["hints"]
    assert [list(hint) for hint in hints] == [["rule", "message", "shape", "file", "line", "column", "advice"]] * 3
    assert [hint["rule"] for hint in hints] == [
        "target-meets-nothing",
        "placeholder-unfilled",
        "pattern-matches-everything",
    ]


def test_of_many_alike_a_few_are_shown() -> None:
    hints = tuple(Hint(rule=rule, message=f"{number}.", advice="Do.") for rule in "ab" for number in range(6))
    lines = render_hints(Report(findings=(), hints=hints)).splitlines()
    assert len(lines) == 12
    assert lines[-2:] == [f"hint: 1 more of the kind {rule} (--format json has all)." for rule in "ab"]


def test_the_bundled_shapes_give_no_hint(call: Call) -> None:
    code, _, err = call("validate", "--only", "shacl", "--strict")
    assert (code, err) == (0, "")
