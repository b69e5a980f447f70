"""Periods: the figures that are days, months or years, and the spans of time between two of them."""

from __future__ import annotations

from decimal import Decimal

from migragraph.figures.amounts import find_hedge
from migragraph.figures.chunks import Finding, measure
from migragraph.figures.dates import Day, complete, read_date
from migragraph.figures.figure import Figure

__all__ = ["make_date", "make_days", "make_decade", "make_interval", "make_part_of_year"]


def make_date(finding: Finding) -> list[Figure]:
    """Make the figure of one date; of unknown value where there is no such day, or two that it may be."""
    date = read_date(finding.take("value"), finding.rules)
    if date is None:
        return [finding.build("unknown")]
    return [finding.build("date", str(date), hedge=find_hedge(finding), precision=date.precision)]


def make_days(finding: Finding) -> list[Figure]:
    """Make the dates of "October 29 and 30", or of as many as "May 5, 6 and 7", each with its own words."""
    ends = _read_ends(finding)
    if ends is None or None in ends:
        return []
    dates = {slot: date for slot, date in zip(("low", "high"), ends, strict=True) if date}
    for slot in ("next", "penult"):
        between = read_date(finding.take(slot), finding.rules) if finding.take(slot) else None
        if between:
            dates[slot] = complete(dates["low"], between)[1]
    if not all(date.is_real for date in dates.values()):
        return []
    order = [slot for slot in ("low", "next", "penult", "high") if slot in dates]
    return [finding.build("date", str(dates[slot]), precision=dates[slot].precision, slot=slot) for slot in order]


def make_interval(finding: Finding) -> list[Figure]:
    """Make the interval between two dates, or from one, or to one; nothing where its ends are the wrong way round."""
    ends = _read_ends(finding)
    if ends is None:
        return []
    low, high = ends
    if low and high and not _precedes(low, high):
        return []
    last = high or low
    return [
        finding.build(
            "interval",
            None,
            None if low is None else str(low),
            None if high is None else str(high),
            precision=None if last is None else last.precision,
        )
    ]


def _precedes(low: Day, high: Day) -> bool:
    if low.precision != high.precision and (low.year is None or high.year is None):
        return False
    if low.year is None:
        return low != high
    return [part or 0 for part in low] < [part or 99 for part in high]


def _read_ends(finding: Finding) -> tuple[Day | None, Day | None] | None:
    """Read the ends of a span, completed by one another; None where one is no real date."""
    items = (finding.take("low"), finding.take("high"))
    low, high = (read_date(slot, finding.rules) if slot else None for slot in items)
    if low and high is None and items[1]:
        return None
    if low and high and low.year and high == Day(None, None, high.day) and low.month is None:
        high = _shorten(low.year, high.day)
    if low and high:
        low, high = complete(low, high)
    ends = [end for end in (low, high) if end]
    expected = sum(bool(slot) for slot in items)
    return (low, high) if len(ends) == expected and all(end.is_real for end in ends) else None


def _shorten(year: int, last: int | None) -> Day:
    """Read the 22 of 2021-22."""
    return Day(year - year % 100 + (last or 0), None, None)


def make_decade(finding: Finding) -> list[Figure]:
    """Make the ten years of "the 1990s", or the ten ages of "in their 30s"."""
    decades = [item.value for slot in ("low", "value", "high") for item in finding.take(slot)]
    first, last = decades[0], decades[-1]
    if not isinstance(first, Decimal) or not isinstance(last, Decimal):
        return []
    if first < 1000:
        return [finding.build("range", None, first, first + 9)]
    return [finding.build("interval", None, str(first), str(last + 9), precision="year")]


def make_part_of_year(finding: Finding) -> list[Figure]:
    """Make the months of a quarter or half of a year, or of its first so many months."""
    year, rank, count = finding.one("year"), finding.one("rank"), finding.one("count")
    date = read_date((year,), finding.rules) if year else None
    length = finding.case.rule.months
    number = measure(count, finding.rules) if count else Decimal(1)
    nth = _rank(finding, rank.key, rank.value) if rank else Decimal(1)
    if date is None or date.year is None or nth is None or number is None:
        return []
    first, last = (int(nth) - 1) * length + 1, (int(nth) - 1 + int(number)) * length
    if not 1 <= first <= last <= 12:
        return []
    low, high = Day(date.year, first, None), Day(date.year, last, None)
    return [finding.build("interval", None, str(low), str(high), precision="month")]


def _rank(finding: Finding, key: str, value: object) -> Decimal | None:
    for role in ("ordinal", "quarter", "halves"):
        found = finding.rules.mean(role, key)
        if isinstance(found, Decimal):
            return found
    return value if isinstance(value, Decimal) else None
