"""Rendering: the figures of a phrase as an aligned table, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from migragraph.figures.figure import Figure, Value
from migragraph.wrapping import show_line

__all__ = ["COLUMNS", "RENDERINGS", "describe_figure", "render_json", "render_text"]

COLUMNS = ("kind", "value", "lower", "upper", "unit", "hedge", "precision", "text")
"""What is said of a figure, in order."""


def describe_figure(figure: Figure) -> dict[str, int | float | str | None]:
    """Give what is said of a figure: numbers as JSON has them, dates and durations as text, None for nothing."""
    return {column: _plain(getattr(figure, column)) for column in COLUMNS}


def _plain(value: Value | None) -> int | float | str | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def render_json(figures: Sequence[Figure]) -> str:
    """Write the figures as a JSON list of objects, with all keys always there and in one order."""
    return json.dumps([describe_figure(figure) for figure in figures], ensure_ascii=False, indent=2) + "\n"


def render_text(figures: Sequence[Figure]) -> str:
    """Write the figures as a table, a line for each; a hyphen for what is missing."""
    rows = [COLUMNS, *(tuple(map(_show, describe_figure(figure).values())) for figure in figures)]
    if len(rows) == 1:
        return "no figures\n"
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def _show(value: float | str | None) -> str:
    if value is None:
        return "-"
    return show_line(f"{value:,}" if isinstance(value, int) else str(value))


RENDERINGS: Mapping[str, Callable[[Sequence[Figure]], str]] = MappingProxyType(
    {"json": render_json, "text": render_text}
)
