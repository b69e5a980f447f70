"""The building of a site: all its files, written into a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from migragraph.dataset import Dataset
from migragraph.errors import OutputError, ProjectError
from migragraph.paths import find_collisions
from migragraph.site.asking import render_scripts
from migragraph.site.browser import render_browser_data
from migragraph.site.browsing import render_classes
from migragraph.site.catalog import RESERVED, render_catalog
from migragraph.site.defining import list_definers, render_definers
from migragraph.site.models import fill
from migragraph.site.servers import render_servers
from migragraph.site.site import Site
from migragraph.site.statistics import render_tables
from migragraph.site.thing import render_things

__all__ = ["build_site", "render_site", "render_static"]


def build_site(dataset: Dataset, folder: Path) -> int:
    """Build the site of a dataset into a folder; give the number of files; raise OutputError where it cannot be."""
    return _write(folder, render_site(Site(dataset)))


def render_site(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render every file of a site: its name from the root, and its bytes."""
    _check_paths(site)
    pages: list[str] = []
    for name, data in _render_pages(site):
        if name.endswith(".html"):
            pages.append(name)
        yield name, data
    yield from render_catalog(site, pages)
    yield from render_servers(site, pages)


def _check_paths(site: Site) -> None:
    """Raise ProjectError where a document would lie in the file of a view, or of what hosts and crawlers look for."""
    views = [view.path for view in site.views]
    for paths in find_collisions([*(one.path for one in site.documents.values()), *views, *RESERVED]):
        names = [iri for iri, document in site.documents.items() if document.path in paths] or [f"the view {paths[0]}"]
        raise ProjectError(f"{names[0]} would lie in a file that the site keeps for another page.", advice="Rename it.")


def _render_pages(site: Site) -> Iterator[tuple[str, bytes]]:
    for view in site.views:
        for language in site.languages:
            page = site.page(view.path, language)
            yield page.file, site.render(view.template, page, view=view, **fill(site, view, page))
    yield from render_static(site)
    yield from render_browser_data(site)
    yield from render_tables(site)
    yield from render_scripts(site)
    yield from render_classes(site)
    yield from render_definers(site)
    yield from render_things(site, left_out=list_definers(site))


def render_static(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render the files that are the same in every site, those of the project instead of ours of the same name."""
    own = {path.name: path.read_bytes() for path in sorted(Path(str(files(__package__).joinpath("static"))).iterdir())}
    if site.settings.static:
        paths = (path for path in site.settings.static.rglob("*") if path.is_file())
        own |= {path.relative_to(site.settings.static).as_posix(): path.read_bytes() for path in paths}
    for name, data in sorted(own.items()):
        yield f"assets/{name}", data


def _write(folder: Path, output: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    for name, data in output:
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise OutputError(f"cannot write there: {error.strerror or error}.", path=path) from error
        count += 1
    return count
