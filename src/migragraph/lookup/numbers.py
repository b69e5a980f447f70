"""Numbers: things by the number that they bear, and figures by the number that they give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.labels import Labels
from migragraph.lookup.folding import fold_name
from migragraph.namespaces import DCTERMS, ELI, MG, RDF, SDMX_ATTRIBUTE, SDMX_MEASURE, SKOS

__all__ = ["NUMBERS", "Numbers"]

_VALUE = SDMX_MEASURE.obsValue
NUMBERS = (ELI.number, SKOS.notation, DCTERMS.identifier)
"""The properties that give the number that a thing bears."""

_ENDS = (MG.lowerValue, MG.upperValue)
_UNIT = SDMX_ATTRIBUTE.unitMeasure
_NUMBER_WORDS = frozenset(("no", "nos", "number", "so"))
_LONGEST = 40
"""No number that a thing bears has a part of so many letters."""

_GROUPED = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,'’ \u00a0\u202f])\d{3}(?:(?P=mark)\d{3})*(?:[.,]\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_AROUND = re.compile(r"(?P<money>US\$|USD|[$€£₫])?\s*(?P<digits>.*?)\s*(?P<share>%|per cent|percent)?", re.IGNORECASE)
_MONEY = {"€": "EUR", "£": "GBP", "₫": "VND"}
_PERCENT = "percent"


class _Meant(NamedTuple):
    """What a figure is asked for by: one number, or both ends of a range; and its unit, as the reader calls it."""

    numbers: tuple[Decimal, ...]
    unit: str | None


class _Given(NamedTuple):
    """The numbers that a thing gives: each by itself, and both ends of its range; and its unit, as it is called."""

    single: frozenset[Decimal]
    ends: tuple[Decimal, ...]
    unit: str | None


class Numbers:
    """The numbers in a dataset; what is read once is kept for the next question."""

    def __init__(self, dataset: Dataset, labels: Labels) -> None:
        self.dataset = dataset
        self.labels = labels

    def find(self, text: str) -> dict[NamedNode, None]:
        """Find by the number that a thing bears: the whole of it, or its first parts.

        A word before it must name the kind of thing: "Law No. 69", "Decision 402", "objective 10".
        """
        words = fold_name(text).split()
        start = next((place for place, word in enumerate(words) if any(map(str.isdigit, word))), None)
        if start is None or any(len(part) > _LONGEST for part in words) or _is_measured(text):
            return {}
        kind = " ".join(word for word in words[:start] if word not in _NUMBER_WORDS)
        asked = words[start:]
        candidates = [pair for pair in self._borne if not kind or kind in self._kinds(pair[0])]
        whole = {thing: None for thing, parts in candidates if parts in (asked, words)}
        if whole or not (start or len(asked) > 1):
            return whole
        return {thing: None for thing, parts in candidates if parts[: len(asked)] == asked}

    def find_figures(self, text: str) -> dict[NamedNode, None]:
        """Find the figures that give a number, or a range from end to end: "650,000", "40 per cent", "30% to 40%".

        A share or a sum of money is only found where the unit is one; a number alone is found in any unit.
        """
        meant = _read_number(text) or _read_words(text)
        if meant is None:
            return {}
        return {thing: None for thing, given in self._given.items() if _fits(meant, given)}

    @cached_property
    def _given(self) -> dict[NamedNode, _Given]:
        given = {}
        for thing, properties in self.dataset.index.items():
            ends = tuple(_numbers(properties, _ENDS))
            if single := frozenset((*_numbers(properties, (_VALUE,)), *ends)):
                given[thing] = _Given(single, ends, self._read_unit(properties.get(_UNIT, ())))
        return given

    def _read_unit(self, units: Iterable[object]) -> str | None:
        """Call a unit as the reader of figures does when it reads the label of the unit after a number."""
        from migragraph.figures import read_figures

        labels = (self.labels.find(unit).text for unit in units if isinstance(unit, NamedNode))
        return next((one.unit for label in labels for one in read_figures(f"5 {label}")), None)

    @cached_property
    def _borne(self) -> list[tuple[NamedNode, list[str]]]:
        return [(thing, fold_name(value.value).split()) for thing, value in self._list_borne()]

    def _list_borne(self) -> Iterator[tuple[NamedNode, Literal]]:
        for thing, properties in self.dataset.index.items():
            for name in NUMBERS:
                yield from ((thing, value) for value in properties.get(name, ()) if isinstance(value, Literal))
        for triple in self.dataset.ontology:
            subject, value = triple.subject, triple.object
            if triple.predicate in NUMBERS and isinstance(subject, NamedNode) and isinstance(value, Literal):
                yield subject, value

    def _kinds(self, thing: NamedNode) -> set[str]:
        """Give the folded names of the classes of a thing, those above them included."""
        classes = self._types.get(thing, ())
        return {fold_name(literal.value) for kind in classes for _, literal in self.labels.names.get(kind, ())}

    @cached_property
    def _types(self) -> dict[NamedNode, dict[NamedNode, None]]:
        types: dict[NamedNode, dict[NamedNode, None]] = {}
        for triple in self.dataset.default:
            subject, kind = triple.subject, triple.object
            if triple.predicate == RDF.type and isinstance(subject, NamedNode) and isinstance(kind, NamedNode):
                types.setdefault(subject, {})[kind] = None
        return types


def _fits(meant: _Meant, given: _Given) -> bool:
    is_number = meant.numbers == given.ends or (len(meant.numbers) == 1 and meant.numbers[0] in given.single)
    return is_number and meant.unit in (None, given.unit)


def _is_measured(text: str) -> bool:
    """Tell whether a text is a share or a sum of money, which no number that a thing bears is."""
    found = _AROUND.fullmatch(text.strip())
    return found is not None and bool(found["share"] or found["money"])


def _read_number(text: str) -> _Meant | None:
    """Read a number as people print it: thousands apart by a mark, and then a fraction; or plain digits."""
    found = _AROUND.fullmatch(text.strip())
    digits = found["digits"] if found else ""
    if found is None or len(digits) > _LONGEST:
        return None
    unit = _PERCENT if found["share"] else _MONEY.get(found["money"], "USD") if found["money"] else None
    if grouped := _GROUPED.fullmatch(digits):
        return _Meant((Decimal(digits.replace(grouped["mark"], "").replace(",", ".")),), unit)
    return _Meant((Decimal(digits.replace(",", ".")),), unit) if _PLAIN.fullmatch(digits) else None


def _read_words(text: str) -> _Meant | None:
    """Read a figure as a phrase states it, where the text is that figure and nothing else."""
    from migragraph.figures import read_figures

    if not any(map(str.isdecimal, text)):
        return None
    for one in read_figures(text):
        numbers = (one.value,) if one.value is not None else (one.lower, one.upper)
        decimals = tuple(number for number in numbers if isinstance(number, Decimal))
        if one.text == text and decimals:
            return _Meant(decimals, one.unit)
    return None


def _numbers(properties: Mapping[NamedNode, Iterable[object]], names: Iterable[NamedNode]) -> Iterator[Decimal]:
    for name in names:
        for value in properties.get(name, ()):
            if isinstance(value, Literal) and _is_number(value.value):
                yield Decimal(value.value)


def _is_number(lexical: str) -> bool:
    try:
        return Decimal(lexical).is_finite()
    except InvalidOperation:
        return False
