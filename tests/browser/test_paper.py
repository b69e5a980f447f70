"""Pages as they are printed: no column of a table is cut off, and many columns have the page turned round."""

from __future__ import annotations

import pytest
from tests.browser.harness import run_browser
from tests.browser.kinds import list_kinds, list_pages
from tests.sites import Built

pytestmark = pytest.mark.xdist_group("browser")


def test_nothing_is_cut_off_on_paper(plain: Built) -> None:
    kinds = {name for names in list_kinds(plain.folder).values() for name in names}
    asked = {name for name in list_pages(plain.folder) if name.startswith("ask/")}
    found = run_browser("paper.mjs", plain.root, paths=sorted(kinds | asked)).check()
    assert {path: one["cut"] for path, one in found.items() if one["cut"]} == {}
    assert found["ask/remittances.html"]["turned"]
    assert not found["implementation.html"]["turned"]
