"""What a run works on, and what it has found out: columns, shapes, instances of classes, nodes that conform."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from migragraph.namespaces import RDF, RDFS
from migragraph.shacl.fast.columns import Columns, Pairs, find_places
from migragraph.shacl.fast.literal_facts import LiteralFacts
from migragraph.shacl.fast.model import Constraint, Model, Shape
from migragraph.shacl.fast.terms import NONE, Ids, Mask, Terms
from migragraph.shacl.limits import DEEPEST_SHAPE, EngineError
from migragraph.shacl.results import Unmet
from migragraph.shacl.shapes import Term
from migragraph.shacl.wellformed import ShapeFault

if TYPE_CHECKING:
    from migragraph.shacl.apart import Worker
    from migragraph.shacl.fast.queries.compilation import Compiled

__all__ = ["Context", "Failures", "Values"]

UNKNOWN, YES, NO = range(3)


class Values(NamedTuple):
    """Hold the focus nodes of a shape, distinct and sorted, and each with each of its value nodes, sorted."""

    nodes: Ids
    pairs: Pairs

    def count_values(self, mask: Mask | None = None) -> npt.NDArray[np.int64]:
        """Count the values of each focus node, or those that a mask names."""
        starts = self.pairs.start if mask is None else self.pairs.start[mask]
        return np.bincount(find_places(self.nodes, starts), minlength=len(self.nodes))


class Failures(NamedTuple):
    """Hold focus nodes that fail a constraint, with the value that fails and a path of its own where there is one.

    ``bindings`` are what a query selected, for its messages.
    """

    focus: Ids
    value: Ids | None = None
    path: Ids | None = None
    bindings: Mapping[str, Ids] = MappingProxyType({})

    def spell_out(self) -> tuple[Ids, Ids, Ids]:
        """Give three columns of one length, NONE where there is nothing."""
        none = np.full_like(self.focus, NONE)
        return self.focus, none if self.value is None else self.value, none if self.path is None else self.path


class Context:
    """Hold the two graphs of a run; ``judge`` tells which nodes conform to a shape, ``read`` gives a query's algebra.

    ``running`` is the shape that is being run and the constraint of it, ``notes`` are for the reader of the report,
    ``unmet`` are the targets that meet no node, ``worker`` is what may be asked for so many seconds at a time, and
    ``restart`` gives the next constraint as many.
    """

    def __init__(
        self,
        columns: Columns,
        model: Model,
        judge: Callable[[Context, Term, Ids], Mask],
        read: Compiled | None,
        seconds: float,
    ) -> None:
        self.terms: Terms = columns.terms
        self.columns = columns
        self.model = model
        self.read = read
        self.literals = LiteralFacts(columns.terms)
        self.running: tuple[Shape, Constraint] | None = None
        self._seconds = seconds
        self.restart: Callable[[], None] = lambda: None
        self.notes: dict[str, None] = {}
        self.unmet: list[Unmet] = []
        self._judge = judge
        self._depth = 0
        self._instances: dict[Term, Ids] = {}
        self._conforming: dict[Term, npt.NDArray[np.int8]] = {}

    def instances(self, class_: Term) -> Ids:
        """Give the instances of a class, and of its subclasses, in the data graph, sorted."""
        if class_ not in self._instances:
            subclasses = np.array([self.terms.number(class_)], np.int32)
            waiting = subclasses
            while len(waiting):
                below = self.columns.of(RDFS["subClassOf"]).follow(waiting, backward=True).end
                waiting = self.terms.distinct(below[~self.are_among(subclasses, below)])
                subclasses = np.concatenate((subclasses, waiting))
            found = self.columns.of(RDF["type"]).follow(subclasses, backward=True).end
            self._instances[class_] = self.terms.distinct(found)
        return self._instances[class_]

    def are_instances(self, class_: Term, numbers: Ids) -> Mask:
        """Tell which terms are instances of a class."""
        return self.are_among(self.instances(class_), numbers)

    def are_among(self, members: Ids, numbers: Ids) -> Mask:
        """Tell which terms are among others."""
        return self.mark(members)[numbers]

    def mark(self, numbers: Ids) -> Mask:
        """Give a mask of all terms that names these."""
        table = np.zeros(len(self.terms), np.bool_)
        table[numbers] = True
        return table

    def conform(self, shape: Term, numbers: Ids) -> Mask:
        """Tell which nodes conform to a shape; each is judged once."""
        known = self._conforming.get(shape)
        if known is None or len(known) < len(self.terms):
            grown = np.zeros(len(self.terms), np.int8)
            if known is not None:
                grown[: len(known)] = known
            known = self._conforming[shape] = grown
        waiting = self.terms.distinct(numbers[known[numbers] == UNKNOWN])
        if len(waiting):
            with self.enter(shape):
                known[waiting] = np.where(self._judge(self, shape, waiting), YES, NO)
        conforming: Mask = known[numbers] == YES
        return conforming

    @cached_property
    def worker(self) -> Worker:
        """Give the other process, which starts with the first question."""
        from migragraph.shacl.apart import Worker

        return Worker(self._seconds)

    def close(self) -> None:
        """End the other process, if there is one."""
        if "worker" in self.__dict__:
            self.worker.close()

    @property
    def is_nested(self) -> bool:
        """Tell whether a shape is being run for the sake of another."""
        return self._depth > 0

    @contextmanager
    def enter(self, shape: Term) -> Iterator[None]:
        """Go one shape deeper; raise EngineError where that is too deep."""
        if self._depth == DEEPEST_SHAPE:
            raise EngineError(ShapeFault(shape, "The shape is nested too deeply.", "Write it flatter."))
        self._depth += 1
        yield
        self._depth -= 1
