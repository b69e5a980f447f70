"""Time limits: whatever takes for ever is stopped, and the error names the constraint and the shape."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal
from tests.unit.test_shacl import EX, HEAD, LAW, judge, read, shape

from migragraph.errors import ShapeError
from migragraph.shacl.apart import Worker
from migragraph.shacl.apart.running import keeps_literals

Call = Callable[..., tuple[int, str, str]]

MANY = " ".join(f"ex:n{number} a ex:Law ; ex:p ex:n{number + 1} ." for number in range(100))
PRODUCT = "SELECT $this { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER (MD5(CONCAT(STR(?a), STR(?h))) = '') }"
CATASTROPHE = f"ex:law a ex:Law ; ex:number '{'a' * 60}b' ."
ENDLESS = {
    "on Oxigraph": (MANY, f'sh:sparql [ sh:select "{PRODUCT}" ]', "The SPARQL constraint was"),
    "on rdflib": (
        f"{MANY} ex:n1 ex:q '01'^^xsd:integer .",
        f'sh:sparql [ sh:select "{PRODUCT}" ]',
        "The SPARQL constraint was",
    ),
    "in a pattern": (
        CATASTROPHE,
        "sh:property [ sh:path ex:number ; sh:pattern '^(?=a)(a+)+$' ]",
        'The Pattern constraint ("^(?=a)(a+)+$") was',
    ),
    "in a nested pattern": (
        CATASTROPHE,
        "sh:not [ sh:property [ sh:path ex:number ; sh:pattern '^(?=a)(a+)+$' ] ]",
        'The Pattern constraint ("^(?=a)(a+)+$") was',
    ),
}


@pytest.mark.parametrize(("data", "body", "said"), ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("is_main", [True, False], ids=["main thread", "another thread"])
def test_what_never_ends_is_stopped(data: str, body: str, said: str, is_main: bool) -> None:
    errors: list[str] = []

    def run() -> None:
        try:
            judge(data, shape(body), time_limit=3)
        except ShapeError as error:
            errors.append(error.message)

    start = time.monotonic()
    if is_main:
        run()
    else:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    assert errors == [f"{said} not done after 3 seconds. (shape <{EX}LawShape>)"]
    assert time.monotonic() - start < 60


def test_each_constraint_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(*_: object) -> object:
        time.sleep(0.6)
        return True

    monkeypatch.setattr("migragraph.shacl.fast.values.len", wait, raising=False)
    shapes = " ".join(f"ex:S{number} sh:targetClass ex:Law ; sh:minLength 1 ." for number in range(4))
    assert judge(LAW, shapes, time_limit=2).conforms


def test_what_dies_is_said_to_lack_memory() -> None:
    doubled = " ".join(f"BIND (CONCAT(?v{step}, ?v{step}) AS ?v{step + 1})" for step in range(40))
    body = shape(f"sh:sparql [ sh:select '''SELECT $this {{ BIND (MD5(\"a\") AS ?v0) {doubled} }}''' ]")
    with pytest.raises(ShapeError, match=r"The SPARQL constraint was (stopped: it needs more memory|not done)"):
        judge(LAW, body, time_limit=30)


def test_nothing_is_left_of_the_other_process() -> None:
    worker = Worker(1)
    assert worker.ask("search", {1: "a", 2: "b"}, "(?=a)", "") == [1]
    process = worker._process
    with pytest.raises(ValueError, match="nosuch"):
        worker.ask("nosuch")
    with pytest.raises(TimeoutError):
        worker.ask("search", {1: "a" * 60 + "b"}, "^(?=a)(a+)+$", "")
    assert process is not None
    assert process.poll() is not None
    # The next question has a process of its own.
    assert worker.ask("search", {1: "a"}, "a", "") == [1]
    worker.close()
    worker.close()


@pytest.mark.parametrize(("seconds", "code"), [("0", 2), ("-1", 2), ("nan", 2), ("x", 2), ("0.5", 2), ("60", 0)])
def test_the_limit_is_an_option(call: Call, tmp_path: Path, seconds: str, code: int) -> None:
    (tmp_path / "law.ttl").write_text(f"{HEAD}{CATASTROPHE}")
    end = "(a+)+$" if code else "a+"
    pattern = f"sh:property [ sh:path ex:number ; sh:pattern '^(?=a){end}' ]"
    (tmp_path / "shapes.ttl").write_text(HEAD + shape(pattern))
    files = (tmp_path / "law.ttl", "--shapes", tmp_path / "shapes.ttl")
    found, out, err = call("validate", *files, "--timeout", seconds, "--format", "json")
    assert found == code
    if code:
        assert out == ""
        assert ("shapes.ttl:" in err and "not done after 0.5 seconds" in err) is (seconds == "0.5")
    else:
        assert ["time limit" in note for note in json.loads(out)["notes"]] == [True]


REWRITTEN = ["'01'^^xsd:integer", "1.50", "'1'^^xsd:boolean", "'300'^^xsd:byte", "'5'^^xsd:long"]


@pytest.mark.parametrize("literal", [*REWRITTEN, "1", "1.5", "true", "'x'", "'x'@en", "'2020-01-01'^^xsd:date"])
def test_literals_that_a_store_rewrites_never_go_through_it(literal: str) -> None:
    select = f"SELECT $this ?value {{ $this <{EX}is> ?value FILTER (MD5(STR(?value)) != '') }}"
    report = judge(f"ex:law a ex:Law ; ex:is {literal} .", shape(f'sh:sparql [ sh:select "{select}" ]'))
    (written,) = [triple.object for triple in read(f"ex:law ex:is {literal} .")]
    assert [result.value for result in report.results] == [written]
    assert ["on rdflib" in note for note in report.notes] == [literal in REWRITTEN]
    assert isinstance(written, Literal)
    assert keeps_literals([written]) == (literal not in REWRITTEN)


QUERIES = {
    "at once": ("$this <{}number> ?value FILTER (MD5(?value) != '')", "on Oxigraph, for all focus nodes at once"),
    "an inner filter": ("{{ ?x <{}number> ?value FILTER (MD5(STR($this)) != '') }}", "on Oxigraph, node by node"),
    "first in OPTIONAL": (
        "?x <{}number> ?value OPTIONAL {{ $this <{}no> ?y }} FILTER (MD5(?value) != '')", "Oxigraph, node by node"
    ),
    "a subquery that cuts": ("{{ SELECT $this ?value {{ $this <{}number> ?value }} LIMIT 1 }}", "h, node by node"),
    "a path of no steps": ("$this <{}no>*/<{}number> ?value FILTER (MD5(?value) != '')", "b, node by node (a path"),
    "a negated set": ("$this !<{}no> ?value FILTER (?value = 'a')", "on rdflib, node by node (a negated"),
    "a constant": ("$this <{}number> ?value FILTER (MD5(?value) != 01)", "on rdflib, node by node (the query has"),
    "EXISTS": ("$this <{}number> ?value FILTER (MD5(?value) != '') FILTER EXISTS {{ $this ?p ?o }}", "at once"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "how"), QUERIES.values(), ids=QUERIES)
def test_the_report_says_how_a_query_ran(pattern: str, how: str) -> None:
    data = " ".join(f"ex:n{number} a ex:Law ; ex:number 'a' ." for number in range(12))
    select = f"SELECT $this ?value {{ {pattern.replace('{}', EX).replace('{{', '{').replace('}}', '}')} }}"
    report = judge(data, shape(f'sh:sparql [ sh:message "{{?value}} of {{$this}}" ; sh:select "{select}" ]'))
    (note,) = report.notes
    assert how in note
    assert len(report.results) in {12, 144}
    assert {str(message) for result in report.results for message in result.messages} == {
        f'"a of {EX}n{number}"' for number in range(12)
    }
    assert report.hints == ()
