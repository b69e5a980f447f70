"""Rules are data: a second language is a file, and a wrong file is told by its name and key."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from migragraph.figures import RulesError, find_figures, load_rules
from migragraph.figures.reading import find_rules

PACKAGE = Path(__file__).parents[3] / "src" / "migragraph" / "figures"

VIETNAMESE = """
language = "vi"
numeric-dates = "day-month"

[marks]
grouping = "."
decimal = ","

[words.ones]
hai = 2
ba = 3
"năm" = 5
"bảy" = 7

[words.scale]
"mươi" = 10
"trăm" = 100
"nghìn" = 1000
"triệu" = 1_000_000
"tỷ" = 1_000_000_000

[words.hedge]
"approximately" = ["khoảng", "chừng"]
"more than" = ["hơn", "trên"]

[words.many]
people = ["người", "lao động"]
countries = ["quốc gia"]

[words.currency]
USD = ["đô la", "USD"]
VND = ["đồng"]

[words.percent]
percent = ["%", "phần trăm"]

[words.time]
weeks = ["tuần"]
years = ["năm"]

[words.label]
words = ["số"]

[durations]
weeks = "P7D"
years = "P1Y"

[groups]
number = { any = ["ones"] }

[triggers]
roles = ["ones"]

[macros]
unit = "unit:(<percent>|<currency>|<many>|<time>)"

[[chunks]]
role = "number"
make = "number"
forms = ["(<digits>|<ones>) <scale>{1,2} (<ones> <scale>{1,2}){0,4} <ones>?"]

[[chunks]]
role = "date"
make = "date"
forms = ["<day> / <day> / <year>", "<day> / <day>"]

[[figures]]
make = "nothing"
forms = ["<label> <number>"]

[[figures]]
make = "date"
forms = ["value:<date>", "năm value:<year>"]

[[figures]]
make = "amount"
forms = ["hedge:<hedge>? low:<number> - high:<number> {unit}?", "hedge:<hedge>? value:<number> ({unit})?"]
"""


@pytest.fixture
def vietnamese(tmp_path: Path) -> Path:
    path = tmp_path / "vi.toml"
    path.write_text(VIETNAMESE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("khoảng 650.000 lao động Việt Nam", [("quantity", "650000", "people", "approximately")]),
        ("hơn 40 quốc gia", [("quantity", "40", "countries", "more than")]),
        ("bảy mươi người", [("quantity", "70", "people", "exact")]),
        ("hai trăm năm mươi nghìn người", [("quantity", "250000", "people", "exact")]),
        ("khoảng 4 tỷ USD", [("money", "4000000000", "USD", "approximately")]),
        ("3,5 triệu đồng", [("money", "3500000", "VND", "exact")]),
        ("ngày 3/4/2021", [("date", "2021-04-03", None, "exact")]),
        ("năm 2023 có 5 tuần", [("date", "2023", None, "exact"), ("duration", "P35D", "weeks", "exact")]),
        ("Quyết định số 402", []),
        ("không có gì", []),
    ],
)
def test_another_language_is_a_file(
    vietnamese: Path, phrase: str, expected: list[tuple[str, str, str | None, str]]
) -> None:
    figures = find_figures(phrase, load_rules(vietnamese))
    assert [(figure.kind, str(figure.value), figure.unit, figure.hedge) for figure in figures] == expected


def test_spans_of_another_language(vietnamese: Path) -> None:
    (figure,) = find_figures("trên 30-40%", load_rules(vietnamese))
    assert (str(figure.lower), str(figure.upper), figure.unit, figure.hedge) == ("30", "40", "percent", "more than")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('language = "vi"', "language = 5", "language: a text is needed"),
        ('language = "vi"', "", "language: a text is needed, and there is none"),
        ('"day-month"', '"year-month"', "numeric-dates: it is one of ambiguous, day-month, month-day"),
        ("[marks]", "[marks", "the rules cannot be read"),
        ('grouping = "."', "grouping = 1", "marks.grouping: a text is needed"),
        ("hai = 2", 'hai = "2"', "words.ones.hai: a number or a list of words is needed"),
        ("hai = 2", "hai = true", "words.ones.hai: a number or a list of words is needed"),
        ('["khoảng", "chừng"]', '["khoảng", ""]', "words.hedge.approximately: '' is no word"),
        ('["khoảng", "chừng"]', '["khoảng", 7]', "words.hedge.approximately: 7 is no word"),
        ('weeks = "P7D"', 'weeks = "P1W"', "durations.weeks: one duration of ISO 8601 is needed"),
        ('any = ["ones"]', 'any = ["tens"]', "groups.number: no word has the role 'tens'"),
        ('any = ["ones"]', "any = 3", "groups.number.any: a list is needed"),
        ('roles = ["ones"]', "roles = [1]", "triggers.roles: 1 is no text"),
        ('unit = "unit:', 'unit = "{other} unit:', "macros.unit: there is no macro {other} before it"),
        ('make = "amount"', 'make = "sum"', "figures[3].make: it is one of amount, date"),
        ('make = "number"', 'make = ["number"]', "chunks[1].make: it is one of date, fraction, number"),
        ('role = "date"', "role = 1", "chunks[2].role: a text is needed"),
        ("<label> <number>", "<labels> <number>", "figures[1].forms[1]: no word has the role <labels>"),
        ("<label> <number>", "(<label> <number>", "figures[1].forms[1]: missing ), unterminated subpattern"),
        ("<label> <number>", "<label>? <number>?", "figures[1].forms[1]: the form may be empty"),
        ("<label> <number>", "<label> <number", "figures[1].forms[1]: '<number' cannot be read"),
        (
            "[words.label]",
            "[skip]\npatterns = ['a(']\n[words.label]",
            "skip.patterns[1]: missing ), unterminated subpattern",
        ),
    ],
)
def test_a_wrong_file_is_told_by_name_and_key(vietnamese: Path, old: str, new: str, message: str) -> None:
    assert old in VIETNAMESE
    vietnamese.write_text(VIETNAMESE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        load_rules(vietnamese)
    assert str(raised.value).startswith(f"{vietnamese}: ")
    assert message in str(raised.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "xx.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RulesError, match="the rules cannot be read"):
        load_rules(path)


ROLES_OF_A_LANGUAGE = (
    "ones",
    "teens",
    "tens",
    "scale",
    "ordinal",
    "month",
    "weekday",
    "hedge",
    "currency",
    "vague",
    "stop",
)


def test_python_holds_no_word_of_a_language() -> None:
    """Find none in quotes but the names of a few slots and keys, which are the same for all languages."""
    rules = find_rules("en")
    words = {word.casefold() for role in ROLES_OF_A_LANGUAGE for word in rules.values[role]}
    quoted = {
        node.value
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert len(words) > 200
    slots = {"after", "behind", "each", "not", "one", "over", "under"}
    assert {word for word in quoted & words if word.isalpha()} <= slots
