"""Wide tables in a narrow window: the first column stays in sight, and leaves room for the others."""

from __future__ import annotations

import pytest
from tests.browser.harness import run_browser
from tests.sites import Built

pytestmark = pytest.mark.xdist_group("browser")

NAMES = ("implementation", "statistics", "ask/remittances", "ask/objective-matrix")
PATHS = [f"{name}{suffix}" for name in NAMES for suffix in (".html", ".vi.html")]


@pytest.mark.parametrize("width", [390, 360])
def test_the_first_column_of_a_wide_table_stays(plain: Built, width: int) -> None:
    found = run_browser("tables.mjs", plain.root, paths=PATHS, width=width).check()
    for path, seen in found.items():
        assert seen["moved"] > 50, path
        assert seen["away"] < 1, path
        assert seen["share"] <= 0.46, path
        assert not seen["isClear"], path
