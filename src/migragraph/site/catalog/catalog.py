"""The files of the catalog, rendered when the pages are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migragraph.bibliography import Bibliography
from migragraph.export import dump_triples
from migragraph.site.catalog.counting import Counts, Tally, list_folders
from migragraph.site.catalog.dcat import DCAT_FILE, describe_distributions
from migragraph.site.catalog.dumps import Distribution, render_dumps
from migragraph.site.catalog.icon import render_icon
from migragraph.site.catalog.notfound import render_not_found
from migragraph.site.catalog.record import PREFIXES, Record
from migragraph.site.catalog.sitemap import Pages, render_robots, render_sitemaps
from migragraph.site.catalog.void import VOID_FILE, describe_statistics
from migragraph.site.folder import Hashed
from migragraph.site.site import Site

__all__ = ["RESERVED", "render_catalog", "render_map", "render_root"]

RESERVED = ("404", "dcat", "void")
"""The paths, without suffix, of files beside which no document can lie."""


def render_catalog(site: Site) -> Iterator[tuple[str, bytes | Hashed]]:
    """Render the dumps and the descriptions of the graph, which tell what was counted meanwhile."""
    dumps: list[Distribution] = []
    tally = Tally(site.layout.base)
    yield from render_dumps(site, tally, dumps)
    yield from _describe(site, tally.counts, dumps)


def render_root(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render what crawlers, browsers and hosts look for at the root of a site."""
    yield "robots.txt", render_robots(site.settings.url)
    yield "404.html", render_not_found(site)
    yield "favicon.ico", render_icon()
    # Without it GitHub Pages leaves out what begins with a dot, .well-known/ among it.
    yield ".nojekyll", b""


def render_map(site: Site, pages: Pages) -> Iterator[tuple[str, bytes]]:
    """Render the sitemap of the pages; without an address of the site there is none."""
    if site.settings.url:
        yield from render_sitemaps(pages, site.languages, site.settings.url)


def _describe(site: Site, counts: Counts, dumps: Iterable[Distribution]) -> Iterator[tuple[str, bytes]]:
    layout = site.layout
    record = Record(
        site,
        Bibliography(site.dataset, site.labels, site.languages[0]).graph,
        counts,
        tuple(list_folders(site.documents, layout.prefixes, layout.base)),
        tuple(dumps),
    )
    prefixes = {**PREFIXES, **layout.prefixes}
    statistics = dump_triples(set(describe_statistics(record)), "turtle", prefixes)
    yield VOID_FILE, statistics
    yield ".well-known/void", statistics
    distributions = set(describe_distributions(record))
    yield DCAT_FILE, dump_triples(distributions, "turtle", prefixes)
    yield "dcat.jsonld", dump_triples(distributions, "jsonld", prefixes)
