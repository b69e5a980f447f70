"""How heavy the pages are, in bytes as they lie on the disk, and that no script holds them up."""

from __future__ import annotations

import pytest
from tests.site.conftest import Whole
from tests.site.reading import Pages

KB = 1000
THING, SOURCE, HOME = 60 * KB, 150 * KB, 150 * KB
# What describes all terms, or all shapes, in one document is no thing's page.
WHOLES = ("ontology", "shapes")
WITH_SCRIPTS = ("search", "sparql")


@pytest.fixture
def pages(whole_plain: Whole) -> Pages:
    """Give the pages of the bundled site; an address for reports of errors would add 200 bytes for each fact."""
    return whole_plain.pages


def test_the_page_of_a_thing_is_light(pages: Pages) -> None:
    heavy = {}
    for file in sorted(name for name in pages.files if name.endswith(".nt") and not name.startswith("dump/")):
        path = file.removesuffix(".nt")
        most = SOURCE if "/source/" in path else THING
        for suffix in (".html", ".vi.html") if path not in WHOLES else ():
            if pages[path + suffix].size >= most:
                heavy[path + suffix] = pages[path + suffix].size
    assert heavy == {}


@pytest.mark.parametrize("file", ["index.html", "index.vi.html"])
def test_the_first_page_is_light_with_all_that_it_loads(pages: Pages, file: str) -> None:
    page = pages[file]
    loaded = {page.find(link.target)[0] for link in page.links if link.loads}
    assert "assets/site.css" in loaded
    assert page.size + sum(len(pages.read(name)) for name in loaded) < HOME


def test_no_script_holds_up_a_page(pages: Pages) -> None:
    held = {page.file for page in pages.values() if page.scripts}
    assert held <= {f"{name}{suffix}" for name in WITH_SCRIPTS for suffix in (".html", ".vi.html")}
    loading = {page.file for page in pages.values() for link in page.links if link.element == "script"}
    assert loading == {f"{name}{suffix}" for name in WITH_SCRIPTS for suffix in (".html", ".vi.html")}
