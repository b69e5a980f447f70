"""Rendering: the audit as text for people, as JSON, and as one flat table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from migragraph.audit.tables import Audit, FigureLine, IndicatorAudit
from migragraph.cells import make_inert
from migragraph.wrapping import WIDTH, wrap_text

__all__ = ["AUDITS", "render_csv", "render_json", "render_text"]

_COLUMNS = ("indicator", "label", "type", "topic", "status", "text", "figures")


def render_text(audit: Audit, width: int = WIDTH) -> str:
    """Write an audit as a block for each indicator, wrapped to a width: its figures, then the remarks on them."""
    if not audit.indicators:
        return f"{audit.title}: no figures\n"
    return "\n".join(_write_block(indicator, width) for indicator in audit.indicators)


def _write_block(indicator: IndicatorAudit, width: int) -> str:
    kind = f"{indicator.type}, " if indicator.type else ""
    lines = wrap_text(f"{indicator.label} ({kind}{indicator.iri})", "", "  ", width)
    lines += [line for one in indicator.figures for line in wrap_text(_tell(one), "  ", "    ", width)]
    topics = max((len(one.topic) for one in indicator.remarks), default=0)
    statuses = max((len(one.status) for one in indicator.remarks), default=0)
    for one in indicator.remarks:
        head = f"  {one.topic:<{topics}}  {one.status:<{statuses}}  "
        lines += wrap_text(one.text, head, " " * len(head), width)
    return "".join(f"{line}\n" for line in lines)


def _tell(one: FigureLine) -> str:
    parts = (one.value, one.hedge, one.sex, one.population, one.area, one.period, one.stated_in)
    return "; ".join(filter(None, parts))


def render_json(audit: Audit) -> str:
    """Write an audit as one JSON object."""
    return json.dumps(asdict(audit), ensure_ascii=False, indent=2) + "\n"


def render_csv(audit: Audit) -> str:
    """Write an audit as one table: a row for each figure and each remark; several figures have a space between.

    What a spreadsheet may run as a formula is made inert.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for indicator in audit.indicators:
        head = (indicator.iri, indicator.label, indicator.type)
        rows = [("figure", one.hedge, _tell(one), one.iri) for one in indicator.figures]
        rows += [(one.topic, one.status, one.text, " ".join(one.figures)) for one in indicator.remarks]
        writer.writerows([make_inert(cell) for cell in (*head, *row)] for row in rows)
    return text.getvalue()


AUDITS: Mapping[str, Callable[[Audit], str]] = MappingProxyType(
    {"csv": render_csv, "json": render_json, "text": render_text}
)
"""The forms in which an audit is written, by name."""
