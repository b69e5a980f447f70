"""Queries beyond the fragment, asked of another process, with a note on how they ran."""

from __future__ import annotations

import numpy as np
from pyoxigraph import Literal

from migragraph.namespaces import RDF, XSD
from migragraph.queries.tokens import read_tokens
from migragraph.shacl.apart import Answer, Request
from migragraph.shacl.declarations import Query
from migragraph.shacl.fast.columns import Pairs, join_pairs
from migragraph.shacl.fast.context import Context
from migragraph.shacl.fast.model import Path, Shape
from migragraph.shacl.fast.queries.rows import distinct_rows
from migragraph.shacl.fast.queries.scopes import EMPTY_PATH
from migragraph.shacl.fast.queries.tables import Table
from migragraph.shacl.fast.terms import ID, LITERAL, Ids, Terms
from migragraph.shacl.limits import EngineError
from migragraph.shacl.shapes import Term
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["run_outside"]

# Stores keep these as they are.
PLAIN = {XSD["string"], RDF["langString"], RDF["dirLangString"]}


def run_outside(context: Context, shape: Shape, query: Query, seed: Table, reason: str) -> Table:
    """Give the solutions for all rows of a seed; raise EngineError where no library can run the query.

    Rows that are alike in all that the query looks at are one run.
    """
    text = _write_path(query.text, shape.path)
    used = {token.text[1:] for token in read_tokens(text) if token.kind == "variable"}
    rows = seed.keep(name for name in seed.columns if name in used)
    first, where = distinct_rows(rows, inverse=True)
    assert context.read is not None
    plan = context.read.plan(query)
    request = Request(
        text,
        query.prefixes,
        tuple(rows.columns),
        _spell(context.terms, rows.take(first)),
        plan.is_joint,
        EMPTY_PATH if _may_be_empty(shape.path) else plan.obstacle,
        plan.constants,
    )
    try:
        answer = _ask(context, request)
    except ValueError as error:
        fault = ShapeFault(query.node, f"The query of the shape cannot be run: {error}", "Correct the query.")
        raise EngineError(fault) from error
    context.notes[f"A query of {shape.node} ran {answer.how}: {reason} is beyond what is compiled."] = None
    return _spread(context.terms, seed, answer, where.astype(ID))


def _ask(context: Context, request: Request) -> Answer:
    if not context.worker.has_data:
        context.worker.ask("load", *_write_graphs(context))
        context.worker.has_data = True
    answer: Answer = context.worker.ask("run", request)
    return answer


def _spell(terms: Terms, rows: Table) -> list[tuple[Term, ...]]:
    columns = [terms.pick(column) for column in rows.columns.values()]
    return list(zip(*columns, strict=True)) if columns else [()] * rows.rows


def _spread(terms: Terms, seed: Table, answer: Answer, where: Ids) -> Table:
    """Give each row of the seed the solutions of the run that it is one of."""
    runs = np.array([number for number, _ in answer.solutions], ID)
    order = np.argsort(where, kind="stable").astype(ID)
    pairs = join_pairs(Pairs(np.arange(len(runs), dtype=ID), runs), Pairs(where[order], order))
    table = seed.take(pairs.end)
    for place, name in enumerate(answer.names):
        if name not in seed.columns:
            numbers = terms.number_known([values[place] for _, values in answer.solutions])
            table = table.with_column(name, numbers[pairs.start])
    return table


def _write_graphs(context: Context) -> tuple[bytes, bytes, tuple[Literal, ...]]:
    """Give the data and the shapes as lines of N-Triples, and the literals of the data that have a datatype."""
    columns, terms = context.columns, context.terms
    literals = columns.nodes[terms.kinds[columns.nodes] == LITERAL]
    typed = [
        Literal(text, datatype=kind)
        for kind, _, texts in terms.group_literals(literals)
        if kind not in PLAIN
        for text in texts
    ]
    return columns.write_lines(), columns.shapes.write_lines(), tuple(typed)


def _write_path(text: str, path: Path | None) -> str:
    """Put the path of the shape in the place of $PATH."""
    if path is None:
        return text
    written = _write(path)
    return "".join(written if token.text in {"$PATH", "?PATH"} else token.text for token in read_tokens(text))


def _write(path: Path) -> str:
    if path.predicate is not None:
        return str(path.predicate)
    parts = [_write(part) for part in path.parts]
    if path.operator in {"/", "|"}:
        return f"({path.operator.join(parts)})"
    return f"(^{parts[0]})" if path.operator == "^" else f"({parts[0]}{path.operator})"


def _may_be_empty(path: Path | None) -> bool:
    """Tell whether some part of a path may have no steps."""
    return path is not None and (path.operator in {"*", "?"} or any(map(_may_be_empty, path.parts)))
