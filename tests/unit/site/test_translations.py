"""Names that a query takes in English are shown in the language of the page, and its columns are called in it."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode
from tests.unit.conftest import ProjectWriter

from migragraph.dataset import Dataset, build
from migragraph.site import Site
from migragraph.site.asking import list_scripts, render_scripts
from migragraph.site.translations import translate_rows
from migragraph.site.words import name_column, read_columns

DATA = """
@prefix concept: <https://example.org/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
concept:people skos:prefLabel "people"@en, "người"@vi .
concept:fair skos:prefLabel "fair"@en, "hội chợ"@vi .
concept:just skos:prefLabel "fair"@en, "công bằng"@vi .
concept:town skos:prefLabel "town"@en .
concept:role skos:prefLabel "guest"@en, "khách mời"@vi .
<https://example.org/guest> rdfs:label "guest"@en, "khách"@vi .
<https://example.org/one> rdfs:label "alone"@en .
<https://example.org/two> rdfs:label "alone"@en, "một mình"@vi .
"""
QUERY = "SELECT ?a ?b { ?thing mg:unit/rdfs:label ?a ; skos:altLabel|rdfs:label ?b ; skos:prefLabel ?c }"


@pytest.mark.parametrize(
    ("term", "told"),
    [
        (Literal("people", language="en"), Literal("người", language="vi")),
        (Literal("guest", language="en"), Literal("khách mời", language="vi")),
        (Literal("alone", language="en"), Literal("một mình", language="vi")),
        (Literal("fair", language="en"), Literal("fair", language="en")),
        (Literal("town", language="en"), Literal("town", language="en")),
        (Literal("people"), Literal("people")),
        (Literal("people", language="fr"), Literal("people", language="fr")),
        (NamedNode("https://example.org/one"), NamedNode("https://example.org/one")),
        (None, None),
    ],
)
def test_a_name_is_shown_in_the_language_where_only_one_is_meant(
    write_project: ProjectWriter, term: Literal | NamedNode | None, told: Literal | NamedNode | None
) -> None:
    site = Site(build(write_project({"a.ttl": DATA})))
    rows = [[term, term, term]]
    # Printed names, which the second column may hold, are told as they are printed.
    assert translate_rows(site, QUERY, ("a", "b", "c"), rows, "vi") == [[told, term, told]]
    assert translate_rows(site, QUERY, ("a", "b", "c"), rows, "en") == rows


def test_each_column_of_the_scripts_is_called_in_vietnamese(bundled: Dataset) -> None:
    names = {column.name for query in list_scripts(Site(bundled)) for column in query.columns}
    assert read_columns().keys() == {"vi"}
    assert read_columns()["vi"].keys() == names
    assert list(read_columns()["vi"]) == sorted(names)
    assert all(read_columns()["vi"].values())
    assert (name_column("unit", "vi"), name_column("unit", "en"), name_column("colour", "vi")) == ("đơn vị", "", "")


@pytest.mark.xdist_group("bundled-pages")
def test_the_page_is_in_its_language_and_the_files_stay_as_they_are(bundled: Dataset) -> None:
    files = {name: data.decode() for name, data in render_scripts(Site(bundled)) if name.startswith("ask/figures.")}
    page = files["ask/figures.vi.html"]
    assert '<th scope="col">từ rào đón</th>' in page
    assert "<td>xấp xỉ</td>" in page
    assert "<td>đô la Mỹ mỗi năm</td>" in page
    assert "US dollars" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert '<p><span lang="en">One row for each figure' in page
    assert '<th scope="col">hedge</th>' in files["ask/figures.html"]
    assert "approximately" in files["ask/figures.csv"]
    assert "approximately" in files["ask/figures.json"]
    assert "xấp xỉ" not in files["ask/figures.csv"] + files["ask/figures.json"]


def test_a_column_of_a_project_that_has_no_other_name_is_marked_as_english(write_project: ProjectWriter) -> None:
    layout = write_project({"a.ttl": DATA})
    query = "SELECT ?unit ?some_colour { VALUES (?unit ?some_colour) { (1 2) } }"
    (layout.root / "queries" / "mine.rq").write_text(query, encoding="utf-8")
    pages = {name: data.decode() for name, data in render_scripts(Site(build(layout)))}
    assert (
        '<th scope="col">đơn vị</th><th scope="col"><span lang="en">some colour</span></th>'
        in pages["ask/mine.vi.html"]
    )
    assert '<th scope="col">unit</th><th scope="col">some colour</th>' in pages["ask/mine.html"]
