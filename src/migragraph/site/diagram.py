"""The diagram of the classes: a tree that grows to the right, each class beside what it specialises."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from migragraph.site.vocabulary import Vocabulary

__all__ = ["Box", "Diagram", "draw_classes"]

_COLUMN, _ROW, _MARGIN = 215, 26, 14


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the drawing: where its text begins, and the line that leads to it, as a path, or the empty string."""

    iri: NamedNode
    x: int
    y: int
    line: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing: its size in units of a pixel, and its boxes from top to bottom."""

    width: int
    height: int
    boxes: Sequence[Box]


def draw_classes(vocabulary: Vocabulary) -> Diagram:
    """Draw the classes of a vocabulary; one that specialises several stands below the first of them, ours first."""
    ours = {term.iri for term in vocabulary.classes}
    below: dict[NamedNode | None, list[NamedNode]] = {}
    for term in vocabulary.classes:
        supers = sorted(term.supers, key=lambda one: (one not in ours, one.value))
        below.setdefault(supers[0] if supers else None, []).append(term.iri)
    foreign = {above for above in below if above is not None and above not in ours}
    roots = sorted([*foreign, *below.get(None, ())], key=lambda one: one.value)
    tree = _Tree(below, ours)
    for root in roots:
        tree.place(root, 0, None)
    width = max((box.x for box in tree.boxes), default=0) + _COLUMN
    return Diagram(width, len(tree.boxes) * _ROW + 2 * _MARGIN, tree.boxes)


class _Tree:
    """The boxes placed so far, a row for each."""

    def __init__(self, below: Mapping[NamedNode | None, Sequence[NamedNode]], ours: Container[NamedNode]) -> None:
        self.boxes: list[Box] = []
        self._below = below
        self._ours = ours
        self._placed: set[NamedNode] = set()

    def place(self, iri: NamedNode, depth: int, above: Box | None) -> None:
        """Place a class and, below it, what specialises it; a class that is its own ancestor is drawn once."""
        if iri in self._placed:
            return
        self._placed.add(iri)
        x, y = _MARGIN + depth * _COLUMN // 2, _MARGIN + len(self.boxes) * _ROW + _ROW // 2
        line = f"M{above.x + 6} {above.y + 9}V{y}H{x - 6}" if above else ""
        box = Box(iri, x, y, line, iri in self._ours)
        self.boxes.append(box)
        for one in sorted(self._below.get(iri, ()), key=lambda child: child.value):
            self.place(one, depth + 1, box)
