"""The legend: what each way of drawing means, for those ways that occur."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from migragraph.site.charts.drawing import QUIET, Drawing
from migragraph.site.charts.lettering import NARROW, SMALL, wrap_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["SWATCH", "Entry", "draw_legend"]

SWATCH = 48
"""The width of a sample, in pixels; what is drawn in it takes shares of that."""

_TEXT = SWATCH + 12
_LINE = SMALL + 4


class Entry(NamedTuple):
    """A text, and what draws the sample that it explains: into a place of the width ``SWATCH``, below its top."""

    text: str
    draw: Callable[[Element], None]


def draw_legend(drawing: Drawing, entries: Iterable[Entry]) -> None:
    """Draw the entries below one another, at the foot of a drawing."""
    for entry in entries:
        drawing.height += 8
        place = drawing.add("svg", x=0, y=drawing.height, width=SWATCH, height=24, overflow="visible")
        entry.draw(place)
        lines = wrap_text(entry.text, NARROW - _TEXT, SMALL, lines=5)
        drawing.write_lines(lines, _TEXT, drawing.height + SMALL + 2, fill=QUIET, font_size=SMALL)
        drawing.height += max(len(lines) * _LINE + 2, 22)
