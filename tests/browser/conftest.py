"""Sites to open in a browser, from a disk and from a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.harness import serve, write_site

from migragraph.layout import bundled_root
from migragraph.project import Project
from migragraph.site.browser import render_browser_data
from migragraph.site.models import fill
from migragraph.site.rendering import render_static
from migragraph.site.site import Site

PATHS = ("network", "search", "sparql", "statistics", "timeline")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the bundled site, as far as scripts run in it."""
    site = Site(Project.load(bundled_root()).dataset())
    return write_site(tmp_path_factory.mktemp("a site with a space"), _render(site))


def _render(site: Site) -> Iterator[tuple[str, bytes]]:
    yield from render_static(site)
    yield from render_browser_data(site)
    for view in (view for view in site.views if view.path in PATHS):
        for language in site.languages:
            page = site.page(view.path, language)
            yield page.file, site.render(view.template, page, view=view, **fill(site, view, page))


@pytest.fixture(scope="session", params=["file", "http"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Give the address of the root of the site: on the disk, then on a server under a prefix."""
    if request.param == "file":
        yield f"{folder.as_uri()}/"
    else:
        with serve(folder.parent) as root:
            yield f"{root}{folder.as_uri().rpartition('/')[2]}/"
