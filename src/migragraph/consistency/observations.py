"""Observations: the figures of a dataset, each with its dimensions, its hedge and what it leaves possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from migragraph.consistency.extents import HEDGE, Extent, measure_figure
from migragraph.literals import is_well_typed
from migragraph.namespaces import MG, QB, RDF, SCHEMA, SDMX_ATTRIBUTE, SDMX_DIMENSION, SDMX_MEASURE, XSD, Namespace
from migragraph.support import Index

__all__ = ["SEX", "Observation", "find_node", "find_nodes", "list_observations"]

SEX = Namespace("http://purl.org/linked-data/sdmx/2009/code#sex-")

_NUMBERS = (XSD.decimal, XSD.integer)


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure: its dimensions, its value or the ends of its range (the same where it is no range), and its hedge.

    ``about`` are the things that the figure is about, where its dimensions alone do not say; ``origin`` is the source,
    reference or derivation that it is stated in.
    """

    iri: NamedNode
    indicator: NamedNode
    population: NamedNode | None
    area: NamedNode | None
    period: NamedNode | None
    sex: NamedNode | None
    about: frozenset[NamedNode]
    origin: NamedNode | None
    unit: NamedNode | None
    hedge: NamedNode
    low: Decimal
    high: Decimal
    extent: Extent

    @property
    def is_range(self) -> bool:
        """Tell whether the figure has two ends."""
        return self.low != self.high

    @property
    def subject(self) -> tuple[NamedNode | None, ...]:
        """Give what the figure counts or measures, and where: its dimensions without the period."""
        return (self.indicator, self.population, self.area, self.sex)


def list_observations(index: Index) -> Iterator[Observation]:
    """Give the observations that have an indicator and a value, in the order of the index."""
    for subject, properties in index.items():
        if QB.Observation in properties.get(RDF.type, ()):
            observation = _read(subject, properties)
            if observation is not None:
                yield observation


def find_node(properties: Mapping[NamedNode, list[NamedNode | Literal]], property_: NamedNode) -> NamedNode | None:
    """Give the first value of a property that is an IRI, or None."""
    for value in properties.get(property_, ()):
        if isinstance(value, NamedNode):
            return value
    return None


def find_nodes(
    properties: Mapping[NamedNode, list[NamedNode | Literal]], property_: NamedNode
) -> tuple[NamedNode, ...]:
    """Give the values of a property that are IRIs."""
    values = properties.get(property_)
    return tuple([value for value in values if isinstance(value, NamedNode)]) if values else ()


def _read(subject: NamedNode, properties: Mapping[NamedNode, list[NamedNode | Literal]]) -> Observation | None:
    value = _number(properties, SDMX_MEASURE.obsValue)
    low = value if value is not None else _number(properties, MG.lowerValue)
    high = value if value is not None else _number(properties, MG.upperValue)
    indicator = find_node(properties, MG.indicator)
    if low is None or high is None or indicator is None:
        return None
    hedge = find_node(properties, MG.hedge) or HEDGE.exact
    bounds = (_number(properties, MG.lowerBound), _number(properties, MG.upperBound))
    return Observation(
        iri=subject,
        indicator=indicator,
        population=find_node(properties, MG.population),
        area=find_node(properties, SDMX_DIMENSION.refArea),
        period=find_node(properties, SDMX_DIMENSION.refPeriod),
        sex=find_node(properties, SDMX_DIMENSION.sex),
        about=frozenset(find_nodes(properties, SCHEMA.about)),
        origin=find_node(properties, MG.statedIn),
        unit=find_node(properties, SDMX_ATTRIBUTE.unitMeasure),
        hedge=hedge,
        low=low,
        high=high,
        extent=measure_figure(low, high, hedge, bounds),
    )


def _number(properties: Mapping[NamedNode, list[NamedNode | Literal]], property_: NamedNode) -> Decimal | None:
    for value in properties.get(property_, ()):
        if isinstance(value, Literal) and value.datatype in _NUMBERS and is_well_typed(value):
            return Decimal(value.value)
    return None
