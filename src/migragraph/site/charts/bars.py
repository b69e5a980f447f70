"""Bars: figures that can be compared, one below the other, each with its hedge drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from migragraph.site.charts.drawing import ACCENT, INK, LINE, QUIET, Drawing, percent
from migragraph.site.charts.legend import Entry, draw_legend
from migragraph.site.charts.lettering import LEADING, NARROW, SMALL, clean_text, measure_text, wrap_text
from migragraph.site.charts.scales import Scale, make_scale, mark_numbers
from migragraph.site.charts.shapes import Shape, make_sample
from migragraph.site.words import say

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markupsafe import Markup

__all__ = ["Bar", "BarChart", "draw_bars"]

_BAR = 16
_GAP = 16
_FADE = 26
_SOFT = 9
_BOLD = 1.1
_SEEN = 0.03
_SAMPLE = Scale(Decimal(0), Decimal(100))


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure: what it is of, how it is read (its hedge and unit with it), how it is drawn, and its hedge in words.

    ``hedge`` may be empty, where the way of drawing says it all. ``note`` is what else must be seen of the figure
    (provisional, projected, derived), or the empty string.
    """

    label: str
    value: str
    shape: Shape
    hedge: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Figures of one indicator in one unit. ``whole`` is the number at which the scale ends, if it has such an end."""

    key: str
    title: str
    unit: str
    bars: Sequence[Bar]
    language: str
    whole: Decimal | None = None


def draw_bars(chart: BarChart) -> Markup:
    """Draw figures as bars on one scale, from 0, with a legend of the hedges that occur among them."""
    numbers = [number for bar in chart.bars for number in bar.shape.numbers]
    is_open = any(bar.shape.fades_right is not None or bar.shape.fades_left is not None for bar in chart.bars)
    scale = make_scale(min(numbers, default=Decimal(0)), max(numbers, default=Decimal(0)), room=is_open)
    if chart.whole is not None:
        scale = Scale(min(scale.low, Decimal(0)), max(scale.high, chart.whole))
    told = ". ".join(_tell(bar) for bar in chart.bars)
    drawing = Drawing(chart.key, chart.title, f"{say('chart-bars', chart.language, count=len(chart.bars))} {told}.")
    grid = drawing.add("g")
    for bar in chart.bars:
        _draw_bar(drawing, bar, scale)
    _draw_axis(drawing, grid, scale, chart)
    draw_legend(drawing, _list_entries(drawing, chart))
    return drawing.render()


def _tell(bar: Bar) -> str:
    return f"{bar.label}: {bar.value}{f' ({bar.note})' if bar.note else ''}"


def _draw_bar(drawing: Drawing, bar: Bar, scale: Scale) -> None:
    label = wrap_text(bar.label, lines=4)
    value = f"{bar.value}{f' ({bar.note})' if bar.note else ''}"
    values = wrap_text(value, NARROW / _BOLD)
    is_beside = measure_text(label[-1]) + _GAP + _BOLD * measure_text(value) <= NARROW
    for line in label:
        element = drawing.write(line, 0, drawing.height + LEADING - 5)
        drawing.height += LEADING
    if is_beside:
        drawing.add("tspan", element, dx=_GAP / 4, font_weight="bold").text = f" {clean_text(value)}"
    else:
        drawing.write_lines(values, 0, drawing.height + LEADING - 5, font_weight="bold")
        drawing.height += len(values) * LEADING
    _draw_shape(drawing, bar.shape, scale, drawing.height + 2)
    drawing.height += _BAR + _GAP


def _draw_shape(drawing: Drawing, shape: Shape, scale: Scale, top: float, parent: Element | None = None) -> None:
    for ends, paint in ((shape.solid, ACCENT), (shape.striped, drawing.stripes() if shape.striped else "")):
        if ends is not None:
            left, right = (scale.place(end) for end in ends)
            size = {"width": percent(right - left), "height": _BAR}
            drawing.add("rect", parent, x=percent(left), y=top, **size, fill=paint)
    for numbers, reach in ((_list_soft(shape, scale), 2 * _SOFT), (shape.softly_below, _SOFT)):
        for number in numbers:
            place = drawing.place(percent(scale.place(number)), top, parent)
            drawing.add("rect", place, x=-_SOFT, y=0, width=reach, height=_BAR, fill=drawing.stripes())
    for end, is_leftward in ((shape.fades_right, False), (shape.fades_left, True)):
        if end is not None:
            _fade(drawing, percent(scale.place(end)), top, parent, is_leftward=is_leftward)
    for numbers, dashes in ((shape.lines, "none"), (shape.broken, "3 3")):
        for number in numbers:
            x, style = percent(scale.place(number)), {"stroke": INK, "stroke_width": 2, "stroke_dasharray": dashes}
            drawing.add("line", parent, x1=x, x2=x, y1=top - 3, y2=top + _BAR + 3, **style)


def _list_soft(shape: Shape, scale: Scale) -> tuple[Decimal, ...]:
    """Give the numbers that are near only: also the middle of bounds between which no stripe would be seen."""
    if shape.kind != "about" or shape.striped is None:
        return shape.soft
    lower, upper = shape.striped
    return ((lower + upper) / 2,) if scale.place(upper) - scale.place(lower) < _SEEN else ()


def _fade(drawing: Drawing, x: str, top: float, parent: Element | None, *, is_leftward: bool) -> None:
    place = drawing.place(x, top, parent)
    paint = drawing.fade(leftward=is_leftward)
    drawing.add("rect", place, x=-_FADE if is_leftward else 0, y=0, width=_FADE, height=_BAR, fill=paint)
    way = -1 if is_leftward else 1
    points = [(way * (_FADE - 6), 3), (way * _FADE, _BAR / 2), (way * (_FADE - 6), _BAR - 3)]
    drawing.add(
        "polyline",
        place,
        points=" ".join(f"{x:g},{y:g}" for x, y in points),
        fill="none",
        stroke=INK,
        stroke_width=2,
    )


def _draw_axis(drawing: Drawing, grid: Element, scale: Scale, chart: BarChart) -> None:
    bottom = drawing.height
    for number, text in mark_numbers(scale, chart.language):
        share = scale.place(number)
        x = percent(share)
        drawing.add("line", grid, x1=x, x2=x, y1=0, y2=bottom, stroke=QUIET if number == 0 else LINE)
        anchor = "start" if share < 0.04 else "end" if share > 0.9 else "middle"
        drawing.write(text, x, bottom + 15, fill=QUIET, font_size=SMALL, text_anchor=anchor)
    lines = wrap_text(chart.unit, NARROW, SMALL)
    drawing.write_lines(lines, 0, bottom + 33, fill=QUIET, font_size=SMALL)
    drawing.height += 24 + len(lines) * (SMALL + 4)


def _list_entries(drawing: Drawing, chart: BarChart) -> Iterable[Entry]:
    """Give the legend of the hedges that occur, each once, with a sample of how it is drawn."""
    found: dict[tuple[str, Shape], None] = {}
    for bar in chart.bars:
        found[bar.hedge, make_sample(bar.shape)] = None
    for hedge, sample in found:
        meaning = say(f"chart-{sample.kind}", chart.language)
        yield Entry(f"{hedge}: {meaning}" if hedge else meaning, partial(_draw_shape, drawing, sample, _SAMPLE, 3.0))
