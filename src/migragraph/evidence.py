"""Evidence as a check: every fact of the data is supported or exempt, and every evidence fits a fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from migragraph.dataset import Dataset
from migragraph.iris import shorten_iri
from migragraph.namespaces import MG
from migragraph.report import Finding
from migragraph.support import EvidenceFault, Fact

__all__ = ["check_evidence", "count_coverage"]

KIND = "evidence"


def check_evidence(dataset: Dataset) -> list[Finding]:
    """Find the facts that nothing supports, and the evidence that fits no fact; each is a violation."""
    return [*_unsupported(dataset), *(_fault(fault, dataset) for fault in dataset.support.faults)]


def count_coverage(dataset: Dataset) -> dict[str, int]:
    """Count the asserted facts: supported by a source, a reference alone, an inference alone; exempt; unsupported."""
    counts = Counter[str]()
    for supporters in dataset.support.supporters.values():
        bases = {supporter.basis for supporter in supporters}
        name = "stated" if MG.stated in bases else "referenced" if MG.referenced in bases else "inferred"
        counts[name] += 1
    counts["exempt"] = dataset.support.exempt
    counts["unsupported"] = len(dataset.support.unsupported)
    return {name: counts[name] for name in ("stated", "referenced", "inferred", "exempt", "unsupported")}


def _unsupported(dataset: Dataset) -> Iterator[Finding]:
    for fact in dataset.support.unsupported:
        yield Finding(
            kind=KIND,
            rule="fact-supported",
            message="Nothing supports this fact: no source, no reference, no inference.",
            focus=fact.subject.value,
            path=shorten_iri(fact.predicate.value, dataset.prefixes),
            value=str(fact.object),
            file=dataset.origin.get(fact.subject),
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
        file=dataset.origin.get(fault.subject),
        advice="Name a property and a value that the thing has.",
    )
