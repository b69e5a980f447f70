"""What the queries of constraints find wrong: https://www.w3.org/TR/shacl/#sparql-constraints-prebound."""

from __future__ import annotations

import numpy as np

from migragraph.shacl.apart import SHAPES_GRAPH
from migragraph.shacl.declarations import Query
from migragraph.shacl.fast.columns import Pairs
from migragraph.shacl.fast.context import Context, Failures, Values
from migragraph.shacl.fast.model import Shape
from migragraph.shacl.fast.queries.algebra import OutsideError, set_path
from migragraph.shacl.fast.queries.evaluation import evaluate_select
from migragraph.shacl.fast.queries.operators import read_truth
from migragraph.shacl.fast.queries.outside import run_outside
from migragraph.shacl.fast.queries.rows import ROW
from migragraph.shacl.fast.queries.tables import Table
from migragraph.shacl.fast.terms import ID, IRI, NONE, Ids
from migragraph.shacl.limits import EngineError
from migragraph.shacl.shapes import Term
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["ask_query"]


def ask_query(context: Context, shape: Shape, query: Query, values: Values) -> Failures:
    """Run a query for all focus nodes of a shape, or for all of their values, and give what fails."""
    pairs = values.pairs if query.asks else Pairs(values.nodes, values.nodes)
    seed = _make_seed(context, shape, query, pairs)
    assert context.read is not None, "shapes with queries have something that reads them"
    try:
        select = context.read(query)
        solutions = evaluate_select(context.columns, set_path(select, shape.path), seed)
    except OutsideError as reason:
        solutions = run_outside(context, shape, query, seed, str(reason))
    rows = solutions.column(ROW)
    if query.asks:
        bad = np.ones(len(pairs), np.bool_)
        bad[rows] = False
        return Failures(*pairs.where(bad), bindings=seed.take(bad).columns)
    return _read_solutions(context, shape, solutions, pairs.start[rows])


def _make_seed(context: Context, shape: Shape, query: Query, pairs: Pairs) -> Table:
    """Give a row for each run of the query, with the values that its variables have before."""
    number, rows = context.terms.number, len(pairs)
    constants: dict[str, Term] = {"currentShape": shape.node, "shapesGraph": SHAPES_GRAPH, **dict(query.bindings)}
    columns = {name: np.full(rows, number(term), ID) for name, term in constants.items()}
    own = {"value": pairs.end} if query.asks else {}
    return Table(rows, {ROW: np.arange(rows, dtype=ID), "this": pairs.start, **columns, **own})


def _read_solutions(context: Context, shape: Shape, solutions: Table, focus: Ids) -> Failures:
    """Map solutions to results: https://www.w3.org/TR/shacl/#sparql-constraints-variables."""
    if "failure" in solutions.columns:
        _check_failure(context, shape, solutions.columns["failure"])
    value, path = solutions.column("value"), solutions.column("path")
    if shape.path is None:
        value = np.where(value == NONE, focus, value)
    kinds = np.append(context.terms.kinds, -1)
    path = np.where(kinds[path] == IRI, path, NONE).astype(ID)
    return Failures(focus, value, path, solutions.columns)


def _check_failure(context: Context, shape: Shape, failures: Ids) -> None:
    known = context.terms.distinct(failures[failures != NONE])
    if any(read_truth(context.terms[number]) for number in known.tolist()):
        fault = ShapeFault(shape.node, "A query of the shape reports a failure (?failure).", "Look at the query.")
        raise EngineError(fault)
