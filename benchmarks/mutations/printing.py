"""What words print, by plain tests that know nothing of how the checks read."""

from __future__ import annotations

import re

from pyoxigraph import Literal

from migragraph.namespaces import XSD
from migragraph.passages import fold

__all__ = ["DATES", "is_named", "prints_literal", "split_date"]

DATES = frozenset((XSD.date, XSD.gYear, XSD.gYearMonth, XSD.gMonthDay))
DATE = re.compile(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?")
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def is_named(label: str, words: str) -> bool:
    """Tell whether a label stands in words by itself; both are folded and in lower case."""
    return re.search(rf"(?<!\w){re.escape(label)}(?!\w)", words) is not None


def prints_literal(words: str, value: Literal) -> bool:
    """Tell whether words, folded and in lower case, print a number, every part of a date, or a text."""
    printed = {token.replace(",", "").lstrip("0") for token in re.findall(r"[a-z]+|\d[\d,]*", words)}
    if value.datatype in DATES:
        return _parts(value.value) <= printed | {name[:3] for name in MONTHS if name in printed}
    return value.value in printed or fold(value.value).lower() in words


def _parts(lexical: str) -> set[str]:
    """Give what must be printed for a date to be: its year, the first letters of its month, its day."""
    year, month, day = split_date(lexical)
    is_month = month and 1 <= int(month) <= len(MONTHS)
    name = MONTHS[int(month) - 1][:3] if is_month else month
    return {part for part in (year.strip("-"), name, day.lstrip("0")) if part}


def split_date(lexical: str) -> tuple[str, str, str]:
    """Split a date as it is written into year, month and day; the year of --11-22 is "-", what is missing is empty."""
    match = DATE.fullmatch(lexical)
    assert match, lexical
    year, month, day = match.groups(default="")
    return year, month, day
