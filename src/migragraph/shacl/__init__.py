"""Validate a data graph with shapes: https://www.w3.org/TR/shacl/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from migragraph.errors import ShapeError
from migragraph.namespaces import RDF, SH
from migragraph.positions import find_positions
from migragraph.shacl.engines import DEFAULT_ENGINE, Job, Statement, run_engine
from migragraph.shacl.findings import find_results, name_node
from migragraph.shacl.limits import EngineError
from migragraph.shacl.results import (
    ShaclReport,
    ShaclResult,
    describe_results,
    pick_message,
    sort_results,
)
from migragraph.shacl.shapes import Shapes, find_parents, index_shapes, name_shape
from migragraph.shacl.vocabulary import VOCABULARY
from migragraph.shacl.wellformed import ShapeFault, find_fault

__all__ = [
    "DEFAULT_ENGINE",
    "ShaclReport",
    "ShaclResult",
    "ShapesGraph",
    "find_results",
    "name_node",
    "pick_message",
    "read_shapes_graph",
    "validate_shacl",
]

# Seconds. A regular expression or a query may run for ever, and no graph that pyshacl is fit for takes as long as this.
TIME_LIMIT = 600.0


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

    ``engine`` is one of ENGINES. Raises ShapeError where a shape cannot be used; ``sources`` says in which file the
    shape with an IRI stands.
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
    notes = (*found.notes, *_note(index))
    return ShaclReport(ranked, describe_results(ranked, index), index, found.ranks, notes)


def _blame(fault: ShapeFault, index: Shapes, sources: Mapping[str, Path]) -> ShapeError:
    shape = name_shape(find_parents(index), fault.node)
    path = sources.get(shape) if shape else None
    place = find_positions(path, [(shape, None)]).get((shape, None)) if shape and path else None
    line, column = place or (None, None)
    message = f"{fault.message} (shape <{shape}>)" if shape else fault.message
    return ShapeError(message, path=path, line=line, column=column, advice=fault.advice)


def _note(index: Shapes) -> Iterator[str]:
    used = {predicate for facts in index.values() for predicate in facts}
    types = {value for facts in index.values() for value in facts.get(RDF["type"], ()) if isinstance(value, NamedNode)}
    for term in sorted(term.value for term in used | types):
        if term.startswith(str(SH)) and term.removeprefix(str(SH)) not in VOCABULARY:
            yield f"<{term}> is no term of SHACL, so nothing looks at it."
