"""The trail: the pages above that of a thing, from the first page of the site to the view that lists such things."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.namespaces import FOAF, MG, ORG, QB, SCHEMA, SKOS
from migragraph.site.pages import Page
from migragraph.site.site import Site

__all__ = ["Crumb", "follow_trail"]

_VIEWS = (
    (SCHEMA.NewsArticle, "sources"),
    (MG.Instrument, "instruments"),
    (MG.Event, "timeline"),
    (QB.Observation, "statistics"),
    (MG.Statement, "claims"),
    (MG.Unknown, "unknowns"),
    (FOAF.Person, "people"),
    (ORG.Post, "people"),
    (SKOS.Concept, "model"),
)
"""The view that lists the things of a class; of others, and where a site has no such view, that of all things."""

_HOME, _ALL = "index", "things"


class Crumb(NamedTuple):
    """A page above another: what it is called, the link to it, and its full address or the empty string."""

    name: str
    href: str
    address: str


def follow_trail(site: Site, page: Page, classes: Collection[NamedNode]) -> Iterator[Crumb]:
    """Give the pages above that of a thing of some classes, those that the site has."""
    views = {view.path: view for view in site.views}
    listing = next((path for class_, path in _VIEWS if class_ in classes and path in views), _ALL)
    for path in (_HOME, listing):
        if path in views:
            file = site.page(path, page.language).file
            yield Crumb(views[path].called(page.language), page.to(path), page.address(file))
