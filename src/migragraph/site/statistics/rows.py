"""Rows: figures told for a reader, the same in the tables of the page and in their CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pyoxigraph import Literal, NamedNode

from migragraph.cells import make_inert
from migragraph.consistency import HEDGE, SEX
from migragraph.explain.naming import MEASURES, Naming, read_figure
from migragraph.iris import local_name
from migragraph.namespaces import SCHEMA, SDMX_DIMENSION
from migragraph.site.statistics.figures import Figure, Time
from migragraph.speech import find_speech_of
from migragraph.spelling import write_date
from migragraph.support import Fact, Supporter
from migragraph.wording import find_term

__all__ = ["COLUMNS", "Cell", "Row", "Teller", "render_rows"]

COLUMNS = (
    "observation",
    "figure",
    "value",
    "lower",
    "upper",
    "hedge",
    "unit",
    "indicator",
    "population",
    "sex",
    "area",
    "period",
    "about",
    "status",
    "derived",
    "speaker",
    "compiled_by",
    "stated_in",
    "stated_in_iri",
    "basis",
)
"""The columns of a CSV, in order."""

_ENDS = (SCHEMA.startDate, SCHEMA.endDate)


@dataclass(frozen=True, slots=True)
class Cell:
    """A thing or a text: what it is called, its IRI or the empty string, and the language where it is another."""

    text: str
    iri: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as its row tells it: ``thing`` is the observation, its text the figure with hedge and unit.

    ``sex`` and ``status`` are empty where they say nothing; ``bases`` are how the number is supported, and
    ``period_bases`` how its period is.
    """

    thing: Cell
    numbers: tuple[str, str, str]
    hedge: str
    unit: str
    indicator: str
    population: Cell
    sex: Cell
    area: Cell
    period: Cell
    about: tuple[Cell, ...]
    status: str
    is_derived: bool
    speakers: tuple[Cell, ...]
    compilers: tuple[Cell, ...]
    origin: Cell
    bases: tuple[str, ...]
    period_bases: tuple[str, ...]


class Teller:
    """Tell figures in one language; what is named once is kept."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.index = naming.dataset.index
        self.cell = cache(self._cell)
        self.period = cache(self._period)

    def tell(self, figure: Figure) -> Row:
        """Tell a figure."""
        one = figure.observation
        told = read_figure(one.iri, self.naming)
        assert told is not None, f"{one.iri} has no figure"
        supporters = list(self._list_supporters(one.iri, MEASURES))
        return Row(
            thing=Cell(told.text, one.iri.value),
            numbers=(told.value, told.lower, told.upper),
            hedge=told.hedge,
            unit=told.unit,
            indicator=told.indicator,
            population=self.cell(one.population),
            sex=self.cell(None if one.sex == SEX.N else one.sex),
            area=self.cell(one.area),
            period=self.period(figure.time.term),
            about=tuple(self.cell(thing) for thing in sorted(one.about, key=str)),
            status=self.cell(figure.status).text,
            is_derived=figure.is_derived,
            speakers=tuple(dict.fromkeys(self._list_speakers(supporters))),
            compilers=tuple(self.cell(compiler) for compiler in figure.compilers),
            origin=self.cell(one.origin),
            bases=_list_bases(by for _, by in supporters),
            period_bases=_list_bases(by for _, by in self._list_supporters(one.iri, (SDMX_DIMENSION.refPeriod,))),
        )

    def hedge(self, figure: Figure) -> str:
        """Name the hedge of a figure; one without any is exact."""
        return self.cell(figure.observation.hedge).text if figure.observation.hedge != HEDGE.exact else ""

    def time(self, time: Time) -> str:
        """Write a period by its dates alone, where it has both: ``2023``, or ``2017 – 2023``; else as it is called."""
        properties = self.index.get(time.term, {}) if isinstance(time.term, NamedNode) else {}
        ends = [
            write_date(value, self.naming.language)
            for name, value in ((name, next(iter(properties.get(name, ())), None)) for name in _ENDS)
            if isinstance(value, Literal)
        ]
        return " – ".join(dict.fromkeys(ends)) if len(ends) == len(_ENDS) else self.period(time.term).text

    def _cell(self, term: NamedNode | None) -> Cell:
        if term is None:
            return Cell("")
        own = find_term(term, self.naming.language)
        label = self.naming.labels.find(term, self.naming.language)
        language = "" if own or label.language == self.naming.language else label.language
        return Cell(own or label.text, term.value, language)

    def _period(self, term: NamedNode | Literal | None) -> Cell:
        if isinstance(term, Literal):
            return Cell(write_date(term, self.naming.language))
        return replace(self.cell(term), text=self.naming.period(term)) if term else Cell("")

    def _list_supporters(self, subject: NamedNode, properties: Iterable[NamedNode]) -> Iterator[tuple[Fact, Supporter]]:
        supporters = self.naming.dataset.support.supporters
        for property_ in properties:
            for value in self.index[subject].get(property_, ()):
                fact = Fact(subject, property_, value)
                for by in supporters.get(fact, ()):
                    yield fact, by

    def _list_speakers(self, supporters: Iterable[tuple[Fact, Supporter]]) -> Iterator[Cell]:
        for fact, by in supporters:
            speech = find_speech_of(fact, by.evidence, self.index)
            if speech is not None:
                yield self.cell(speech.speaker)


def render_rows(rows: Iterable[Row]) -> bytes:
    """Write rows as CSV in UTF-8 (RFC 4180), with a header; no cell is run as a formula by a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([make_inert(cell) for cell in _list_cells(row)] for row in rows)
    return text.getvalue().encode()


def _list_cells(row: Row) -> Sequence[str]:
    return (
        row.thing.iri,
        row.thing.text,
        *row.numbers,
        row.hedge,
        row.unit,
        row.indicator,
        row.population.text,
        row.sex.text,
        row.area.text,
        row.period.text,
        _join(row.about),
        row.status,
        "true" if row.is_derived else "false",
        _join(row.speakers),
        _join(row.compilers),
        row.origin.text,
        row.origin.iri,
        "; ".join(row.bases),
    )


def _join(cells: Iterable[Cell]) -> str:
    return "; ".join(cell.text for cell in cells)


def _list_bases(supporters: Iterable[Supporter]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(local_name(by.basis.value) for by in supporters))
