"""Amounts: the figures that count or measure something: quantities, ranges, percentages, money and durations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from migragraph.figures.chunks import Finding, measure, scale_of
from migragraph.figures.dates import write_duration
from migragraph.figures.figure import Figure, Kind
from migragraph.figures.tokens import Item

__all__ = ["find_hedge", "make_amount", "make_ordinal", "make_ratio", "make_share", "make_unknown"]

_EXACT = "exact"
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("percent", "percentage"),
    ("currency", "money"),
    ("time", "duration"),
    ("long", "duration"),
    ("measure", "quantity"),
    ("many", "quantity"),
    ("struck", "quantity"),
    ("one", "quantity"),
)


class _Unit(NamedTuple):
    kind: Kind
    name: str | None


def find_hedge(finding: Finding, *, span: bool = False) -> str:
    """Give the hedge word that stands before or after a figure, in its normal form; "exact" where there is none."""
    for role, slot in (("hedge", "hedge"), ("after", "after")):
        found = finding.rules.mean(role, finding.key(slot))
        if isinstance(found, str):
            of_span = finding.rules.mean("span", found)
            return of_span if span and isinstance(of_span, str) else found
    return _EXACT


def make_amount(finding: Finding) -> list[Figure]:
    """Make the figure of a number, or of two that span, with its unit; nothing where a span goes down."""
    unit = _find_unit(finding)
    low, high, value = finding.one("low"), finding.one("high"), finding.one("value")
    if low and high:
        return _make_span(finding, unit, low, high)
    number = measure(value, finding.rules) if value else Decimal(1)
    if unit is None or number is None:
        return []
    if finding.one("sign"):
        number = -number
    return [_figure(finding, unit, find_hedge(finding), value=number)]


def _make_span(finding: Finding, unit: _Unit | None, low: Item, high: Item) -> list[Figure]:
    lower, upper = measure(low, finding.rules), measure(high, finding.rules)
    if unit is None or lower is None or upper is None:
        return []
    scale = scale_of(high, finding.rules)
    if scale_of(low, finding.rules) == 1 and lower < upper / scale:
        lower *= scale
    if lower >= upper:
        return []
    kind = "range" if unit.kind == "quantity" else unit.kind
    return [_figure(finding, unit._replace(kind=kind), find_hedge(finding, span=True), lower=lower, upper=upper)]


def _find_unit(finding: Finding) -> _Unit | None:
    """Find the unit of a number, or the one of both ends of a span; None where they are of two kinds."""
    symbol = finding.key("currency")
    units = [_read_unit(finding, slot) for slot in ("unit", "lowunit")]
    if symbol:
        units.append(_Unit("money", str(finding.rules.mean("symbol", symbol))))
    named = [unit for unit in units if unit.name]
    if (units[1].name and not units[0].name) or len({unit.kind for unit in named}) > 1:
        return None
    return named[-1] if named else units[0]


def _read_unit(finding: Finding, slot: str) -> _Unit:
    key = finding.key(slot).removeprefix("- ")
    for role, kind in _KINDS if key else ():
        name = finding.rules.mean(role, key)
        if isinstance(name, str):
            return _Unit(kind, name)
    return _Unit("quantity", None)


def _figure(
    finding: Finding,
    unit: _Unit,
    hedge: str,
    *,
    value: Decimal | None = None,
    lower: Decimal | None = None,
    upper: Decimal | None = None,
) -> Figure:
    numbers = tuple(None if number is None else _tidy(number) for number in (value, lower, upper))
    one = finding.rules.durations.get(unit.name or "")
    if unit.kind == "duration" and one:
        written = tuple(None if number is None else write_duration(number, one) for number in numbers)
        return finding.build(unit.kind, *written, unit=unit.name, hedge=hedge)
    return finding.build(unit.kind, *numbers, unit=unit.name, hedge=hedge)


def _tidy(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole and abs(whole) < 10**27 else number.normalize()


def make_share(finding: Finding) -> list[Figure]:
    """Make the percentage that a fraction is ("a third of", "half the"), to two places."""
    part, value, under = finding.one("part"), finding.one("value"), finding.one("under")
    number = measure(value, finding.rules) if value else Decimal(1)
    if under and number is not None:
        whole = measure(under, finding.rules)
        return _make_percentage(finding, number / whole) if whole and number < whole else []
    if part is None or number is None:
        return []
    half = finding.rules.mean("half", part.key)
    for role in ("part", "parts"):
        parts = finding.rules.mean(role, part.key)
        if isinstance(parts, Decimal):
            return _make_percentage(finding, number / parts)
    return _make_percentage(finding, half) if isinstance(half, Decimal) else []


def make_ratio(finding: Finding) -> list[Figure]:
    """Make the percentage of "one in five"; nothing where it is no such share ("five in 12 provinces")."""
    numbers = [measure(item, finding.rules) for item in _ends(finding)]
    if len(numbers) != 2 or None in numbers:
        return []
    low, high = (number or Decimal(0) for number in numbers)
    if not 0 < low < high or (high > 10 and high % 10 != 0) or (low > 10 and high not in (100, 1000)):
        return []
    return _make_percentage(finding, low / high)


def _ends(finding: Finding) -> Sequence[Item]:
    return [item for item in (finding.one("low"), finding.one("high")) if item is not None]


def _make_percentage(finding: Finding, share: Decimal) -> list[Figure]:
    percent = (share * 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return [finding.build("percentage", _tidy(percent), unit="percent", hedge=find_hedge(finding))]


def make_ordinal(finding: Finding) -> list[Figure]:
    """Make the figure of an ordinal number."""
    item = finding.one("value")
    rank = None if item is None else finding.rules.mean("ordinal", item.key)
    value = item.value if item and isinstance(item.value, Decimal) else rank
    return [finding.build("ordinal", value)] if isinstance(value, Decimal) else []


def make_unknown(finding: Finding) -> list[Figure]:
    """Make the figure of a word or sign of number that gives no value."""
    return [finding.build("unknown")]
