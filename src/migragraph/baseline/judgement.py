"""Holding a report against a baseline: what is known or waived is left out, what the baseline says in vain is told."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from migragraph.baseline.entries import Baseline, Waiver, is_waivable
from migragraph.baseline.waiving import waive_findings
from migragraph.report import Finding, Report, Severity, sort_findings
from migragraph.report.fingerprints import Fingerprint, Twin, split_findings

__all__ = ["apply_baseline"]

KIND = "baseline"


def apply_baseline(report: Report, baseline: Baseline, root: Path, today: datetime.date) -> Report:
    """Leave out the findings that are waived today, then those that are known; count them, and judge the baseline.

    An expired waiver is a warning. An entry that fits nothing is an info, where all that it could fit was looked at.
    ``root`` is as for ``fingerprints``. A file or literal that does not parse is never left out.
    """
    active = [waiver for waiver in baseline.waivers if not waiver.has_expired(today)]
    waived = waive_findings(report, active, root)
    hidden = tuple(finding for finding in waived.left if not is_waivable(finding))
    open_ = replace(report, findings=tuple(finding for finding in waived.left if is_waivable(finding)))
    known = Counter[Fingerprint]()
    for entry in baseline.known:
        known[entry.fingerprint] += entry.count
    twins = Counter[Twin]()
    for entry in baseline.known:
        twins[entry.fingerprint, entry.file, None] += entry.count
    left, taken = split_findings(open_, root, known, twins)
    remarks = [
        *_find_expired(baseline, today),
        *(_find_unused_waivers(baseline, active, waived.used) if report.is_whole else ()),
        *_find_unused_known(report, baseline, taken),
    ]
    counts = {"known": taken.total(), "waived": waived.number}
    notes = [_note(number, why, baseline.path) for why, number in counts.items() if number]
    return replace(
        report,
        findings=sort_findings([*hidden, *left, *remarks]),
        left_out={**report.left_out, **counts},
        notes=(*report.notes, *notes),
    )


def _find_expired(baseline: Baseline, today: datetime.date) -> Iterator[Finding]:
    for waiver in baseline.waivers:
        if waiver.has_expired(today):
            message = f"The waiver ended on {waiver.until} ({waiver.reason})."
            advice = "Mend what it was for, or give it a later day."
            yield _remark((baseline.path, waiver.line), "waiver-expired", message, advice, Severity.WARNING)


def _find_unused_waivers(baseline: Baseline, active: Iterable[Waiver], used: Iterable[Waiver]) -> Iterator[Finding]:
    fitting = {id(waiver) for waiver in used}
    advice = "Take it away, unless it is for texts that are not at hand here."
    for waiver in active:
        if id(waiver) not in fitting:
            message = f"The waiver fits no finding ({waiver.reason})."
            yield _remark((baseline.path, waiver.line), "waiver-unused", message, advice)


def _find_unused_known(report: Report, baseline: Baseline, taken: Counter[Fingerprint]) -> Iterator[Finding]:
    there = Counter(taken)
    for entry in baseline.known:
        missing = entry.count - min(entry.count, there[entry.fingerprint])
        there[entry.fingerprint] -= entry.count - missing
        if missing and entry.fingerprint.check in report.completed:
            which = "is not there any more" if entry.count == 1 else f"is there {missing} times less than it is known"
            message = f"A known finding {which} ({entry.fingerprint.rule})."
            advice = "Take it away, or write the baseline anew with --write-baseline."
            yield _remark((baseline.path, entry.line), "known-unused", message, advice)


def _remark(
    place: tuple[Path, int | None], rule: str, message: str, advice: str, severity: Severity = Severity.INFO
) -> Finding:
    file, line = place
    return Finding(kind=KIND, rule=rule, severity=severity, message=message, advice=advice, file=file, line=line)


def _note(number: int, why: str, path: Path) -> str:
    noun = "finding is" if number == 1 else "findings are"
    return f"{number:,} {why} {noun} left out ({path})."
