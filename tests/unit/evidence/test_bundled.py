"""The bundled graph: its lock is the one that the texts give, or without them the one of its data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migragraph.dataset import Dataset
from migragraph.evidence import check_evidence, lock_evidence
from migragraph.report import Finding, Severity

TEXTS = Path(os.environ.get("MIGRAGRAPH_TEXTS") or Path(__file__).parents[4] / "shared" / "sources")


def violations_of(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == Severity.VIOLATION]


def test_without_the_texts_the_lock_is_that_of_the_data(bundled: Dataset) -> None:
    check = check_evidence(bundled)
    assert violations_of(check.findings) == []
    (note,) = check.notes
    assert note.endswith("more.")
    assert "passages not re-read, since no text is at hand of 5 sources" in note


def test_all_evidence_stands_in_the_texts_where_the_lock_says(bundled: Dataset) -> None:
    if not TEXTS.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the sources' texts are not at hand: no folder {TEXTS}")
    check = check_evidence(bundled, TEXTS)
    assert violations_of(check.findings) == []
    assert check.notes == ()
    found, _, read = check.summary.partition(" of ")
    assert read == f"{found} passages found in 5 texts"
    report, data = lock_evidence(bundled, TEXTS)
    assert data is None
    assert report.checked.endswith("data/evidence.lock.ttl is unchanged")
