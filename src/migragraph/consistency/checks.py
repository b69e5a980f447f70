"""Checks: what the graph says of times and posts that cannot be so, and what its authorities leave in dispute."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from migragraph.consistency.disagreements import find_disagreements
from migragraph.consistency.posts import check_posts
from migragraph.consistency.reports import Fault, make_finding
from migragraph.consistency.sequence import check_sequence
from migragraph.consistency.sides import Relation
from migragraph.dataset import Dataset
from migragraph.quotations import Testimony
from migragraph.report import Finding, Severity

__all__ = ["check_consistency"]

_DISPUTED = Fault(
    "authorities-agree",
    Severity.INFO,
    "Authorities contradict one another.",
    "Keep both; `migragraph query disagreements` shows them with their phrases.",
)


def check_consistency(dataset: Dataset) -> list[Finding]:
    """Find what cannot have been so at its time, each once; and, as infos, the contradictions between authorities."""
    testimonies = dataset.testimonies
    found = (check_posts(dataset, testimonies), check_sequence(dataset, testimonies), _dispute(dataset, testimonies))
    return list(dict.fromkeys(itertools.chain.from_iterable(found)))


def _dispute(dataset: Dataset, testimonies: Iterable[Testimony]) -> Iterator[Finding]:
    for one in find_disagreements(dataset, ("figure", "date"), testimonies):
        if one.relation == Relation.CONTRADICTS:
            values = " or ".join(dict.fromkeys(" to ".join(value.value for value in side.values) for side in one.sides))
            yield make_finding(
                dataset, _DISPUTED._replace(message=f"Authorities differ: {values}."), one.things[0], one.point
            )
