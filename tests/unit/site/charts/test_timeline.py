"""The time axis: each happening as exactly as its date is known, with a link to its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.site.charts.conftest import SVG, Picture

from migragraph.site.charts import Happening, Timeline, draw_timeline
from migragraph.site.words import say

Parse = Callable[[str], Picture]

DAY = Happening("A conference", "10 December 2018", "2018-12-10", href="event/one.html")


def draw(*happenings: Happening, language: str = "en") -> str:
    return draw_timeline(Timeline("time", "What happened", happenings, language))


DATES: dict[str, tuple[Happening, str]] = {
    "day": (DAY, "day"),
    "month": (Happening("One", "December 2018", "2018-12"), "within"),
    "year": (Happening("One", "2018", "2018"), "within"),
    "years": (Happening("One", "2005 – 2011", "2005", "2011"), "stretch"),
    "days": (Happening("One", "10 – 11 December 2018", "2018-12-10", "2018-12-11"), "stretch"),
    "between": (Happening("One", "July 2024", "2024-07-16", "2024-07-18", is_between=True), "between"),
    "by": (Happening("One", "by January 2023", "", "2023-01-18", is_between=True), "not-after"),
    "from": (Happening("One", "from 2006 on", "2006", is_between=True), "not-before"),
}


@pytest.mark.parametrize(("happening", "word"), DATES.values(), ids=DATES)
def test_a_date_is_drawn_and_explained_as_it_is_known(happening: Happening, word: str, parse: Parse) -> None:
    picture = parse(draw(happening))
    assert say(f"chart-time-{word}", "en") in " ".join(picture.texts())
    assert f"{happening.label}: {happening.when}." in picture.told()
    assert bool(picture.find("pattern")) == (word in ("within", "between", "stretch"))
    assert bool(picture.find("linearGradient")) == word.startswith("not-")
    assert all(0 <= share <= 100 for share in picture.shares())


@pytest.mark.parametrize("date", ["", "soon", "--12-18", "2024-13", "2024-02-30", "12024", "-0044"])
def test_what_has_no_date_for_an_axis_is_left_out(date: str, parse: Parse) -> None:
    picture = parse(draw(Happening("The other", "then", date), DAY))
    assert "The other" not in picture.texts()
    assert "A conference" in picture.texts()
    parse(draw(Happening("The other", "then", date)))


def test_the_first_and_the_last_years_there_are_can_be_drawn(parse: Parse) -> None:
    picture = parse(draw(Happening("First", "0001", "0001"), Happening("Last", "9999-12-31", "9999-12-31")))
    assert all(0 <= share <= 100 for share in picture.shares())


def test_sorts_are_told_apart_by_their_marks_and_what_is_inferred_by_its_outline(parse: Parse) -> None:
    kinds = ("event", "law", "decision", "plan")
    picture = parse(draw(*(Happening(kind, "2018", "2018-12-10", kind=kind) for kind in kinds)))
    marks = {element.get("points", "circle") for tag in ("circle", "polygon") for element in picture.find(tag)}
    assert len(marks) == len(kinds)
    assert set(kinds) <= set(picture.texts())
    inferred = parse(draw(Happening("One", "2018", "2018-12-10", is_inferred=True)))
    assert {mark.get("stroke-dasharray") for mark in inferred.find("circle")} == {None, "3 2"}
    assert say("chart-time-inferred", "en") in inferred.texts()


LINKS = {
    "event/one.html": True,
    "../event/one.vi.html#facts": True,
    "https://example.org/": True,
    "": False,
    "javascript:alert(1)": False,
    "JavaScript:alert(1)": False,
    " javascript:alert(1)": False,
    "java\tscript:alert(1)": False,
    "data:text/html,<script>": False,
    "vbscript:x": False,
}


@pytest.mark.parametrize("href", LINKS)
def test_a_label_leads_only_where_a_page_may_lead(href: str, parse: Parse) -> None:
    picture = parse(draw(Happening("One", "2018", "2018", href=href)))
    assert picture.root.get("role") == "group"
    assert [link.get("href") for link in picture.find("a")] == [href] * LINKS[href]
    assert "One" in picture.texts()


def test_it_is_drawn_in_both_languages(parse: Parse) -> None:
    assert say("chart-timeline", "vi", count=1) in parse(draw(DAY, language="vi")).told()
    assert [element.tag for element in parse(draw(DAY)).root][:2] == [f"{SVG}title", f"{SVG}desc"]
