"""Queries beyond the fragment, run on Oxigraph where that means the same, and else on rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from migragraph.shacl.apart.oxigraph import run_jointly, run_singly
from migragraph.shacl.apart.requests import SHAPES_GRAPH, Answer, Request
from migragraph.shacl.apart.slow import SlowGraph

__all__ = ["Graphs"]

# Fewer rows than these are run one by one: a run for all of them looks at the whole graph.
FEW = 8
PROBE = NamedNode("urn:probe")
JOINT = "on Oxigraph, for all focus nodes at once"
SINGLE = "on Oxigraph, node by node"
SLOW = "on rdflib, node by node ({})"


class Graphs:
    """Hold the data, and the shapes beside them, as each of the two libraries has them."""

    def __init__(self) -> None:
        self._lines, self._shapes = b"", b""
        self._literals: tuple[Literal, ...] = ()

    def load(self, lines: bytes, shapes: bytes, literals: tuple[Literal, ...]) -> None:
        """Take two graphs as lines of N-Triples, and the literals of the first that have a datatype."""
        self._lines, self._shapes, self._literals = lines, shapes, literals

    def run(self, request: Request) -> Answer:
        """Give the solutions of a query for all rows; raise an exception of the library that cannot run it."""
        reason = self._find_obstacle(request)
        if reason is None:
            is_joint = request.is_joint and len(request.rows) > FEW
            try:
                run = run_jointly if is_joint else run_singly
                return Answer(JOINT if is_joint else SINGLE, *run(self._store, request))
            except (SyntaxError, ValueError) as error:
                reason = f"Oxigraph does not take it: {str(error).splitlines()[0].strip(' .')}"
        return Answer(SLOW.format(reason), *self._slow.run(request))

    def _find_obstacle(self, request: Request) -> str | None:
        """Say why a query cannot go to Oxigraph, or that it can (None)."""
        if not self._keeps_data:
            return "the data have literals that a store would rewrite"
        given = {term for row in request.rows for term in row if isinstance(term, Literal)}
        if not keeps_literals([*request.constants, *given]):
            return "the query has literals that a store would rewrite"
        return request.obstacle

    @cached_property
    def _keeps_data(self) -> bool:
        return keeps_literals(self._literals)

    @cached_property
    def _store(self) -> Store:
        store = Store()
        # Its own loader would give the blank nodes other labels.
        store.bulk_extend(parse(self._lines, format=RdfFormat.N_TRIPLES))
        shapes = (quad.triple for quad in parse(self._shapes, format=RdfFormat.N_TRIPLES))
        store.bulk_extend(Quad(one.subject, one.predicate, one.object, SHAPES_GRAPH) for one in shapes)
        return store

    @cached_property
    def _slow(self) -> SlowGraph:
        return SlowGraph(quad.triple for quad in parse(self._lines, format=RdfFormat.N_TRIPLES))


def keeps_literals(literals: Iterable[Literal]) -> bool:
    """Tell whether a store gives literals back as they were put in: it is asked."""
    wanted = set(literals)
    store = Store()
    store.bulk_extend(Quad(PROBE, PROBE, literal) for literal in wanted)
    return {quad.object for quad in store} == wanted
