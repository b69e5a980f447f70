"""Numbers: things by the number that they bear, and figures by the number that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.labels import Labels
from migragraph.lookup.folding import fold_name
from migragraph.namespaces import DCTERMS, MG, RDF, SKOS, Namespace

__all__ = ["Numbers"]

_ELI = Namespace("http://data.europa.eu/eli/ontology#")
_VALUE = Namespace("http://purl.org/linked-data/sdmx/2009/measure#").obsValue
_NUMBERS = (_ELI.number, SKOS.notation, DCTERMS.identifier)
_FIGURES = (_VALUE, MG.lowerValue, MG.upperValue)
_NUMBER_WORDS = frozenset(("no", "nos", "number", "so"))
_LONGEST = 40
"""No number that a thing bears has a part of so many letters."""

_GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,'’ \u00a0\u202f])\d{3}(?:(?P=mark)\d{3})*(?:[.,]\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_AROUND = re.compile(r"^(?:US\$|USD|[$€£₫])?\s*(?P<digits>.*?)\s*(?:%|per cent|percent)?$", re.IGNORECASE)


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
        if start is None or any(len(part) > _LONGEST for part in words):
            return {}
        kind = " ".join(word for word in words[:start] if word not in _NUMBER_WORDS)
        asked = words[start:]
        candidates = [pair for pair in self._borne if not kind or kind in self._kinds(pair[0])]
        whole = {thing: None for thing, parts in candidates if parts in (asked, words)}
        if whole or not (start or len(asked) > 1):
            return whole
        return {thing: None for thing, parts in candidates if parts[: len(asked)] == asked}

    def find_figures(self, text: str) -> dict[NamedNode, None]:
        """Find the figures that give a number: "650,000", "650.000", "40 per cent", "US$4 billion"."""
        meant = _read_number(text) or _read_words(text)
        return {thing: None for thing, number in self._given if number in meant}

    @cached_property
    def _given(self) -> list[tuple[NamedNode, Decimal]]:
        return [
            (thing, Decimal(value.value))
            for thing, properties in self.dataset.index.items()
            for name in _FIGURES
            for value in properties.get(name, ())
            if isinstance(value, Literal) and _is_number(value.value)
        ]

    @cached_property
    def _borne(self) -> list[tuple[NamedNode, list[str]]]:
        return [(thing, fold_name(value.value).split()) for thing, value in self._list_borne()]

    def _list_borne(self) -> Iterator[tuple[NamedNode, Literal]]:
        for thing, properties in self.dataset.index.items():
            for name in _NUMBERS:
                yield from ((thing, value) for value in properties.get(name, ()) if isinstance(value, Literal))
        for triple in self.dataset.ontology:
            subject, value = triple.subject, triple.object
            if triple.predicate in _NUMBERS and isinstance(subject, NamedNode) and isinstance(value, Literal):
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


def _read_number(text: str) -> set[Decimal]:
    """Read a number as people print it: thousands apart by a mark, and then a fraction; or plain digits."""
    found = _AROUND.fullmatch(text.strip())
    digits = found["digits"] if found else ""
    meant = set()
    if len(digits) <= _LONGEST and (grouped := _GROUPED.fullmatch(digits)):
        meant.add(Decimal(digits.replace(grouped["mark"], "").replace(",", ".")))
    if len(digits) <= _LONGEST and _PLAIN.fullmatch(digits):
        meant.add(Decimal(digits.replace(",", ".")))
    return meant


def _read_words(text: str) -> set[Decimal]:
    """Read a figure as a phrase states it, where the text is that figure and nothing else."""
    from migragraph.figures import read_figures

    if not any(map(str.isdecimal, text)):
        return set()
    figures = [one for one in read_figures(text) if one.text == text]
    numbers = [number for one in figures for number in (one.value, one.lower, one.upper)]
    return {number for number in numbers if isinstance(number, Decimal)}


def _is_number(lexical: str) -> bool:
    try:
        return Decimal(lexical).is_finite()
    except InvalidOperation:
        return False
