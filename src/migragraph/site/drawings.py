"""Drawings: what the views show as a time axis and as a network, from the rows of their queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import MG
from migragraph.site.charts import Happening, Link, Network, Node, Timeline, draw_network, draw_timeline
from migragraph.site.pages import Page
from migragraph.site.site import Row, Site
from migragraph.spelling import write_date

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["draw_happenings", "draw_participations"]

_HAPPENINGS = 150
_LINKS = 500
"""What is more than this is no drawing that anybody reads; the page has it as a list."""


def draw_happenings(site: Site, page: Page) -> Markup | None:
    """Draw the happenings of the timeline, in the order of their list; None where there are none, or too many."""
    rows = site.ask("happenings")
    if not 0 < len(rows) <= _HAPPENINGS:
        return None
    happenings = [_read_happening(row, site, page) for row in rows]
    return draw_timeline(Timeline("drawing", page.say("timeline-drawing"), happenings, page.language))


def draw_participations(site: Site, page: Page) -> Markup | None:
    """Draw who took part in which event; None where nobody did, or too many to be seen apart."""
    rows = site.ask("participations")
    if not 0 < len(rows) <= _LINKS:
        return None
    other = page.say("other")
    links = dict.fromkeys(
        Link(_text(row["actor"]), _text(row["event"]), _name(row["role"], site, page) or other) for row in rows
    )
    network = Network(
        key="drawing",
        title=page.say("network-drawing"),
        actors=_list_nodes((row["actor"] for row in rows), site, page),
        events=_list_nodes((row["event"] for row in rows), site, page),
        links=list(links),
        language=page.language,
    )
    return draw_network(network)


def _read_happening(row: Row, site: Site, page: Page) -> Happening:
    date, until, by, node = row["date"], row["until"], row["by"], row["node"]
    kind = MG.Event if node == row["thing"] else MG.Instrument
    assert isinstance(node, NamedNode), f"{node} is no node of a date"
    bases = {witness.basis for witness in site.find_witnesses(node, _text(row["property"]), page.language)}
    parts = (_name(row["thing"], site, page), _name(row["happening"], site, page) if kind == MG.Instrument else "")
    days = [write_date(day, page.language) for day in (date, until) if isinstance(day, Literal)]
    return Happening(
        label=": ".join(part for part in parts if part),
        when=" – ".join(days) or _tell_bounds(row["after"], by, site, page),
        start=_text(date) or _text(row["after"]),
        end=_text(until) or _text(by),
        href=page.link(_text(row["thing"])),
        kind=site.name(kind, page.language),
        language=_tag(row["thing"], site, page),
        is_between=date is None,
        is_inferred=bases == {"inferred"},
    )


def _tell_bounds(after: NamedNode | Literal | None, by: NamedNode | Literal | None, site: Site, page: Page) -> str:
    last = site.write(by, page.language)
    if after is None:
        return page.say("not after", time=last)
    return page.say("between", first=site.write(after, page.language), last=last)


def _list_nodes(terms: Iterable[object], site: Site, page: Page) -> list[Node]:
    named = dict.fromkeys(term for term in terms if isinstance(term, NamedNode))
    return [Node(term.value, _name(term, site, page), page.link(term.value), _tag(term, site, page)) for term in named]


def _name(term: object, site: Site, page: Page) -> str:
    return site.name(term, page.language) if isinstance(term, NamedNode) else ""


def _tag(term: object, site: Site, page: Page) -> str:
    return site.namers[page.language].tag(term) if isinstance(term, NamedNode) else ""


def _text(term: NamedNode | Literal | None) -> str:
    return term.value if term is not None else ""
