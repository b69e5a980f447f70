"""Checks: what the statistics of a graph say that cannot be so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import NamedNode

from migragraph.audit.derivations import Computation, compute_derived
from migragraph.audit.parts import Comparison, compare_areas, compare_sexes, group_by_time
from migragraph.audit.ranges import Range
from migragraph.consistency import HEDGE, Fault, Observation, find_nodes, list_observations, make_finding
from migragraph.dataset import Dataset
from migragraph.namespaces import MG, SKOS, Namespace
from migragraph.report import Finding, Severity

__all__ = ["TYPE", "check_statistics", "list_broader", "list_types"]

TYPE = Namespace("https://w3id.org/migragraph/scheme/indicator-type/")
"""The types of indicators: stock, flow, share, count."""

_KIND = "statistics"
_ADVICE = {
    "derived-figure": "Correct the figure, mg:formula or mg:computedFrom.",
    "derived-hedge": "Give the derived figure the looser hedge.",
}
_AREA = "The figure for an area is more than that for all."
_MIXED = Fault(
    "stock-and-flow",
    Severity.WARNING,
    "A derivation uses a stock and a flow together.",
    "A stock is counted at a time, a flow over one: derive from the one or the other.",
    _KIND,
)


def check_statistics(dataset: Dataset) -> list[Finding]:
    """Find parts that exceed their wholes, derived figures that their inputs do not give, and stocks mixed with flows.

    What the shapes find by themselves is left to them: a part that one source gives, without a hedge, beside a smaller
    whole.
    """
    observations = {one.iri: one for one in list_observations(dataset.index)}
    return [*_check_parts(observations, dataset), *_check_derivations(observations, dataset)]


def list_types(dataset: Dataset) -> dict[NamedNode, NamedNode]:
    """Give the type of each indicator: stock, flow, share or count."""
    return {subject: values[0] for subject, values in _list_links(dataset, MG.indicatorType).items()}


def list_broader(dataset: Dataset) -> dict[NamedNode, list[NamedNode]]:
    """Give the concepts straight above each concept."""
    return _list_links(dataset, SKOS.broader)


def _list_links(dataset: Dataset, property_: NamedNode) -> dict[NamedNode, list[NamedNode]]:
    links: dict[NamedNode, list[NamedNode]] = {}
    for subject, predicate, value in dataset.statements:
        if predicate == property_ and isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            links.setdefault(subject, []).append(value)
    return links


def _check_parts(observations: dict[NamedNode, Observation], dataset: Dataset) -> Iterator[Finding]:
    for group in group_by_time(observations.values()).values():
        for one in compare_sexes(group):
            if one.fault and not _is_shaped(one, dataset):
                yield _report_part(one, dataset)
    for one in compare_areas(observations.values(), list_broader(dataset)):
        # Areas may lie in one another, so that only one that is too large by itself is surely wrong.
        for part in one.parts:
            if Range.of(part.extent).low > Range.of(one.whole.extent).high:
                yield _report_part(replace(one, parts=(part,), fault=_AREA), dataset)


def _is_shaped(one: Comparison, dataset: Dataset) -> bool:
    """Tell whether a shape reports it: one figure beside another of one source, or a part derived from the whole."""
    alike = len(one.parts) == 1 and one.parts[0].origin == one.whole.origin
    plain = not any(figure.is_range for figure in (*one.parts, one.whole))
    derived = any(find_nodes(dataset.index[part.iri], MG.derivation) for part in one.parts)
    return (alike and plain and one.parts[0].low > one.whole.low) or (one.are_all and derived)


def _report_part(one: Comparison, dataset: Dataset) -> Finding:
    # How far a figure with such a word reaches is our reading of it: what rests on that is for an editor to judge.
    loose = any(figure.hedge in (HEDGE.approximately, HEDGE.nearly) for figure in (one.whole, *one.parts))
    severity = Severity.WARNING if loose else Severity.VIOLATION
    fault = Fault("part-of-whole", severity, one.fault, "Correct a figure, its hedge or its sex.", _KIND)
    return make_finding(dataset, fault, one.parts[0].iri, None, one.whole.iri)


def _check_derivations(observations: dict[NamedNode, Observation], dataset: Dataset) -> Iterator[Finding]:
    types = list_types(dataset)
    for figure in observations.values():
        for one in compute_derived(figure, observations, dataset.index, dataset.prefixes):
            if one.fault:
                fault = Fault(one.rule, Severity.VIOLATION, one.fault, _ADVICE[one.rule], _KIND)
                yield make_finding(dataset, fault, figure.iri, MG.derivation, one.derivation)
            if _mixes_types(one, types):
                yield make_finding(dataset, _MIXED, figure.iri, MG.derivation, one.derivation)


def _mixes_types(one: Computation, types: dict[NamedNode, NamedNode]) -> bool:
    return {TYPE.stock, TYPE.flow} <= {types.get(used.indicator) for used in one.used}
