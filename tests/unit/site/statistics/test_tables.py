"""The page of the statistics: every figure with its hedge and its words, in tables, charts and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import cast

import pytest
from pyoxigraph import NamedNode
from tests.unit.conftest import ProjectWriter

from migragraph.consistency import list_observations
from migragraph.dataset import Dataset, build
from migragraph.site.digests import Digester
from migragraph.site.folder import Recipe
from migragraph.site.models import Headline, fill
from migragraph.site.site import Site
from migragraph.site.statistics import Table, list_tables, render_tables
from migragraph.site.statistics.figures import list_groups
from migragraph.site.statistics.rows import COLUMNS

PREFIXES = """
@prefix : <https://example.org/town/> .
@prefix hedge: <https://w3id.org/migragraph/scheme/hedge/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#> .
@prefix sdmx-code: <http://purl.org/linked-data/sdmx/2009/code#> .
@prefix sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def site(bundled: Dataset) -> Site:
    return Site(bundled)


@pytest.fixture(scope="module")
def tables(site: Site) -> dict[str, Table]:
    return {table.key: table for table in list_tables(site, site.page("statistics", "en"))}


def render(site: Site, language: str) -> str:
    view = next(view for view in site.views if view.path == "statistics")
    page = site.page(view.path, language)
    return site.render(view.template, page, view=view, **fill(site, view, page)).decode()


def test_the_profile_has_figures_in_the_order_of_their_tables(site: Site, tables: dict[str, Table]) -> None:
    view = next(view for view in site.views if view.path == "profile")
    groups = cast(Iterable[tuple[object, list[Headline]]], fill(site, view, site.page(view.path, "en"))["figures"])
    shown = [one.observation.value for _, found in groups for one in found]
    for table in tables.values():
        lines = [line.row.thing.iri for line in table.lines]
        assert [iri for iri in shown if iri in lines] == lines


def read_tables(site: Site) -> dict[str, bytes]:
    """Give the CSV files, made by their recipes."""
    files = render_tables(site, Digester(site).digest().documents)
    return {name: data.make() if isinstance(data, Recipe) else data for name, data in files}


CHARTS = {
    "contract-departures-people": [("By sex", 3)],
    "contract-departures-to-area-people": [("By area", 3)],
    "delegates-people": [("Over time", 5)],
    "votes-for-votes": [("Over time", 2)],
    "female-share-contract-workers-percent": [("As a share of the whole", 1)],
    "female-share-contract-departures-percent": [("As a share of the whole", 1)],
    "remittances-share-of-gdp-percent": [("As a share of the whole", 1)],
}


def test_the_figures_of_the_graph_are_compared_only_where_they_can_be(tables: dict[str, Table]) -> None:
    drawn = {
        key: [(chart.caption.partition(";")[0], chart.shown) for chart in table.charts]
        for key, table in tables.items()
        if table.charts
    }
    assert drawn == CHARTS


def test_every_figure_is_in_one_table(bundled: Dataset, tables: dict[str, Table]) -> None:
    shown = [line.row.thing.iri for table in tables.values() for line in table.lines]
    assert sorted(shown) == sorted(one.iri.value for one in list_observations(bundled.index))
    assert all(table.count == len(table.lines) for table in tables.values())


def test_a_row_keeps_the_hedge_the_status_and_who_says_it(tables: dict[str, Table]) -> None:
    (line,) = tables["citizens-brought-back-people"].lines
    assert line.row.thing.text == "approximately 4,000 people"
    assert line.row.status == "provisional"
    assert [cell.text for cell in line.row.speakers] == ["Phan Thi Minh Giang"]
    assert [cell.text for cell in line.row.compilers] == [
        "Consular Department of the Ministry of Foreign Affairs of Viet Nam"
    ]
    assert {witness.basis for witness in line.witnesses} == {"stated"}
    derived = [line.row.thing.text for line in tables["contract-departures-people"].lines if line.row.is_derived]
    assert derived == ["104,182 people"]


def test_no_number_is_on_the_page_that_the_graph_does_not_give(bundled: Dataset, tables: dict[str, Table]) -> None:
    given = {number for one in list_observations(bundled.index) for number in (one.low, one.high)}
    for table in tables.values():
        for chart in table.charts:
            told = re.findall(r"<tspan[^>]*>([^<]*)|font-weight=\"bold\">([^<]*)", chart.drawing)
            numbers = re.findall(r"(?<![\d,])\d[\d,]*(?:\.\d+)?", " ".join("".join(pair) for pair in told))
            assert numbers, chart.caption
            assert {Decimal(number.replace(",", "")) for number in numbers} <= given


def test_the_page_marks_each_figure_and_leads_to_its_csv(site: Site) -> None:
    files = read_tables(site)
    for language in site.languages:
        page = render(site, language)
        assert set(re.findall(r'href="(statistics/[^"]+\.csv)"', page)) == {
            name for name in files if (".vi." in name) == (language == "vi")
        }
        assert page.count("<tr>") == 38 + len(files) // 2
        assert 'class="mark inferred"' in page
    assert "hơn 80.000 người" in render(site, "vi")


def test_the_csv_has_all_columns_and_the_numbers_as_they_are_written(site: Site) -> None:
    files = read_tables(site)
    for data in files.values():
        rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
        assert tuple(rows[0]) == COLUMNS
        assert {len(row) for row in rows} == {len(COLUMNS)}
    (row,) = csv.DictReader(io.StringIO(files["statistics/female-share-contract-workers-percent.csv"].decode()))
    assert [row[name] for name in ("value", "lower", "upper", "hedge")] == ["", "30", "40", "more than, up to"]
    assert row["figure"] == "more than 30 to 40 per cent"
    assert row["speaker"] == "Phan Thi Minh Giang"
    assert row["basis"] == "stated"


def write_town(write_project: ProjectWriter, observations: str) -> Site:
    return Site(build(write_project({"town.ttl": PREFIXES + observations})))


def test_figures_of_others_need_no_labels_and_no_evidence(write_project: ProjectWriter) -> None:
    years = " ".join(
        f':o{year} a qb:Observation ; mg:indicator :Births ; sdmx-measure:obsValue "{year}"^^xsd:decimal ; '
        f'sdmx-dimension:refPeriod "{year}"^^xsd:gYear .'
        for year in (2021, 2022)
    )
    site = write_town(write_project, years)
    (table,) = list_tables(site, site.page("statistics", "en"))
    assert table.key == "births"
    assert [(chart.caption, chart.shown) for chart in table.charts] == [("Over time", 2)]
    assert "<svg" in render(site, "en")


def test_hostile_figures_come_out_inert(write_project: ProjectWriter) -> None:
    text = "<script>alert(1)</script>\\\"'=1+1\\u202E"
    data = f':i rdfs:label "{text}" . :u rdfs:label "=1+1" . :p rdfs:label "{text}" . ' + " ".join(
        f":o{number} a qb:Observation ; mg:indicator :i ; sdmx-attribute:unitMeasure :u ; mg:population :p ; "
        f"sdmx-dimension:refArea <javascript:alert({number})> ; mg:hedge <javascript:alert(9)> ; "
        f'sdmx-dimension:refPeriod "2020"^^xsd:gYear ; sdmx-measure:obsValue "{number}"^^xsd:decimal .'
        for number in (1, 2)
    )
    site = write_town(write_project, data)
    page = render(site, "en")
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    for data_ in read_tables(site).values():
        cells = [cell for row in csv.reader(io.StringIO(data_.decode(), newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith("=")]


def test_a_large_table_is_cut_and_says_so(write_project: ProjectWriter) -> None:
    data = " ".join(
        f":o{area}-{year} a qb:Observation ; mg:indicator :i{area % 9} ; sdmx-dimension:refArea :a{area} ; "
        f'sdmx-dimension:refPeriod "{year}"^^xsd:gYear ; sdmx-measure:obsValue "{year}"^^xsd:decimal .'
        for area in range(90)
        for year in range(1950, 2000)
    )
    site = write_town(write_project, data)
    tables = list_tables(site, site.page("statistics", "en"))
    assert sum(table.count for table in tables) == 90 * 50
    assert sum(len(table.lines) for table in tables) <= 400
    assert all(len(table.charts) <= 5 < table.chart_count for table in tables if table.lines)
    page = render(site, "en")
    assert len(page) < 1_200_000
    assert "The table shows 60 of 500 figures" in page
    assert "possible charts are drawn" in page
    rows = sum(len(data_.splitlines()) - 1 for name, data_ in read_tables(site).items() if not name.endswith(".vi.csv"))
    assert rows == 90 * 50


def test_keys_that_would_be_alike_are_told_apart(write_project: ProjectWriter) -> None:
    names = (
        "http://one.example/births",
        "http://two.example/births",
        "http://two.example/ơ",
        "http://x.example/Births",
    )
    data = " ".join(
        f':o{number} a qb:Observation ; mg:indicator <{name}> ; sdmx-measure:obsValue "1"^^xsd:decimal .'
        for number, name in enumerate(names)
    )
    site = write_town(write_project, data)
    keys = [table.key for table in list_tables(site, site.page("statistics", "en"))]
    assert len({key.casefold() for key in keys}) == len(names)
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in keys)


PERIODS = {
    '":x"': (False, ""),
    '"2024"^^xsd:gYear': (True, "12 months"),
    '"2024-02"^^xsd:gYearMonth': (True, "1 months"),
    '"2024-02-03"^^xsd:date': (True, "1 days"),
    ":year": (True, "12 months"),
    ":days": (True, "3 days"),
    ":by": (True, ""),
    ":undated": (False, ""),
    "<https://elsewhere.example/2024>": (True, ""),
}
DESCRIBED = """
:year schema:startDate "2023"^^xsd:gYear ; schema:endDate "2023"^^xsd:gYear .
:days schema:startDate "2024-07-16"^^xsd:date ; schema:endDate "2024-07-18"^^xsd:date .
:by mg:notAfter "2023-01-18"^^xsd:date .
:undated rdfs:label "Some time" .
"""


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_is_measured_where_it_can_be(period: str, write_project: ProjectWriter) -> None:
    observation = (
        f":o a qb:Observation ; mg:indicator :i ; sdmx-dimension:refPeriod {period} ; "
        'sdmx-measure:obsValue "1"^^xsd:decimal .'
    )
    site = write_town(write_project, DESCRIBED + observation)
    (group,) = list_groups(site.dataset, site.observations)
    (figure,) = group.figures
    assert (figure.time.is_known, figure.time.length) == PERIODS[period]
    assert group.indicator == NamedNode("https://example.org/town/i")
