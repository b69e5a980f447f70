"""The models of views: what a template needs that no query gives, by the name that a row of the table uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migragraph.site.pages import Page
from migragraph.site.site import Site
from migragraph.site.statistics import list_tables
from migragraph.site.views import View

__all__ = ["MODELS", "fill"]

Model = Callable[[Site, Page], object]

MODELS: Mapping[str, Model] = {"statistics": list_tables}
"""The models, by name; a template finds the value of each under that name."""


def fill(site: Site, view: View, page: Page) -> dict[str, object]:
    """Give what the template of a view is filled with: the rows of its queries, the values of its models."""
    rows = {name: site.ask(query, view.values.get(query)) for name, query in view.queries.items()}
    return {**rows, **{name: MODELS[name](site, page) for name in view.models}}
