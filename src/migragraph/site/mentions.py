"""Mentions: the things that name a thing, by property, with pages of their own for those beyond the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.explain.facts import Incoming
from migragraph.site.showing import Showing, Shown

__all__ = [
    "ON_PAGE",
    "SHOWN",
    "Mention",
    "More",
    "list_mentions",
    "list_more",
    "page_name",
    "path_of_page",
    "plan_pages",
]

SHOWN = 40
"""How many things are named on the page itself, of each property."""

ON_PAGE = 200
"""How many things a further page names, of all properties."""


_FURTHER = re.compile(r"(.+)~p[0-9]+(?:\.[^./]+)?\.html")


class Mention(NamedTuple):
    """Things that name a thing by a property: how many in all, some of them, and the page where more are named."""

    property: Shown
    total: int
    things: Sequence[Shown]
    more: int


class More(NamedTuple):
    """What a further page names by one property: the things from a first to a last."""

    incoming: Incoming
    start: int
    end: int


def page_name(path: str, number: int) -> str:
    """Give the path of a page of a thing: the first is that of the thing; no path of a document ends as others do."""
    return path if number == 1 else f"{path}~p{number}"


def path_of_page(file: str) -> str:
    """Give the path of the thing whose further page lies in a file, or the empty string where it is none."""
    found = _FURTHER.fullmatch(file)
    return found[1] if found else ""


def plan_pages(incoming: Sequence[Incoming]) -> list[list[More]]:
    """Share out what the first page does not name among further pages."""
    pages: list[list[More]] = []
    room = 0
    for one in incoming:
        start = SHOWN
        while start < len(one.things):
            if not room:
                pages.append([])
                room = ON_PAGE
            end = min(start + room, len(one.things))
            pages[-1].append(More(one, start, end))
            room -= end - start
            start = end
    return pages


def list_mentions(showing: Showing, incoming: Sequence[Incoming], pages: Sequence[Sequence[More]]) -> list[Mention]:
    """List what the first page names."""
    more = _find_pages(pages)
    return [
        Mention(
            _show(showing, one.property),
            len(one.things),
            [_show(showing, thing) for thing in one.things[:SHOWN]],
            more.get(one.property, 0),
        )
        for one in incoming
    ]


def list_more(showing: Showing, page: Sequence[More]) -> Iterator[Mention]:
    """List what a further page names."""
    for incoming, start, end in page:
        things = [showing.thing(thing) for thing in incoming.things[start:end]]
        yield Mention(_show(showing, incoming.property), len(incoming.things), things, 0)


def _find_pages(pages: Sequence[Sequence[More]]) -> dict[NamedNode, int]:
    """Give the number of the page on which the things of each property go on."""
    found: dict[NamedNode, int] = {}
    for number, page in enumerate(pages, 2):
        for one in page:
            found.setdefault(one.incoming.property, number)
    return found


def _show(showing: Showing, thing: NamedNode) -> Shown:
    return showing.name(showing.naming.name(thing))
