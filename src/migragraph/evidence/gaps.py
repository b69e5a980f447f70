"""Gaps: the facts that nothing supports, and the evidence that fits no fact."""

from __future__ import annotations

from collections.abc import Iterator

from migragraph.dataset import Dataset
from migragraph.evidence.findings import KIND
from migragraph.iris import shorten_iri
from migragraph.report import Finding
from migragraph.support import EvidenceFault, Fact

__all__ = ["find_gaps"]


def find_gaps(dataset: Dataset) -> list[Finding]:
    """Find the facts that nothing supports, and the evidence that fits no fact; each is a violation."""
    return [*_unsupported(dataset), *(_fault(fault, dataset) for fault in dataset.support.faults)]


def _unsupported(dataset: Dataset) -> Iterator[Finding]:
    for fact in dataset.support.unsupported:
        yield Finding(
            kind=KIND,
            rule="fact-supported",
            message="Nothing supports this fact: no source, no reference, no inference.",
            focus=fact.subject.value,
            path=shorten_iri(fact.predicate.value, dataset.prefixes),
            value=str(fact.object),
            advice=_advice(fact, dataset),
        )


def _advice(fact: Fact, dataset: Dataset) -> str:
    name = shorten_iri(fact.predicate.value, dataset.prefixes)
    return f"Add an mg:evidence whose mg:property is {name}, or take the fact out."


def _fault(fault: EvidenceFault, dataset: Dataset) -> Finding:
    return Finding(
        kind=KIND,
        rule="evidence-fits",
        message=fault.message[0].upper() + fault.message[1:],
        focus=fault.subject.value,
        path=shorten_iri(fault.property.value, dataset.prefixes) if fault.property else None,
        value=str(fault.evidence),
        file=dataset.origin.get(fault.evidence),
        advice="Name a property and a value that the thing has.",
    )
