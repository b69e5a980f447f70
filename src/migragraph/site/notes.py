"""Notes: the evidence on a page, each witness numbered once, in the order in which facts name it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from migragraph.explain.explanation import Witness

__all__ = ["Mark", "Notes"]


class Mark(NamedTuple):
    """A mark at a fact: the number of the note, its basis, and whether it is the first that names the note."""

    number: int
    basis: str
    is_first: bool


class Notes:
    """The notes of one page."""

    def __init__(self) -> None:
        self._numbers: dict[Witness, int] = {}

    def mark(self, witnesses: Iterable[Witness]) -> list[Mark]:
        """Give the marks of some witnesses, and number those that are new."""
        marks = []
        for witness in witnesses:
            is_first = witness not in self._numbers
            number = self._numbers.setdefault(witness, len(self._numbers) + 1)
            marks.append(Mark(number, witness.basis, is_first))
        return marks

    def list(self) -> list[tuple[int, Witness]]:
        """List what was numbered so far."""
        return [(number, witness) for witness, number in self._numbers.items()]
