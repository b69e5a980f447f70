"""The text report: the line with carets under what is meant, whatever characters stand before it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from tests.unit.report import REPORTS_OF_ANYTHING, ROOT, finding

from migragraph.report import Report, Severity, render_text
from migragraph.report.excerpts import count_cells


def write_lines(path: Path, line: str, column: int, end_column: int, **options: object) -> list[str]:
    path.write_text(f"\n{line}\n", encoding="utf-8")
    one = finding(file=path, line=2, column=column, end_column=end_column, advice="Mend it.")
    return render_text(Report(findings=(one,)), start=path.parent, **options).splitlines()  # type: ignore[arg-type]


@pytest.mark.parametrize("before", ["", "  ", "\t", "ex:đường ", "移民 ", '"e\u0301" ', '"\x1b" '])
def test_carets_stand_under_the_token(tmp_path: Path, before: str) -> None:
    lines = write_lines(tmp_path / "a.ttl", f"{before}ex:p 1 .", len(before) + 1, len(before) + 5)
    source, carets = lines[1:3]
    assert carets.rstrip("^").endswith(" ")
    assert carets.count("^") == 4
    shown = source[: source.index("ex:p")]
    assert count_cells(shown) == len(carets) - 4


def test_a_block_is_place_and_message_then_the_line_then_what_to_do(tmp_path: Path) -> None:
    assert write_lines(tmp_path / "a.ttl", "ex:a ex:p 1 .", 6, 10) == [
        "a.ttl:2:6 violation A law has a number.",
        "    2 | ex:a ex:p 1 .",
        "      |      ^^^^",
        "    rule   LawShape-number",
        "    do     Mend it.",
        "",
        "1 violation, 0 warnings, 0 infos",
    ]


def test_a_line_is_cut_to_the_width(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.ttl", "ex:a " * 100, 301, 305, width=60)
    assert max(map(count_cells, lines)) <= 60
    assert lines[1].count("…") == 2
    assert lines[2].count("^") == 4


def test_colour_is_put_on_and_changes_nothing_else(tmp_path: Path) -> None:
    plain = write_lines(tmp_path / "a.ttl", "ex:a ex:p 1 .", 6, 10)
    coloured = write_lines(tmp_path / "a.ttl", "ex:a ex:p 1 .", 6, 10, is_coloured=True)
    assert coloured != plain
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == plain


@pytest.mark.parametrize(("severity", "full"), [(Severity.VIOLATION, 3), (Severity.WARNING, 3), (Severity.INFO, 1)])
def test_the_first_of_what_is_alike_are_shown_and_all_others_listed(severity: Severity, full: int) -> None:
    found = tuple(
        finding(severity=severity, focus=f"_:n{number}", file=ROOT / "a.ttl", line=number, advice="Mend it.")
        for number in range(1, 41)
    )
    text = render_text(Report(findings=found), start=ROOT)
    assert text.count("A law has a number.") == full
    assert text.count("Mend it.") == 1
    assert f"{40 - full} more like it:\n" in text
    assert all(re.search(rf"a\.ttl:{number}\s.*|a\.ttl:{number} ", text) for number in range(1, 41))
    assert all(f"_:n{number}\n" in text for number in range(1, 41))


@given(REPORTS_OF_ANYTHING)
def test_nothing_in_a_finding_reaches_the_terminal_as_control(report: Report) -> None:
    assert all(line.isprintable() for line in render_text(report, start=ROOT).split("\n"))
