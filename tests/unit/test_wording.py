"""The tool speaks English and Vietnamese, and writes numbers and dates as each does."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from migragraph.namespaces import XSD
from migragraph.wording import LANGUAGES, PROPERTIES, WORDS, say, write_number, write_value


@pytest.mark.parametrize(
    ("lexical", "english", "vietnamese"),
    [
        ("650000", "650,000", "650.000"),
        ("4000000000", "4,000,000,000", "4.000.000.000"),
        ("7", "7", "7"),
        ("34.88", "34.88", "34,88"),
        ("-1234.5", "-1,234.5", "-1.234,5"),
        ("+12", "12", "12"),
        (".5", "0.5", "0,5"),
        ("01", "1", "1"),
        ("many", "many", "many"),
        ("", "", ""),
    ],
)
def test_numbers(lexical: str, english: str, vietnamese: str) -> None:
    assert (write_number(lexical, "en"), write_number(lexical, "vi")) == (english, vietnamese)


@pytest.mark.parametrize(
    ("lexical", "datatype", "english", "vietnamese"),
    [
        ("2020-03-20", "date", "20 March 2020", "20 tháng 3 năm 2020"),
        ("2002-02", "gYearMonth", "February 2002", "tháng 2 năm 2002"),
        ("--12-18", "gMonthDay", "18 December", "18 tháng 12"),
        ("2023", "gYear", "2023", "2023"),
        ("2020-03-20Z", "date", "2020-03-20Z", "2020-03-20Z"),
        ("2020-13-20", "date", "2020-13-20", "2020-13-20"),
        ("2020-03", "date", "2020-03", "2020-03"),
        ("soon", "date", "soon", "soon"),
        ("2500", "integer", "2,500", "2.500"),
        ("2500", "string", "2500", "2500"),
    ],
)
def test_values(lexical: str, datatype: str, english: str, vietnamese: str) -> None:
    literal = Literal(lexical, datatype=XSD[datatype])
    assert [write_value(literal, language) for language in LANGUAGES] == [english, vietnamese]


def test_every_word_has_a_form_in_each_language() -> None:
    for forms in [*WORDS.values(), *PROPERTIES.values()]:
        assert len(forms) == len(LANGUAGES)
        assert all(form == form.strip() != "" for form in forms)


def test_words_are_said() -> None:
    assert say("stated", "en") == "stated"
    assert say("stated", "vi") == "được nêu"
    assert say("stated", "fr") == "stated"
    assert say("and more", "vi", count=3) == "và 3 mục khác"
    assert say("fr", "en") == "fr"
