"""Queries beyond the fragment, run by rdflib for one row of values after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from migragraph.queries.tokens import read_tokens
from migragraph.shacl.declarations import Query
from migragraph.shacl.fast.context import Context
from migragraph.shacl.fast.model import Path, Shape
from migragraph.shacl.fast.queries.rows import ROW
from migragraph.shacl.fast.queries.tables import Table
from migragraph.shacl.fast.terms import ID, NONE
from migragraph.shacl.limits import EngineError
from migragraph.shacl.sparql import keep_forms
from migragraph.shacl.translation import Translation
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["run_singly"]


def run_singly(context: Context, shape: Shape, query: Query, seed: Table) -> Table:
    """Give the solutions for all rows of a seed; raise EngineError where rdflib cannot run the query."""
    if any(token.text[1:] == "shapesGraph" for token in read_tokens(query.text) if token.kind == "variable"):
        fault = "The query looks into $shapesGraph, and is beyond the fragment that can."
        raise EngineError(ShapeFault(query.node, fault, "Write it with basic patterns, FILTER and OPTIONAL."))
    try:
        solutions = list(_run(context, _write_path(query.text, shape.path), query, seed))
    except Exception as error:
        fault = f"The query of the shape cannot be run: {error}"
        raise EngineError(ShapeFault(query.node, fault, "Correct the query.")) from error
    names = dict.fromkeys([ROW, *(name for solution in solutions for name in solution)])
    columns = {name: np.array([solution.get(name, NONE) for solution in solutions], ID) for name in names}
    return Table(len(solutions), columns)


def _run(context: Context, text: str, query: Query, seed: Table) -> Iterator[Mapping[str, int]]:
    from rdflib import Variable

    terms, graph = _load_graph(context)
    prepared = _prepare(text, query.prefixes)
    names = [name for name in seed.columns if name not in {ROW, "shapesGraph"}]
    columns = [context.terms.pick(seed.columns[name]) for name in names]
    for row, values in enumerate(zip(*columns, strict=True)):
        bound = {Variable(name): terms.translate(value) for name, value in zip(names, values, strict=True)}
        result = graph.query(prepared, initBindings=bound)
        if result.type == "ASK":
            yield from [{ROW: row}] if result.askAnswer else []
            continue
        for solution in result:
            selected = {str(name): value for name, value in solution.asdict().items()}
            yield {ROW: row, **{name: context.terms.number(terms.back(value)) for name, value in selected.items()}}


def _load_graph(context: Context) -> tuple[Translation, Any]:
    """Give the data as an rdflib graph, made once for each run."""
    if context.single is None:
        terms = Translation()
        context.single = (terms, terms.load(context.columns.list_triples()))
    return context.single


@cache
def _prepare(text: str, prefixes: tuple[tuple[str, str], ...]) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    with keep_forms():
        return prepareQuery(text, initNs=dict(prefixes))


def _write_path(text: str, path: Path | None) -> str:
    """Put the path of the shape in the place of $PATH."""
    tokens = list(read_tokens(text))
    if path is None:
        return text
    written = _write(path)
    return "".join(written if token.text in {"$PATH", "?PATH"} else token.text for token in tokens)


def _write(path: Path) -> str:
    if path.predicate is not None:
        return str(path.predicate)
    parts = [_write(part) for part in path.parts]
    if path.operator in {"/", "|"}:
        return f"({path.operator.join(parts)})"
    return f"(^{parts[0]})" if path.operator == "^" else f"({parts[0]}{path.operator})"
