"""Locking: what the lock tells, held against the data and the texts; and the lock as it is to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.evidence.findings import KIND, Place
from migragraph.evidence.phrases import Flaw
from migragraph.evidence.rereading import Quoted, Rereading
from migragraph.iris import shorten_iri
from migragraph.lock import SEAL_LINE, Lock, find_lock, is_sealed, read_lock
from migragraph.namespaces import MG, OA
from migragraph.passages import Span
from migragraph.report import Finding, Severity
from migragraph.texts import read_hashes

__all__ = ["RULE", "find_changed", "find_outdated", "make_lock"]

RULE = "lock-current"
"""The rule that what `migragraph evidence` mends has broken."""

_WRITE = "Run `migragraph evidence`."
_NEW = Flaw(RULE, "The lock does not have these words yet.", _WRITE)
_UNREAD = Flaw(
    RULE, "The lock does not have these words yet, and the text of their source is not at hand.", "Name it by --texts."
)


def find_changed(dataset: Dataset, rereading: Rereading) -> Iterator[Finding]:
    """Give a warning for each text that is not the one that the lock, or the data, know of its source."""
    lock = find_lock(dataset.layout)
    for source, path in rereading.changed.items():
        yield Finding(
            kind=KIND,
            rule="text-changed",
            severity=Severity.WARNING,
            message=f"The text in {path.name} is not the one that the lock knows; its phrases were looked for again.",
            focus=source.value,
            path=shorten_iri(MG.sha256.value, dataset.prefixes),
            file=lock if lock.is_file() else dataset.origin.get(source),
            advice=f"See whether it still says what the data say. {_WRITE}",
        )


def find_outdated(dataset: Dataset, quoted: Quoted, rereading: Rereading) -> Iterator[Finding]:
    """Find where the lock is not as it is to be: missing, edited by hand, without a passage, with one amiss or idle."""
    lock = find_lock(dataset.layout)
    if not lock.is_file():
        if quoted.passages:
            yield _finding(lock, "There is no lock of where the passages stand in the texts.")
        return
    if not is_sealed(lock.read_bytes()):
        message = "The lock was edited by hand: it does not have the SHA-256 that its second line tells."
        yield _finding(lock, message, line=SEAL_LINE)
    told = read_lock(dataset.index)
    for passage in quoted.passages:
        if passage not in told:
            yield from Place(passage, quoted, dataset).report(_NEW)
        elif wrong := _describe_wrong(told[passage], passage, quoted, rereading):
            yield _finding(lock, wrong, about=passage, dataset=dataset)
    for passage in told:
        if passage not in quoted.passages:
            yield _finding(lock, "No evidence rests on this passage any more.", about=passage, dataset=dataset)
    yield from _find_unhashed(dataset, quoted, lock)


def _describe_wrong(told: tuple[Span, ...], passage: NamedNode, quoted: Quoted, rereading: Rereading) -> str | None:
    """Say how the lock is wrong on a passage; where its text has changed, or the passage has a flaw, that is enough."""
    if len(told) > 1:
        return "The lock tells of two places of this passage."
    found = rereading.spans.get(passage, ())
    if quoted.passages[passage].source in rereading.changed or len(found) != 1 or found == told:
        return None
    (start, end), (is_start, is_end) = told[0], found[0]
    return f"The lock says that the passage stands at {start} to {end}; it stands at {is_start} to {is_end}."


def _find_unhashed(dataset: Dataset, quoted: Quoted, lock: Path) -> Iterator[Finding]:
    hashes = read_hashes(dataset.index)
    for source in quoted.group():
        if source not in hashes:
            yield _finding(lock, "The lock does not tell the SHA-256 of this source's text.", source, dataset)


def _finding(
    lock: Path, message: str, about: NamedNode | None = None, dataset: Dataset | None = None, line: int | None = None
) -> Finding:
    return Finding(
        kind=KIND,
        rule=RULE,
        message=message,
        focus=about and about.value,
        path=shorten_iri(OA.hasSelector.value, dataset.prefixes) if dataset else None,
        file=lock,
        line=line,
        advice=_WRITE,
    )


def make_lock(dataset: Dataset, quoted: Quoted, rereading: Rereading) -> tuple[Lock, list[Finding]]:
    """Make the lock as it is to be, and find the passages whose places can not be known.

    What stands in a text that is not at hand is taken from the lock that is there, if nobody edited that by hand.
    """
    path = find_lock(dataset.layout)
    trusted = path.is_file() and is_sealed(path.read_bytes())
    told = read_lock(dataset.index) if trusted else {}
    hashes = {source: values[0] for source, values in read_hashes(dataset.index).items()}
    spans: dict[NamedNode, Span] = {}
    findings: list[Finding] = []
    for passage, quotation in quoted.passages.items():
        known = rereading.spans.get(passage, told.get(passage, ()))
        if len(known) == 1:
            spans[passage] = known[0]
        elif quotation.source in rereading.unread:
            findings += Place(passage, quoted, dataset).report(_UNREAD)
    kept = {source: hashes[source] for source in rereading.unread if source in hashes}
    return Lock({**kept, **rereading.hashes}, spans), findings
