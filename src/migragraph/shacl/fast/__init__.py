"""The fast engine: shapes over columns of numbers, a set of nodes at a time.

Its modules import numpy, so nothing outside imports them before it needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import BlankNode, NamedNode, Triple

from migragraph.iris import local_name
from migragraph.namespaces import SH
from migragraph.report.words import shorten_value
from migragraph.shacl.fast.columns import Columns
from migragraph.shacl.fast.context import Context
from migragraph.shacl.fast.graph import NumberedGraph, number_files
from migragraph.shacl.fast.messages import write_messages
from migragraph.shacl.fast.model import Model
from migragraph.shacl.fast.patterns import find_pattern_fault
from migragraph.shacl.fast.targets import find_focus_nodes
from migragraph.shacl.fast.terms import BLANK, ID, Terms
from migragraph.shacl.fast.validation import Outcome, judge_nodes, run_shapes
from migragraph.shacl.limits import EngineError, limit_time
from migragraph.shacl.results import TRIPLE_TERMS, Found, ShaclResult, Unmet, rank_blank_nodes
from migragraph.shacl.shapes import Shapes, Term
from migragraph.shacl.sparql import list_questions
from migragraph.shacl.wellformed import ShapeFault

if TYPE_CHECKING:
    from migragraph.shacl.fast.queries.compilation import Compiled

__all__ = ["NumberedGraph", "find_unmet", "number_files", "run_fast"]

SPARQL = SH["SPARQLConstraintComponent"]


def run_fast(data: Iterable[Triple], shapes: Iterable[Triple], index: Shapes, *, time_limit: float) -> Found:
    """Give what the shapes find; raise EngineError where they cannot be run.

    ``data`` is gone through once; ``index`` is the shapes graph by subject. Each constraint of a shape with targets,
    what is nested in it included, has ``time_limit`` seconds, and so has the parsing of the queries. What is beyond our
    own code (a query outside of the fragment, a pattern not in linear time) is stopped by then in any case; our own
    code on the main thread of a POSIX system.
    """
    with _limit(time_limit):
        read = _compile(index)
    if fault := find_pattern_fault(index):
        raise EngineError(fault)
    shapes = tuple(shapes)
    if isinstance(data, NumberedGraph):
        columns = data.columns
        columns.set_shapes(shapes)
    else:
        columns = Columns(Terms(), data, shapes)
    context = Context(columns, Model(index), judge_nodes, read, time_limit)
    blank = np.flatnonzero(context.terms.kinds == BLANK).astype(ID)
    ranks = {node: rank for rank, node in enumerate(context.terms.pick(blank)) if isinstance(node, BlankNode)}
    notes = [TRIPLE_TERMS] if context.terms.has_triples else []
    with closing(context), _limit(time_limit, context):
        results = [result for outcome in run_shapes(context) for result in _write_results(context, outcome)]
    for node in rank_blank_nodes(shapes):
        ranks.setdefault(node, len(ranks))
    return Found(results, [*notes, *context.notes], ranks, tuple(context.unmet))


@contextmanager
def _limit(seconds: float, context: Context | None = None) -> Iterator[None]:
    """Say which constraint took too long, or needs too much memory."""
    try:
        with limit_time(seconds) as restart:
            if context is not None:
                context.restart = restart
            yield
    except TimeoutError:
        node, what = _name_running(context)
        advice = "Look for a regular expression (sh:pattern) or a query (sh:select) without end, or raise --timeout."
        raise EngineError(ShapeFault(node, f"{what} not done after {seconds:g} seconds.", advice)) from None
    except MemoryError:
        node, what = _name_running(context)
        advice = "Look for a query (sh:select) or a path whose parts nothing connects."
        raise EngineError(ShapeFault(node, f"{what} stopped: it needs more memory than there is.", advice)) from None


def _name_running(context: Context | None) -> tuple[Term | None, str]:
    if context is None or context.running is None:
        return None, "The queries of the shapes were"
    shape, constraint = context.running
    name = local_name(constraint.component.value).removesuffix("ConstraintComponent")
    value = "" if isinstance(constraint.value, BlankNode) else f" ({shorten_value(str(constraint.value), {})})"
    return shape.node, f"The {name} constraint{value} was"


def find_unmet(data: Iterable[Triple], index: Shapes) -> tuple[Unmet, ...]:
    """Give the targets that meet no node of the data, where another engine runs the shapes."""
    context = Context(Columns(Terms(), data), Model(index), judge_nodes, None, seconds=0)
    for shape in context.model.list_targeted():
        find_focus_nodes(context, shape)
    return tuple(context.unmet)


def _compile(index: Shapes) -> Compiled | None:
    """Give what reads the queries of the shapes; where they have none, what would is not imported."""
    if next(list_questions(index), None) is None:
        return None
    from migragraph.shacl.fast.queries.compilation import compile_queries

    return compile_queries(index)


def _write_results(context: Context, outcome: Outcome) -> Iterator[ShaclResult]:
    shape, constraint = outcome.shape, outcome.constraint
    focuses, values, paths = outcome.failures.spell_out()
    pick = context.terms.pick_known
    columns = (context.terms.pick(focuses), pick(values), pick(paths), outcome.times.tolist())
    for row, (focus, value, own, times) in enumerate(zip(*columns, strict=True)):
        result = ShaclResult(
            focus=focus,
            severity=shape.severity,
            component=constraint.component,
            shape=shape.node,
            path=own if isinstance(own, NamedNode) else shape.path_node,
            value=value,
            constraint=constraint.query.node if constraint.query and constraint.component == SPARQL else None,
            messages=write_messages(context.terms, shape, constraint, outcome.failures.bindings, row),
        )
        yield from (result for _ in range(times))
