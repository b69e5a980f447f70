"""Consistency: where the authorities differ, and what cannot have been so at its time."""

from __future__ import annotations

from migragraph.consistency.checks import check_consistency
from migragraph.consistency.disagreements import KINDS, Disagreement, find_disagreements
from migragraph.consistency.extents import HEDGE, Extent
from migragraph.consistency.observations import SEX, Observation, find_node, find_nodes, list_observations
from migragraph.consistency.reports import Fault, make_finding
from migragraph.consistency.sides import Relation, Side
from migragraph.consistency.times import measure_span

__all__ = [
    "HEDGE",
    "KINDS",
    "SEX",
    "Disagreement",
    "Extent",
    "Fault",
    "Observation",
    "Relation",
    "Side",
    "check_consistency",
    "find_disagreements",
    "find_node",
    "find_nodes",
    "list_observations",
    "make_finding",
    "measure_span",
]
