"""What is looked for before anything is written: settings and names with which no site can be built."""

from __future__ import annotations

from migragraph.errors import ProjectError
from migragraph.layout import DESCRIPTION
from migragraph.paths import find_collisions
from migragraph.site.catalog import RESERVED
from migragraph.site.models import MODELS, list_headlines
from migragraph.site.site import Site

__all__ = ["check_site"]


def check_site(site: Site) -> None:
    """Raise ProjectError for paths that collide, and for settings that name what there is not."""
    _check_paths(site)
    list_headlines(site, site.page("index", site.languages[0]))
    path = site.layout.root / DESCRIPTION
    for view in site.views:
        for name in view.models:
            if name not in MODELS:
                advice = f"Choose from {', '.join(MODELS)}."
                raise ProjectError(f"the view {view.path} names no model {name!r}.", path=path, advice=advice)
        site.require_template(view.template)
        for query in view.queries.values():
            site.answers.find_query(query)


def _check_paths(site: Site) -> None:
    """Raise ProjectError where a document would lie in the file of a view, or of what hosts and crawlers look for."""
    views = [view.path for view in site.views]
    for paths in find_collisions([*(one.path for one in site.documents.values()), *views, *RESERVED]):
        names = [iri for iri, document in site.documents.items() if document.path in paths] or [f"the view {paths[0]}"]
        raise ProjectError(f"{names[0]} would lie in a file that the site keeps for another page.", advice="Rename it.")
