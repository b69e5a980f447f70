"""The pages of whole sites, read once; all tests of them run in one process."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.site.reading import Pages
from tests.sites import Built

from migragraph.project import Project
from migragraph.site import Site

HERE = Path(__file__).parent


# pytest-xdist reads the groups in a hook of its own.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("site"))


class Whole(NamedTuple):
    """The pages of a site, and what they are made from."""

    pages: Pages
    site: Site


def _read(built: Built) -> Whole:
    return Whole(Pages(built), Site(Project.load(built.project).dataset()))


@pytest.fixture(scope="session")
def whole_plain(plain: Built) -> Whole:
    return _read(plain)


@pytest.fixture(scope="session")
def whole_addressed(addressed: Built) -> Whole:
    return _read(addressed)


@pytest.fixture(scope="session")
def whole_hostile(hostile: Built) -> Whole:
    return _read(hostile)


@pytest.fixture(params=["plain", "addressed", "hostile"])
def whole(request: pytest.FixtureRequest) -> Whole:
    """Give each site in turn; each is read once."""
    found: Whole = request.getfixturevalue(f"whole_{request.param}")
    return found


@pytest.fixture
def pages(whole: Whole) -> Pages:
    return whole.pages


@pytest.fixture
def site(whole: Whole) -> Site:
    return whole.site
