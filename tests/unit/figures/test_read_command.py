"""The command `evidence read`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

KEYS = ["kind", "value", "lower", "upper", "unit", "hedge", "precision", "text"]
Call = Callable[..., tuple[int | str, str, str]]


def test_figures_are_a_table(call: Call) -> None:
    code, output, messages = call(
        "evidence", "read", "In 2023 alone, 159,986 people (55,804 women) went to work abroad"
    )
    assert (code, messages) == (0, "")
    assert output == (
        "kind      value    lower  upper  unit    hedge  precision  text\n"
        "date      2023     -      -      -       exact  year       2023\n"
        "quantity  159,986  -      -      people  exact  -          159,986 people\n"
        "quantity  55,804   -      -      people  exact  -          55,804 women\n"
    )


def test_figures_are_json(call: Call) -> None:
    code, output, _ = call("evidence", "read", "accounting for over 30% to 40%, or US$4.5 billion", "--format", "json")
    figures = json.loads(output)
    assert code == 0
    assert [list(figure) for figure in figures] == [KEYS, KEYS]
    assert list(figures[0].values()) == ["percentage", None, 30, 40, "percent", "more than to", None, "over 30% to 40%"]
    assert list(figures[1].values()) == ["money", 4500000000, None, None, "USD", "exact", None, "US$4.5 billion"]


@pytest.mark.parametrize(("format_", "expected"), [("text", "no figures\n"), ("json", "[]\n")])
def test_a_phrase_without_figures(call: Call, format_: str, expected: str) -> None:
    assert call("evidence", "read", "Officials may ease the rules", "--format", format_) == (0, expected, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([""], "the phrase is empty."),
        ([" \n"], "the phrase is empty."),
        (["five", "--language", "xx"], "there are no rules for figures in 'xx'. There are rules for: en."),
        (["five", "--language", "../en"], "there are no rules for figures in '../en'."),
        (["five", "--format", "csv"], "'csv' is not one of"),
        ([], "Missing argument 'PHRASE'"),
    ],
)
def test_a_wrong_call_is_told(call: Call, arguments: list[str], message: str) -> None:
    code, output, messages = call("evidence", "read", *arguments)
    assert (code, output) == (2, "")
    assert message in messages


def test_control_characters_stay_out_of_the_terminal(call: Call) -> None:
    _, output, _ = call("evidence", "read", "5 \x1b[31mred\x07 workers")
    assert output.isascii()
    assert "\x1b" not in output
