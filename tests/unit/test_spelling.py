"""Numbers, dates and lengths of time are written as each language writes them."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from migragraph.namespaces import XSD
from migragraph.spelling import spell_duration, write_amount, write_duration, write_number, write_value
from migragraph.wording import LANGUAGES


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
        ("00", "0", "0"),
        ("1" * 5001, "111" + ",111" * 1666, "111" + ".111" * 1666),
        ("many", "many", "many"),
        ("", "", ""),
    ],
)
def test_numbers(lexical: str, english: str, vietnamese: str) -> None:
    assert (write_number(lexical, "en"), write_number(lexical, "vi")) == (english, vietnamese)


@pytest.mark.parametrize(
    ("lexical", "english", "vietnamese"),
    [
        ("4000000000", "4 billion", "4 tỷ"),
        ("3500000000", "3.5 billion", "3,5 tỷ"),
        ("12000000000000", "12,000 billion", "12.000 tỷ"),
        ("100000000000", "100 billion", "100 tỷ"),
        ("3450000000", "3,450,000,000", "3.450.000.000"),
        ("4000000001", "4,000,000,001", "4.000.000.001"),
        ("900000000", "900,000,000", "900.000.000"),
        ("34.88", "34.88", "34,88"),
        ("-4000000000", "-4,000,000,000", "-4.000.000.000"),
        ("1" * 99 + "0" * 10, "1" + ",111" * 32 + ",110 billion", "1" + ".111" * 32 + ".110 tỷ"),
        ("many", "many", "many"),
    ],
)
def test_amounts(lexical: str, english: str, vietnamese: str) -> None:
    assert (write_amount(lexical, "en"), write_amount(lexical, "vi")) == (english, vietnamese)


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
        ("P5Y", "duration", "5 years", "5 năm"),
        ("true", "boolean", "yes", "có"),
        ("0", "boolean", "no", "không"),
        ("maybe", "boolean", "maybe", "maybe"),
        ("P" + "7" * 5000 + "D", "duration", "7" * 5000 + " days", "7" * 5000 + " ngày"),
        ("0987-01-02", "date", "2 January 987", "2 tháng 1 năm 987"),
        ("9" * 5000 + "-01", "gYearMonth", "January " + "9" * 5000, "tháng 1 năm " + "9" * 5000),
    ],
)
def test_values(lexical: str, datatype: str, english: str, vietnamese: str) -> None:
    literal = Literal(lexical, datatype=XSD[datatype])
    assert [write_value(literal, language) for language in LANGUAGES] == [english, vietnamese]


@pytest.mark.parametrize(
    ("lexical", "english", "vietnamese"),
    [
        ("P3D", "3 days", "3 ngày"),
        ("P1Y6M", "1 year 6 months", "1 năm 6 tháng"),
        ("P2W", "2 weeks", "2 tuần"),
        ("PT1H30M", "1 hour 30 minutes", "1 giờ 30 phút"),
        ("P1DT2M1S", "1 day 2 minutes 1 second", "1 ngày 2 phút 1 giây"),
        ("P0D", "0 days", "0 ngày"),
        ("P", "P", "P"),
        ("-P1D", "-P1D", "-P1D"),
        ("PT0.5S", "PT0.5S", "PT0.5S"),
        ("long", "long", "long"),
    ],
)
def test_lengths_of_time(lexical: str, english: str, vietnamese: str) -> None:
    assert [write_duration(lexical, language) for language in LANGUAGES] == [english, vietnamese]


@pytest.mark.parametrize(
    ("lexical", "english", "vietnamese"),
    [
        ("P1Y", ["1 year", "one year", "a year"], ["1 năm", "một năm"]),
        ("PT1H", ["1 hour", "one hour", "an hour"], ["1 giờ", "một giờ"]),
        ("P5Y", ["5 years", "five years"], ["5 năm", "năm năm"]),
        ("P12M", ["12 months", "twelve months"], ["12 tháng", "mười hai tháng"]),
        ("P13M", ["13 months"], ["13 tháng"]),
        ("P1Y6M", ["1 year 6 months"], ["1 năm 6 tháng"]),
        ("P0D", ["0 days"], ["0 ngày"]),
        ("long", ["long"], ["long"]),
        ("P" + "1" * 5000 + "D", ["1" * 5000 + " days"], ["1" * 5000 + " ngày"]),
    ],
)
def test_lengths_of_time_in_words(lexical: str, english: list[str], vietnamese: list[str]) -> None:
    assert [spell_duration(lexical, language) for language in LANGUAGES] == [english, vietnamese]
