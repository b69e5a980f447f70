"""The entries of a baseline: known findings, and waivers with a reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from migragraph.report import Finding
from migragraph.report.fingerprints import Fingerprint

__all__ = ["Baseline", "Known", "Waiver", "is_waivable"]


@dataclass(frozen=True)
class Known:
    """A finding that is known, the file that it was in, how many there were, and the line of the entry, from 1.

    The file only says which of several is meant: what has moved to another file is known too.
    """

    fingerprint: Fingerprint
    file: str = ""
    count: int = 1
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Say which findings are let pass, why, and to which day, itself included.

    ``rule``, ``focus`` and ``path`` are patterns in which ``*`` stands for any text and ``?`` for any character; all
    that are given must fit. Those of ``focus`` and ``path`` may be of IRIs or of CURIEs.
    """

    reason: str
    rule: str | None = None
    focus: str | None = None
    path: str | None = None
    until: datetime.date | None = None
    line: int | None = None

    def has_expired(self, today: datetime.date) -> bool:
        """Tell whether the last day of the waiver is past."""
        return self.until is not None and self.until < today


@dataclass(frozen=True)
class Baseline:
    """The known findings and the waivers of a file; ``head`` is its text above the first known finding."""

    path: Path
    known: tuple[Known, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    head: str = ""


def is_waivable(finding: Finding) -> bool:
    """Tell whether a finding may be known or waived: what does not parse hides what else is wrong, so it may not."""
    return finding.kind != "syntax"
