"""A hedge is seen in the shape of a figure: what is filled, striped, closed, broken, or open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from migragraph.site.charts import SHAPES, Shape, shape_figure
from migragraph.site.charts.shapes import make_sample
from migragraph.site.words import read_words

ZERO, THREE, FOUR, FIVE = (Decimal(number) for number in (0, 3, 4, 5))
LESS = Decimal(-4)

POINTS = {
    "exact": (("exact", FOUR), Shape("exact", solid=(ZERO, FOUR), lines=(FOUR,))),
    "about": (("about", FOUR), Shape("about", solid=(ZERO, FOUR), soft=(FOUR,))),
    "nearly": (("nearly", FOUR), Shape("nearly", solid=(ZERO, FOUR), softly_below=(FOUR,), broken=(FOUR,))),
    "more than": (("open", FOUR), Shape("open", solid=(ZERO, FOUR), fades_right=FOUR)),
    "up to": (("bound", FOUR), Shape("bound", striped=(ZERO, FOUR), lines=(FOUR,))),
    "less than": (("below", FOUR), Shape("below", striped=(ZERO, FOUR), broken=(FOUR,))),
    "another hedge": (("unknown", FOUR), Shape("unknown", lines=(FOUR,))),
    "exact, below 0": (("exact", LESS), Shape("exact", solid=(LESS, ZERO), lines=(LESS,))),
    "more than, below 0": (("open", LESS), Shape("open", fades_right=LESS)),
    "up to, below 0": (("bound", LESS), Shape("bound", lines=(LESS,), fades_left=LESS)),
    "less than, below 0": (("below", LESS), Shape("below", broken=(LESS,), fades_left=LESS)),
}


@pytest.mark.parametrize(("given", "shape"), POINTS.values(), ids=POINTS)
def test_a_figure_has_the_shape_of_its_hedge(given: tuple[str, Decimal], shape: Shape) -> None:
    kind, number = given
    assert shape_figure(kind, number, number) == shape


BAND = (THREE, FIVE)
RANGES = {
    "exact": Shape("range", striped=BAND, lines=BAND),
    "range": Shape("range", striped=BAND, lines=(FIVE,), broken=(THREE,)),
    "about": Shape("range", striped=BAND, soft=BAND),
    "open": Shape("range", striped=BAND, lines=(THREE,), fades_right=FIVE),
    "bound": Shape("range", striped=BAND, lines=BAND),
    "below": Shape("range", striped=BAND, lines=(THREE,), broken=(FIVE,)),
}


@pytest.mark.parametrize("kind", RANGES)
def test_a_range_is_drawn_from_end_to_end_and_never_as_one_number(kind: str) -> None:
    shape = shape_figure(kind, THREE, FIVE)
    assert shape == RANGES[kind]
    assert shape.solid is None
    assert (THREE + FIVE) / 2 not in shape.numbers


def test_bounds_that_a_source_gives_are_drawn_and_none_are_made_up() -> None:
    assert shape_figure("about", FOUR, FOUR, (THREE, FIVE)) == Shape("about", solid=(ZERO, THREE), striped=BAND)
    assert shape_figure("unknown", FOUR, FOUR, (THREE, FIVE)) == Shape("unknown", striped=BAND, lines=(FOUR,))
    beside = Shape("about", solid=(ZERO, FOUR), soft=(FOUR,))
    for bounds in ((THREE, None), (None, FIVE), (FIVE, THREE), (FIVE, FIVE)):
        assert shape_figure("about", FOUR, FOUR, bounds) == beside


@pytest.mark.parametrize("kind", SHAPES)
def test_each_way_of_drawing_has_its_words_and_a_sample_that_fits(kind: str) -> None:
    assert f"chart-{kind}" in read_words()
    for high in (FOUR, FIVE):
        shape = shape_figure(kind, FOUR, high)
        sample = make_sample(shape)
        assert sample.kind == shape.kind
        assert [len(one) for one in (sample.lines, sample.broken)] == [len(one) for one in (shape.lines, shape.broken)]
        assert all(0 <= number <= 100 for number in sample.numbers)
