"""Two builds of a project are the same to the byte, whatever the order in which Python takes its sets."""

from __future__ import annotations

import os

import pytest
from tests.site.conftest import Whole
from tests.site.reading import Pages
from tests.sites import build_once, copy_bundled


def test_the_sites_are_read_in_one_process(request: pytest.FixtureRequest) -> None:
    """Hold what tests of this folder, and others, rely on to be fast: that pytest-xdist keeps groups together."""
    is_grouped = request.node.nodeid.endswith("@site")
    assert is_grouped or os.environ.get("PYTEST_XDIST_WORKER") is None


def test_two_builds_are_the_same(whole_plain: Whole, tmp_path_factory: pytest.TempPathFactory) -> None:
    twin = Pages(build_once(tmp_path_factory, "twin", copy_bundled, seed=4711))
    plain = whole_plain.pages
    assert twin.files == plain.files
    assert [name for name in sorted(twin.files) if twin.read(name) != plain.read(name)] == []
