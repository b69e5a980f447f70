"""Hints on the shapes, a line each: beside a report, or in the part of it that is for notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from migragraph.report.findings import Hint, Report
from migragraph.report.words import name_place
from migragraph.wrapping import show_line

__all__ = ["list_hints", "render_hints"]

# Shapes for many classes over data of a few give a hint for each of the other classes.
MOST_OF_A_RULE = 5


def render_hints(report: Report, *, start: Path | None = None) -> str:
    """Write the hints for people, a few of each rule; the formats for machines have all of them.

    Files are named relative to ``start``, the working directory by default, where they lie below it.
    """
    numbers: Counter[str] = Counter()
    lines = []
    for hint, line in zip(report.hints, list_hints(report, start or Path.cwd()), strict=True):
        numbers[hint.rule] += 1
        if numbers[hint.rule] <= MOST_OF_A_RULE:
            lines.append(line)
    for rule, number in numbers.items():
        if number > MOST_OF_A_RULE:
            lines.append(f"hint: {number - MOST_OF_A_RULE:,} more of the kind {rule} (--format json has all).")
    return "".join(f"{line}\n" for line in lines)


def list_hints(report: Report, start: Path) -> Iterator[str]:
    """Give a line for each hint: its place as far as it is known, what is doubtful, and what to do."""
    return (_write(hint, start) for hint in report.hints)


def _write(hint: Hint, start: Path) -> str:
    place = name_place(hint, start)
    said = f"{hint.message} {hint.advice}"
    return show_line(f"hint: {place}: {said}" if place else f"hint: {said}")
