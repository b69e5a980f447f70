"""The icon of the site as an old browser asks for it: the mark of ``favicon.svg``, drawn dot by dot."""

from __future__ import annotations

import struct
from itertools import pairwise, product
from math import hypot

__all__ = ["render_icon"]

_SIZE = 32
_PARTS = 4
"""Each dot is looked at in four by four places, so that edges are smooth."""

_ACCENT, _WHITE = (0x0B, 0x5C, 0x5E), (0xFF, 0xFF, 0xFF)
_POINTS = ((8.0, 22.0), (16.0, 9.0), (24.0, 22.0))
_POINT, _LINE = 3.0, 1.2

Dot = tuple[float, float]


def render_icon() -> bytes:
    """Draw ``favicon.ico``: one image of 32 by 32 dots of 32 bits (https://en.wikipedia.org/wiki/ICO_(file_format))."""
    # The mark is the same from both sides.
    halves = ([_mix(column, row) for column in range(_SIZE // 2)] for row in reversed(range(_SIZE)))
    rows = [[*half, *reversed(half)] for half in halves]
    dots = b"".join(bytes(dot) for row in rows for dot in row)
    mask = bytes(_SIZE * _SIZE // 8)
    # The image is a bitmap without the header of its file; its height counts the mask too.
    image = struct.pack("<IiiHHIIiiII", 40, _SIZE, 2 * _SIZE, 1, 32, 0, len(dots), 0, 0, 0, 0) + dots + mask
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, _SIZE, _SIZE, 0, 0, 1, 32, len(image), 22) + image


def _mix(column: int, row: int) -> tuple[int, int, int, int]:
    """Give the colour of a dot (blue, green, red) and how much it covers."""
    steps = [(part + 0.5) / _PARTS for part in range(_PARTS)]
    colours = [_colour((column + x, row + y)) for x, y in product(steps, steps)]
    seen = [colour for colour in colours if colour]
    if not seen:
        return 0, 0, 0, 0
    red, green, blue = (round(sum(colour[i] for colour in seen) / len(seen)) for i in range(3))
    return blue, green, red, round(255 * len(seen) / len(colours))


def _colour(dot: Dot) -> tuple[int, int, int] | None:
    if hypot(dot[0] - 16, dot[1] - 16) > 16:
        return None
    on_point = any(hypot(dot[0] - x, dot[1] - y) <= _POINT for x, y in _POINTS)
    on_line = any(_distance(dot, one, other) <= _LINE for one, other in pairwise(_POINTS))
    return _WHITE if on_point or on_line else _ACCENT


def _distance(dot: Dot, one: Dot, other: Dot) -> float:
    """Give the distance of a dot from the line between two others."""
    along = (other[0] - one[0], other[1] - one[1])
    share = ((dot[0] - one[0]) * along[0] + (dot[1] - one[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2)
    share = min(1.0, max(0.0, share))
    return hypot(dot[0] - one[0] - share * along[0], dot[1] - one[1] - share * along[1])
