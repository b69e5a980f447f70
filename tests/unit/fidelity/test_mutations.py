"""What is wrong on purpose is found, and docs/mutations.md tells how much of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from benchmarks.mutations import page
from benchmarks.mutations.judging import find_fault
from benchmarks.mutations.mutants import Material, Mutant
from pyoxigraph import NamedNode

from migragraph.dataset import Dataset, build
from migragraph.fidelity import Context
from migragraph.layout import load_layout
from migragraph.passages import FoldedText

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return build(load_layout(ROOT))


@pytest.fixture(scope="module")
def texts(dataset: Dataset) -> dict[NamedNode, FoldedText]:
    """Read the sources' texts, which are not in the project: they lie in MIGRAGRAPH_TEXTS, or in shared/ beside it."""
    folder = Path(os.environ.get("MIGRAGRAPH_TEXTS") or ROOT.parent / "shared" / "sources")
    if not folder.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the sources' texts are not at hand: no folder {folder}")
    return page.read_texts(dataset, folder)


@pytest.fixture(scope="module")
def rows(dataset: Dataset, texts: Mapping[NamedNode, FoldedText]) -> list[page.Row]:
    return page.measure(dataset, texts)


def test_nothing_is_found_in_what_is_right(dataset: Dataset, texts: Mapping[NamedNode, FoldedText]) -> None:
    context = Context.of(dataset)
    material = Material(dataset.index, texts, context.labels)
    assert material.testimonies
    for testimony in material.testimonies:
        for quotation in testimony.quotations:
            unchanged = Mutant("none", testimony, {}, "", "", quotation=quotation)
            assert find_fault(unchanged, material, context) is None, quotation.exact


def test_every_kind_has_mutants(rows: list[page.Row]) -> None:
    assert len(rows) >= 20
    assert [row.kind for row in rows if not row.made] == []


@pytest.mark.parametrize("word", ["digit", "date", "hedge", "quote", "source"])
def test_nothing_is_missed_of_what_must_be_found(word: str, rows: list[page.Row]) -> None:
    chosen = [row for row in rows if row.kind in page.WHOLE and word in row.kind]
    assert chosen
    assert [(row.kind, mutant.before, mutant.after) for row in chosen for mutant in row.missed] == []


def test_what_is_missed_is_explained(rows: list[page.Row]) -> None:
    assert {row.kind for row in rows if row.missed} == set(page.MISSES)


def test_the_page_tells_what_is_measured(dataset: Dataset, rows: list[page.Row]) -> None:
    written = page.PAGE.read_text(encoding="utf-8")
    assert written == page.render(rows, dataset.prefixes), "run python -m benchmarks.mutations.page TEXTS"
