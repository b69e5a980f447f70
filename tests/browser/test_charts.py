"""The drawings as a browser lays them out, in a narrow and a wide window, in light and dark."""

from __future__ import annotations

from pathlib import Path

from tests.browser.harness import run_browser

PATHS = [f"{name}{suffix}.html" for name in ("network", "statistics", "timeline") for suffix in ("", ".vi")]


def test_no_drawing_leaves_its_place_and_axe_finds_nothing_grave(folder: Path) -> None:
    found = run_browser("charts.mjs", f"{folder.as_uri()}/", paths=PATHS).check()
    assert len(found) == 2 * len(PATHS)
    assert {path: one["faults"] for path, one in found.items() if one["faults"]} == {}
    assert all(one["drawings"] for one in found.values())
