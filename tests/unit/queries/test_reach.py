"""The reach of a query: on the triples that it can match it gives the same answer as on all."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from migragraph.dataset import Dataset
from migragraph.layout import bundled_root
from migragraph.queries import load_query, run_query
from migragraph.queries.reach import join_reaches, keep_reached, read_reach
from migragraph.store import load_quads, load_store

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE, FIRST, REST = (NamedNode(RDF + name) for name in ("type", "first", "rest"))
P, Q, R = (NamedNode(f"x:{name}") for name in "pqr")
OF_VIEWS = Path(str(files("migragraph.site").joinpath("queries")))
SCRIPTS = [*sorted(OF_VIEWS.glob("*.rq")), *sorted((bundled_root() / "queries").glob("*.rq"))]

KNOWN = {
    "ASK { }": {},
    "SELECT * { ?s x:p ?o }": {P: None},
    "SELECT * { ?s x:p x:q }": {P: {Q}},
    "SELECT * { ?s a x:p ; x:q [ x:r 'a'@en , 1.5 , true ] . }": {TYPE: {P}, Q: None, R: None},
    "SELECT * { ?s x:p/^x:q|(x:r)+ x:p }": {P: None, Q: None, R: None},
    "SELECT * { x:s (x:p|x:q) ?o }": {P: None, Q: None},
    "SELECT * { ?s x:p x:q . ?s x:p x:r }": {P: {Q, R}},
    "SELECT * { ?s x:p x:q . ?s x:p ?o }": {P: None},
    "SELECT * { ?s x:p ?o OPTIONAL { ?s x:q ?v } MINUS { ?s x:r ?v } }": {P: None, Q: None, R: None},
    "SELECT * { { ?s x:p ?o } UNION { ?s x:q ?o } }": {P: None, Q: None},
    "SELECT * { ?s x:p ?o FILTER(?o > 1 && EXISTS { ?s x:q ?v }) FILTER NOT EXISTS { ?s x:r x:p } }": {
        P: None, Q: None, R: {P},
    },
    "SELECT * { ?s x:p ?o BIND(STR(?o) AS ?t) FILTER regex(?t, 'x') ?s x:q ?v }": {P: None, Q: None},
    "SELECT * { VALUES ?c { x:q x:r } ?s x:p ?c }": {P: {Q, R}},
    "SELECT * { VALUES ?c { x:q x:r } ?s ?c ?o }": {Q: None, R: None},
    "SELECT * { VALUES (?n ?c) { (1 x:q) (2 x:r) } ?s x:p ?c }": {P: {Q, R}},
    "SELECT * { { ?s x:p ?c } UNION { ?s x:q ?c } VALUES ?c { x:r } }": {P: {R}, Q: {R}},
    "SELECT * { VALUES ?c { x:q UNDEF } ?s x:p ?c }": {P: None},
    "SELECT * { VALUES ?c { x:q 'a' } ?s x:p ?c }": {P: None},
    # What is optional may have another value, and then there is a row without it.
    "SELECT * { OPTIONAL { ?s x:p ?c } VALUES ?c { x:r } }": {P: None},
    "SELECT * { VALUES ?c { x:r } ?s x:q ?o FILTER NOT EXISTS { ?s x:p ?c } }": {P: None, Q: None},
    "SELECT ?s { { SELECT ?s (COUNT(*) AS ?n) { ?s x:p ?o } GROUP BY ?s HAVING(?n > 1) } ?s x:q ?o }": {
        P: None, Q: None,
    },
    "PREFIX ex: <x:> SELECT * { ?s ex:p <x:q> } ORDER BY ?s": {P: {Q}},
    "BASE <x:> SELECT * { ?s <x:p> ?o }": {P: None},
    "SELECT * { (1 2) x:p x:q ; x:r ?o }": {P: {Q}, R: None, FIRST: None, REST: None},
    "SELECT * { VALUES ?c { x:q x:r } { SELECT ?s { ?s x:p ?c } } }": {P: None},
    "SELECT * { VALUES ?c { x:q } VALUES ?c { x:q x:r } ?s x:p ?c BIND(EXISTS { ?s x:r ?c } AS ?t) }": {
        P: {Q, R}, R: None,
    },
}  # fmt: skip

UNKNOWN = (
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s x:p* ?o }",
    "SELECT * { ?s x:p? ?o }",
    "SELECT * { ?s !x:p ?o }",
    "SELECT * { ?s (x:p|!x:q) ?o }",
    "SELECT * { GRAPH ?g { ?s x:p ?o } }",
    "SELECT * FROM <x:g> { ?s x:p ?o }",
    "SELECT * { OPTIONAL { ?s ?p ?o } VALUES ?p { x:p } }",
    "SELECT * { << ?s x:p ?o >> x:q ?v }",
    "SELECT * { ?s x:p ?o {| x:q ?v |} }",
    "SELECT * { ?s nobody:knows ?o }",
    "BASE <x:> SELECT * { ?s <p> ?o }",
    "SELECT * { ?s x:p ?o } ORDER BY (EXISTS { ?s x:r ?o })",
    "CONSTRUCT { ?s x:p ?o } { ?s x:q ?o }",
    "DESCRIBE <x:p>",
    "SELECT * { ?s x:p ?o",
    "",
)


@pytest.mark.parametrize("text", KNOWN)
def test_the_reach_is_read(text: str) -> None:
    found = read_reach(f"PREFIX x: <x:> {text}")
    assert found is not None
    assert {name: objects if objects is None else set(objects) for name, objects in found.items()} == KNOWN[text]


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_not_read_has_no_reach(text: str) -> None:
    assert read_reach(f"PREFIX x: <x:> {text}") is None


def test_reaches_are_joined() -> None:
    assert join_reaches([{P: frozenset({Q}), Q: None}, {P: frozenset({R}), Q: frozenset({R})}]) == {
        P: frozenset({Q, R}),
        Q: None,
    }


@pytest.fixture(scope="module")
def whole(bundled: Dataset) -> Store:
    return load_store(bundled)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_query_has_the_same_answer_on_what_it_reaches(path: Path, bundled: Dataset, whole: Store) -> None:
    query = load_query(path)
    reach = read_reach(query.text)
    if path.parent == OF_VIEWS:
        assert reach is not None
    if reach is None or any(one.default is None and not one.optional for one in query.parameters):
        return
    part = load_quads(Quad(*triple) for triple in keep_reached(bundled.stream_subjects(reach), reach))
    assert len(part) < len(whole)
    answers = [run_query(store, query, {}, bundled.prefixes) for store in (part, whole)]
    one, other = ([*map(str, answer)] if isinstance(answer, QuerySolutions) else answer for answer in answers)
    assert one == other
