"""What is asked of the other process, and what it answers."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.shacl.shapes import Term

__all__ = ["SHAPES_GRAPH", "Answer", "Request"]

SHAPES_GRAPH = NamedNode("urn:migragraph:shapes-graph")
"""The graph that $shapesGraph names."""


class Request(NamedTuple):
    """Hold a query, and the values that its variables have before it runs, a row for each run.

    With ``is_joint`` one run in which ?this is free gives what all runs give; ``obstacle`` is what of the query
    Oxigraph does not run as the standard asks, if anything; ``constants`` are its literals.
    """

    text: str
    prefixes: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    rows: list[tuple[Term, ...]]
    is_joint: bool
    obstacle: str | None
    constants: tuple[Literal, ...]


class Answer(NamedTuple):
    """Hold solutions, each with the number of its row, and how they came about."""

    how: str
    names: tuple[str, ...]
    solutions: list[tuple[int, tuple[Term | None, ...]]]
