"""The audit of statistics: breakdowns present and missing, parts and wholes, shares and counts, derived figures."""

from __future__ import annotations

from migragraph.audit.checks import check_statistics
from migragraph.audit.rendering import AUDITS, render_text
from migragraph.audit.survey import take_audit
from migragraph.audit.tables import STATUSES, TOPICS, Audit, FigureLine, IndicatorAudit, Remark

__all__ = [
    "AUDITS",
    "STATUSES",
    "TOPICS",
    "Audit",
    "FigureLine",
    "IndicatorAudit",
    "Remark",
    "check_statistics",
    "render_text",
    "take_audit",
]
