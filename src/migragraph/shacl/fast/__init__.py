"""The fast engine: shapes over columns of numbers, a set of nodes at a time.

Its modules import numpy, so nothing outside imports them before it needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.namespaces import SH
from migragraph.shacl.fast.columns import Columns
from migragraph.shacl.fast.context import Context
from migragraph.shacl.fast.messages import write_messages
from migragraph.shacl.fast.model import Model
from migragraph.shacl.fast.patterns import find_pattern_fault
from migragraph.shacl.fast.queries.compilation import compile_queries
from migragraph.shacl.fast.terms import NONE, Terms
from migragraph.shacl.fast.validation import Outcome, judge_nodes, run_shapes
from migragraph.shacl.limits import EngineError, limit_time
from migragraph.shacl.results import TRIPLE_TERMS, Found, ShaclResult, rank_blank_nodes
from migragraph.shacl.shapes import Shapes
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["run_fast"]

SPARQL = SH["SPARQLConstraintComponent"]


def run_fast(data: Iterable[Triple], shapes: Iterable[Triple], index: Shapes, *, time_limit: float) -> Found:
    """Give what the shapes find; raise EngineError where they cannot be run.

    ``data`` is gone through once; ``index`` is the shapes graph by subject. The time limit (seconds) holds on the main
    thread of a POSIX system.
    """
    read = compile_queries(index)
    if fault := find_pattern_fault(index):
        raise EngineError(fault)
    shapes = tuple(shapes)
    context = Context(Columns(Terms(), data, shapes), Model(index), judge_nodes, read)
    listed = context.terms.listed
    ranks = {node: rank for rank, node in enumerate(term for term in listed if isinstance(term, BlankNode))}
    notes = [TRIPLE_TERMS] if context.terms.has_triples else []
    try:
        with limit_time(time_limit):
            results = [result for outcome in run_shapes(context) for result in _write_results(context, outcome)]
    except TimeoutError:
        advice = "Look for a regular expression (sh:pattern) or a query (sh:select) without end."
        message = f"The shapes were not done after {time_limit:g} seconds."
        raise EngineError(ShapeFault(context.running, message, advice)) from None
    except MemoryError:
        advice = "Look for a query (sh:select) or a path whose parts nothing connects."
        raise EngineError(ShapeFault(context.running, "The shapes need more memory than there is.", advice)) from None
    for node in rank_blank_nodes(shapes):
        ranks.setdefault(node, len(ranks))
    return Found(results, [*notes, *context.notes], ranks)


def _write_results(context: Context, outcome: Outcome) -> Iterator[ShaclResult]:
    shape, constraint, listed = outcome.shape, outcome.constraint, context.terms.listed
    columns = (column.tolist() for column in (*outcome.failures.spell_out(), outcome.times))
    for row, (focus, value, path, times) in enumerate(zip(*columns, strict=True)):
        own = None if path == NONE else listed[path]
        result = ShaclResult(
            focus=listed[focus],
            severity=shape.severity,
            component=constraint.component,
            shape=shape.node,
            path=own if isinstance(own, NamedNode) else shape.path_node,
            value=None if value == NONE else listed[value],
            constraint=constraint.query.node if constraint.query and constraint.component == SPARQL else None,
            messages=write_messages(context.terms, shape, constraint, outcome.failures.bindings, row),
        )
        yield from (result for _ in range(times))
