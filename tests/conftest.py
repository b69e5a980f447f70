"""Whole sites, that of the bundled graph and that of a hostile one, shared by all processes of a run; and garbage."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings
from tests.hostile import write_hostile
from tests.sites import ADDRESS, REPORT, Built, build_once, copy_bundled

_MOST = 100_000
"""How many values tests may leave behind before they are looked through for garbage."""


def pytest_configure() -> None:
    """Collect garbage between tests only, in the thread that runs them: what pyoxigraph gives must end where it began.

    Otherwise the thread of pytest-xdist that listens for messages may be the one that collects.
    """
    gc.disable()
    # A machine that does other work too is slow now and then, which is no fault of what is tested.
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")


def pytest_runtest_teardown() -> None:
    """Collect what the tests have left."""
    if gc.get_count()[0] > _MOST:
        gc.collect()


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the site of the bundled graph, which has no address."""
    return build_once(tmp_path_factory, "plain", copy_bundled)


@pytest.fixture(scope="session")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the site of the bundled graph with an address, and one for reports of errors."""
    return build_once(
        tmp_path_factory, "addressed", lambda root: copy_bundled(root, url=ADDRESS, report=REPORT), ADDRESS
    )


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the site of a project in which every text, and many an IRI, would do harm."""
    return build_once(tmp_path_factory, "hostile", write_hostile, ADDRESS)
