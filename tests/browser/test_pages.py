"""Every page in a browser, in a window of 320 px: no error, no request that leaves the folder, no scrolling sideways.

A run opens a page of each kind and every sixth of the others; with MIGRAGRAPH_EVERY_PAGE set, all of them.
"""

from __future__ import annotations

import os

import pytest
from tests.browser.harness import run_browser
from tests.browser.kinds import list_kinds, list_pages
from tests.sites import Built

pytestmark = pytest.mark.xdist_group("browser")

STEP = 1 if os.environ.get("MIGRAGRAPH_EVERY_PAGE") else 6


def test_pages_open_without_a_fault_and_fit_a_narrow_window(plain: Built) -> None:
    kinds = {name for names in list_kinds(plain.folder).values() for name in names}
    paths = sorted({*list_pages(plain.folder)[::STEP], *kinds})
    found = run_browser("pages.mjs", plain.root, paths=paths).check()
    assert {path: wide for path, wide in found.items() if wide is not None} == {}
    assert len(found) == len(paths) > 300
