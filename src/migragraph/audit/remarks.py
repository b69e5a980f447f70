"""Remarks: what an auditor would say of the figures of a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from pyoxigraph import NamedNode

from migragraph.audit.checks import TYPE, list_broader, list_types
from migragraph.audit.derivations import Computation, compute_derived
from migragraph.audit.names import Names
from migragraph.audit.parts import SEXES, Comparison, compare_areas, compare_sexes, group_by_time
from migragraph.audit.shares import ShareComparison, compare_shares
from migragraph.audit.spreads import Lack, find_spread
from migragraph.audit.tables import Remark
from migragraph.consistency import SEX, Observation, find_node
from migragraph.dataset import Dataset
from migragraph.namespaces import MG, SDMX_DIMENSION

__all__ = ["list_remarks"]

_LACKS: Mapping[tuple[str, Lack], str] = MappingProxyType(
    {
        ("period", "one"): "one time alone",
        ("period", "different"): "each of a different thing",
        ("period", "unknown"): "no two times that are known",
        ("area", "one"): "one area alone",
        ("area", "different"): "each of a different thing or time",
        ("area", "unknown"): "no two areas that are known",
    }
)


class _Placed(NamedTuple):
    """A remark with the indicator under which it stands."""

    indicator: NamedNode
    remark: Remark


@dataclass(frozen=True)
class _Subject:
    """What the remarks are made from."""

    dataset: Dataset
    figures: Mapping[NamedNode, Observation]
    names: Names
    types: Mapping[NamedNode, NamedNode]
    unknowns: Mapping[tuple[NamedNode, NamedNode], NamedNode]

    def remark(self, topic: str, status: str, text: str, figures: Iterable[Observation]) -> _Placed:
        """Make a remark on some figures, under the indicator of the first."""
        several = list(dict.fromkeys(figures))
        return _Placed(
            several[0].indicator, Remark(topic, status, text, tuple(self.names.curie(f.iri) for f in several))
        )

    def is_derived(self, one: Observation) -> bool:
        """Tell whether a figure is derived from others."""
        return find_node(self.dataset.index[one.iri], MG.derivation) is not None

    def recorded(self, one: Observation, property_: NamedNode) -> str:
        """Say that an unknown records what is missing of a figure, where one does."""
        unknown = self.unknowns.get((one.iri, property_))
        return f"; recorded as {self.names.curie(unknown)}" if unknown else ""


def list_remarks(
    dataset: Dataset, figures: Mapping[NamedNode, Observation], names: Names
) -> dict[NamedNode, list[Remark]]:
    """Give the remarks on the figures of a dataset, by indicator, in the order of their topics."""
    subject = _Subject(dataset, figures, names, list_types(dataset), _list_unknowns(dataset))
    remarks: dict[NamedNode, list[Remark]] = defaultdict(list)
    for auditor in _AUDITORS:
        for placed in auditor(subject):
            remarks[placed.indicator].append(placed.remark)
    return remarks


def _list_unknowns(dataset: Dataset) -> dict[tuple[NamedNode, NamedNode], NamedNode]:
    found: dict[tuple[NamedNode, NamedNode], NamedNode] = {}
    for unknown, properties in dataset.index.items():
        thing, property_ = find_node(properties, MG.of), find_node(properties, MG.property)
        if thing and property_:
            found.setdefault((thing, property_), unknown)
    return found


def _audit_sexes(subject: _Subject) -> Iterator[_Placed]:
    for group in group_by_time(subject.figures.values()).values():
        for whole in group:
            if whole.sex == SEX.T:
                yield _tell_sexes(whole, [one for one in group if one.sex in SEXES], subject)


def _tell_sexes(whole: Observation, parts: list[Observation], subject: _Subject) -> _Placed:
    names = subject.names
    absent = [sex for sex in SEXES if all(one.sex != sex for one in parts)]
    words = [f"{names.name(one.sex)} {'derived' if subject.is_derived(one) else 'stated'}" for one in parts]
    words += [f"{names.name(sex)} missing" for sex in absent]
    recorded = subject.recorded(whole, SDMX_DIMENSION.sex) if absent else ""
    text = f"{names.setting(whole)}: {', '.join(words)}{recorded}"
    return subject.remark("sex", "missing" if absent else "present", text, [whole, *parts])


def _audit_spreads(subject: _Subject) -> Iterator[_Placed]:
    """Say of which indicators one thing is counted at several times, or in several areas."""
    several: dict[NamedNode, list[Observation]] = defaultdict(list)
    for one in subject.figures.values():
        several[one.indicator].append(one)
    for figures in several.values():
        yield _tell_spread(figures, "period", subject)
        yield _tell_spread(figures, "area", subject)


def _tell_spread(figures: list[Observation], dimension: Literal["period", "area"], subject: _Subject) -> _Placed:
    spread = find_spread(figures, dimension, subject.dataset.index)
    names = "; ".join(map(subject.names.name, spread.values))
    text = f"{_LACKS[dimension, spread.lack]}: {names}" if spread.lack else names
    property_ = SDMX_DIMENSION.refPeriod if dimension == "period" else SDMX_DIMENSION.refArea
    recorded = next(filter(None, (subject.recorded(one, property_) for one in figures)), "")
    return subject.remark(dimension, "missing" if spread.lack else "present", f"{text}{recorded}", figures)


def _audit_parts(subject: _Subject) -> Iterator[_Placed]:
    compared: list[Comparison] = []
    for group in group_by_time(subject.figures.values()).values():
        compared += compare_sexes(group)
    compared += compare_areas(subject.figures.values(), list_broader(subject.dataset))
    for one in compared:
        yield subject.remark(
            "part", "contradicts" if one.fault else "agrees", _tell_parts(one, subject), [one.whole, *one.parts]
        )


def _tell_parts(one: Comparison, subject: _Subject) -> str:
    names = subject.names
    by_area = any(part.area != one.whole.area for part in one.parts)
    parts = ", ".join(f"{names.name(part.area if by_area else part.sex)} {names.hedged(part)}" for part in one.parts)
    share = "" if one.are_all else f": {names.percent(one.share)}"
    return f"{parts} of {names.hedged(one.whole)}{share}" + (f". {one.fault}" if one.fault else "")


def _audit_shares(subject: _Subject) -> Iterator[_Placed]:
    shares = frozenset(indicator for indicator, type_ in subject.types.items() if type_ == TYPE.share)
    stated = [one for one in subject.figures.values() if one.indicator not in shares or not subject.is_derived(one)]
    for one in compare_shares(stated, shares):
        if one.part is not None or one.same_period:
            yield _tell_share(one, subject)


def _tell_share(one: ShareComparison, subject: _Subject) -> _Placed:
    names = subject.names
    stated = f"stated {names.hedged(one.stated)}, {names.name(one.stated.period)}"
    whole = f"{names.name(one.whole.indicator)}, {names.name(one.whole.period)}"
    if one.part is None or one.given is None:
        text = f"{stated}; no count of {names.name(one.stated.sex)} beside {names.amount(one.whole)} ({whole})"
        return subject.remark("share", "missing", text, [one.stated, one.whole])
    other = "" if one.same_period else ", of another time"
    status = "agrees" if one.meets else "contradicts" if one.same_period else "differs"
    text = f"{stated}; the counts give {names.percent(one.given)} ({whole}{other})"
    return subject.remark("share", status, text, [one.stated, one.part, one.whole])


def _audit_derived(subject: _Subject) -> Iterator[_Placed]:
    for figure in subject.figures.values():
        for one in compute_derived(figure, subject.figures, subject.dataset.index, subject.dataset.prefixes):
            yield _tell_derived(one, subject)


def _tell_derived(one: Computation, subject: _Subject) -> _Placed:
    names = subject.names
    hedges = ", ".join(dict.fromkeys(names.name(used.hedge) for used in one.used))
    text = one.fault or f"{names.hedged(one.figure)} is what the formula gives from {hedges} figures"
    if one.mixes:
        text += "; the hedges are mixed" if one.fault else ", whose hedges are mixed"
    return subject.remark("derived", "contradicts" if one.fault else "agrees", text, [one.figure, *one.used])


def _audit_types(subject: _Subject) -> Iterator[_Placed]:
    """Say where the stock and the flow of one population stand side by side, which are never to be added."""
    by_population: dict[tuple[NamedNode | None, NamedNode | None], dict[NamedNode, Observation]] = defaultdict(dict)
    for one in subject.figures.values():
        if subject.types.get(one.indicator) in (TYPE.stock, TYPE.flow):
            by_population[one.population, one.unit].setdefault(one.indicator, one)
    for several in by_population.values():
        stocks = [one for indicator, one in several.items() if subject.types[indicator] == TYPE.stock]
        flows = [one for indicator, one in several.items() if subject.types[indicator] == TYPE.flow]
        for stock in stocks:
            for flow in flows:
                text = f"a stock; the flow of the same people ({subject.names.name(flow.indicator)}) is kept apart"
                yield subject.remark("stock-and-flow", "noted", text, [stock, flow])


_AUDITORS = (_audit_sexes, _audit_spreads, _audit_parts, _audit_shares, _audit_derived, _audit_types)
