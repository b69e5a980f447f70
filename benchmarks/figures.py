#!/usr/bin/env python3
"""Measure how well figures are read, on the two tables of phrases, and write it into docs/figures.md.

Usage: python benchmarks/figures.py [--misses TABLE] [--write]

A figure that is expected and one that is read are the same where their kind, value, lower, upper, unit, hedge and
precision are. Precision is the share of the figures read that are expected, recall that of those expected that are
read. How much of the text both have in common is told apart.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from migragraph.figures import read_figures
from migragraph.figures.rendering import describe_figure

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "tests" / "unit" / "figures"
PAGE = ROOT / "docs" / "figures.md"
NAMES = ("held-out", "development")
_BLOCK = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- end -->)", re.DOTALL)
_ALIKE = ("kind", "value", "lower", "upper", "unit", "hedge", "precision")

Described = dict[str, Any]


class Entry(NamedTuple):
    """A phrase, and the figures that a reader finds in it."""

    phrase: str
    figures: tuple[Described, ...]


class Score(NamedTuple):
    """How many figures are expected, read, and both; and how much the texts of those that are both have in common."""

    expected: int
    read: int
    right: int
    overlap: float

    @property
    def precision(self) -> float:
        return self.right / self.read

    @property
    def recall(self) -> float:
        return self.right / self.expected


def load_table(name: str) -> list[Entry]:
    """Load a table of phrases."""
    entries = json.loads((TABLES / f"{name}.json").read_text("utf-8"))
    return [Entry(entry["phrase"], tuple(entry["figures"])) for entry in entries]


def measure(entries: Iterable[Entry], without: str | None = None) -> Score:
    """Measure the figures read in some phrases, told apart by all that is said of a figure but one thing."""
    keys = [key for key in _ALIKE if key != without]
    expected = read = right = 0
    overlap = 0.0
    for entry in entries:
        found = read_phrase(entry.phrase)
        expected += len(entry.figures)
        read += len(found)
        for pair in _pair(entry.figures, found, keys):
            right += 1
            overlap += _overlap(entry.phrase, *pair)
    return Score(expected, read, right, overlap / right if right else 0.0)


def read_phrase(phrase: str) -> list[Described]:
    """Read the figures of a phrase as a table has them."""
    return [describe_figure(figure) for figure in read_figures(phrase)]


def _pair(expected: Sequence[Described], found: list[Described], keys: list[str]) -> list[tuple[str, str]]:
    left = list(found)
    pairs = []
    for figure in expected:
        same = next((other for other in left if all(figure[key] == other[key] for key in keys)), None)
        if same:
            left.remove(same)
            pairs.append((figure["text"], same["text"]))
    return pairs


def _overlap(phrase: str, first: str, second: str) -> float:
    """Give the share of the letters of two stretches of a phrase that both have."""
    places = [set(range(phrase.find(text), phrase.find(text) + len(text))) for text in (first, second)]
    return len(places[0] & places[1]) / len(places[0] | places[1])


def list_misses(entries: Iterable[Entry]) -> list[str]:
    """List the phrases that are not read as expected, with what was expected and what was read."""
    lines = []
    for entry in entries:
        found = read_phrase(entry.phrase)
        if len(_pair(entry.figures, found, list(_ALIKE))) < max(len(found), len(entry.figures)):
            lines += [entry.phrase, *_show("expected", entry.figures), *_show("read", found)]
    return lines


def _show(word: str, figures: Iterable[Described]) -> list[str]:
    return [f"  {word:<9} {' | '.join(str(figure[key]) for key in (*_ALIKE, 'text'))}" for figure in figures]


def render() -> str:
    """Write the table of the page."""
    lines = [
        "| table | phrases | figures | precision | recall | precision, without unit | recall, without unit | text |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in NAMES:
        entries = load_table(name)
        whole, apart = measure(entries), measure(entries, without="unit")
        shares = (whole.precision, whole.recall, apart.precision, apart.recall, whole.overlap)
        cells = [f"{name}.json", str(len(entries)), str(whole.expected), *(f"{share:.1%}" for share in shares)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, or what is missed in one, or write it into the page."""
    if "--misses" in sys.argv:
        sys.stdout.write("\n".join(list_misses(load_table(sys.argv[sys.argv.index("--misses") + 1]))) + "\n")
    elif "--write" in sys.argv:
        PAGE.write_text(_BLOCK.sub(lambda _: render(), PAGE.read_text("utf-8")), "utf-8")
    else:
        sys.stdout.write(render())


if __name__ == "__main__":
    main()
