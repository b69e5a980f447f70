"""Validate a data graph with shapes: https://www.w3.org/TR/shacl/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple

from migragraph.errors import ShapeError
from migragraph.namespaces import RDF, SH
from migragraph.positions import find_positions
from migragraph.shacl.findings import find_results, name_node
from migragraph.shacl.limits import EngineError
from migragraph.shacl.reference import run_reference
from migragraph.shacl.results import (
    ShaclReport,
    ShaclResult,
    describe_results,
    pick_message,
    rank_blank_nodes,
    sort_results,
)
from migragraph.shacl.shapes import Shapes, find_parents, index_shapes, name_shape
from migragraph.shacl.vocabulary import VOCABULARY
from migragraph.shacl.wellformed import ShapeFault, find_fault

__all__ = ["ShaclReport", "ShaclResult", "find_results", "name_node", "pick_message", "validate_shacl"]

# Seconds. A regular expression or a query may run for ever, and no graph that pyshacl is fit for takes as long as this.
TIME_LIMIT = 600.0
# https://www.w3.org/TR/shacl-af/
ADVANCED = {SH[name] for name in ("rule", "target", "expression", "filterShape")}
ADVANCED_TYPES = {SH[name] for name in ("SPARQLFunction", "SPARQLTargetType", "TripleRule", "SPARQLRule")}


def validate_shacl(
    data: Iterable[Triple],
    shapes: Iterable[Triple],
    *,
    sources: Mapping[str, Path] = MappingProxyType({}),
    time_limit: float = TIME_LIMIT,
) -> ShaclReport:
    """Judge the data graph by the shapes graph; nothing is inferred, imported or fetched.

    Raises ShapeError where a shape cannot be used; ``sources`` says in which file the shape with an IRI stands.
    """
    data, shapes = tuple(data), tuple(shapes)
    index = index_shapes(shapes)
    if fault := find_fault(index):
        raise _blame(fault, index, sources)
    advanced = _needs_advanced(index)
    try:
        results = run_reference(data, shapes, index, advanced=advanced, time_limit=time_limit)
    except EngineError as error:
        raise _blame(error.fault, index, sources) from None
    ranks = rank_blank_nodes(data, shapes)
    ranked = sort_results(results, ranks)
    notes = tuple(_note(index, data, advanced=advanced))
    return ShaclReport(ranked, describe_results(ranked, index), index, ranks, notes)


def _blame(fault: ShapeFault, index: Shapes, sources: Mapping[str, Path]) -> ShapeError:
    shape = name_shape(find_parents(index), fault.node)
    path = sources.get(shape) if shape else None
    place = find_positions(path, [(shape, None)]).get((shape, None)) if shape and path else None
    line, column = place or (None, None)
    message = f"{fault.message} (shape <{shape}>)" if shape else fault.message
    return ShapeError(message, path=path, line=line, column=column, advice=fault.advice)


def _needs_advanced(index: Shapes) -> bool:
    return any(
        not ADVANCED.isdisjoint(facts) or not ADVANCED_TYPES.isdisjoint(facts.get(RDF["type"], ()))
        for facts in index.values()
    )


def _note(index: Shapes, data: Iterable[Triple], *, advanced: bool) -> Iterator[str]:
    if advanced:
        yield "The shapes use SHACL Advanced Features, which were run (https://www.w3.org/TR/shacl-af/)."
    if any(SH["js"] in facts for facts in index.values()):
        yield "Constraints in JavaScript (sh:js) were not run."
    used = {predicate for facts in index.values() for predicate in facts}
    types = {value for facts in index.values() for value in facts.get(RDF["type"], ()) if isinstance(value, NamedNode)}
    for term in sorted(term.value for term in used | types):
        if term.startswith(str(SH)) and term.removeprefix(str(SH)) not in VOCABULARY:
            yield f"<{term}> is no term of SHACL, so nothing looks at it."
    if any(isinstance(triple.object, Triple) for triple in data):
        yield "Triple terms (RDF 1.2) were left out: SHACL does not speak of them."
