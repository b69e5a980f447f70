"""The pictures of views: the time axis, and the network of actors and events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from migragraph.site.charts import Happening, Link, Network, Node, Timeline, draw_network, draw_timeline
from migragraph.site.pages import Page
from migragraph.site.site import Row, Site

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["picture_network", "picture_timeline"]

MOST = 200
"""How many happenings, or parts in events, are drawn; beyond that a picture shows nothing that a table does not."""

_INFERRED = "inferred"


def picture_timeline(site: Site, page: Page) -> Markup | None:
    """Draw what has a date on a time axis, the latest first; None where there is nothing, or too much."""
    rows = site.ask("happenings")
    if not 0 < len(rows) <= MOST:
        return None
    happenings = [_tell(row, site, page) for row in rows]
    return draw_timeline(Timeline("timeline", page.say("picture-timeline"), happenings, page.language))


def _tell(row: Row, site: Site, page: Page) -> Happening:
    thing, node, property_ = row["thing"], row["node"], row["property"]
    assert isinstance(thing, NamedNode)
    assert isinstance(node, NamedNode)
    assert isinstance(property_, Literal)
    happening = site.write(row["happening"], page.language)
    name = site.name(thing, page.language)
    bases = {witness.basis for witness in site.find_witnesses(node, property_.value, page.language)}
    date, until, latest = (_value(row[name]) for name in ("date", "until", "by"))
    return Happening(
        label=f"{name}: {happening}" if happening else name,
        when=_write_when(row, site, page),
        start=date,
        end=until or latest,
        href=page.link(thing.value),
        kind=page.say("picture-event" if property_.value == "schema:startDate" else "picture-instrument"),
        is_between=not date,
        is_inferred=bases == {_INFERRED},
    )


def _value(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""


def _write_when(row: Row, site: Site, page: Page) -> str:
    date, until, latest = (site.write(row[name], page.language) for name in ("date", "until", "by"))
    if not date:
        return page.say("not after", time=latest)
    return f"{date} – {until}" if until else date


def picture_network(site: Site, page: Page) -> Markup | None:
    """Draw who took part in which event, the earliest event first; None where there is nothing, or too much."""
    rows = site.ask("participations")
    if not 0 < len(rows) <= MOST:
        return None
    links = [Link(_iri(row["actor"]), _iri(row["event"]), site.write(row["role"], page.language)) for row in rows]
    actors = _list_nodes([row["actor"] for row in rows], site, page)
    events = _list_nodes([row["event"] for row in rows], site, page)
    return draw_network(Network("network", page.say("picture-network"), actors, events, links, page.language))


def _list_nodes(terms: Sequence[object], site: Site, page: Page) -> list[Node]:
    things = [term for term in dict.fromkeys(terms) if isinstance(term, NamedNode)]
    return [Node(thing.value, site.name(thing, page.language), page.link(thing.value)) for thing in things]


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
