"""Numbers and their bounds: does the phrase print the number that the graph has?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import NamedNode

from migragraph.fidelity.case import Case, Fault, read_number
from migragraph.figures import Figure
from migragraph.namespaces import MG, SDMX_MEASURE
from migragraph.support import Fact

__all__ = ["BOUNDS", "judge_bound", "judge_number", "list_texts"]

_OBSERVED = SDMX_MEASURE.obsValue
_LOWER, _UPPER, _EDITION = MG.lowerValue, MG.upperValue, MG.editionNumber
BOUNDS = (MG.lowerBound, MG.upperBound)
# A number of so many digits is shown without an exponent.
_LONGEST = 30
_COUNTED = frozenset(("money", "percentage", "quantity", "range"))
_ABOVE = frozenset(("at least", "more than"))
_BELOW = frozenset(("at most", "less than", "nearly", "up to"))


def judge_number(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the number that no figure in the words prints in that place: a value, an end of a span, an edition."""
    number = read_number(fact.object)
    if number is not None and number not in [_take(figure, fact.predicate) for _, figure in case.figures]:
        yield case.say("figure-differs", fact, list_texts(case), _show(number))


def _take(figure: Figure, property_: NamedNode) -> Decimal | str | None:
    """Give the number in a figure that a property could have."""
    if property_ == _EDITION:
        return figure.value if figure.kind in ("ordinal", "quantity") else None
    if property_ in (_LOWER, _UPPER):
        end = figure.lower if property_ == _LOWER else figure.upper
        return end if figure.kind in _COUNTED else None
    if figure.kind in _COUNTED or property_ == _OBSERVED:
        return figure.value if figure.kind in _COUNTED else None
    # A year may be kept as a number.
    is_year = figure.kind == "date" and isinstance(figure.value, str) and figure.value.isdigit()
    return Decimal(figure.value) if is_year and isinstance(figure.value, str) else figure.value


def judge_bound(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the bound that does not follow from a figure and its hedge: more than 45 is bounded by 45 from below."""
    number = read_number(fact.object)
    place = BOUNDS.index(fact.predicate)
    figures = case.own_figures or case.figures
    if number is not None and number not in [_bound(figure)[place] for _, figure in figures]:
        side = ("lower", "upper")[place]
        yield case.say("bound-differs", fact, list_texts(case), f"the {side} bound {_show(number)}")


def _bound(figure: Figure) -> tuple[Decimal | str | None, Decimal | str | None]:
    """Give the lower and the upper bound of a figure, None where its hedge leaves a side open."""
    if figure.value is None:
        return figure.lower, figure.upper
    if figure.hedge == "exact":
        return figure.value, figure.value
    return figure.value if figure.hedge in _ABOVE else None, figure.value if figure.hedge in _BELOW else None


def _show(number: Decimal) -> str:
    return f"{number:,f}" if number.adjusted() < _LONGEST else str(number)


def list_texts(case: Case) -> str:
    """Say which figures the words print."""
    texts = [figure.text for _, figure in case.figures]
    return f"print {', '.join(f'“{text}”' for text in texts)}" if texts else "print no figure"
