"""The pages that run scripts, behind each server: its policy forbids nothing that they need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.harness import run_browser
from tests.unit.site.servers.conftest import serve

from migragraph.layout import bundled_root
from migragraph.project import Project
from migragraph.site import Site

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(params=["nginx", "apache", "caddy"])
def root(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    with serve(request.param, Site(Project.load(bundled_root()).dataset()), files=folder) as served:
        yield f"http://127.0.0.1:{served.port}/"


def test_the_policy_lets_queries_and_the_search_run(root: str) -> None:
    query = "ASK { ?s a <https://w3id.org/migragraph/ontology#Law> }"
    (shown,) = run_browser("sparql.mjs", root, page="sparql", steps=[{"query": query}]).check()
    assert (shown["status"], shown["fault"]) == ("Yes.", None)
    found = run_browser("search.mjs", root, page="search", queries=["402 qd ttg"]).check()
    assert "402" in str(found)
