"""Findings about passages: at the words of each evidence that rests on one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.evidence.phrases import Flaw, is_long
from migragraph.evidence.rereading import Quoted, Rereading
from migragraph.iris import shorten_iri
from migragraph.namespaces import MG, OA
from migragraph.report import Finding

__all__ = ["KIND", "Place", "find_flaws"]

KIND = "evidence"
"""The kind of the findings of this check."""

_LONG = Flaw("quote-short", "The words are more than 12.", "Quote the shortest phrase that pins the fact.")
_UNKNOWN = Flaw("source-known", "The words are of a source that the data do not describe.", "Describe the source.")


class Place(NamedTuple):
    """A passage with the dataset, in which the evidence that rests on it is found."""

    passage: NamedNode
    quoted: Quoted
    dataset: Dataset

    def report(self, flaw: Flaw) -> Iterator[Finding]:
        """Give a finding for each evidence that rests on the passage."""
        for subject, evidence in self.quoted.users[self.passage]:
            yield Finding(
                kind=KIND,
                rule=flaw.rule,
                message=flaw.message,
                focus=subject.value,
                path=shorten_iri(OA.exact.value, self.dataset.prefixes),
                value=str(Literal(self.quoted.passages[self.passage].exact)),
                file=self.dataset.origin.get(evidence),
                advice=flaw.advice,
            )


def find_flaws(dataset: Dataset, quoted: Quoted, rereading: Rereading) -> Iterator[Finding]:
    """Find the passages whose words are too many, not found, found twice, a whole sentence, or of no known source."""
    for passage, quotation in quoted.passages.items():
        place = Place(passage, quoted, dataset)
        if not _is_described(quotation.source, dataset):
            yield from place.report(_UNKNOWN)
        if is_long(quotation):
            yield from place.report(_LONG)
        if passage in rereading.flaws:
            yield from place.report(rereading.flaws[passage])


def _is_described(source: NamedNode, dataset: Dataset) -> bool:
    """Tell whether the data say more of a source than the SHA-256 that the lock gives it."""
    return any(property_ != MG.sha256 for property_ in dataset.index.get(source, ()))
