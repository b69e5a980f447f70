"""Shapes and data that would hang or break an engine: what the specification says, or a clear error, and in time."""

from __future__ import annotations

import time

import pytest
from tests.unit.test_shacl import LAW, judge, shape

from migragraph.errors import ShapeError

LOOP = "_:l rdf:first 'a' ; rdf:rest _:l ."
STEP = "sh:property [ sh:path {} ; sh:minCount 1 ]"
SHARED = " ".join(f"_:p{step} sh:alternativePath ( _:p{step + 1} _:p{step + 1} ) ." for step in range(25))
TREE = " ".join(
    f"ex:{own}{step} sh:path ex:p ; sh:property ex:A{step + 1}, ex:B{step + 1} ." for step in range(40) for own in "AB"
)
BAD = {
    "a list that loops in sh:in": (LAW, shape("sh:in _:l") + LOOP, "its value is to be one list"),
    "a list that loops in sh:languageIn": (LAW, shape("sh:languageIn _:l") + LOOP, "language tags"),
    "a path of depth 1,000": (LAW, shape(STEP.format("[ sh:inversePath " * 1000 + "ex:p" + " ]" * 1000)), "too deeply"),
    "a path whose parts are shared": (
        LAW,
        shape(STEP.format("_:p0")) + SHARED + " _:p25 sh:inversePath ex:p .",
        "more than 10,000 parts",
    ),
    "shapes whose parts are shared": (
        f"{LAW} ex:law ex:p ex:law .",
        shape("sh:property ex:A0, ex:B0") + TREE + " ex:A40 sh:path ex:p . ex:B40 sh:path ex:p .",
        "not done after 2 seconds",
    ),
    "a recursive shape": (LAW, shape("sh:property [ sh:path ex:p ; sh:node ex:LawShape ]"), "leads back to itself"),
}
GOOD = {
    "a path of 1,000 steps": (LAW, shape(STEP.format(f"( {'ex:p ' * 1000} )")), 1),
    "a path of 1,000 choices": (LAW, shape(STEP.format(f"[ sh:alternativePath ( {'ex:p ' * 1000} ) ]")), 1),
    "a list of the data that loops": (
        f"{LAW} ex:law ex:l _:l . {LOOP}",
        shape("sh:property [ sh:path ( ex:l [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:maxCount 0 ]"),
        1,
    ),
    "50,000 nested blank nodes": (
        f"{LAW} ex:law ex:p {'[ ex:p ' * 50_000} 1 {']' * 50_000} .",
        shape("sh:property [ sh:path ( ex:p ex:p ex:p ) ; sh:nodeKind sh:IRI ]"),
        1,
    ),
    "a literal of 10 MB": (
        f"ex:law a ex:Law ; ex:p '{'a' * 10_000_000}b' .",
        shape("sh:property [ sh:path ex:p ; sh:pattern '^(a+)+$' ; sh:maxLength 9 ]"),
        2,
    ),
    "a NaN": (
        "ex:law a ex:Law ; ex:p 'NaN'^^xsd:double .",
        shape("sh:property [ sh:path ex:p ; sh:minInclusive 0 ]"),
        1,
    ),
    "an ill-typed literal": (
        "ex:law a ex:Law ; ex:p 'x'^^xsd:integer .",
        shape("sh:property [ sh:path ex:p ; sh:datatype xsd:integer ]"),
        1,
    ),
    "dates with and without a zone": (
        "ex:law a ex:Law ; ex:p '2020-01-01'^^xsd:date, '2020-01-01Z'^^xsd:date .",
        shape("sh:property [ sh:path ex:p ; sh:minInclusive '2020-01-01Z'^^xsd:date ]"),
        1,
    ),
    "language tags in odd case": (
        "ex:law a ex:Law ; ex:p 'a'@EN-gb, 'b'@en-GB .",
        shape("sh:property [ sh:path ex:p ; sh:languageIn ( 'eN' ) ; sh:uniqueLang true ]"),
        1,
    ),
    "imports": (
        f"{LAW} ex:o owl:imports <file:///etc/passwd> .",
        f"ex:o owl:imports <file:///etc/passwd> . {shape('sh:nodeKind sh:Literal')}",
        1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "shapes", "said"), BAD.values(), ids=BAD)
def test_what_no_engine_can_run_is_said(data: str, shapes: str, said: str) -> None:
    start = time.monotonic()
    with pytest.raises(ShapeError, match=said):
        judge(data, shapes, time_limit=2)
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(("data", "shapes", "results"), GOOD.values(), ids=GOOD)
def test_what_is_odd_is_judged_as_the_specification_says(data: str, shapes: str, results: int) -> None:
    start = time.monotonic()
    assert len(judge(data, shapes).results) == results
    assert time.monotonic() - start < 60
