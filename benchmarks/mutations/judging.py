"""Judge mutants as `migragraph validate` would: does the evidence fit a fact, stand the words there, do they say it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from benchmarks.mutations.mutants import Material, Mutant, Node
from migragraph.fidelity import Context, judge_subject
from migragraph.report import Severity
from migragraph.support import Index, Term, find_faults

__all__ = ["Overlay", "find_fault"]


@dataclass(frozen=True)
class Overlay(Mapping[NamedNode, Node]):
    """The facts with a few nodes changed."""

    index: Index
    changes: Mapping[NamedNode, Node]

    def __getitem__(self, node: NamedNode) -> Mapping[NamedNode, list[Term]]:
        return self.changes[node] if node in self.changes else self.index[node]

    def __iter__(self) -> Iterator[NamedNode]:
        return iter(self.index)

    def __len__(self) -> int:
        return len(self.index)


def find_fault(mutant: Mutant, material: Material, context: Context) -> str | None:
    """Give the rule that a mutant breaks; None where no check finds anything."""
    if mutant.quotation is not None and not material.stands(mutant.quotation):
        return "quote-found"
    index = Overlay(material.index, mutant.changes)
    if find_faults(mutant.testimony.subject, index):
        return "evidence-fits"
    findings = judge_subject(mutant.testimony.subject, index, context)
    return next((finding.rule for finding in findings if finding.severity == Severity.VIOLATION), None)
