"""Drawing: figures that may be compared, as a chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.consistency import HEDGE
from migragraph.iris import local_name
from migragraph.namespaces import MG
from migragraph.site.charts import Bar, BarChart, draw_bars, shape_figure
from migragraph.site.statistics.comparing import LIMIT, Comparison, compare_figures
from migragraph.site.statistics.figures import Figure, Group
from migragraph.site.statistics.rows import Row, Teller
from migragraph.site.words import say

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["CHARTS", "Chart", "draw_group"]

CHARTS = 5
"""How many charts of one indicator are drawn."""

_KINDS: Mapping[NamedNode, str] = {
    HEDGE.exact: "exact",
    HEDGE.approximately: "about",
    HEDGE.nearly: "nearly",
    HEDGE["at-least"]: "open",
    HEDGE["more-than"]: "open",
    HEDGE["at-most"]: "bound",
    HEDGE["up-to"]: "bound",
    HEDGE["less-than"]: "below",
    HEDGE["more-than-to"]: "range",
}
"""What the hedges say, as charts draw it."""

_PERCENT = ("percent", "PERCENT", "per-cent")
_WHOLE = Decimal(100)


class Chart(NamedTuple):
    """A chart: what its figures have in common, the drawing, how many figures it shows, and how many there are."""

    caption: str
    drawing: Markup
    shown: int
    total: int


def draw_group(group: Group, key: str, title: str, teller: Teller) -> tuple[list[Chart], int]:
    """Draw the charts of a group, and count how many there could be.

    They show its figures that may be compared, and shares that may not, each against the whole.
    """
    comparisons = compare_figures(group.figures, is_stock=group.is_stock)
    if _is_share(group):
        drawn = {figure.observation.iri for one in comparisons for figure in one.figures}
        left = (figure for figure in group.figures if figure.observation.iri not in drawn)
        comparisons += [Comparison("share", [figure]) for figure in left]
    numbered = enumerate(comparisons[:CHARTS], 1)
    return [_draw(one, f"{key}-{number}", title, group, teller) for number, one in numbered], len(comparisons)


def _is_share(group: Group) -> bool:
    return group.unit is not None and local_name(group.unit.value) in _PERCENT


def _draw(comparison: Comparison, key: str, title: str, group: Group, teller: Teller) -> Chart:
    # Of a long series the last figures are drawn.
    figures = list(comparison.figures)
    figures = figures[-LIMIT:] if comparison.by == "period" else figures[:LIMIT]
    rows = [teller.tell(figure) for figure in figures]
    language = teller.naming.language
    parts = [
        say(f"chart-by-{comparison.by}", language),
        *_list_shared(comparison.by, group, rows, teller.time(figures[0].time)),
    ]
    caption = "; ".join(part for part in parts if part)
    labels = _label(comparison.by, figures, rows, teller)
    chart = BarChart(
        key=key,
        title=f"{title}. {caption}",
        unit=rows[0].unit,
        bars=[_make_bar(figure, row, label, teller) for figure, row, label in zip(figures, rows, labels, strict=True)],
        language=language,
        whole=_WHOLE if _is_share(group) else None,
    )
    return Chart(caption, draw_bars(chart), len(figures), len(comparison.figures))


def _make_bar(figure: Figure, row: Row, label: str, teller: Teller) -> Bar:
    one, language = figure.observation, teller.naming.language
    properties = teller.index[one.iri]
    bounds = tuple(_read_number(properties.get(name, ())) for name in (MG.lowerBound, MG.upperBound))
    notes = (row.status, say("chart-derived", language) if row.is_derived else "")
    return Bar(
        label=label,
        value=row.thing.text,
        shape=shape_figure(_KINDS.get(one.hedge, "unknown"), one.low, one.high, (bounds[0], bounds[1])),
        hedge=teller.cell(one.hedge).text if one.hedge != HEDGE.exact or not one.is_range else "",
        note=", ".join(note for note in notes if note),
    )


def _read_number(values: Iterable[object]) -> Decimal | None:
    literal = next((value for value in values if isinstance(value, Literal)), None)
    try:
        number = Decimal(literal.value) if literal else None
    except ArithmeticError:
        return None
    return number if number is None or number.is_finite() else None


def _list_shared(by: str, group: Group, rows: Sequence[Row], time: str) -> Iterator[str]:
    """Give what all figures of a chart have in common."""
    first = rows[0]
    yield first.population.text
    if by != "area":
        yield first.area.text
    if by != "sex" and group.has_sexes:
        yield first.sex.text
    if by != "period":
        yield time
    if len({row.about for row in rows}) == 1:
        yield _write_about(first)


def _label(by: str, figures: Sequence[Figure], rows: Sequence[Row], teller: Teller) -> list[str]:
    """Label figures by what tells them apart: by that by which they differ, and by more where that is not enough."""
    ways = {
        "period": [teller.time(figure.time) for figure in figures],
        "area": [row.area.text for row in rows],
        "sex": [row.sex.text for row in rows],
        "side": [row.origin.text for row in rows],
        "share": [row.origin.text for row in rows],
    }
    labels = ways[by]
    abouts = [_write_about(row) for row in rows]
    if by != "share" and len(set(abouts)) > 1 and by in ("period", "side"):
        labels = [f"{label}: {about}" if about else label for label, about in zip(labels, abouts, strict=True)]
    if len(set(labels)) < len(labels):
        labels = [f"{label}; {row.origin.text}" for label, row in zip(labels, rows, strict=True)]
    return labels


def _write_about(row: Row) -> str:
    return "; ".join(cell.text for cell in row.about)
