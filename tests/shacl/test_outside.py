"""Queries beyond the fragment: for all nodes at once, node by node, on either library, compiled: one and the same."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given
from pyoxigraph import Quad, Store, Triple
from tests.shacl.queries import NAMES, PREFIX, draw_query, draw_values
from tests.shacl.test_agreement import thorough

from migragraph.shacl.apart.oxigraph import Solutions as Found
from migragraph.shacl.apart.oxigraph import run_jointly, run_singly
from migragraph.shacl.apart.requests import Request
from migragraph.shacl.apart.slow import SlowGraph
from migragraph.shacl.fast.queries.scopes import plan_query

# What the generator draws within the fragment, and what stands in its place beyond it.
BEYOND = {"UCASE": "MD5", "LCASE": "SHA1", "STRLEN": "SHA256"}


def write_request(text: str) -> Request:
    plan = plan_query(text, ())
    return Request(text, (), ("this",), [(name,) for name in NAMES], plan.is_joint, plan.obstacle, plan.constants)


def fill_store(data: list[Triple]) -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in data)
    return store


def count(solutions: Found) -> Counter[tuple[int, frozenset[tuple[str, object]]]]:
    """Count solutions, ?this left out, since only a run in which it is free selects it."""
    names, rows = solutions
    return Counter(
        (
            number,
            frozenset((name, value) for name, value in zip(names, values, strict=True) if value and name != "this"),
        )
        for number, values in rows
    )


@thorough
@given(draw_values(), draw_query())
def test_all_nodes_at_once_are_each_node(data: list[Triple], query: str) -> None:
    text = PREFIX + query
    for inner, outer in BEYOND.items():
        text = text.replace(inner, outer)
    request, store = write_request(text), fill_store(data)
    try:
        singly = count(run_singly(store, request))
    except SyntaxError:
        assume(False)
    if request.is_joint:
        assert count(run_jointly(store, request)) == singly


@thorough
@given(draw_values(), draw_query())
def test_rdflib_gives_what_oxigraph_gives(data: list[Triple], query: str) -> None:
    text = PREFIX + query
    for inner, outer in BEYOND.items():
        text = text.replace(inner, outer)
    request = write_request(text)
    assume(request.obstacle is None)
    try:
        singly = count(run_singly(fill_store(data), request))
        slow = count(SlowGraph(data).run(request))
    except (SyntaxError, AttributeError):
        # It gives a value to one variable twice, or adds an IRI to a date, at which rdflib stops.
        assume(False)
    assert slow == singly
