"""Validate a data graph with shapes: https://www.w3.org/TR/shacl/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Triple

from migragraph.errors import ShapeError
from migragraph.positions import find_positions
from migragraph.shacl.engines import DEFAULT_ENGINE, Job, Statement, run_engine
from migragraph.shacl.findings import find_results, name_node
from migragraph.shacl.hints import UNMET, find_hints
from migragraph.shacl.limits import EngineError
from migragraph.shacl.results import (
    ShaclReport,
    ShaclResult,
    describe_results,
    pick_message,
    sort_results,
)
from migragraph.shacl.shapes import Shapes, find_parents, index_shapes, name_shape
from migragraph.shacl.wellformed import ShapeFault, find_fault

__all__ = [
    "DEFAULT_ENGINE",
    "TIME_LIMIT",
    "UNMET",
    "ShaclReport",
    "ShaclResult",
    "ShapesGraph",
    "find_results",
    "name_node",
    "pick_message",
    "read_shapes_graph",
    "validate_shacl",
]

TIME_LIMIT = 60.0
"""How many seconds a constraint may take, or all of pyshacl."""


@dataclass(frozen=True, slots=True)
class ShapesGraph:
    """Hold a shapes graph, as triples and by subject, with its first fault, if it has one."""

    triples: tuple[Triple, ...]
    index: Shapes
    fault: ShapeFault | None


def read_shapes_graph(triples: Iterable[Triple]) -> ShapesGraph:
    """Index a shapes graph, and look whether it is well-formed: all that can be known of it without data."""
    triples = tuple(triples)
    index = index_shapes(triples)
    return ShapesGraph(triples, index, find_fault(index))


def validate_shacl(
    data: Iterable[Triple | Statement],
    shapes: Iterable[Triple] | ShapesGraph,
    *,
    sources: Mapping[str, Path] = MappingProxyType({}),
    time_limit: float = TIME_LIMIT,
    engine: str = DEFAULT_ENGINE,
) -> ShaclReport:
    """Judge the data graph by the shapes graph; nothing is inferred, imported or fetched.

    ``engine`` is one of ENGINES; ``time_limit`` is how many seconds a constraint may take, or all of pyshacl. Raises
    ShapeError where a shape cannot be used, or takes longer; ``sources`` says in which file the shape with an IRI
    stands.
    """
    graph = shapes if isinstance(shapes, ShapesGraph) else read_shapes_graph(shapes)
    index = graph.index
    if graph.fault:
        raise _blame(graph.fault, index, sources)
    try:
        found = run_engine(engine, Job(data, graph.triples, index, time_limit))
    except EngineError as error:
        raise _blame(error.fault, index, sources) from None
    ranked = sort_results(found.results, found.ranks)
    hints = find_hints(index, found.unmet, sources)
    return ShaclReport(ranked, describe_results(ranked, index), index, found.ranks, tuple(found.notes), hints)


def _blame(fault: ShapeFault, index: Shapes, sources: Mapping[str, Path]) -> ShapeError:
    shape = name_shape(find_parents(index), fault.node)
    path = sources.get(shape) if shape else None
    place = find_positions(path, [(shape, None)]).get((shape, None)) if shape and path else None
    line, column = place or (None, None)
    message = f"{fault.message} (shape <{shape}>)" if shape else fault.message
    return ShapeError(message, path=path, line=line, column=column, advice=fault.advice)
