"""Bars: each hedge is drawn, told and explained, and nothing leaves the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from tests.unit.site.charts.conftest import SVG, Picture

from migragraph.site.charts import SHAPES, Bar, BarChart, draw_bars, shape_figure
from migragraph.site.charts.lettering import NARROW, SMALL, measure_text
from migragraph.site.words import say

Parse = Callable[[str], Picture]


def bar(label: str, kind: str, low: object, high: object = None, note: str = "") -> Bar:
    ends = Decimal(str(low)), Decimal(str(low if high is None else high))
    return Bar(label, f"{kind} {low} people", shape_figure(kind, *ends), kind, note)


def chart(*bars: Bar, language: str = "en", whole: Decimal | None = None) -> str:
    return draw_bars(BarChart("delegates", "Delegates", "people", bars, language, whole))


HEDGED = [bar(f"The {kind} one", kind, 40) for kind in SHAPES]


@pytest.mark.parametrize("kind", SHAPES)
def test_a_drawing_tells_each_figure_and_explains_each_hedge(kind: str, parse: Parse) -> None:
    picture = parse(chart(bar("The one", kind, 40, note="provisional"), bar("Another", "exact", 80)))
    assert picture.root.get("role") == "img"
    assert [picture.root.get(name) for name in ("aria-labelledby", "aria-describedby")] == [
        picture.find(tag)[0].get("id") for tag in ("title", "desc")
    ]
    assert picture.find("title")[0].text == "Delegates"
    assert f"The one: {kind} 40 people (provisional). Another: exact 80 people." in picture.told()
    assert "Another exact 80 people" in picture.texts()
    assert f"The one {kind} 40 people (provisional)" in " ".join(picture.texts())
    legend = " ".join(picture.texts())
    assert say(f"chart-{bar('', kind, 40).shape.kind}", "en") in legend


def test_the_legend_explains_what_occurs_and_nothing_else(parse: Parse) -> None:
    legend = " ".join(parse(chart(bar("One", "open", 4), bar("Other", "open", 9))).texts())
    assert legend.count(say("chart-open", "en")) == 1
    for kind in SHAPES.keys() - {"open"}:
        assert say(f"chart-{kind}", "en") not in legend


CLOSED = {"exact": 1, "about": 0, "nearly": 0, "open": 0, "bound": 1, "below": 0, "unknown": 1}


@pytest.mark.parametrize("kind", CLOSED)
def test_only_a_figure_that_is_reached_is_closed_by_a_line(kind: str, parse: Parse) -> None:
    picture = parse(chart(bar("One", kind, 40)))
    strokes = [line for line in picture.find("line") if line.get("stroke-width") == "2"]
    plain = [line for line in strokes if line.get("stroke-dasharray") == "none"]
    # The legend shows the same once more.
    assert len(plain) == 2 * CLOSED[kind]
    assert len(strokes) - len(plain) == 2 * (kind in ("nearly", "below"))
    assert bool(picture.find("linearGradient")) == (kind == "open")
    assert bool(picture.find("pattern")) == (kind in ("about", "nearly", "bound", "below"))


def widths(picture: Picture) -> list[float]:
    """Give the widths of the bars themselves, without the samples of the legend."""
    bars = [element for element in picture.root if element.tag == f"{SVG}rect"]
    return [float(element.attrib["width"].removesuffix("%")) for element in bars]


def test_a_bar_is_as_long_as_its_own_figure_and_nothing_is_added_up(parse: Parse) -> None:
    picture = parse(chart(bar("Women", "exact", 10), bar("Men", "exact", 30), bar("All", "exact", 40)))
    women, men, together = widths(picture)
    assert men == pytest.approx(3 * women, rel=0.01)
    assert together == pytest.approx(4 * women, rel=0.01)
    assert len({element.get("x") for element in picture.root if element.tag == f"{SVG}rect"}) == 1


def test_a_share_stands_against_the_whole(parse: Parse) -> None:
    picture = parse(chart(bar("Women", "range", 30, 40), whole=Decimal(100)))
    (width,) = widths(picture)
    assert width == 10
    assert "100" in picture.texts()


LONG = "Conference reviewing the implementation of the Global Compact for Safe, Orderly and Regular Migration " * 90
ODD: Sequence[Bar] = [
    bar("Nothing", "exact", 0),
    bar("Little", "about", "0.001"),
    bar("Much", "exact", "9" * 40),
    bar("Below", "below", -40),
    bar("Wide", "exact", 40, 41),
    bar(LONG, "open", 40),
    bar("x" * 10_000, "open", 40),
    bar("", "open", 40),
]


@pytest.mark.parametrize("bars", [[], HEDGED, *([one] for one in ODD), ODD], ids=str)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_leaves_the_picture(bars: list[Bar], language: str, parse: Parse) -> None:
    picture = parse(chart(*bars, language=language))
    assert all(0 <= share <= 100 for share in picture.shares())
    height = float(picture.root.attrib["height"])
    for text in picture.find("text"):
        assert 0 <= float(text.attrib["y"]) <= height
        size = int(text.get("font-size", "14"))
        assert size >= SMALL
        start = 0.0 if text.attrib["x"].endswith("%") else float(text.attrib["x"])
        assert start + measure_text("".join(text.itertext()), size) <= 1.12 * NARROW


def test_numbers_are_written_in_the_language(parse: Parse) -> None:
    bars = [bar("One", "exact", 80000), bar("Other", "exact", "0.5")]
    assert "20,000" in parse(chart(*bars)).texts()
    assert "20.000" in parse(chart(*bars, language="vi")).texts()
    assert "0,4" in parse(chart(bars[1], language="vi")).texts()


HOSTILE = [
    "<script>alert(1)</script>",
    "\"' onload='alert(1)",
    "]]><svg onload=alert(1)>",
    "&lt;b&gt; &amp;",
    "\x00\x08\x1f\x7f\ufffe\ud800",
    "\u202eright to left\u202c\u2067",
    "{{ 7 * 7 }}{% raw %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_label_holds_is_text(text: str, parse: Parse) -> None:
    hostile = Bar(text, text, shape_figure("exact", Decimal(4), Decimal(4)), text, text)
    picture = parse(draw_bars(BarChart("key", text, text, [hostile], "en")))
    picture.markup.encode()
    tags = {element.tag.removeprefix(SVG) for element in picture.root.iter()}
    assert tags <= {"svg", "title", "desc", "text", "tspan", "rect", "line", "g"}
    assert not any(name.startswith("on") for element in picture.root.iter() for name in element.attrib)
    assert not any(sign in picture.markup for sign in "\x00\x08\x1f\u202e\u2067")


def test_colours_are_those_of_the_page_and_no_style_is_written_in(parse: Parse) -> None:
    picture = parse(chart(*HEDGED))
    assert not picture.find("style")
    for element in picture.root.iter():
        assert "style" not in element.attrib
        for name in ("fill", "stroke", "stop-color"):
            assert element.get(name, "none").startswith(("none", "currentColor", "var(--", "url(#delegates-"))


def test_two_drawings_are_the_same_byte_for_byte_and_share_no_names(parse: Parse) -> None:
    assert chart(*HEDGED) == chart(*HEDGED)
    other = draw_bars(BarChart("other", "Delegates", "people", HEDGED, "en"))
    names = [{element.get("id") for element in parse(one).root.iter()} - {None} for one in (chart(*HEDGED), other)]
    assert names[0].isdisjoint(names[1])
