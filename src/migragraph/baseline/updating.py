"""Writing what is found now into the file of a baseline, its waivers kept."""

from __future__ import annotations

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from migragraph.baseline.entries import Baseline, Known, is_waivable
from migragraph.baseline.reading import read_baseline
from migragraph.baseline.rendering import render_baseline
from migragraph.baseline.waiving import waive_findings
from migragraph.errors import CallError
from migragraph.report import Report
from migragraph.report.fingerprints import name_file, take_fingerprint
from migragraph.writing import write_files

__all__ = ["collect_known", "update_baseline"]


def update_baseline(path: Path, report: Report, root: Path, today: datetime.date) -> Baseline:
    """Write the findings of a report that no waiver fits into a baseline, in the place of those known before.

    What is above the known findings stays as it is. Raises CallError where the file is there and is no baseline, or a
    waiver in it would be lost, and OutputError where it cannot be written.
    """
    old = read_baseline(path) if path.exists() else Baseline(path)
    text = render_baseline(collect_known(report, old, root.resolve(), today), old.head)
    if _count_waivers(text) != len(old.waivers):
        last = max((waiver.line or 0 for waiver in old.waivers), default=0) or None
        advice = "Move every [[waiver]] above the first [[known]]."
        raise CallError("a waiver stands below the known findings.", path=path, line=last, advice=advice)
    write_files(path.parent, {path.name: text.encode()})
    return read_baseline(path)


def collect_known(report: Report, old: Baseline, root: Path, today: datetime.date) -> Iterator[Known]:
    """Give what is to be known: what was found, and what was known of a check that was not made whole."""
    active = [waiver for waiver in old.waivers if not waiver.has_expired(today)]
    found = Counter(
        (take_fingerprint(finding, report.prefixes, root), name_file(finding.file, root))
        for finding in waive_findings(report, active, root).left
        if is_waivable(finding)
    )
    yield from (Known(fingerprint, file, count) for (fingerprint, file), count in found.items())
    there = {fingerprint for fingerprint, _ in found}
    for known in old.known:
        if known.fingerprint.check not in report.completed and known.fingerprint not in there:
            yield known


def _count_waivers(text: str) -> int:
    try:
        return len(tomllib.loads(text).get("waiver", []))
    except tomllib.TOMLDecodeError:
        return -1
