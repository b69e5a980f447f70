"""The rows of the table of facts: one for each fact and each passage, reference or inference that supports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.bibliography import Bibliography
from migragraph.dataset import Dataset
from migragraph.iris import content_key, document_of, local_name, thing_of
from migragraph.labels import FALLBACK, collect_labels
from migragraph.namespaces import MG, RDF, SDMX_ATTRIBUTE, SDMX_DIMENSION, SDMX_MEASURE
from migragraph.posts import find_acting
from migragraph.quotations import read_quotation
from migragraph.speech import find_speech_of
from migragraph.support import Fact, Supporter
from migragraph.wording import find_term

__all__ = ["FIGURES", "Row", "list_rows"]


FIGURES = (SDMX_MEASURE.obsValue, MG.lowerValue, MG.upperValue, MG.lowerBound, MG.upperBound)
"""The properties whose facts are figures: only these have a hedge, a unit and a period."""

_FLAGS = ("false", "true")


class Row(NamedTuple):
    """A row, all of text; what does not apply to a fact is the empty string."""

    fact: str
    thing: str
    thing_label: str
    subject: str
    subject_class: str
    subject_class_label: str
    property: str
    property_label: str
    value: str
    value_label: str
    datatype: str
    language: str
    hedge: str
    hedge_label: str
    unit: str
    unit_label: str
    period: str
    period_label: str
    phrase: str
    speaker: str
    speaker_label: str
    post: str
    post_label: str
    acting: str
    speech: str
    speech_label: str
    speaker_inferred: str
    source: str
    source_label: str
    source_url: str
    basis: str
    reason: str
    evidence: str
    supporter: str


def list_rows(dataset: Dataset) -> list[Row]:
    """List the facts that something supports or that need support, sorted by thing, subject, property and value.

    What is only bookkeeping (labels, types, the evidence itself) is left out. A fact that nothing supports has one row.
    """
    reading = _Reading(dataset)
    supporters = dataset.support.supporters
    facts = sorted({*supporters, *dataset.support.unsupported}, key=_order)
    return [
        Row(**reading.tell_fact(fact), **told)
        for fact in facts
        for told in reading.tell_supporters(fact, supporters.get(fact, ()))
    ]


def _order(fact: Fact) -> tuple[str, str, str, str]:
    return (document_of(fact.subject), fact.subject.value, fact.predicate.value, str(fact.object))


class _Reading:
    """Read what a dataset holds beside a fact and its support; what is asked often is kept."""

    def __init__(self, dataset: Dataset) -> None:
        self.index = dataset.index
        self.labels = collect_labels(dataset)
        self.bibliography = Bibliography(dataset, self.labels, FALLBACK)
        self.acting = find_acting(dataset.index)
        self.name = cache(self._name)
        self.tell_source = cache(self._tell_source)

    def tell_fact(self, fact: Fact) -> dict[str, str]:
        """Give the cells of a fact, without those of its support."""
        thing, value = thing_of(fact.subject), fact.object
        is_figure = fact.predicate in FIGURES
        literal = value if isinstance(value, Literal) else None
        return {
            "fact": content_key(map(str, fact)),
            **self._pair("thing", thing),
            "subject": fact.subject.value,
            **self._pair("subject_class", self._first(fact.subject, RDF.type)),
            **self._pair("property", fact.predicate),
            "value": value.value,
            "value_label": self.name(value) if isinstance(value, NamedNode) else "",
            "datatype": literal.datatype.value if literal else "",
            "language": (literal.language or "") if literal else "",
            **self._pair("hedge", self._first(fact.subject, MG.hedge) if is_figure else None),
            **self._pair("unit", self._first(fact.subject, SDMX_ATTRIBUTE.unitMeasure) if is_figure else None),
            **self._pair("period", self._first(fact.subject, SDMX_DIMENSION.refPeriod) if is_figure else None),
        }

    def tell_supporters(self, fact: Fact, supporters: Iterable[Supporter]) -> list[dict[str, str]]:
        """Give the cells of each supporter of a fact, sorted; those of none where nothing supports it."""
        ordered = sorted(supporters, key=lambda one: (one.graph.value, one.evidence.value))
        return [self._tell_supporter(fact, one) for one in ordered] or [self._tell_supporter(fact, None)]

    def _tell_supporter(self, fact: Fact, supporter: Supporter | None) -> dict[str, str]:
        evidence = supporter.evidence if supporter else None
        return {
            **self._tell_speech(fact, evidence),
            **self.tell_source(supporter.graph if supporter and supporter.basis != MG.inferred else None),
            "basis": local_name(supporter.basis.value) if supporter else "",
            "reason": self._text(evidence, MG.reason),
            "evidence": evidence.value if evidence else "",
            "supporter": supporter.graph.value if supporter else "",
        }

    def _tell_speech(self, fact: Fact, evidence: NamedNode | None) -> dict[str, str]:
        """Give who says a fact by an evidence for it, in which post, and how the source gives it."""
        speech = find_speech_of(fact, evidence, self.index) if evidence else None
        post = speech.post if speech else None
        return {
            **self._pair("speaker", speech.speaker if speech else None),
            **self._pair("post", post),
            "acting": _FLAGS[(speech.speaker, post) in self.acting] if speech and post else "",
            **self._pair("speech", speech.mode if speech else None),
            "speaker_inferred": _FLAGS[speech.is_inferred] if speech else "",
        }

    def _tell_source(self, supporter: NamedNode | None) -> dict[str, str]:
        """Give the phrase and the source of a passage, or a reference, which is its own source."""
        quotation = read_quotation(supporter, self.index) if supporter else None
        source = quotation.source if quotation else supporter
        url = self.bibliography.describe(source).url if source else ""
        phrase = quotation.exact if quotation else ""
        return {"phrase": phrase, **self._pair("source", source), "source_url": url}

    def _pair(self, column: str, term: NamedNode | None) -> dict[str, str]:
        return {column: term.value if term else "", f"{column}_label": self.name(term) if term else ""}

    def _name(self, term: NamedNode) -> str:
        """Name a term as `explain` does, or give nothing where it has no name: its IRI stands beside it."""
        text = find_term(term, FALLBACK) or self.labels.find(term).text
        return "" if text == self.labels.shorten(term) else text

    def _values(self, subject: NamedNode | None, property_: NamedNode) -> Iterator[NamedNode | Literal]:
        yield from self.index.get(subject, {}).get(property_, ()) if subject else ()

    def _first(self, subject: NamedNode | None, property_: NamedNode) -> NamedNode | None:
        return next((value for value in self._values(subject, property_) if isinstance(value, NamedNode)), None)

    def _text(self, subject: NamedNode | None, property_: NamedNode) -> str:
        """Give a text of a subject, in English where there are several."""
        texts = [value for value in self._values(subject, property_) if isinstance(value, Literal)]
        preferred = [text for text in texts if (text.language or FALLBACK) == FALLBACK]
        return next((text.value for text in [*preferred, *texts]), "")
