"""Spelling: how numbers, dates and lengths of time are written for a reader, in English and Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from pyoxigraph import Literal

from migragraph.literals import is_well_typed
from migragraph.namespaces import XSD
from migragraph.wording import choose_form, say

__all__ = ["MONTHS", "spell_duration", "write_amount", "write_date", "write_duration", "write_number", "write_value"]

_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII
)
_LENGTHS = (
    ("year", "năm"),
    ("month", "tháng"),
    ("week", "tuần"),
    ("day", "ngày"),
    ("hour", "giờ"),
    ("minute", "phút"),
    ("second", "giây"),
)

_COUNTS = (
    ("one", "một"),
    ("two", "hai"),
    ("three", "ba"),
    ("four", "bốn"),
    ("five", "năm"),
    ("six", "sáu"),
    ("seven", "bảy"),
    ("eight", "tám"),
    ("nine", "chín"),
    ("ten", "mười"),
    ("eleven", "mười một"),
    ("twelve", "mười hai"),
)

_IN_BILLIONS = re.compile(r"([1-9]\d*)(\d)0{8}", re.ASCII)
_BILLIONS = ("billion", "tỷ")

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def write_number(lexical: str, language: str) -> str:
    """Write a decimal number for a reader, its thousands apart: ``650000`` as 650,000, or 650.000 in Vietnamese."""
    sign = lexical[:1] if lexical[:1] in "+-" else ""
    whole, point, rest = lexical.removeprefix(sign).partition(".")
    if not (whole or rest).isascii() or not (whole + rest).isdigit():
        return lexical
    grouped = f"{Decimal(whole or 0):,}"
    if language == "vi":
        grouped, point = grouped.replace(",", "."), "," if point else ""
    return f"{'-' if sign == '-' else ''}{grouped}{point}{rest}"


def write_amount(lexical: str, language: str) -> str:
    """Write a number as people say it: billions that are whole, or have one digit more, in words, as 3.5 billion."""
    found = _IN_BILLIONS.fullmatch(lexical)
    if found is None:
        return write_number(lexical, language)
    whole, tenth = found.groups()
    amount = f"{whole}.{tenth}" if tenth != "0" else whole
    return f"{write_number(amount, language)} {choose_form(_BILLIONS, language)}"


def write_date(literal: Literal, language: str) -> str:
    """Write a date in the precision that it has: day, month, year, or a day of no year; others as they are."""
    write = _DATES.get(literal.datatype.value)
    parts = literal.value.removeprefix("--").split("-")
    if write is None or not is_well_typed(literal) or not all(part.isdecimal() for part in parts):
        return literal.value
    return write(parts, language)


def write_duration(lexical: str, language: str) -> str:
    """Write a length of time for a reader: ``P1Y6M`` as 1 year 6 months, or 1 năm 6 tháng; others as they are."""
    found = _DURATION.fullmatch(lexical)
    parts = (
        [(_trim(count), forms) for count, forms in zip(found.groups(), _LENGTHS, strict=True) if count] if found else []
    )
    told = [
        f"{count} {choose_form(forms, language)}{'s' if count != '1' and language != 'vi' else ''}"
        for count, forms in parts
    ]
    return " ".join(told) or lexical


def spell_duration(lexical: str, language: str) -> list[str]:
    """Give the ways in which people write a length of time: 5 years, or five years; 1 year, one year, or a year."""
    told = write_duration(lexical, language)
    count, _, unit = told.partition(" ")
    if not count.isdecimal() or " " in unit or not 1 <= int(count[:3]) <= len(_COUNTS):
        return [told]
    words = [choose_form(_COUNTS[int(count) - 1], language)]
    if count == "1" and language != "vi":
        words.append("an" if unit == "hour" else "a")
    return [told, *(f"{word} {unit}" for word in words)]


def write_value(literal: Literal, language: str) -> str:
    """Write a literal for a reader: numbers with their thousands apart, dates and lengths in words, texts as is."""
    if literal.datatype in (XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger):
        return write_number(literal.value, language)
    if literal.datatype == XSD.duration:
        return write_duration(literal.value, language)
    if literal.datatype == XSD.boolean and is_well_typed(literal):
        return say("true" if literal.value in ("true", "1") else "false", language)
    return write_date(literal, language)


def _trim(digits: str) -> str:
    """Give a whole number without zeros before it; Python reads no number of thousands of digits."""
    return digits.lstrip("0") or "0"


def _write_day(parts: list[str], language: str) -> str:
    year, month, day = parts
    return f"{_write_month_day([month, day], language)}{' năm' if language == 'vi' else ''} {_trim(year)}"


def _write_month(parts: list[str], language: str) -> str:
    year, month = parts
    return f"tháng {int(month)} năm {_trim(year)}" if language == "vi" else f"{MONTHS[int(month) - 1]} {_trim(year)}"


def _write_month_day(parts: list[str], language: str) -> str:
    month, day = parts
    return f"{int(day)} tháng {int(month)}" if language == "vi" else f"{int(day)} {MONTHS[int(month) - 1]}"


_DATES: Mapping[str, Callable[[list[str], str], str]] = {
    XSD.date.value: _write_day,
    XSD.gYearMonth.value: _write_month,
    XSD.gMonthDay.value: _write_month_day,
}
