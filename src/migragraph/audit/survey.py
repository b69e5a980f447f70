"""The survey: for each indicator of a graph its figures, and what an auditor would remark on them."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import NamedNode

from migragraph.audit.checks import list_types
from migragraph.audit.names import Names
from migragraph.audit.remarks import list_remarks
from migragraph.audit.tables import Audit, IndicatorAudit
from migragraph.consistency import Observation, list_observations
from migragraph.dataset import Dataset
from migragraph.labels import collect_labels

__all__ = ["take_audit"]


def take_audit(dataset: Dataset) -> Audit:
    """Audit the statistics of a dataset: the indicators that have figures, by label."""
    figures = {one.iri: one for one in list_observations(dataset.index)}
    names = Names(collect_labels(dataset))
    remarks, types = list_remarks(dataset, figures, names), list_types(dataset)
    several: dict[NamedNode, list[Observation]] = defaultdict(list)
    for one in sorted(figures.values(), key=lambda one: one.iri.value):
        several[one.indicator].append(one)
    audits = [
        IndicatorAudit(
            iri=names.curie(indicator),
            label=names.name(indicator),
            type=names.name(types.get(indicator)),
            figures=tuple(map(names.line, own)),
            remarks=tuple(remarks.get(indicator, ())),
        )
        for indicator, own in several.items()
    ]
    return Audit(dataset.layout.title, tuple(sorted(audits, key=lambda one: (one.label, one.iri))))
