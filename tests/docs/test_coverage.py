"""docs/coverage.md agrees with the places of the evidence in the texts, in both directions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs import coverage
from migragraph.dataset import build
from migragraph.layout import load_layout

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Read the sources' texts, which are not in the project: they lie in MIGRAGRAPH_TEXTS, or in shared/ beside it."""
    folder = Path(os.environ.get("MIGRAGRAPH_TEXTS") or ROOT.parent / "shared" / "sources")
    if not folder.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the sources' texts are not at hand: no folder {folder}")
    return coverage.read_texts(load_layout(ROOT), folder)


@pytest.fixture(scope="module")
def covered(texts: Mapping[str, str]) -> dict[str, list[tuple[str, ...]]]:
    return coverage.cover(build(load_layout(ROOT)), texts)


@pytest.fixture(scope="module")
def page() -> dict[str, list[coverage.Row]]:
    return coverage.read_page(coverage.PAGE)


def test_every_sentence_has_its_row(covered: Mapping[str, list[object]], page: Mapping[str, list[object]]) -> None:
    assert {source: len(rows) for source, rows in page.items()} == {source: len(x) for source, x in covered.items()}


def test_rows_name_the_things_whose_evidence_lies_there(
    covered: Mapping[str, list[tuple[str, ...]]], page: Mapping[str, list[coverage.Row]]
) -> None:
    for source, rows in page.items():
        for number, (row, things) in enumerate(zip(rows, covered[source], strict=True), 1):
            assert row.things == things, f"{source}, sentence {number}"


def test_a_sentence_without_things_has_a_reason_of_the_list(page: Mapping[str, list[coverage.Row]]) -> None:
    for source, rows in page.items():
        for number, row in enumerate(rows, 1):
            assert (row.reason in coverage.REASONS) != bool(row.things), f"{source}, sentence {number}"


def test_every_quote_is_found_once(texts: Mapping[str, str]) -> None:
    places = coverage.quote_counts(build(load_layout(ROOT)), texts)
    assert places
    assert {passage: count for passage, count in places.items() if count != 1} == {}


def test_the_texts_are_those_that_were_read(texts: Mapping[str, str]) -> None:
    assert coverage.wrong_hashes(build(load_layout(ROOT)), texts) == []
