"""Naming: how an explanation calls things and writes values, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from migragraph.bibliography import Bibliography
from migragraph.consistency import HEDGE
from migragraph.dataset import Dataset
from migragraph.explain.explanation import Figure, Name, Value
from migragraph.labels import Label, Labels
from migragraph.memo import Memo
from migragraph.namespaces import MG, QB, RDF, SCHEMA, SDMX_ATTRIBUTE, SDMX_DIMENSION, SDMX_MEASURE
from migragraph.spelling import spell_duration, write_amount, write_value
from migragraph.wording import LANGUAGES, find_term, say

__all__ = ["DATES", "MEASURES", "Naming", "read_figure", "values_of", "write_bound", "write_figure"]

Properties = Mapping[NamedNode, list[NamedNode | Literal]]

_VALUE = SDMX_MEASURE.obsValue
MEASURES = (_VALUE, MG.lowerValue, MG.upperValue)
"""The properties that hold the number of a figure."""

_KEPT = 5_000
_SILENT = (HEDGE.exact,)
"""The hedges that are not written before a number."""

_RANGES = {HEDGE["more-than-to"]: HEDGE["more-than"]}
"""The hedges that speak of both ends of a range, and the hedge of the lower end."""

DATES = (
    (SCHEMA.startDate, "starts"),
    (MG.notBefore, "not before"),
    (SCHEMA.endDate, "ends"),
    (MG.notAfter, "not after"),
    (SCHEMA.duration, "lasts"),
)
"""The properties that bound a time, in the order in which they are read, and the words in which each is said."""


@dataclass(frozen=True)
class Naming:
    """The names of things in one language, by the labels of a dataset."""

    dataset: Dataset
    labels: Labels
    language: str

    @cached_property
    def bibliography(self) -> Bibliography:
        """Give what is known of the sources."""
        return Bibliography(self.dataset, self.labels, self.language)

    def say(self, word: str, **parts: object) -> str:
        """Say a word of the tool."""
        return say(word, self.language, **parts)

    def name(self, term: NamedNode) -> Name:
        """Name a thing, a term or a concept; terms of others by the words that the tool has for them."""
        return self._names[term]

    @cached_property
    def _names(self) -> Memo[NamedNode, Name]:
        return Memo(self._name)

    def _name(self, term: NamedNode) -> Name:
        return Name(term.value, self.labels.shorten(term), self.find_label(term).text)

    def find_label(self, term: NamedNode) -> Label:
        """Give the label in ``name``, with its language, which is empty for a word of the tool."""
        said = find_term(term, self.language)
        return Label(said, "") if said else self.labels.find(term, self.language)

    def value(self, term: NamedNode | Literal) -> Value:
        """Write a value: a thing by its label, a number or a date for a reader, a text as it is."""
        return self._values[term]

    @cached_property
    def _values(self) -> Memo[NamedNode | Literal, Value]:
        return Memo(self._value, _KEPT)

    def _value(self, term: NamedNode | Literal) -> Value:
        if isinstance(term, NamedNode):
            name = self.name(term)
            return Value(name.label, iri=name.iri, curie=name.curie)
        return Value(
            write_value(term, self.language),
            lexical=term.value,
            datatype=self.labels.shorten(term.datatype),
            language=term.language or "",
        )

    def label(self, terms: Iterable[NamedNode | Literal]) -> str:
        """Give the label of the first term that is a thing, or the empty string."""
        return next((self.name(term).label for term in terms if isinstance(term, NamedNode)), "")

    def period(self, period: NamedNode) -> str:
        """Write a period: its label, and in brackets what of its length and its dates the label does not say."""
        properties = self.dataset.index.get(period, {})
        label = self.name(period).label
        told = [*self._list_lengths(properties, label), self._write_bounds(properties, label)]
        more = ", ".join(part for part in told if part)
        return f"{label} ({more})" if more else label

    def _list_lengths(self, properties: Properties, label: str) -> Iterator[str]:
        """Give the lengths of a period, but where its two ends give them, and those that its label says."""
        if SCHEMA.startDate in properties and SCHEMA.endDate in properties:
            return
        for value in properties.get(SCHEMA.duration, ()):
            if all(_take_out(label, one) == label for one in spell_duration(value.value, self.language)):
                yield self.value(value).text

    def _write_bounds(self, properties: Properties, label: str) -> str:
        """Write the dates that bound a period, or nothing where its label says them all; a single one as it is."""
        dates = [
            (name, word, write_value(value, self.language))
            for name, word in DATES
            for value in properties.get(name, ())
            if isinstance(value, Literal) and name != SCHEMA.duration
        ]
        times = dict.fromkeys(sorted((time for _, _, time in dates), key=len, reverse=True))
        if _says_all(label, times):
            return ""
        if {name for name, _, _ in dates} == {SCHEMA.startDate, SCHEMA.endDate} and len(times) == 1:
            return next(iter(times))
        is_length = SCHEMA.duration in properties
        words = ((f"ends {word}" if is_length and name == MG.notAfter else word, time) for name, word, time in dates)
        return " ".join(self.say(word, time=time) for word, time in words)

    def write_time(self, property_: NamedNode, literal: Literal) -> str:
        """Write a date or length of time with the words of the bound that its property makes it, where it does."""
        return write_bound(property_, write_value(literal, self.language), self.language)


def _says_all(label: str, times: Iterable[str]) -> bool:
    """Tell whether a label says each time in a place of its own; the longer ones have to come first."""
    for time in times:
        rest = _take_out(label, time)
        if rest == label:
            return False
        label = rest
    return True


def _take_out(label: str, words: str) -> str:
    """Take words out of a label where it has them, as whole words."""
    return re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "…", label, count=1, flags=re.IGNORECASE)


def write_bound(property_: NamedNode, time: str, language: str = LANGUAGES[0]) -> str:
    """Write a time, as it is spelled, with the words of the bound that its property makes it, where it does."""
    word = next((word for name, word in DATES if name == property_), "")
    return say(word, language, time=time) if word else time


def read_figure(subject: NamedNode, naming: Naming) -> Figure | None:
    """Read the figure of an observation; None where the thing is none, or has no number."""
    properties = naming.dataset.index.get(subject, {})
    if QB.Observation not in properties.get(RDF.type, ()):
        return None
    value, lower, upper = (_number(properties, name) for name in MEASURES)
    if not (value or lower or upper):
        return None
    unit = naming.label(properties.get(SDMX_ATTRIBUTE.unitMeasure, ()))
    period = next((one for one in properties.get(SDMX_DIMENSION.refPeriod, ()) if isinstance(one, NamedNode)), None)
    return Figure(
        text=write_figure(values_of(properties), _hedge(properties), unit, naming),
        value=value,
        lower=lower,
        upper=upper,
        hedge=naming.label(properties.get(MG.hedge, ())),
        unit=unit,
        indicator=naming.label(properties.get(MG.indicator, ())),
        population=naming.label(properties.get(MG.population, ())),
        area=naming.label(properties.get(SDMX_DIMENSION.refArea, ())),
        period=naming.period(period) if period else "",
        status=naming.label(properties.get(SDMX_ATTRIBUTE.obsStatus, ())),
    )


def values_of(properties: Properties) -> list[str]:
    """Give the number of a figure, or the two ends of its range, as they are written in the data."""
    return [number for name in MEASURES if (number := _number(properties, name))]


def write_figure(numbers: Iterable[str], hedge: NamedNode | None, unit: str, naming: Naming) -> str:
    """Write a figure with its hedge and unit: ``approximately 650,000 people``, ``up to 3.5 billion US dollars``."""
    words = "" if hedge is None or hedge in _SILENT else naming.name(_RANGES.get(hedge, hedge)).label
    ends = [write_amount(number, naming.language) for number in numbers]
    return " ".join(part for part in (words, f" {naming.say('until')} ".join(ends), unit) if part)


def _number(properties: Properties, property_: NamedNode) -> str:
    return next((value.value for value in properties.get(property_, ()) if isinstance(value, Literal)), "")


def _hedge(properties: Properties) -> NamedNode | None:
    return next((hedge for hedge in properties.get(MG.hedge, ()) if isinstance(hedge, NamedNode)), None)
