"""Basic graph patterns as joins on the columns: https://www.w3.org/TR/sparql11-query/#BasicGraphPatterns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from migragraph.shacl.fast.columns import Columns, Pairs, join_pairs
from migragraph.shacl.fast.model import Path
from migragraph.shacl.fast.paths import follow_path
from migragraph.shacl.fast.queries.algebra import Node, OutsideError, TriplePattern, Variable
from migragraph.shacl.fast.queries.tables import Table, join_tables, unite_tables
from migragraph.shacl.fast.terms import ID, Ids

__all__ = ["match_triples"]

# How many rows a step may give for each row before it, where another way is known.
WIDEST_STEP = 4


def match_triples(columns: Columns, triples: Sequence[TriplePattern], table: Table) -> Table:
    """Extend each row of a table in all ways in which the triples hold."""
    waiting = list(triples)
    while waiting and table.rows:
        cost, triple = min(
            ((_estimate(columns, triple, table), triple) for triple in waiting), key=lambda pair: pair[0]
        )
        star = _find_star(waiting, triple, table)
        if cost > WIDEST_STEP and len(star) > 1:
            # Each triple alone would lead to far too much: what they have in common is worked out first.
            table = join_tables(table, match_triples(columns, star, Table(1)))
            waiting = [other for other in waiting if other not in star]
        else:
            table = _match(columns, triple, table)
            waiting.remove(triple)
    return _empty(table, triples) if waiting else table


def _empty(table: Table, triples: Sequence[TriplePattern]) -> Table:
    nodes = [node for triple in triples for node in (triple.subject, triple.path, triple.object)]
    names = {node.name for node in nodes if isinstance(node, Variable)}
    return Table(0, {name: np.empty(0, ID) for name in {*table.columns, *names}})


def _is_fixed(node: Node | Path, table: Table) -> bool:
    return not isinstance(node, Variable) or node.name in table.columns


def _find_star(triples: Sequence[TriplePattern], first: TriplePattern, table: Table) -> list[TriplePattern]:
    """List the triples with the subject of one and a plain predicate, if the subject has no value yet."""
    if _is_fixed(first.subject, table) or not table.columns:
        return []
    return [
        triple
        for triple in triples
        if triple.subject == first.subject and isinstance(triple.path, Path) and triple.path.predicate is not None
    ]


def _estimate(columns: Columns, triple: TriplePattern, table: Table) -> float:
    """Estimate how many rows a triple gives for each row of the table."""
    subject, value = _is_fixed(triple.subject, table), _is_fixed(triple.object, table)
    if isinstance(triple.path, Variable) or triple.path.predicate is None:
        return 0.9 if subject and value else 8.0 if subject or value else 1e12
    column = columns.of(triple.path.predicate)
    size = len(column.by_subject)
    if subject and value:
        return 0.5
    if subject:
        return size / max(1, column.subjects)
    return size / max(1, column.objects) if value else float(size)


def _match(columns: Columns, triple: TriplePattern, table: Table) -> Table:
    if isinstance(triple.path, Variable):
        return _match_any(columns, triple, triple.path, table)
    if triple.path.predicate is None and triple.path.operator == "^":
        return _match(columns, TriplePattern(triple.object, triple.path.parts[0], triple.subject), table)
    if _is_fixed(triple.subject, table):
        return _extend(columns, triple.path, triple.subject, triple.object, table, backward=False)
    if _is_fixed(triple.object, table):
        return _extend(columns, triple.path, triple.object, triple.subject, table, backward=True)
    return _extend(columns, triple.path, triple.subject, triple.object, _cross(columns, triple, table), backward=False)


def _cross(columns: Columns, triple: TriplePattern, table: Table) -> Table:
    """Let the subject be whatever the path may start from."""
    assert isinstance(triple.subject, Variable)
    assert isinstance(triple.path, Path)
    predicate = triple.path.predicate
    starts = columns.nodes if predicate is None else columns.terms.distinct(columns.of(predicate).by_subject.start)
    return join_tables(table, Table(len(starts), {triple.subject.name: starts}))


def _match_any(columns: Columns, triple: TriplePattern, path: Variable, table: Table) -> Table:
    """Try each predicate in the place of a variable, or those that it has for values."""
    if path in {triple.subject, triple.object}:
        raise OutsideError("a variable that is predicate and node in one triple")
    predicates: list[int] = columns.predicates.tolist()
    known = table.columns.get(path.name)
    marked = []
    for predicate in predicates:
        part = table if known is None else table.take(known == predicate)
        part = _match_one(columns, triple, predicate, part) if part.rows else part
        if part.rows:
            marked.append(part.with_column(path.name, np.full(part.rows, predicate, ID)))
    return unite_tables(marked) if marked else _empty(table, [triple])


def _match_one(columns: Columns, triple: TriplePattern, predicate: int, table: Table) -> Table:
    iri = columns.terms[predicate]
    return _match(columns, TriplePattern(triple.subject, Path(predicate=iri), triple.object), table)  # type: ignore[arg-type]


def _get(columns: Columns, node: Node, table: Table) -> Ids:
    """Give the column of a node that has a value in each row."""
    if isinstance(node, Variable):
        return table.columns[node.name]
    return np.full(table.rows, columns.terms.number(node), ID)


def _extend(columns: Columns, path: Path, near: Node, far: Node, table: Table, *, backward: bool) -> Table:
    """Walk a path from its near end, which has a value, to its far end, which may have one."""
    starts = _get(columns, near, table)
    rows = np.arange(table.rows, dtype=ID)
    pairs = join_pairs(Pairs(rows, starts), _walk(columns, path, columns.terms.distinct(starts), backward))
    found = table if np.array_equal(pairs.start, rows) else table.take(pairs.start)
    if _is_fixed(far, table):
        return found.take(pairs.end == _get(columns, far, found))
    assert isinstance(far, Variable)
    return found.with_column(far.name, pairs.end)


def _walk(columns: Columns, path: Path, nodes: Ids, backward: bool) -> Pairs:
    """Follow a path as SPARQL does, which counts how often a sequence or an alternative leads to a node."""
    if path.predicate is not None:
        return columns.of(path.predicate).follow(nodes, backward=backward)
    if path.operator == "^":
        return _walk(columns, path.parts[0], nodes, not backward)
    if path.operator == "/":
        reached = Pairs(nodes, nodes)
        for part in path.parts[::-1] if backward else path.parts:
            reached = join_pairs(reached, _walk(columns, part, columns.terms.distinct(reached.end), backward))
        return reached
    if path.operator == "|":
        starts, ends = zip(*(_walk(columns, part, nodes, backward) for part in path.parts), strict=True)
        order = np.argsort(np.concatenate(starts), kind="stable")
        return Pairs(np.concatenate(starts)[order], np.concatenate(ends)[order])
    if path.operator in {"*", "+", "?"}:
        return follow_path(columns, path, nodes, backward=backward)
    raise OutsideError(f"the path operator {path.operator}")
