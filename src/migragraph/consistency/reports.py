"""Reports: the findings of the checks over time and over figures, in the one form that both share."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import shorten_iri
from migragraph.report import Finding, Severity

__all__ = ["Fault", "make_finding"]


class Fault(NamedTuple):
    """What is wrong: the name of the rule, how grave it is, a sentence that says it, and what to do."""

    rule: str
    severity: Severity
    message: str
    advice: str
    kind: str = "consistency"


def make_finding(
    dataset: Dataset,
    fault: Fault,
    focus: NamedNode,
    path: NamedNode | None = None,
    value: NamedNode | Literal | None = None,
) -> Finding:
    """Make a finding about a thing of a dataset, in the file that describes it, where that is only one."""
    described = next((one for one in (focus, NamedNode(focus.value.partition("#")[0])) if one in dataset.origin), focus)
    return Finding(
        kind=fault.kind,
        rule=fault.rule,
        severity=fault.severity,
        message=fault.message,
        focus=focus.value,
        path=None if path is None else shorten_iri(path.value, dataset.prefixes),
        value=None if value is None else str(value),
        file=None if described in dataset.further else dataset.origin.get(described),
        advice=fault.advice,
    )
