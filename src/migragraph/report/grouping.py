"""Grouping: findings by file, and in it those that say the same of different nodes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from migragraph.report.findings import Finding

__all__ = ["Group", "group_alike", "group_by_file"]


class Group(NamedTuple):
    """Findings of one file that break one rule, with the same words and the same advice."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Give the finding that stands first."""
        return self.findings[0]


def group_by_file(findings: Iterable[Finding]) -> list[tuple[Path | None, list[Group]]]:
    """Give the groups of each file; ``findings`` are sorted by file."""
    return [(file, group_alike(group)) for file, group in itertools.groupby(findings, key=lambda finding: finding.file)]


def group_alike(findings: Iterable[Finding]) -> list[Group]:
    """Put alike findings together, the gravest first, then in the order in which the first of each stands."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_likeness(finding), []).append(finding)
    made = [Group(tuple(group)) for group in groups.values()]
    return sorted(made, key=lambda group: group.first.severity, reverse=True)


def _likeness(finding: Finding) -> tuple[object, ...]:
    about = (finding.path, finding.shape, finding.component, finding.advice)
    return (finding.severity, finding.kind, finding.rule, finding.message, *about)
