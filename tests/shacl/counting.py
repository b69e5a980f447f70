"""How often each component and each form of a path was satisfied and violated, while a run is watched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from migragraph.namespaces import SH
from migragraph.shacl.fast import validation
from migragraph.shacl.fast.components import find_failures
from migragraph.shacl.fast.context import Context, Failures, Values
from migragraph.shacl.fast.model import Constraint, Path, Shape

__all__ = ["FORMS", "Counts", "watch_constraints"]

FORMS = {
    "": "predicate", "^": "inverse", "/": "sequence", "|": "alternative", "*": "zero or more", "+": "one or more",
    "?": "zero or one",
}  # fmt: skip


class Counts:
    """Count the constraints with a focus node that satisfies them, and those with one that does not."""

    def __init__(self) -> None:
        self.satisfied: Counter[str] = Counter()
        self.violated: Counter[str] = Counter()

    def add(self, names: set[str], nodes: int, failing: int) -> None:
        """Count one constraint that was looked at on some nodes, of which some fail."""
        self.satisfied.update(names if failing < nodes else ())
        self.violated.update(names if failing else ())

    def least(self, names: set[str]) -> int:
        """Give the smallest count of any of these."""
        return min(count[name] for name in names for count in (self.satisfied, self.violated))

    def write(self, names: set[str]) -> str:
        """Write the counts as a table."""
        rows = [f"{name:<32} {self.satisfied[name]:>9} {self.violated[name]:>9}" for name in sorted(names)]
        return "\n".join([f"{'':<32} {'satisfied':>9} {'violated':>9}", *rows])


@contextmanager
def watch_constraints(counts: Counts) -> Iterator[None]:
    """Count all constraints that are looked at inside the block, the nested ones too."""

    def find(context: Context, shape: Shape, constraint: Constraint, values: Values) -> Failures:
        failures = find_failures(context, shape, constraint, values)
        names = {constraint.component.value.removeprefix(str(SH)).removesuffix("ConstraintComponent")}
        if len(values.pairs) and shape.path is not None:
            names |= {f"path: {FORMS[form]}" for form in list_forms(shape.path)}
        if len(values.nodes):
            counts.add(names, len(values.nodes), len(np.unique(failures.focus)))
        return failures

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validation, "find_failures", find)
        yield


def list_forms(path: Path) -> Iterator[str]:
    """Give the forms of a path and of its parts."""
    yield path.operator
    for part in path.parts:
        yield from list_forms(part)
