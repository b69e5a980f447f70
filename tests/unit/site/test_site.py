"""What the pages of a site share: the title of the graph, and the mark of what is in another language."""

from __future__ import annotations

import pytest
from tests.unit.conftest import ProjectWriter
from tests.unit.site import Reader

from migragraph.dataset import Dataset, build
from migragraph.site import Site
from migragraph.site.models import fill
from migragraph.site.words import say

TITLE = "A small town"
HEAD = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/town/dataset/town> a dcat:Dataset ; rdfs:label """


@pytest.mark.parametrize(
    ("data", "english", "vietnamese"),
    [
        ("", (TITLE, ""), (TITLE, "en")),
        (f'{HEAD} "A town"@en, "Thị trấn"@vi .', ("A town", ""), ("Thị trấn", "")),
        (f'{HEAD} "A town"@en .', ("A town", ""), (TITLE, "en")),
        (f'{HEAD} "A town" .', (TITLE, ""), (TITLE, "en")),
    ],
)
def test_the_title_is_in_the_language_of_the_page_or_else_that_of_the_project(
    write_project: ProjectWriter, data: str, english: tuple[str, str], vietnamese: tuple[str, str]
) -> None:
    site = Site(build(write_project({"catalog.ttl": data})))
    for language, expected in (("en", english), ("vi", vietnamese)):
        title = site.title(language)
        assert (title.text, title.language) == expected


def test_the_first_page_has_the_title_above_it_in_its_head_and_below_it(bundled: Dataset) -> None:
    site = Site(bundled)
    (view,) = [view for view in site.views if view.path == "index"]
    pages = {}
    for page in (site.page("index", language) for language in site.languages):
        pages[page.file] = site.render(view.template, page, view=view, **fill(site, view, page)).decode()
    title = "Hồ sơ di cư máy đọc được: Việt Nam và Thỏa thuận Toàn cầu về Di cư"
    assert pages["index.vi.html"].count(title) == 4
    assert bundled.layout.title not in pages["index.vi.html"]
    assert pages["index.html"].count(bundled.layout.title) == 4
    assert title in Reader(pages["index.vi.html"]).text


def test_the_matrix_says_that_its_objectives_are_in_english_where_they_are_in_another_than_the_page(
    bundled: Dataset,
) -> None:
    site = Site(bundled)
    (view,) = [view for view in site.views if view.path == "implementation"]
    told = {}
    for page in (site.page(view.path, language) for language in site.languages):
        told[page.language] = site.render(view.template, page, view=view, **fill(site, view, page)).decode()
    for language, is_said in (("en", False), ("vi", True)):
        assert (say("matrix-english", language) in told[language]) is is_said
    assert 'scheme/gcm-objective/1.vi.html" lang="en">' in told["vi"]
    assert 'scheme/gcm-objective/1.html">' in told["en"]
