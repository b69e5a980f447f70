"""Excerpts: the line is made fit for a terminal, and what is meant in it stays in sight and in its column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.report import TEXTS, finding

from migragraph.report.excerpts import Excerpt, count_cells, cut_excerpt, read_excerpts


@pytest.mark.parametrize(
    ("line", "column", "end", "expected"),
    [
        pytest.param("ex:a ex:p 1 .", 6, 10, ("ex:a ", "ex:p", " 1 ."), id="a token"),
        pytest.param("ex:a ex:p 1 .", 6, None, ("ex:a ", "e", "x:p 1 ."), id="only its beginning is known"),
        pytest.param("ex:a ex:p 1 .", None, None, ("", "", "ex:a ex:p 1 ."), id="only the line is known"),
        pytest.param("ex:a ex:p 1 .", 40, 44, ("ex:a ex:p 1 .", "", ""), id="the line became shorter"),
        pytest.param("ex:a ex:p 1 .", 11, 99, ("ex:a ex:p ", "1 .", ""), id="behind the end"),
        pytest.param("\tex:p\t1", 2, 6, ("    ", "ex:p", "    1"), id="tabs"),
        pytest.param("a\tb", 3, 4, ("a   ", "b", ""), id="a tab reaches to the next stop"),
        pytest.param("a\x1b[31m b", 8, 9, ("a\\u001B[31m ", "b", ""), id="control characters"),
        pytest.param("a\u202eb c", 5, 6, ("a\\u202Eb ", "c", ""), id="direction"),
        pytest.param("", 1, 2, ("", "", ""), id="empty line"),
    ],
)
def test_shows_what_is_meant_in_a_line(
    line: str, column: int | None, end: int | None, expected: tuple[str, str, str]
) -> None:
    assert cut_excerpt(line, column, end) == Excerpt(*expected)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("abc", 3), ("Đường", 5), ("u\u031bo\u031b\u0300", 2), ("移民", 4), ("e\u0301", 1), ("", 0), ("🙂", 2)],
)
def test_counts_the_cells_of_a_terminal(text: str, cells: int) -> None:
    assert count_cells(text) == cells


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        (1, ("", "wanted", "x" * 33 + "…")),
        (31, ("x" * 30, "wanted", "xxx…")),
        (35, ("…" + "x" * 13, "wanted", "x" * 19 + "…")),
        (995, ("…" + "x" * 13, "wanted", "")),
    ],
)
def test_a_long_line_is_cut_around_what_is_meant(column: int, shown: tuple[str, str, str]) -> None:
    line = ("x" * (column - 1) + "wanted").ljust(1000, "x")
    assert cut_excerpt(line, column, column + 6, 40) == Excerpt(*shown)


def test_a_line_of_ten_megabytes_is_cut_at_once() -> None:
    line = f'ex:a ex:p "{"移" * 10_000_000}" .'
    before, marked, after = cut_excerpt(line, 11, 10_000_013, 80)
    assert (before, marked[:3], after) == ("ex:a ex:p ", '"移移', "…")
    assert count_cells(before + marked + after) <= 80


@given(
    line=TEXTS | st.text(max_size=300),
    column=st.none() | st.integers(1, 320),
    length=st.none() | st.integers(0, 320),
    width=st.integers(20, 120),
)
def test_an_excerpt_is_printable_and_as_wide_as_asked(
    line: str, column: int | None, length: int | None, width: int
) -> None:
    end = None if column is None or length is None else column + length
    excerpt = cut_excerpt(line, column, end, width)
    text = "".join(excerpt)
    assert text.isprintable()
    assert count_cells(text) <= width
    if column is not None and column <= len(line) and line[column - 1].isprintable() and end != column:
        assert excerpt.marked.startswith(line[column - 1])


def test_reads_each_line_where_findings_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes("\ufeffex:a ex:p 1 .\r\nex:b ex:p 2 .\nex:c ex:p \xff".encode("utf-8"))
    path.write_bytes(path.read_bytes().replace("\xff".encode(), b"\xff"))
    found = [finding(file=path, line=line, column=1, end_column=5) for line in (1, 2, 3, 4)]
    excerpts = read_excerpts(found)
    assert [excerpts.get(one) for one in found] == [
        ("", "ex:a", " ex:p 1 ."),
        ("", "ex:b", " ex:p 2 ."),
        ("", "ex:c", " ex:p \ufffd"),
        None,
    ]


def test_what_cannot_be_read_any_more_is_not_shown(tmp_path: Path) -> None:
    found = [finding(file=tmp_path, line=1), finding(file=tmp_path / "gone.ttl", line=1), finding(line=1), finding()]
    assert read_excerpts(found) == {}
