"""What stands on a day is right on the day itself, the day before, and where only a year or a month is known."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from migragraph.iris import local_name
from migragraph.project import Project
from migragraph.queries import Query, add_time, load_query, run_query

ROOT = Path(__file__).parents[2]
TIMED = {
    "editions",
    "heads-of-mission",
    "in-force-on",
    "instrument-history",
    "instruments",
    "memberships",
    "post-holders-on",
    "timeline",
}

# The law on contract work of 2020 and the one of 2006 that it replaces, as the date of its force says it.
EXACT = ""
YEAR = """
DELETE { ?state mg:date "2022-01-01"^^xsd:date }
INSERT { ?state mg:date "2022"^^xsd:gYear }
WHERE { ?state mg:status ?status ; mg:date "2022-01-01"^^xsd:date }
"""
MONTH = """
DELETE { ?state mg:date "2022-01-01"^^xsd:date }
INSERT { ?state mg:date "2022-04"^^xsd:gYearMonth }
WHERE { ?state mg:status ?status ; mg:date "2022-01-01"^^xsd:date }
"""
TWICE = """
INSERT { ?law mg:state <https://example.org/again> .
  <https://example.org/again> mg:status status:in-force ; mg:date "2022"^^xsd:gYear }
WHERE { BIND(instrument:law-69-2020-qh14 AS ?law) }
"""
BY = """
DELETE { ?state mg:date "2022-01-01"^^xsd:date }
INSERT { ?state mg:notAfter "2022-01-01"^^xsd:date }
WHERE { ?state mg:status ?status ; mg:date "2022-01-01"^^xsd:date }
"""
UNDATED = """
DELETE { ?state mg:date "2022-01-01"^^xsd:date }
WHERE { ?state mg:status status:replaced ; mg:date "2022-01-01"^^xsd:date }
"""
UNSAID = """
DELETE { instrument:law-72-2006-qh11 mg:state ?state }
WHERE { instrument:law-72-2006-qh11 mg:state ?state . ?state mg:status status:replaced }
"""


@pytest.fixture(scope="module")
def project() -> Project:
    return Project.load(ROOT)


@pytest.fixture(scope="module")
def quads(project: Project) -> tuple[Quad, ...]:
    return tuple(project.store())


def load(name: str) -> Query:
    return load_query(ROOT / "queries" / f"{name}.rq")


def list_contract_laws(project: Project, quads: Iterable[Quad], update: str, day: str) -> dict[str, bool]:
    """Give the two laws on contract work that stand on a day, and whether that is certain."""
    store = Store()
    store.bulk_extend(quads)
    prefixes = project.layout.prefixes
    if update:
        store.update(update, prefixes=dict(prefixes))
    rows = cast(QuerySolutions, run_query(store, load("in-force-on"), {"date": day}, prefixes))
    found = [(local_name(cast(NamedNode, row["law"]).value), str(row["certain"])) for row in rows]
    laws = [(law.rpartition("/")[2], "true" in certain) for law, certain in found]
    assert len({law for law, _ in laws}) == len(laws), "each law is one row"
    return {law[4:11]: certain for law, certain in laws if law in {"law-69-2020-qh14", "law-72-2006-qh11"}}


@pytest.mark.parametrize(
    ("update", "day", "standing"),
    [
        (EXACT, "2006-11-28", {}),
        (EXACT, "2006-11-29", {"72-2006": False}),
        (EXACT, "2021-12-31", {"72-2006": False}),
        (EXACT, "2022-01-01", {"69-2020": True}),
        (YEAR, "2021-12-31", {"72-2006": False}),
        (YEAR, "2022-01-01", {"69-2020": False, "72-2006": False}),
        (YEAR, "2022-12-30", {"69-2020": False, "72-2006": False}),
        (YEAR, "2022-12-31", {"69-2020": True}),
        (MONTH, "2022-03-31", {"72-2006": False}),
        (MONTH, "2022-04-01", {"69-2020": False, "72-2006": False}),
        (MONTH, "2022-04-30", {"69-2020": True}),
        (TWICE, "2021-12-31", {"72-2006": False}),
        (TWICE, "2022-01-01", {"69-2020": True}),
        (BY, "2020-11-12", {"72-2006": False}),
        (BY, "2020-11-13", {"69-2020": False, "72-2006": False}),
        (BY, "2022-01-01", {"69-2020": True}),
        (UNDATED, "2023-01-01", {"69-2020": True, "72-2006": False}),
        (UNSAID, "2023-01-01", {"69-2020": True, "72-2006": False}),
    ],
)
def test_law_stands_from_its_force_to_its_replacement(
    update: str, day: str, standing: dict[str, bool], project: Project, quads: tuple[Quad, ...]
) -> None:
    assert list_contract_laws(project, quads, update, day) == standing


@pytest.mark.parametrize(
    ("day", "dated"),
    [
        ("2021-06-01", {"66": "2011-03-29", "72": "2006-11-29"}),
        ("2025-07-01", {"53": "2024-11-28", "69": "2020-11-13"}),
    ],
)
def test_laws_show_the_day_asked_and_their_own_date(day: str, dated: dict[str, str], project: Project) -> None:
    rows = list(cast(QuerySolutions, project.query("in-force-on", {"date": day})))
    texts = [[cast(Literal, row[name]).value for name in ("as_of", "number", "dated")] for row in rows]
    assert [(on, number.partition("/")[0], date) for on, number, date in texts] == [
        (day, *one) for one in dated.items()
    ]


@pytest.mark.parametrize(
    ("as_of", "bodies"),
    [
        ("1900", {"united-nations"}),
        ("2001", {"united-nations"}),
        ("2002-01", {"united-nations", "bali-process"}),
        ("2008-12-31", {"united-nations", "bali-process"}),
        # Of the two dates that authorities give for the founding, 2009 and 2014, the earlier counts.
        ("2009", {"united-nations", "bali-process", "bali-process-working-group"}),
    ],
)
def test_nobody_is_a_member_of_what_is_not_founded(as_of: str, bodies: set[str], project: Project) -> None:
    rows = list(cast(QuerySolutions, project.query("memberships", as_of=as_of)))
    assert {local_name(cast(NamedNode, row["organization"]).value) for row in rows} == bodies


def test_queries_of_a_time_declare_it(project: Project) -> None:
    assert {query.name for query in project.queries if query.as_of} == TIMED


@pytest.mark.parametrize("name", sorted(TIMED))
def test_answer_as_of_a_date_is_that_of_the_parameter(name: str, project: Project) -> None:
    query = load(name)
    assert query.as_of is not None
    by_time = list(cast(QuerySolutions, project.query(name, as_of="2024-11")))
    by_value = list(cast(QuerySolutions, project.query(name, {query.as_of: "2024-11-30"})))
    assert [tuple(row) for row in by_time] == [tuple(row) for row in by_value]
    assert by_time
    assert add_time(query, {}, "2024-11") == {query.as_of: "2024-11-30"}
