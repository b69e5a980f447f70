"""Statistics: the figures of a dataset by indicator and unit, in tables, and in charts where they may be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.explain.explanation import Witness
from migragraph.explain.naming import MEASURES
from migragraph.iris import content_key, local_name
from migragraph.namespaces import SDMX_DIMENSION
from migragraph.site.digests import combine_digests
from migragraph.site.folder import Recipe, cook
from migragraph.site.pages import Page
from migragraph.site.site import Site
from migragraph.site.statistics.comparing import order_figures
from migragraph.site.statistics.drawing import Chart, draw_group
from migragraph.site.statistics.figures import Figure, Group, list_groups
from migragraph.site.statistics.rows import Cell, Row, Teller, render_rows

__all__ = ["Chart", "Line", "Table", "draw_figures", "list_tables", "rank_figures", "render_tables"]

_ROWS = 60
"""How many figures of one indicator a page shows, if there are more; the CSV has them all."""

_MOST = 400
"""How many figures a page shows."""

_ODD = re.compile("[^a-z0-9]+")


class Line(NamedTuple):
    """A row of a table on the page, with what bears out its number, and its period."""

    row: Row
    witnesses: tuple[Witness, ...]
    period_witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one indicator in one unit: charts and lines, and how many of each there could be.

    ``csv`` is the file with all of them, from the root of the site. ``has_sexes`` tells that some are of one sex, so
    that of the others it must be said that they are of both.
    """

    key: str
    indicator: Cell
    unit: Cell
    charts: tuple[Chart, ...]
    chart_count: int
    lines: tuple[Line, ...]
    count: int
    has_sexes: bool
    csv: str


def list_tables(site: Site, page: Page) -> list[Table]:
    """List the tables of the page of statistics, sorted by what the indicators are called.

    After so many rows that the page grows too long, tables have neither charts nor rows, but all have their CSV.
    """
    teller = Teller(site.namings[page.language])
    left = _MOST
    tables = []
    for key, group in sorted(_name_groups(site), key=lambda named: _order(named[1], teller)):
        figures = order_figures(group.figures)[: min(_ROWS, left)]
        left -= len(figures)
        name, unit = teller.cell(group.indicator), teller.cell(group.unit)
        charts, chart_count = draw_group(group, key, name.text, teller) if figures else ([], 0)
        table = Table(
            key=key,
            indicator=name,
            unit=unit,
            charts=tuple(charts),
            chart_count=chart_count,
            lines=tuple(_tell(figure, site, teller) for figure in figures),
            count=len(group.figures),
            has_sexes=group.has_sexes,
            csv=_name_file(key, page.language, page.languages),
        )
        tables.append(table)
    return tables


def draw_figures(site: Site, page: Page, observations: Container[object]) -> list[Chart]:
    """Draw those of some figures that may be compared with one another, or with the whole."""
    teller = Teller(site.namings[page.language])
    charts: list[Chart] = []
    for key, group in _name_groups(site):
        chosen = tuple(figure for figure in group.figures if figure.observation.iri in observations)
        if chosen:
            name = teller.cell(group.indicator).text
            drawn, _ = draw_group(replace(group, figures=chosen), key, name, teller)
            charts += [one._replace(caption=f"{name}. {one.caption}") for one in drawn]
    return charts


def rank_figures(site: Site) -> dict[NamedNode, int]:
    """Give the place of each figure among those of its indicator and unit, in the order of their table."""
    return {
        figure.observation.iri: place
        for _, group in _name_groups(site)
        for place, figure in enumerate(order_figures(group.figures))
    }


def render_tables(site: Site, digests: Mapping[str, str]) -> Iterator[tuple[str, bytes | Recipe]]:
    """Render the CSV of each table in each language, by the name of the file from the root of the site.

    It is told how to, where the digests of the documents of its figures tell whether it is as it was.
    """
    compared = [
        (key, group, combine_digests(site, digests, [one.observation.iri for one in group.figures], group.unit))
        for key, group in _name_groups(site)
    ]
    for language in site.languages:
        teller = Teller(site.namings[language])
        for key, group, digest in compared:
            yield _name_file(key, language, site.languages), cook(digest, partial(_render_table, group, teller))


def _render_table(group: Group, teller: Teller) -> bytes:
    return render_rows(teller.tell(figure) for figure in order_figures(group.figures))


def _tell(figure: Figure, site: Site, teller: Teller) -> Line:
    def find(*properties: NamedNode) -> tuple[Witness, ...]:
        subject, language = figure.observation.iri, teller.naming.language
        found = (site.find_witnesses(subject, property_.value, language) for property_ in properties)
        return tuple(dict.fromkeys(witness for some in found for witness in some))

    return Line(teller.tell(figure), find(*MEASURES), find(SDMX_DIMENSION.refPeriod))


def _name_file(key: str, language: str, languages: tuple[str, ...]) -> str:
    return f"statistics/{key}{'' if language == languages[0] else f'.{language.lower()}'}.csv"


def _order(group: Group, teller: Teller) -> tuple[str, str, str]:
    return (teller.cell(group.indicator).text.casefold(), teller.cell(group.unit).text, group.indicator.value)


def _name_groups(site: Site) -> list[tuple[str, Group]]:
    """Name the groups, each by its indicator and unit, with a hash where this does not tell them apart."""
    groups = site.once(list_groups, site.observations)
    keys = ["-".join(filter(None, (_slug(group.indicator), _slug(group.unit)))) for group in groups]
    counts = Counter(keys)
    return [
        (key if key and counts[key] == 1 else f"{key or 'table'}-{_hash(group)}", group)
        for key, group in zip(keys, groups, strict=True)
    ]


def _slug(term: NamedNode | None) -> str:
    return _ODD.sub("-", local_name(term.value).lower()).strip("-")[:40].strip("-") if term else ""


def _hash(group: Group) -> str:
    return content_key([group.indicator.value, group.unit.value if group.unit else ""])
