"""What the browser runs: the search and the SPARQL page, with the libraries and the data that they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from migragraph.export import Dumps
from migragraph.site.asking import list_scripts
from migragraph.site.libraries import FOLDER, vendor_files
from migragraph.site.pages import Page
from migragraph.site.search import LIMIT as MOST_THINGS
from migragraph.site.search import collect_entries, render_search_data
from migragraph.site.site import Site
from migragraph.site.sparql import GRAPH, render_examples, render_graph
from migragraph.site.sparql import LIMIT as MOST_QUADS
from migragraph.spelling import write_number

__all__ = ["SECONDS", "Scripted", "describe_search", "describe_sparql", "render_browser_data"]

SECONDS = 60
"""How long a query may take in the browser before it is stopped."""

_SEARCH = ("search-loading", "search-many", "search-near", "search-none", "search-one")
_SPARQL = (
    "sparql-answer",
    "sparql-broken",
    "sparql-cut",
    "sparql-fault",
    "sparql-graph",
    "sparql-label",
    "sparql-late",
    "sparql-loading",
    "sparql-no",
    "sparql-refused",
    "sparql-row",
    "sparql-rows",
    "sparql-running",
    "sparql-stopped",
    "sparql-update",
    "sparql-yes",
)


class Scripted(NamedTuple):
    """A page that needs scripts: what these are told, or else the ``excuse`` for which it has none."""

    settings: Mapping[str, object]
    excuse: str = ""


def describe_search(site: Site, page: Page) -> Scripted:
    """Describe the search page."""
    excuse = _excuse(site, page, "search-too-large", len(site.documents), MOST_THINGS)
    return Scripted(_settings(page, _SEARCH), excuse)


def describe_sparql(site: Site, page: Page) -> Scripted:
    """Describe the SPARQL page."""
    excuse = _excuse(site, page, "sparql-too-large", _count_quads(site), MOST_QUADS)
    heavy = [page.asset(f"{FOLDER}/oxigraph.js"), page.asset(GRAPH)]
    return Scripted({**_settings(page, _SPARQL), "seconds": SECONDS, "scripts": heavy}, excuse)


def render_browser_data(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render the libraries and the data of both pages, as far as there is a use for them."""
    paths = {iri: document.path for iri, document in site.documents.items()}
    yield from (vendor_files() or {}).items()
    if site.has_libraries and len(site.documents) <= MOST_THINGS:
        entries = collect_entries(site.dataset, site.labels, paths.get)
        yield from render_search_data(entries, site.labels, site.layout.base, site.languages).items()
    if site.has_libraries and _count_quads(site) <= MOST_QUADS:
        yield from render_examples(list_scripts(site), site.layout.prefixes).items()
        yield from render_graph(site.dataset, paths, site.once(Dumps, site.downloads.context).nquads).items()


def _count_quads(site: Site) -> int:
    """Count the quads; where the facts alone are too many, these: to count what they imply takes longer."""
    facts = site.dataset.size
    return facts if facts > MOST_QUADS else site.size


def _excuse(site: Site, page: Page, key: str, size: int, limit: int) -> str:
    if not site.has_libraries:
        return page.say("no-libraries")
    numbers = {name: write_number(str(number), page.language) for name, number in (("count", size), ("limit", limit))}
    return page.say(key, **numbers) if size > limit else ""


def _settings(page: Page, keys: tuple[str, ...]) -> dict[str, object]:
    """Give what the scripts of a page say, by the key of each word without its first part, and in which language."""
    said = {key.partition("-")[2]: page.say(key) for key in keys}
    return {**said, "language": page.language, "suffix": page.to("")}
