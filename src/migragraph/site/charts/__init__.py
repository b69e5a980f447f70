"""Charts: drawings made when the site is built, as SVG that needs no script, in the colours of the page.

``draw_bars(BarChart)`` draws figures that can be compared, ``draw_timeline(Timeline)`` happenings on a time axis, and
``draw_network(Network)`` who took part in what. Each takes plain values and gives ``Markup`` that a template puts into
the page as it is: ``{{ drawing }}`` within a ``<figure>``. A ``key`` tells the drawings of a page apart: lower-case
letters, digits and hyphens. Labels and addresses may hold anything; they come out inert. An ``href`` is what the page's
``to`` and ``link`` give; an empty one, or one that may lead nowhere, makes no link.

A drawing is as wide as the column it stands in; its letters keep their size, and its labels stand above what they are
of, so that a window of 390 pixels shows all of it. It has a name and a description that tells every figure, but the
table that stands below it is what replaces it.
"""

from migragraph.site.charts.bars import Bar, BarChart, draw_bars
from migragraph.site.charts.network import Link, Network, Node, draw_network
from migragraph.site.charts.shapes import SHAPES, Shape, shape_figure
from migragraph.site.charts.timeline import Happening, Timeline, draw_timeline

__all__ = [
    "SHAPES",
    "Bar",
    "BarChart",
    "Happening",
    "Link",
    "Network",
    "Node",
    "Shape",
    "Timeline",
    "draw_bars",
    "draw_network",
    "draw_timeline",
    "shape_figure",
]
