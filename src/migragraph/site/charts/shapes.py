"""Shapes: how a figure is drawn, so that its hedge is seen: what is sure is filled, what may be is striped or open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

__all__ = ["SHAPES", "Shape", "make_sample", "shape_figure"]

Bounds = tuple[Decimal | None, Decimal | None]
_ZERO = Decimal(0)


class Shape(NamedTuple):
    """What is drawn of a figure, in its own numbers; ``kind`` is one of ``SHAPES``.

    It is filled from the one number of ``solid`` to the other, and striped from the one of ``striped`` to the other,
    where these are not None. ``lines`` are the numbers that are closed by a line, ``broken`` those by a broken one.
    About a number of ``soft`` it is striped for some pixels on both sides, about one of ``softly_below`` before it: how
    near is near, nobody says. It fades away to the right of ``fades_right`` and to the left of ``fades_left``.
    """

    kind: str
    solid: tuple[Decimal, Decimal] | None = None
    striped: tuple[Decimal, Decimal] | None = None
    lines: tuple[Decimal, ...] = ()
    broken: tuple[Decimal, ...] = ()
    soft: tuple[Decimal, ...] = ()
    softly_below: tuple[Decimal, ...] = ()
    fades_right: Decimal | None = None
    fades_left: Decimal | None = None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Give all numbers that the scale must show."""
        ends = (*(self.solid or ()), *(self.striped or ()), *self.lines, *self.broken, *self.soft, *self.softly_below)
        return (*ends, *(one for one in (self.fades_left, self.fades_right) if one is not None))


def shape_figure(kind: str, low: Decimal, high: Decimal, bounds: Bounds = (None, None)) -> Shape:
    """Shape a figure by what its hedge says, one of ``SHAPES``; a range, where ``low`` and ``high`` are not the same.

    ``bounds`` are the least and the greatest value that the source itself gives to what is only near, where it does.
    """
    return _shape_range(kind, low, high) if low != high else SHAPES[kind](low, bounds)


def make_sample(shape: Shape) -> Shape:
    """Make a sample of how a shape is drawn, on a scale from 0 to 100."""
    if shape.kind != "range" or shape.striped is None:
        return SHAPES[shape.kind](Decimal(50 if shape.kind == "open" else 70), (None, None))
    low, high = shape.striped
    ends = {low: Decimal(25), high: Decimal(80)}
    return shape._replace(
        striped=(ends[low], ends[high]),
        lines=tuple(ends[one] for one in shape.lines),
        broken=tuple(ends[one] for one in shape.broken),
        soft=tuple(ends[one] for one in shape.soft),
        fades_right=None if shape.fades_right is None else ends[shape.fades_right],
    )


def _shape_exact(number: Decimal, _: Bounds) -> Shape:
    return Shape("exact", solid=_from_zero(number), lines=(number,))


def _shape_about(number: Decimal, bounds: Bounds) -> Shape:
    lower, upper = bounds
    if lower is None or upper is None or not lower <= number <= upper:
        return Shape("about", solid=_from_zero(number), soft=(number,))
    return Shape("about", solid=_reach(lower, upper), striped=(lower, upper))


def _shape_nearly(number: Decimal, _: Bounds) -> Shape:
    return Shape("nearly", solid=_from_zero(number), softly_below=(number,), broken=(number,))


def _shape_open(number: Decimal, _: Bounds) -> Shape:
    return Shape("open", solid=_from_zero(number) if number >= 0 else None, fades_right=number)


def _shape_bound(number: Decimal, _: Bounds) -> Shape:
    # No end is known below 0, so that the bar goes on to the left.
    if number < 0:
        return Shape("bound", lines=(number,), fades_left=number)
    return Shape("bound", striped=(_ZERO, number), lines=(number,))


def _shape_below(number: Decimal, _: Bounds) -> Shape:
    return _shape_bound(number, _)._replace(kind="below", lines=(), broken=(number,))


def _shape_unknown(number: Decimal, bounds: Bounds) -> Shape:
    lower, upper = bounds
    striped = None if lower is None or upper is None or lower > upper else (lower, upper)
    return Shape("unknown", striped=striped, lines=(number,))


def _shape_range(kind: str, low: Decimal, high: Decimal) -> Shape:
    """Shape a range, of which ``kind`` says how its ends are meant: "range" that the lower one is itself left out."""
    striped = (low, high)
    if kind == "range":
        return Shape("range", striped=striped, lines=(high,), broken=(low,))
    if kind in ("about", "nearly"):
        return Shape("range", striped=striped, soft=striped)
    if kind == "open":
        return Shape("range", striped=striped, lines=(low,), fades_right=high)
    if kind == "below":
        return Shape("range", striped=striped, lines=(low,), broken=(high,))
    return Shape("range", striped=striped, lines=striped)


def _from_zero(number: Decimal) -> tuple[Decimal, Decimal]:
    return (_ZERO, number) if number >= 0 else (number, _ZERO)


def _reach(lower: Decimal, upper: Decimal) -> tuple[Decimal, Decimal] | None:
    """Give how far from 0 a value surely reaches, if it does."""
    if lower > 0:
        return (_ZERO, lower)
    return (upper, _ZERO) if upper < 0 else None


SHAPES: Mapping[str, Callable[[Decimal, Bounds], Shape]] = {
    "exact": _shape_exact,
    "about": _shape_about,
    "nearly": _shape_nearly,
    "open": _shape_open,
    "bound": _shape_bound,
    "below": _shape_below,
    "range": _shape_unknown,
    "unknown": _shape_unknown,
}
"""The ways in which figures are drawn, by what a hedge says; the words for each are ``chart-<kind>``.

exact: filled up to a closing line. about: filled, its end striped on both sides of the figure. nearly: striped before a
broken line. open: filled, and fading away beyond the figure without a closing line. bound: striped from 0 to a closing
line. below: the same with a broken line, since the figure itself is not reached. range: striped from the lower number
to the upper one. unknown: a line at the figure, of whose hedge nothing is known.
"""
