from __future__ import annotations

import re
from decimal import Decimal

import pytest

from migragraph.audit.formula import parse_formula
from migragraph.audit.ranges import Range

ENDLESS = "Infinity"
FIGURES = {
    "o:all": Range(Decimal(159986), Decimal(159986)),
    "o:women-2023": Range(Decimal(55804), Decimal(55804)),
    "o:more.than": Range(Decimal(45), Decimal(ENDLESS)),
    "o:few": Range(Decimal(2), Decimal(4)),
    "o:may-be-none": Range(Decimal(0), Decimal(5)),
    "o:none": Range(Decimal(0), Decimal(0)),
}


def compute(text: str, rounding: bool = True) -> Range:
    return parse_formula(text)(FIGURES, rounding)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7", "7", "7"),
        ("o:all - o:women-2023", "104182", "104182"),
        ("round(100 * o:women-2023 / o:all, 2)", "34.88", "34.88"),
        ("round(2.5, 0)", "3", "3"),
        ("round(0.125,2)", "0.13", "0.13"),
        ("2 + 3 * 4", "14", "14"),
        ("(2 + 3) * 4", "20", "20"),
        ("20 - 5 - 3", "12", "12"),
        ("20 / 5 / 2", "2", "2"),
        ("  2+ 3", "5", "5"),
        ("o:few + 1", "3", "5"),
        ("10 - o:few", "6", "8"),
        ("o:few * o:few", "4", "16"),
        ("8 / o:few", "2", "4"),
        ("o:few - o:few", "-2", "2"),
        ("o:more.than + 1", "46", ENDLESS),
        ("o:more.than - o:more.than", "-Infinity", ENDLESS),
        ("0 * o:more.than", "0", "0"),
        ("90 / o:more.than", "0", "2"),
        ("1 / o:may-be-none", "-Infinity", ENDLESS),
        ("round(o:more.than, 1)", "45.0", ENDLESS),
    ],
)
def test_a_formula_is_computed_with_all_that_its_figures_may_be(text: str, low: str, high: str) -> None:
    assert compute(text) == Range(Decimal(low), Decimal(high))


def test_rounding_can_be_left_out() -> None:
    share = compute("round(100 * o:women-2023 / o:all, 2)", rounding=False)
    assert share.is_point
    assert Decimal("34.8805") < share.low < Decimal("34.8806")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The formula ends too soon."),
        ("1 +", "The formula ends too soon."),
        ("(1", "The formula ends too soon."),
        ("1 2", "The formula cannot be read from '2' on."),
        ("1 ** 2", "The formula cannot be read from '* 2' on."),
        ("-1", "The formula cannot be read from '-1' on."),
        ("round(1)", "The formula cannot be read from ')' on."),
        ("round(1, o:few)", "The formula rounds to no number of places from 0 to 20."),
        ("round(1, 21)", "The formula rounds to no number of places from 0 to 20."),
        ("abs(1)", "The formula cannot be read from 'abs(1)' on."),
        ("__import__('os')", "The formula cannot be read from \"__import__('os')\" on."),
        ("(" * 51 + "1" + ")" * 51, "The formula has brackets more than 50 deep."),
    ],
)
def test_what_is_no_formula_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        compute(text)


def test_brackets_may_stand_beside_one_another() -> None:
    assert compute(" + ".join(["(1)"] * 60)).low == 60


@pytest.mark.parametrize(("operation", "given"), [("+", 3000), ("*", 1)])
def test_a_formula_may_be_long(operation: str, given: int) -> None:
    assert compute(operation.join("1" * 3000)).low == given


def test_a_division_by_0_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        compute("1 / o:none")


def test_a_figure_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="o:nobody"):
        compute("o:nobody + 1")
