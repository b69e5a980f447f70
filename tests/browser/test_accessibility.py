"""Each kind of page as axe sees it, in both languages, light and dark, in a narrow and a wide window."""

from __future__ import annotations

import pytest
from tests.browser.harness import run_browser
from tests.browser.kinds import list_kinds
from tests.sites import Built

pytestmark = pytest.mark.xdist_group("browser")

# In which windows: colours do not depend on the width, nor on the language.
WINDOWS = {"en": [(1280, "light"), (390, "dark")], "vi": [(390, "light")]}


@pytest.mark.parametrize("language", WINDOWS)
def test_axe_finds_nothing_grave(plain: Built, language: str) -> None:
    paths = list_kinds(plain.folder)[language]
    found = run_browser("axe.mjs", plain.root, paths=paths, windows=WINDOWS[language]).check()
    grave = [f"{path}: {one}" for window in found for path, seen in window.items() for one in seen["grave"]]
    assert grave == []
    assert len(paths) > 50
