"""Evidence as a check: every fact is supported or exempt, and the words that support it stand in the texts."""

from __future__ import annotations

from migragraph.evidence.checking import Check, check_evidence, lock_evidence, report_evidence
from migragraph.evidence.coverage import Coverage, count_coverage, measure_coverage
from migragraph.evidence.tables import COVERAGES

__all__ = [
    "COVERAGES",
    "Check",
    "Coverage",
    "check_evidence",
    "count_coverage",
    "lock_evidence",
    "measure_coverage",
    "report_evidence",
]
