"""The time axis: what happened, one below the other, each as exactly as its date is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from migragraph.consistency.extents import Extent, measure_date
from migragraph.namespaces import XSD
from migragraph.site.charts.drawing import ACCENT, INK, LINE, PAGE, QUIET, Drawing, percent
from migragraph.site.charts.legend import Entry, draw_legend
from migragraph.site.charts.lettering import LEADING, SMALL, wrap_text
from migragraph.site.charts.scales import Scale, mark_years
from migragraph.site.words import say

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markupsafe import Markup

__all__ = ["Happening", "Timeline", "draw_timeline"]

_MARKS = ("", "-5,-5 5,-5 5,5 -5,5", "0,-7 7,0 0,7 -7,0", "0,-6 6,5 -6,5")
_BAND = 10
_ROW = 22
_FADE = 26
_DATATYPES = {1: XSD.gYear, 2: XSD.gYearMonth, 3: XSD.date}
_MARGIN = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: what it is called, its date as people write it, and that date for the axis.

    ``start`` and ``end`` are as the graph has them, ``2024``, ``2024-10`` or ``2024-10-29``; ``end`` is empty where
    there is only one date. With ``is_between`` it happened at some time not before ``start`` and not after ``end``,
    either of which may be empty. ``kind`` tells one sort of happening from another, four at most;
    ``language`` is that of the label where it is not the timeline's.
    """

    label: str
    when: str
    start: str
    end: str = ""
    href: str = ""
    kind: str = ""
    language: str = ""
    is_between: bool = False
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Happenings in the order in which they are to stand; what has no date that an axis can show is left out."""

    key: str
    title: str
    happenings: Sequence[Happening]
    language: str


class _Look(NamedTuple):
    """How a happening is marked: which sort it is of, by number, and whether its date is inferred."""

    kind: int
    is_inferred: bool


class _Span(NamedTuple):
    """Where a happening stands: from its first possible day to its last one, None where that is open.

    ``form`` is how it is drawn: a day as a point, a stretch as a bar, what is only known to lie within as a band.
    ``sure`` are the days between which a stretch surely lasts, where its ends are known less exactly than by the day.
    """

    form: str
    first: Decimal | None
    last: Decimal | None
    sure: tuple[Decimal, Decimal] | None = None


def draw_timeline(timeline: Timeline) -> Markup:
    """Draw happenings on a time axis, the label of each a link above its mark, with a legend of what occurs."""
    placed = [(one, span) for one in timeline.happenings if (span := _measure(one)) is not None]
    days = [day for _, span in placed for day in (span.first, span.last) if day is not None]
    years = (_year(min(days)), _year(max(days)) + 1) if days else (2000, 2001)
    scale = _make_scale(*years)
    told = ". ".join(f"{one.label}: {one.when}" for one, _ in placed)
    introduction = say("chart-timeline", timeline.language, count=len(placed))
    drawing = Drawing(timeline.key, timeline.title, f"{introduction} {told}.", has_links=True)
    drawing.height = _ROW
    grid = drawing.add("g")
    kinds = list(dict.fromkeys(one.kind for one, _ in placed))
    for one, span in placed:
        _draw_row(drawing, one, span, scale, _Look(kinds.index(one.kind), one.is_inferred))
    _draw_years(drawing, grid, scale, years)
    draw_legend(drawing, _list_entries(drawing, timeline.language, placed, kinds))
    return drawing.render()


def _measure(one: Happening) -> _Span | None:
    start, end = (_measure_days(text) for text in (one.start, one.end))
    if one.is_between:
        first, last = (start.low if start else None), (end.high if end else None)
        return None if first is None and last is None else _Span("between", first, last)
    if start is None or start.low is None or start.high is None:
        return None
    if end is not None and end.low is not None and end.high is not None:
        sure = (start.high, end.low) if start.high <= end.low else None
        return _Span("stretch", start.low, end.high, sure)
    return _Span("day" if start.low == start.high else "within", start.low, start.high)


def _measure_days(text: str) -> Extent | None:
    datatype = _DATATYPES.get(text.count("-") + 1)
    extent = measure_date(Literal(text, datatype=datatype)) if text and datatype else None
    return extent if extent and extent.low is not None else None


def _year(day: Decimal) -> int:
    return date.fromordinal(int(day)).year


def _make_scale(first: int, last: int) -> Scale:
    low, high = (Decimal(date(year, 1, 1).toordinal()) for year in (first, min(last, 9999)))
    margin = (high - low) * _MARGIN
    return Scale(low - margin, high + margin)


def _draw_row(drawing: Drawing, one: Happening, span: _Span, scale: Scale, look: _Look) -> None:
    lines = wrap_text(one.label)
    link = drawing.link(one.href, drawing.root, one.language)
    drawing.write_lines(lines, 0, drawing.height + LEADING - 5, link, **_label_style(link))
    drawing.height += len(lines) * LEADING
    drawing.write(one.when, 0, drawing.height + SMALL, fill=QUIET, font_size=SMALL)
    middle = drawing.height + SMALL + _ROW / 2
    drawing.add("line", x1=0, x2="100%", y1=middle, y2=middle, stroke=LINE)
    _draw_span(drawing.place("0", middle), drawing, span, scale, look)
    drawing.height = middle + _ROW / 2 + 6


def _label_style(link: Element) -> dict[str, str]:
    return {"fill": ACCENT, "text_decoration": "underline"} if link.tag == "a" else {}


def _draw_span(parent: Element, drawing: Drawing, span: _Span, scale: Scale, look: _Look) -> None:
    """Draw where a happening lies in time, into a place at the height of its middle."""
    first, last = (None if day is None else scale.place(day) for day in (span.first, span.last))
    if first is None or last is None:
        _fade(parent, drawing, first, last)
    elif span.form == "day":
        _mark(parent, drawing, percent(first), look)
    else:
        outline = {"stroke": INK, "stroke_dasharray": "3 2"} if look.is_inferred else {}
        sure = [scale.place(day) for day in span.sure or ()]
        for ends, paint in (((first, last), drawing.stripes()), (sure, ACCENT)):
            if ends:
                size = {"width": percent(ends[1] - ends[0]), "height": _BAND}
                drawing.add("rect", parent, x=percent(ends[0]), y=-_BAND / 2, fill=paint, **size, **outline)
        # A few days are no wider than a hair on an axis of years: the mark shows where they are.
        if last - first < 0.03:
            paint = ACCENT if span.form == "stretch" else drawing.stripes()
            _mark(parent, drawing, percent((first + last) / 2), look, paint)


def _mark(parent: Element, drawing: Drawing, x: str, look: _Look, paint: str = ACCENT) -> None:
    place = drawing.place(x, 0, parent)
    is_plain = paint == ACCENT
    style: dict[str, object] = {"fill": paint, "stroke": PAGE if is_plain else ACCENT, "stroke_width": 2}
    if look.is_inferred:
        style |= {"fill": PAGE if is_plain else paint, "stroke": ACCENT, "stroke_dasharray": "3 2"}
    points = _MARKS[look.kind % len(_MARKS)]
    if points:
        drawing.add("polygon", place, points=points, **style)
    else:
        drawing.add("circle", place, r=6, **style)


def _fade(parent: Element, drawing: Drawing, first: float | None, last: float | None) -> None:
    """Draw what has an end on one side only: a line there, and from it on a band that fades away."""
    known, is_leftward = (last or 0.0, True) if first is None else (first, False)
    place = drawing.place(percent(known), 0, parent)
    paint = drawing.fade(leftward=is_leftward)
    drawing.add("rect", place, x=-_FADE if is_leftward else 0, y=-_BAND / 2, width=_FADE, height=_BAND, fill=paint)
    drawing.add("line", place, x1=0, x2=0, y1=-_BAND / 2 - 3, y2=_BAND / 2 + 3, stroke=INK, stroke_width=2)


def _draw_years(drawing: Drawing, grid: Element, scale: Scale, years: tuple[int, int]) -> None:
    bottom = drawing.height
    for year in mark_years(*years):
        share = scale.place(Decimal(date(year, 1, 1).toordinal())) if year <= 9999 else 1.0
        x = percent(share)
        drawing.add("line", grid, x1=x, x2=x, y1=_ROW - 6, y2=bottom, stroke=LINE)
        anchor = "start" if share < 0.05 else "end" if share > 0.95 else "middle"
        for y in (SMALL, bottom + SMALL + 2):
            drawing.write(str(year), x, y, fill=QUIET, font_size=SMALL, text_anchor=anchor)
    drawing.height += _ROW


def _list_entries(
    drawing: Drawing, language: str, placed: Sequence[tuple[Happening, _Span]], kinds: Sequence[str]
) -> Iterator[Entry]:
    """Give the legend: the sorts of happenings, where there are several, then how exactly they are known."""
    if len(kinds) > 1:
        for number, kind in enumerate(kinds):
            yield Entry(kind, partial(_draw_sample, drawing, _DAY, _Look(number, is_inferred=False)))
    forms = {(span.form, span.first is None, span.last is None) for _, span in placed}
    for form, is_left_open, is_right_open in sorted(forms):
        first, last = None if is_left_open else Decimal(20), None if is_right_open else Decimal(80)
        sample = _Span(form, first, last, (Decimal(20), Decimal(80)) if form == "stretch" else None)
        word = "not-after" if is_left_open else "not-before" if is_right_open else form
        # The marks of days are explained already where they tell what happened.
        if form != "day" or len(kinds) == 1:
            text = say(f"chart-time-{word}", language)
            sample = _DAY if form == "day" else sample
            yield Entry(text, partial(_draw_sample, drawing, sample, _Look(0, is_inferred=False)))
    if any(one.is_inferred for one, _ in placed):
        text = say("chart-time-inferred", language)
        yield Entry(text, partial(_draw_sample, drawing, _DAY, _Look(0, is_inferred=True)))


def _draw_sample(drawing: Drawing, span: _Span, look: _Look, place: Element) -> None:
    _draw_span(drawing.place("0", 12, place), drawing, span, Scale(Decimal(0), Decimal(100)), look)


_DAY = _Span("day", Decimal(50), Decimal(50))
