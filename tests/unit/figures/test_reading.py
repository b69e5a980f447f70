"""What is read in phrases: both tables, the conventions one by one, and any text at all."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from benchmarks.figures import NAMES, PAGE, list_misses, load_table, measure, render
from hypothesis import given, settings
from hypothesis import strategies as st

from migragraph.errors import CallError
from migragraph.figures import KINDS, Figure, read_figures
from migragraph.figures.rendering import describe_figure

FLOOR = 0.97


def ends(figure: Figure) -> tuple[object, object, object]:
    return figure.value, figure.lower, figure.upper


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_read_as_well_as_the_page_says(name: str) -> None:
    score = measure(load_table(name))
    assert score.precision >= FLOOR
    assert score.recall >= FLOOR
    assert score.overlap >= FLOOR


def test_the_page_has_what_is_measured() -> None:
    assert render() in PAGE.read_text("utf-8")


def test_the_tables_are_of_other_phrases() -> None:
    held_out, development = ({entry.phrase for entry in load_table(name)} for name in NAMES)
    assert held_out.isdisjoint(development)
    assert len(held_out) == 150
    assert len(development) >= 200


def test_the_development_table_is_read_whole() -> None:
    assert list_misses(load_table("development")) == []


@pytest.mark.parametrize("name", NAMES)
def test_entries_of_the_tables_keep_their_own_form(name: str) -> None:
    for entry in load_table(name):
        for figure in entry.figures:
            assert tuple(figure) == ("kind", "value", "lower", "upper", "unit", "hedge", "precision", "text")
            assert figure["kind"] in KINDS
            assert figure["text"] in entry.phrase


@pytest.mark.parametrize(
    ("phrase", "texts"),
    [
        ("over three days from July 16-18 in Hanoi", ["three days", "from July 16-18"]),
        (
            "from 2021 to the present, approximately 4,000 Vietnamese citizens",
            [..., "approximately 4,000 Vietnamese citizens"],
        ),
        (
            "In 2023 alone, 159,986 people (55,804 women) went to work abroad",
            ["2023", "159,986 people", "55,804 women"],
        ),
        ("replacing Law No. 72/2006/QH11 of November 29, 2006", ["November 29, 2006"]),
        ("one of the leading countries in implementing", []),
    ],
)
def test_the_text_of_a_figure_is_its_own_words(phrase: str, texts: list[object]) -> None:
    read = [figure.text for figure in read_figures(phrase)]
    assert [text if expected is not ... else ... for text, expected in zip(read, texts, strict=True)] == texts


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the rate went from 8% to 5%", [("percentage", "8"), ("percentage", "5")]),
        ("wages rose from $300 to $400 a month", [("money", "300"), ("money", "400")]),
        ("won the match 3-0", [("quantity", "3"), ("quantity", "0")]),
        ("up 1.2% to 1,245 points", [("percentage", "1.2"), ("quantity", "1245")]),
        ("on 3/4", [("unknown", None)]),
        ("on 3/14", [("date", "--03-14")]),
        ("on 30 February 2020", [("unknown", None)]),
        ("on 29 February 2020", [("date", "2020-02-29")]),
        ("½ a share, 2½ hectares", [("quantity", "0.5"), ("quantity", "2.5")]),
        ("\u0661\u0662 workers", [("quantity", "12")]),
        ("1\u202f250\u202f000 people", [("quantity", "1250000")]),
        ("1 250 people", [("quantity", "1"), ("quantity", "250")]),
        ("9" * 19, [("unknown", None)]),
        ("two hundred and five thousand", [("quantity", "205000")]),
        ("a million and a half", [("quantity", "1500000")]),
        ("one and a half hours", [("duration", "PT90M")]),
        ("half a year", [("duration", "P6M")]),
        ("1.3 years", [("duration", "P1.3Y")]),
    ],
)
def test_values(phrase: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(figure.kind, None if figure.value is None else str(figure.value)) for figure in read_figures(phrase)]
    assert found == expected


def test_a_language_without_rules_is_told() -> None:
    with pytest.raises(CallError, match=r"no rules for figures in 'xx'.*: en"):
        read_figures("five", "xx")


WORDS = (
    "a an and between by from half in million more no of over one percent per second since than the to until up workers"
    " May July 2023 16-18 5 30% US$ $ , . - – ( ) 12,34,5 3/4 1,000 first third thirds dozens No. Street Nguyen 1990s"
    " 20s 29th bn Q3 year years ago nearly\u00a0000 ² ½ \u0661 \x00"
)
PIECES = st.lists(st.sampled_from(WORDS.split(" ")), max_size=14)


@settings(deadline=None, derandomize=True, max_examples=400)
@given(phrase=st.one_of(st.text(max_size=60), PIECES.map(" ".join), PIECES.map("".join)))
def test_no_text_raises_and_figures_lie_in_order(phrase: str) -> None:
    place = 0
    for figure in read_figures(phrase):
        assert place <= figure.start < figure.end <= len(phrase)
        assert figure.text == phrase[figure.start : figure.end]
        assert figure.kind in KINDS
        assert (figure.value is None) or (figure.lower is None and figure.upper is None)
        assert set(describe_figure(figure)) == {"kind", "value", "lower", "upper", "unit", "hedge", "precision", "text"}
        assert all(isinstance(value, Decimal | str | None) for value in ends(figure))
        place = figure.end


@pytest.mark.parametrize("unit", ["9", "1,", "a.", "million ", "from ", "2020-", "a@", "(0", "https://a"])
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    read_figures(text)
    assert time.process_time() - start < 10
