"""What a check finds, and a report of it."""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Triple

__all__ = ["Finding", "Hint", "Report", "Severity", "sort_findings"]

NO_PREFIXES: Mapping[str, str] = MappingProxyType({})
NONE_LEFT_OUT: Mapping[str, int] = MappingProxyType({})


@functools.total_ordering
class Severity(enum.Enum):
    """Order the severities of https://www.w3.org/TR/shacl/#severity: info < warning < violation."""

    INFO = "info"
    WARNING = "warning"
    VIOLATION = "violation"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Severity):
            return NotImplemented
        order = list(Severity)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Say what is wrong with which node, where it stands, and what to do.

    ``focus`` is an IRI (or ``_:label``), ``path`` a property path with CURIEs, ``value`` a term in N-Triples form,
    ``shape`` and ``component`` IRIs; ``line`` and ``column`` are counted from 1, in characters, and ``end_column`` is
    the one behind the last; ``rule`` is a stable name of what was broken.
    """

    kind: str
    rule: str
    message: str
    severity: Severity = Severity.VIOLATION
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    shape: str | None = None
    component: str | None = None
    file: Path | None = None
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    advice: str | None = None


@dataclass(frozen=True, kw_only=True)
class Hint:
    """Say what of a shape is well-formed and yet hardly meant, where it stands, and what to do.

    ``rule`` is a stable name of what is doubtful, ``shape`` an IRI; ``line`` and ``column`` are counted from 1.
    """

    rule: str
    message: str
    advice: str
    shape: str | None = None
    file: Path | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """Hold all findings of one validation, in a fixed order.

    ``conforms`` is what https://www.w3.org/TR/shacl/#conforms defines: whether SHACL gave no result of any severity. It
    is None where SHACL was not run, and says nothing of the other checks. ``shacl_graph`` is the standard report.
    ``checked`` says what was looked at, and in a project how many ``triples`` of how many ``files`` that were, by which
    ``checks``; ``completed`` are those that looked at all that they are for, and ``is_whole`` says that every check did
    (but for texts that are not at hand); ``left_out`` counts the findings that are not shown, by why: "known", "waived"
    or "unchanged". ``hints`` are on the shapes, and no findings.
    """

    findings: tuple[Finding, ...]
    conforms: bool | None = None
    shacl_graph: tuple[Triple, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=lambda: NO_PREFIXES)
    checked: str = ""
    triples: int = 0
    files: int = 0
    checks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    completed: frozenset[str] = frozenset()
    is_whole: bool = False
    left_out: Mapping[str, int] = field(default_factory=lambda: NONE_LEFT_OUT)

    @property
    def counts(self) -> dict[Severity, int]:
        """Count the findings of each severity, the gravest first."""
        found = [finding.severity for finding in self.findings]
        return {severity: found.count(severity) for severity in sorted(Severity, reverse=True)}

    def without_shacl(self) -> Report:
        """Give the report without what SHACL found: what the standard report in Turtle has no place for."""
        return replace(self, findings=tuple(finding for finding in self.findings if finding.kind != "shacl"))

    def fails(self, fail_on: Severity = Severity.VIOLATION) -> bool:
        """Tell whether a finding is at least as grave as ``fail_on``."""
        return any(finding.severity >= fail_on for finding in self.findings)


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by file, line, focus node and rule; what has no file comes last."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[object, ...]:
    texts = (finding.focus, finding.rule, finding.path, finding.value, finding.message, finding.component)
    return (
        finding.file is None,
        str(finding.file),
        finding.line or 0,
        finding.column or 0,
        *(text or "" for text in texts),
    )
