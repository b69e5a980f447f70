"""The network: actors on the left, what they took part in on the right, and a line for each part that they took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from migragraph.site.charts.drawing import ACCENT, INK, QUIET, Drawing, percent
from migragraph.site.charts.legend import SWATCH, Entry, draw_legend
from migragraph.site.charts.lettering import SMALL, wrap_text
from migragraph.site.words import say

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markupsafe import Markup

__all__ = ["Link", "Network", "Node", "draw_network"]

_LEFT, _RIGHT = 0.37, 0.63
_LABEL = 126
_LINE = SMALL + 4
_GAP = 9
_ASIDE = 4
_STROKES: Sequence[Mapping[str, object]] = (
    {"stroke": QUIET, "stroke_width": 1},
    {"stroke": ACCENT, "stroke_width": 2.5},
    {"stroke": INK, "stroke_width": 1.4, "stroke_dasharray": "7 3"},
    {"stroke": ACCENT, "stroke_width": 2.5, "stroke_dasharray": "1.5 3.5"},
    {"stroke": INK, "stroke_width": 2, "stroke_dasharray": "9 3 2 3"},
)


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or an event: a key of its own, what it is called, the page that it leads to, and its label's language.

    The language is empty where it is that of the network.
    """

    key: str
    label: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """That an actor took part in an event, both named by their keys, and in which role."""

    actor: str
    event: str
    role: str


@dataclass(frozen=True, slots=True)
class Network:
    """Actors and events, and who took part in what. Events stand in the order given; actors are put beside theirs."""

    key: str
    title: str
    actors: Sequence[Node]
    events: Sequence[Node]
    links: Sequence[Link]
    language: str


class _Place(NamedTuple):
    """Where a node stands: the lines of its label, and the height of their middle."""

    node: Node
    lines: Sequence[str]
    middle: float


def draw_network(network: Network) -> Markup:
    """Draw actors and events in two columns; each label is a link, and the lines of an actor belong to it.

    Actors are sorted by the middle of their events, so that few lines cross; nothing is left to chance. Five
    roles can be told apart; where there are more, the rarest share a line.
    """
    known = {node.key for node in network.actors}, {node.key for node in network.events}
    links = [link for link in network.links if link.actor in known[0] and link.event in known[1]]
    drawing = Drawing(network.key, network.title, _tell(network, links), has_links=True)
    actors, events = _stack(_sort_actors(network, links), 4), _stack(network.events, 6)
    height = max(_end(actors), _end(events))
    events = _spread(events, height)
    # The commonest role has the quietest line, so that the others are seen.
    roles = [role for role, _ in Counter(link.role for link in links).most_common()]
    lines = defaultdict(list)
    for link in links:
        lines[link.actor].append(link)
    targets = {place.node.key: place.middle for place in events}
    for place in _spread(actors, height):
        group = drawing.add("g", class_="actor")
        if lines[place.node.key]:
            band = _add_band(drawing, group, height)
            seen: Counter[str] = Counter()
            for link in lines[place.node.key]:
                # Two roles in one event are two lines beside one another.
                aside = _ASIDE * seen[link.event]
                seen[link.event] += 1
                y, end = f"{place.middle + aside:g}", f"{targets[link.event] + aside:g}"
                _draw_line(drawing, band, f"M0 {y}C50 {y} 50 {end} 100 {end}", roles.index(link.role))
        _draw_node(drawing, place, group, is_actor=True)
    for place in events:
        _draw_node(drawing, place, drawing.root, is_actor=False)
    drawing.height = height
    draw_legend(drawing, _list_entries(drawing, roles))
    return drawing.render()


def _tell(network: Network, links: Sequence[Link]) -> str:
    names = {node.key: node.label for node in (*network.actors, *network.events)}
    parts = defaultdict(list)
    for link in links:
        parts[link.event].append(f"{names[link.actor]} ({link.role})")
    told = ". ".join(f"{node.label}: {', '.join(parts[node.key])}" for node in network.events if parts[node.key])
    count = {"actors": len(network.actors), "events": len(network.events), "links": len(links)}
    return f"{say('chart-network', network.language, **count)} {told}."


def _sort_actors(network: Network, links: Sequence[Link]) -> list[Node]:
    """Sort actors by the middle of the places of their events; those that took part in none come last."""
    order = {node.key: number for number, node in enumerate(network.events)}
    places = defaultdict(list)
    for link in links:
        places[link.actor].append(order[link.event])
    return sorted(network.actors, key=lambda node: (_middle(places[node.key], len(order)), node.label, node.key))


def _middle(places: Sequence[int], otherwise: int) -> float:
    return sum(places) / len(places) if places else otherwise


def _stack(nodes: Sequence[Node], most: int) -> list[_Place]:
    """Put nodes below one another as closely as their labels allow, of ``most`` lines each."""
    top = 0.0
    places = []
    for node in nodes:
        lines = wrap_text(node.label, _LABEL, SMALL, most)
        height = max(len(lines) * _LINE + _GAP, 24)
        places.append(_Place(node, lines, top + height / 2))
        top += height
    return places


def _end(places: Sequence[_Place]) -> float:
    return places[-1].middle + len(places[-1].lines) * _LINE / 2 + _GAP if places else 0.0


def _spread(places: Sequence[_Place], height: float) -> list[_Place]:
    """Spread nodes over a height, with as much more room between each two of them."""
    more = (height - _end(places)) / max(len(places), 1)
    return [place._replace(middle=place.middle + (number + 0.5) * more) for number, place in enumerate(places)]


def _add_band(drawing: Drawing, group: Element, height: float) -> Element:
    """Add the room between the columns: 100 wide by its own measure, and stretched as the drawing is."""
    return drawing.add(
        "svg",
        group,
        x=percent(_LEFT),
        y=0,
        width=percent(_RIGHT - _LEFT),
        height=height,
        viewBox=f"0 0 100 {height:g}",
        preserveAspectRatio="none",
    )


def _draw_line(drawing: Drawing, parent: Element, path: str, role: int) -> None:
    stroke = _STROKES[min(role, len(_STROKES) - 1)]
    drawing.add("path", parent, d=path, fill="none", vector_effect="non-scaling-stroke", **stroke)


def _draw_node(drawing: Drawing, place: _Place, parent: Element, *, is_actor: bool) -> None:
    """Draw a node: the point at which its lines meet, and its label on the other side of that."""
    spot = drawing.place(percent(_LEFT if is_actor else _RIGHT), place.middle, parent)
    aside, anchor = (-8, "end") if is_actor else (8, "start")
    drawing.add("circle", spot, r=4, fill=ACCENT)
    link = drawing.link(place.node.href, spot, place.node.language)
    if len(" ".join(place.lines)) < len(place.node.label):
        drawing.add("title", link).text = place.node.label
    top = SMALL / 2 - 2 - (len(place.lines) - 1) * _LINE / 2
    fill = ACCENT if link.tag == "a" else INK
    drawing.write_lines(place.lines, aside, top, link, font_size=SMALL, text_anchor=anchor, fill=fill)


def _list_entries(drawing: Drawing, roles: Sequence[str]) -> Iterator[Entry]:
    most = len(_STROKES) - 1
    for number, role in enumerate(roles[:most]):
        yield Entry(role, partial(_draw_sample, drawing, number))
    if roles[most:]:
        yield Entry(", ".join(roles[most:]), partial(_draw_sample, drawing, most))


def _draw_sample(drawing: Drawing, number: int, place: Element) -> None:
    _draw_line(drawing, place, f"M0 12H{SWATCH}", number)
