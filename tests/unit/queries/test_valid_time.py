"""A query that declares by ``as-of`` which parameter carries the valid time is asked as of a day, a month or a year."""

from __future__ import annotations

from datetime import date

import pytest

from migragraph.errors import CallError, QueryError
from migragraph.project import Project
from migragraph.queries import Query, add_time, parse_query
from migragraph.queries.valid_time import find_last_day

SCRIPT = """\
#+ title: {en: Things of a day, vi: Những thứ của một ngày}
#+ question: {en: &question Which things are there on a day?, vi: Vào một ngày có những thứ nào?}
#+ summary: *question
#+ description: One row for each thing.
#+ params:
#+   kind: {type: string, description: The kind.}
#+   day: {type: date, description: The day.}
#+ defaults:
#+   - kind: any
#+ as-of: day
SELECT * { ?thing ?_kind ?on FILTER(?on <= ?__day_xsd_date) }
"""


@pytest.fixture
def timed() -> Query:
    return parse_query(SCRIPT, "things")


@pytest.fixture
def timeless() -> Query:
    return parse_query("SELECT * { ?thing ?property ?value }", "others")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-01-01", date(2022, 1, 1)),
        ("2022", date(2022, 12, 31)),
        ("2022-04", date(2022, 4, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2022-12", date(2022, 12, 31)),
    ],
)
def test_year_and_month_stand_for_their_last_day(text: str, day: date) -> None:
    assert find_last_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "22",
        "2022-13",
        "2022-00",
        "2023-02-29",
        "2022-1-1",
        "20220101",
        "2022-01-01Z",
        " 2022",
        "2022-01-",
        "٢٠٢٢",
    ],
)
def test_what_is_no_date_is_refused(text: str, timed: Query) -> None:
    with pytest.raises(CallError, match="is no date") as caught:
        add_time(timed, {}, text)
    assert "2022-01" in str(caught.value.advice)


def test_header_names_the_parameter(timed: Query, timeless: Query) -> None:
    assert timed.as_of == "day"
    assert timeless.as_of is None


def test_day_is_added_to_the_other_values(timed: Query) -> None:
    values = {"kind": "law"}
    assert add_time(timed, values, "2022") == {"kind": "law", "day": "2022-12-31"}
    assert values == {"kind": "law"}


def test_day_is_not_given_twice(timed: Query) -> None:
    with pytest.raises(CallError, match="'day' of the query things is given twice") as caught:
        add_time(timed, {"day": "2021-01-01"}, "2022")
    assert "-p day" in str(caught.value.advice)


def test_query_that_declares_none_is_refused_and_others_are_named(timed: Query, timeless: Query) -> None:
    with pytest.raises(CallError, match="others cannot be asked as of a date") as caught:
        add_time(timeless, {}, "2022", [timed, timeless])
    assert caught.value.advice == "These are: things."


def test_query_that_declares_none_is_told_how_where_no_other_does(timeless: Query) -> None:
    with pytest.raises(CallError) as caught:
        add_time(timeless, {}, "2022")
    assert "#+ as-of" in str(caught.value.advice)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#+ as-of: kind", "as-of names 'kind', which is no parameter of the type date."),
        ("#+ as-of: year", "as-of names 'year'"),
        ("#+ as-of: [day]", "there is no text here"),
        ("#+ as_of: day", "unknown key 'as_of'"),
    ],
)
def test_header_that_names_no_date_is_refused_with_its_line(line: str, said: str) -> None:
    with pytest.raises(QueryError, match="things:10") as caught:
        parse_query(SCRIPT.replace("#+ as-of: day", line), "things")
    assert said in caught.value.message


def test_header_without_a_date_says_to_declare_one() -> None:
    script = "\n".join(line for line in SCRIPT.split("\n") if "day:" not in line).replace("?__day_xsd_date", "1")
    with pytest.raises(QueryError) as caught:
        parse_query(script, "things")
    assert caught.value.advice == "Declare one in params."


def test_project_answers_as_of_a_date(bundled: Project) -> None:
    """A year is its last day; the law of 2006 is replaced on the first day of 2022."""
    laws = {as_of: list_laws(bundled, as_of) for as_of in ("2021", "2021-12-31", "2022-01-01")}
    assert laws["2021"] == laws["2021-12-31"]
    assert laws["2021"] - laws["2022-01-01"] == {"law-72-2006-qh11"}
    assert laws["2022-01-01"] - laws["2021"] == {"law-69-2020-qh14"}


def test_project_names_the_queries_that_take_a_date(bundled: Project) -> None:
    with pytest.raises(CallError) as caught:
        bundled.query("sources", as_of="2022")
    assert "in-force-on" in str(caught.value.advice)


def list_laws(project: Project, as_of: str) -> set[str]:
    rows = project.query("in-force-on", as_of=as_of)
    return {row["law"].value.rpartition("/")[2] for row in rows}  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def bundled() -> Project:
    return Project.find()
