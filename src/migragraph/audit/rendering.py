"""Rendering: the audit as text for people, as JSON, and as one flat table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from migragraph.audit.tables import Audit, FigureLine, IndicatorAudit

__all__ = ["AUDITS", "render_csv", "render_json", "render_text"]

_COLUMNS = ("indicator", "label", "type", "topic", "status", "text", "figures")


def render_text(audit: Audit) -> str:
    """Write an audit as a block for each indicator: its figures, then the remarks on them."""
    if not audit.indicators:
        return f"{audit.title}: no figures\n"
    return "\n".join(_write_block(indicator) for indicator in audit.indicators)


def _write_block(indicator: IndicatorAudit) -> str:
    kind = f"{indicator.type}, " if indicator.type else ""
    lines = [f"{indicator.label} ({kind}{indicator.iri})", *(f"  {_tell(one)}" for one in indicator.figures)]
    topics = max((len(one.topic) for one in indicator.remarks), default=0)
    statuses = max((len(one.status) for one in indicator.remarks), default=0)
    lines += [f"  {one.topic:<{topics}}  {one.status:<{statuses}}  {one.text}" for one in indicator.remarks]
    return "".join(f"{line}\n" for line in lines)


def _tell(one: FigureLine) -> str:
    parts = (one.value, one.hedge, one.sex, one.population, one.area, one.period, one.stated_in)
    return "; ".join(filter(None, parts))


def render_json(audit: Audit) -> str:
    """Write an audit as one JSON object."""
    return json.dumps(asdict(audit), ensure_ascii=False, indent=2) + "\n"


def render_csv(audit: Audit) -> str:
    """Write an audit as one table: a row for each figure and each remark; several figures have a space between."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for indicator in audit.indicators:
        head = (indicator.iri, indicator.label, indicator.type)
        writer.writerows((*head, "figure", one.hedge, _tell(one), one.iri) for one in indicator.figures)
        writer.writerows((*head, one.topic, one.status, one.text, " ".join(one.figures)) for one in indicator.remarks)
    return text.getvalue()


AUDITS: Mapping[str, Callable[[Audit], str]] = MappingProxyType(
    {"csv": render_csv, "json": render_json, "text": render_text}
)
"""The forms in which an audit is written, by name."""
