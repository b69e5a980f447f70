"""The menu in small windows: every link of it can be reached by scrolling down."""

from __future__ import annotations

import pytest
from tests.browser.harness import run_browser
from tests.sites import Built

pytestmark = pytest.mark.xdist_group("browser")

WINDOWS = [(1280, 600), (1280, 400), (900, 600), (700, 600), (390, 844), (390, 664), (360, 640), (320, 480)]


@pytest.mark.parametrize("page", ["index.html", "index.vi.html"])
def test_every_link_of_the_menu_can_be_reached(plain: Built, page: str) -> None:
    found = run_browser("menu.mjs", plain.root, page=page, windows=WINDOWS).check()
    for window, seen in zip(WINDOWS, found, strict=True):
        assert seen["links"] > 20
        assert (window, seen["hidden"], seen["isWide"]) == (window, [], False)
