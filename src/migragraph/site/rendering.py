"""The rendering of a site: every file of it, by the name that it has from the root; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from pyoxigraph import NamedNode

from migragraph.site.asking import render_scripts
from migragraph.site.browser import render_browser_data
from migragraph.site.browsing import render_classes
from migragraph.site.catalog import render_catalog, render_map, render_root
from migragraph.site.defining import render_definers
from migragraph.site.digests import Digests
from migragraph.site.documents import Document
from migragraph.site.folder import Hashed, Recipe
from migragraph.site.modelling import render_context
from migragraph.site.models import fill
from migragraph.site.servers import render_servers
from migragraph.site.site import Site
from migragraph.site.statistics import render_tables
from migragraph.site.thing import Things
from migragraph.site.views import View

__all__ = [
    "COMPARED",
    "PREPARED",
    "SHARED",
    "UNPREPARED",
    "Files",
    "render_all",
    "render_checks",
    "render_description",
    "render_document",
    "render_last",
    "render_pages",
    "render_static",
]

_CHECKS = "validation"

Files = Iterator[tuple[str, bytes | memoryview | Hashed | Recipe]]
"""Files, each by its name from the root of the site, and its bytes, or how they are made."""


def render_document(
    things: Things, document: Document, definers: Container[str] = (), digests: Digests | None = None
) -> Iterator[tuple[str, bytes | Recipe]]:
    """Render the pages of a document, and its files of RDF."""
    yield from render_pages(things, document, definers, digests)
    yield from render_description(things.site, document)


def render_pages(
    things: Things, document: Document, definers: Container[str] = (), digests: Digests | None = None
) -> Iterator[tuple[str, bytes | Recipe]]:
    """Render the pages of a document in each language, but for one that defines terms, which has other pages.

    Of the ``digests`` of the documents further pages are made only where they have changed.
    """
    if document.iri not in definers:
        yield from things.render(document, digests)


def render_description(site: Site, document: Document) -> Iterator[tuple[str, bytes]]:
    """Render the files of RDF of a document, for which a site need not be prepared."""
    for suffix, data in site.downloads.render(site.descriptions.describe(NamedNode(document.iri))).items():
        yield document.path + suffix, data


def render_checks(site: Site) -> Files:
    """Render the views that show what validation finds, which may still be under way when the others are made."""
    for view in site.views:
        if _CHECKS in view.models:
            yield from _render_view(site, view)


def render_last(site: Site, pages: Sequence[tuple[str, Sequence[str]]]) -> Files:
    """Render what needs to know of all pages: the sitemap, and the configuration of servers."""
    yield from render_map(site, pages)
    yield from render_servers(site, pages)


def render_static(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render the files that are the same in every site, those of the project instead of ours of the same name."""
    own = {path.name: path.read_bytes() for path in sorted(Path(str(files(__package__).joinpath("static"))).iterdir())}
    if site.settings.static:
        paths = (path for path in site.settings.static.rglob("*") if path.is_file())
        own |= {path.relative_to(site.settings.static).as_posix(): path.read_bytes() for path in paths}
    for name, data in sorted(own.items()):
        yield f"assets/{name}", data


def _render_views(site: Site) -> Files:
    """Render the views, then let the store go that they ask: it takes as much memory as all the rest."""
    site.answers.expect(query for view in site.views for query in view.queries.values())
    try:
        for view in site.views:
            if _CHECKS not in view.models:
                yield from _render_view(site, view)
    finally:
        site.answers.close()


def _render_view(site: Site, view: View) -> Files:
    for language in site.languages:
        page = site.page(view.path, language)
        yield page.file, site.render(view.template, page, view=view, **fill(site, view, page))


def _render_scripts(site: Site) -> Files:
    """Render the pages of the query scripts, then let the store go."""
    try:
        yield from render_scripts(site)
    finally:
        site.answers.close()


UNPREPARED: Sequence[Callable[[Site], Files]] = (render_catalog, render_browser_data)
"""What renders files from the whole graph, by the quads sorted, and needs nothing that a site is prepared by."""

PREPARED: Sequence[Callable[[Site], Files]] = (_render_views, _render_scripts)
"""What does so by the store, and needs that; the first takes longest."""


def render_all(site: Site, renders: Iterable[Callable[[Site], Files]]) -> Files:
    """Render by one function after the other: what they make of a graph that is not large is made once for them."""
    for render in renders:
        yield from render(site)


SHARED: Sequence[Callable[[Site], Files]] = (
    render_definers,
    render_context,
    render_static,
    render_root,
)
"""What renders the other files that belong to no one document, and may depend on all of them."""

COMPARED: Sequence[Callable[..., Files]] = (render_classes, render_tables)
"""What renders files from some documents each, whose ``digests`` it is given: if these are the same, the files are."""
