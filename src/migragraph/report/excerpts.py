"""Excerpts: the source line at which a finding stands, made fit for showing, and the part of it that is meant.

A file may have changed or gone since it was read: what is not there is not shown, and never an error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from migragraph.report.findings import Finding

__all__ = ["Excerpt", "count_cells", "cut_excerpt", "read_excerpts"]

# How wide a tab is, at most.
TAB = 4
CUT = "…"
WIDTH = 100
# Characters without a width of their own are no reason to look at all of a line.
MOST = 4


class Excerpt(NamedTuple):
    """A part of a line: what stands before the place, what is meant there, and what follows; all of it printable."""

    before: str
    marked: str
    after: str


def read_excerpts(findings: Iterable[Finding], width: int = WIDTH) -> Mapping[Finding, Excerpt]:
    """Read the lines at which findings stand, each file once, and cut them to ``width`` cells."""
    wanted: dict[Path, dict[int, list[Finding]]] = {}
    for finding in findings:
        if finding.file is not None and finding.line is not None:
            wanted.setdefault(finding.file, {}).setdefault(finding.line, []).append(finding)
    excerpts = {}
    for file, lines in wanted.items():
        for number, line in _read_lines(file, lines).items():
            for finding in lines[number]:
                excerpts[finding] = cut_excerpt(line, finding.column, finding.end_column, width)
    return excerpts


def _read_lines(file: Path, numbers: Iterable[int]) -> dict[int, str]:
    wanted = set(numbers)
    last = max(wanted)
    lines: dict[int, str] = {}
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if number in wanted:
                    encoding = "utf-8-sig" if number == 1 else "utf-8"
                    lines[number] = line.rstrip(b"\r\n").decode(encoding, errors="replace")
                if number >= last:
                    break
    except OSError:
        return {}
    return lines


def cut_excerpt(line: str, column: int | None, end_column: int | None, width: int = WIDTH) -> Excerpt:
    """Cut a line to ``width`` cells, at least 20, around the columns that are meant (from 1, the end exclusive).

    Where there is no such column, nothing is marked.
    """
    begin = min(column - 1, len(line)) if column else 0
    end = max(begin, min((end_column or begin + 2) - 1, len(line))) if column else 0
    start = _choose_start(line, begin, end, width)
    front = CUT if start else ""
    stop = _choose_stop(line, start, width - len(front) - len(CUT))
    end = min(end, stop)
    row = _Row(front)
    before, marked, after = (row.write(part) for part in (line[start:begin], line[begin:end], line[end:stop]))
    return Excerpt(front + before, marked, after + (CUT if stop < len(line) else ""))


def _choose_start(line: str, begin: int, end: int, width: int) -> int:
    """Start at the beginning of the line unless what is meant would then be out of sight, or only begin to show."""
    row = _Row()
    if begin <= MOST * width:
        row.write(line[:begin])
        lead = row.cells
        row.write(line[begin : min(end, begin + width)])
        if lead + min(row.cells - lead, width // 2) <= width - 2 * len(CUT):
            return 0
    start, room = begin, width // 3
    while start > 0 and begin - start < MOST * width and (room := room - _measure_shown(line[start - 1])) >= 0:
        start -= 1
    while start < begin and not _measure_shown(line[start]):
        start += 1
    return start


def _choose_stop(line: str, start: int, room: int) -> int:
    """Stop before the first character for which there is no room."""
    row, last = _Row(), min(len(line), start + MOST * room)
    for index in range(start, last):
        row.write(line[index])
        if row.cells > room:
            return index
    return last


def _measure_shown(char: str) -> int:
    """Count the cells that a character takes at most."""
    return TAB if char == "\t" else count_cells(_Row().write(char))


class _Row:
    """Write characters so that each shows, and tabs as far as the cells before them ask for."""

    def __init__(self, text: str = "") -> None:
        self.cells = count_cells(text)

    def write(self, text: str) -> str:
        """Give the text as it is shown behind what was written before."""
        return "".join(self._write_char(char) for char in text)

    def _write_char(self, char: str) -> str:
        shown = char if char.isprintable() else f"\\u{ord(char):04X}"
        if char == "\t":
            shown = " " * (TAB - self.cells % TAB)
        self.cells += count_cells(shown)
        return shown


def count_cells(text: str) -> int:
    """Count the cells that a printable text takes in a terminal: a wide character two, a combining one none."""
    return len(text) if text.isascii() else sum(_measure(char) for char in text)


def _measure(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
