"""Tables: a coverage as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from migragraph.evidence.coverage import KINDS, Counts, Coverage, SoleSource
from migragraph.iris import shorten_iri

__all__ = ["COVERAGES", "render_csv", "render_json", "render_text"]


def render_text(coverage: Coverage) -> str:
    """Write a coverage as aligned tables, with what would be lost without each source."""
    blocks = [_align(title, rows) for title, rows in (("all", {"facts": coverage.total}), *_parts(coverage))]
    return "\n".join([*blocks, *(_tell_lost(sole) for sole in coverage.sole)])


def _parts(coverage: Coverage) -> tuple[tuple[str, Mapping[str, Counts]], ...]:
    return (("class", coverage.classes), ("property", coverage.properties), ("source", coverage.sources))


def _align(title: str, rows: Mapping[str, Counts]) -> str:
    table = [(title, "asserted", *KINDS), *((name, *map(str, _numbers(counts))) for name, counts in rows.items())]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = (
        [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        for row in table
    )
    return "".join("  ".join(line) + "\n" for line in lines)


def _numbers(counts: Counts) -> list[int]:
    return [sum(counts.values()), *counts.values()]


def _tell_lost(sole: SoleSource) -> str:
    head = f"without {sole.source}: {len(sole.facts):,} facts lost, and {len(sole.things):,} things\n"
    return head + "".join(f"  {thing}\n" for thing in sole.things)


def render_json(coverage: Coverage) -> str:
    """Write a coverage as one JSON object, with each fact that hangs on one source."""
    document = {
        "total": _describe(coverage.total),
        **{title: {name: _describe(counts) for name, counts in rows.items()} for title, rows in _parts(coverage)},
        "sole": [
            {
                "source": sole.source,
                "facts": [
                    {
                        "subject": shorten_iri(fact.subject.value, coverage.prefixes),
                        "property": shorten_iri(fact.predicate.value, coverage.prefixes),
                        "value": str(fact.object),
                    }
                    for fact in sole.facts
                ],
                "things": list(sole.things),
            }
            for sole in coverage.sole
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _describe(counts: Counts) -> dict[str, int]:
    return {"asserted": sum(counts.values()), **counts}


def render_csv(coverage: Coverage) -> str:
    """Write a coverage as one table, a row for each class, property and source; https://www.rfc-editor.org/rfc/rfc4180."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("by", "name", "asserted", *KINDS))
    writer.writerows(_rows(coverage))
    return file.getvalue()


def _rows(coverage: Coverage) -> Iterable[tuple[str | int, ...]]:
    for title, rows in _parts(coverage):
        for name, counts in rows.items():
            yield (title, name, *_numbers(counts))


COVERAGES: Mapping[str, Callable[[Coverage], str]] = MappingProxyType(
    {"csv": render_csv, "json": render_json, "text": render_text}
)
"""The forms in which a coverage is written, by name."""
