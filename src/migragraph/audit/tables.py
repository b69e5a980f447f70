"""Tables: the audit as values, each indicator with its figures and the remarks on them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["STATUSES", "TOPICS", "Audit", "FigureLine", "IndicatorAudit", "Remark"]

TOPICS = ("sex", "period", "area", "part", "share", "derived", "stock-and-flow")
"""What remarks are about: breakdowns by sex, period and area; parts and wholes; shares and counts; and so on."""

STATUSES = ("present", "missing", "agrees", "differs", "contradicts", "noted")
"""What remarks say of it."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as people read it: each dimension by its English label, and where it is stated as a CURIE."""

    iri: str
    value: str
    hedge: str
    population: str
    area: str
    period: str
    sex: str
    stated_in: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say of some figures: a topic of ``TOPICS``, a status of ``STATUSES``, a text, the figures."""

    topic: str
    status: str
    text: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorAudit:
    """An indicator with its type (stock, flow, share, count), its figures, and the remarks on them."""

    iri: str
    label: str
    type: str
    figures: tuple[FigureLine, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """The indicators of a graph that have figures, by label."""

    title: str
    indicators: tuple[IndicatorAudit, ...]
