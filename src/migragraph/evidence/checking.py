"""Checking: everything that is looked at of the evidence of a dataset, with what is not, and the lock that follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from migragraph.dataset import Dataset
from migragraph.errors import DataError
from migragraph.evidence.findings import KIND, find_flaws
from migragraph.evidence.gaps import find_gaps
from migragraph.evidence.locking import find_changed, find_outdated, make_lock
from migragraph.evidence.placing import place_evidence
from migragraph.evidence.rereading import Quoted, Rereading, collect_quoted, reread
from migragraph.iris import shorten_iri
from migragraph.lock import find_lock, render_lock
from migragraph.places import add_ends
from migragraph.report import Finding, Report, Severity, sort_findings
from migragraph.wrapping import count_things

__all__ = ["Check", "check_evidence", "examine", "lock_evidence", "report_evidence"]

# How many sources a note names.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of the evidence of a dataset, and what the reader should know of how it was looked at."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    summary: str


def check_evidence(dataset: Dataset, folder: Path | None = None) -> Check:
    """Check all evidence: that it supports, that it fits, that its words say so, stand in the texts and in the lock.

    ``folder`` is that of the sources' texts; without it nothing is re-read, and the lock is held against the data only.
    """
    quoted = collect_quoted(dataset.index)
    rereading = reread(quoted, dataset.index, dataset.layout, folder)
    findings = [
        *examine(dataset, quoted, rereading),
        *(_report_fault(error) for error in rereading.faults),
        *find_outdated(dataset, quoted, rereading),
    ]
    return Check(
        tuple(place_evidence(findings, dataset, quoted)), tuple(_notes(rereading, dataset)), _summarise(rereading)
    )


def examine(dataset: Dataset, quoted: Quoted, rereading: Rereading) -> Iterator[Finding]:
    """Find all that is wrong with the evidence itself, the lock left out."""
    from migragraph.fidelity import judge

    yield from find_gaps(dataset)
    yield from judge(dataset)
    yield from find_flaws(dataset, quoted, rereading)
    yield from find_changed(dataset, rereading)


def report_evidence(dataset: Dataset, folder: Path | None) -> Report:
    """Report on the evidence of a dataset."""
    check = check_evidence(dataset, folder)
    return _report(check, dataset, check.summary)


def lock_evidence(dataset: Dataset, folder: Path | None) -> tuple[Report, bytes | None]:
    """Report on the evidence of a dataset, and give the lock as it is to be written; None where it must not be.

    Raises DataError for a text that cannot be read.
    """
    quoted = collect_quoted(dataset.index)
    rereading = reread(quoted, dataset.index, dataset.layout, folder)
    if rereading.faults:
        raise rereading.faults[0]
    lock, unknown = make_lock(dataset, quoted, rereading)
    findings = tuple(place_evidence([*examine(dataset, quoted, rereading), *unknown], dataset, quoted))
    check = Check(findings, tuple(_notes(rereading, dataset)), _summarise(rereading))
    if any(finding.severity == Severity.VIOLATION for finding in findings):
        return _report(check, dataset, f"{check.summary}; nothing is written"), None
    sources = {passage: quotation.source for passage, quotation in quoted.passages.items()}
    data, path = render_lock(lock, sources, dataset.prefixes), find_lock(dataset.layout)
    is_same = path.read_bytes() == data if path.is_file() else not lock.spans
    told = f"{path.parent.name}/{path.name} is {'unchanged' if is_same else 'written'}"
    return _report(check, dataset, f"{check.summary}; {told}"), None if is_same else data


def _report(check: Check, dataset: Dataset, summary: str) -> Report:
    return Report(
        findings=sort_findings(add_ends(dict.fromkeys(check.findings))),
        prefixes=dataset.prefixes,
        checked=summary,
        notes=check.notes,
    )


def _report_fault(error: DataError) -> Finding:
    return Finding(
        kind=KIND,
        rule="text-readable",
        message=error.message,
        file=None if error.path is None else Path(error.path),
        line=error.line,
        column=error.column,
        advice=error.advice,
    )


def _summarise(rereading: Rereading) -> str:
    if not rereading.hashes and rereading.unread:
        return "no passage re-read"
    found = sum(len(spans) == 1 for spans in rereading.spans.values())
    return f"{found:,} of {len(rereading.spans):,} passages found in {count_things(len(rereading.hashes), 'text')}"


def _notes(rereading: Rereading, dataset: Dataset) -> Iterator[str]:
    unread = rereading.unread
    if unread:
        names = sorted(shorten_iri(source.value, dataset.prefixes) for source in unread)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield (
            f"{count_things(sum(unread.values()), 'passage')} not re-read, since no text is at hand of "
            f"{count_things(len(unread), 'source')}: {', '.join(names[:_NAMED])}{more}."
        )
