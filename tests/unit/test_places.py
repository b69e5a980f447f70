"""Places: a finding stands where its node is described, or where the node does that points to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migragraph.places import add_ends, place_findings
from migragraph.report import Finding

EX = "https://example.org/"
TEXT = f"@prefix ex: <{EX}> .\nex:a ex:p 1 ;\n  ex:q [ ex:p 2 ] .\n_:b7 ex:p 3 .\n"


def finding(**facts: object) -> Finding:
    return Finding(**({"kind": "shacl", "rule": "r", "message": "m"} | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("focus", "path", "place"),
    [
        (f"{EX}a", None, (2, 1)),
        (f"{EX}a", "ex:q", (3, 3)),
        (f"{EX}a", f"<{EX}q>", (3, 3)),
        (f"{EX}a", "ex:p/ex:q", (2, 1)),
        (f"{EX}a", "^ex:q", (2, 1)),
        (f"{EX}a", "ex:none", (2, 1)),
        ("_:b9", "ex:p", (4, 6)),
        ("_:b9", None, (4, 1)),
        (f"{EX}a#q-0123456789", "ex:p", (2, 1)),
        ("_:b7", None, (2, 1)),
        ("_:b8", "ex:p", (2, 1)),
        (f"{EX}source#passage-0123456789", None, (2, 1)),
        (f"{EX}none", None, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_puts_a_finding_at_its_place(
    tmp_path: Path, focus: str | None, path: str | None, place: tuple[int | None, int | None]
) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(TEXT)
    parents = {"_:b7": f"{EX}a", "_:b8": "_:b7", f"{EX}source#passage-0123456789": f"{EX}a#evidence-0123456789"}
    labels = {"_:b9": "_:b7"}
    origin = {f"{EX}a": [file], "_:b9": [file]}
    (placed,) = place_findings([finding(focus=focus, path=path)], origin, parents, {"ex": EX}, labels=labels)
    assert (placed.line, placed.column) == place
    assert placed.file == (file if place[0] else None)


def test_a_place_that_is_known_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(TEXT)
    known = finding(focus=f"{EX}a", file=file, line=9, column=9)
    assert place_findings([known], {f"{EX}a": [file]}, {}, {}) == [known]


def test_a_file_that_is_known_stays_and_its_line_is_looked_up(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    first.write_text(TEXT)
    second.write_text(f"\n\n{TEXT}")
    (placed,) = place_findings([finding(focus=f"{EX}a", file=second)], {f"{EX}a": [first]}, {}, {})
    assert (placed.file, placed.line) == (second, 4)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("ex:p", '"1"', ("a", 2)),
        ("ex:p", '"2"', ("b", 3)),
        ("ex:p", '"none"', ("a", 2)),
        ("ex:r", '"none"', ("b", 4)),
        ("ex:r", None, ("b", 4)),
        ("ex:none", None, ("a", 2)),
        (None, None, ("a", 2)),
    ],
)
def test_of_several_files_it_is_the_one_that_says_it(
    tmp_path: Path, path: str | None, value: str | None, place: tuple[str, int]
) -> None:
    files = [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    files[0].write_text(f"@prefix ex: <{EX}> .\nex:a ex:p '1' .\n")
    files[1].write_text(f"@prefix ex: <{EX}> .\n\nex:a ex:p '2' ;\n  ex:r 3 .\n")
    (placed,) = place_findings([finding(focus=f"{EX}a", path=path, value=value)], {f"{EX}a": files}, {}, {"ex": EX})
    assert placed.file is not None
    assert (placed.file.stem, placed.line) == place


def test_nodes_that_point_to_each_other_have_no_place() -> None:
    circle = {"_:b1": "_:b2", "_:b2": "_:b1"}
    assert place_findings([finding(focus="_:b1")], {}, circle, {}) == [finding(focus="_:b1")]


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ('"1"', 11),
        (f"<{EX}b>", 16),
        ('"3.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', 22),
        ('"none"', 6),
        ("_:b1", 6),
    ],
)
def test_a_finding_about_a_value_stands_at_the_value(tmp_path: Path, value: str, column: int) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(f"@prefix ex: <{EX}> .\nex:a ex:p '1', ex:b, 3.5 .\n")
    (placed,) = place_findings([finding(focus=f"{EX}a", path="ex:p", value=value)], {f"{EX}a": [file]}, {}, {"ex": EX})
    assert (placed.line, placed.column) == (2, column)


def test_the_end_of_the_token_is_added(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(TEXT)
    found = [
        finding(file=file, line=2, column=6),
        finding(file=file, line=2, column=6, rule="syntax", kind="syntax"),
        finding(file=file, line=99, column=6),
        finding(file=file, line=2),
        finding(file=tmp_path / "gone.ttl", line=2, column=6),
        finding(line=2, column=6),
    ]
    assert [one.end_column for one in add_ends(found)] == [10, None, None, None, None, None]
