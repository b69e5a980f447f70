"""A parameter is bound as a term in every scope, and what looks like it in texts is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, QueryTriples, RdfFormat, Store, Triple, parse

from migragraph.errors import QueryError
from migragraph.queries import bind
from migragraph.queries.binding import Term

DATA = """
@prefix ex: <http://example.org/> .
ex:anna ex:speaks "vi", "en" ; ex:of ex:iom ; ex:age 40 .
ex:binh ex:speaks "vi" ; ex:of ex:mofa ; ex:age 50 .
ex:carl ex:of ex:iom ; ex:age 60 .
ex:iom ex:name "IOM" .
"""


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(parse(DATA, format=RdfFormat.TURTLE))
    return store


def ask(store: Store, text: str, **terms: Term) -> list[tuple[str, ...]]:
    solutions = store.query(bind(f"PREFIX ex: <http://example.org/> {text}", terms))
    assert isinstance(solutions, QuerySolutions)
    return [tuple("" if value is None else shown(value) for value in solution) for solution in solutions]


def shown(term: Term) -> str:
    return str(term.value).removeprefix("http://example.org/") if isinstance(term, NamedNode | Literal) else str(term)


IOM, MOFA = NamedNode("http://example.org/iom"), NamedNode("http://example.org/mofa")

SCOPES = {
    "union": ("{ ?who ex:of ?_x } UNION { ?_x ex:name ?who }", ["IOM", "anna", "carl"], ["binh"]),
    "optional": (
        "?who ex:age ?age OPTIONAL { ?who ex:of ?_x . BIND(1 AS ?in) } FILTER(BOUND(?in))",
        ["anna", "carl"],
        ["binh"],
    ),
    "not exists": ("?who ex:age ?age FILTER NOT EXISTS { ?who ex:of ?_x }", ["binh"], ["anna", "carl"]),
    "exists in a condition": (
        "?who ex:age ?age FILTER(IF(EXISTS { ?who ex:of ?_x }, true, false))",
        ["anna", "carl"],
        ["binh"],
    ),
    "minus": ("?who ex:age ?age MINUS { ?who ex:of ?_x }", ["binh"], ["anna", "carl"]),
    "subquery": ("{ SELECT ?who { ?who ex:of ?_x } ORDER BY DESC(?who) LIMIT 1 }", ["carl"], ["binh"]),
    "nested subquery": ("{ SELECT ?who { { SELECT ?who ?_x { ?who ex:of ?_x } } } }", ["anna", "carl"], ["binh"]),
    "aggregate in a subquery": (
        "{ SELECT (COUNT(?one) AS ?n) { ?one ex:of ?_x } } ?who ex:age ?age FILTER(?n = 2)",
        ["anna", "binh", "carl"],
        [],
    ),
    "bind": ("?who ex:of ?what BIND(?what = ?_x AS ?same) FILTER(?same)", ["anna", "carl"], ["binh"]),
    "bind in a group of its own": ("{ BIND(?_x AS ?what) } ?who ex:of ?what", ["anna", "carl"], ["binh"]),
    "filter in a group of its own": ("{ ?who ex:of ?what FILTER(?what = ?_x) }", ["anna", "carl"], ["binh"]),
    "values": ("VALUES ?what { ?_x } ?who ex:of ?what", ["anna", "carl"], ["binh"]),
    "values of a row": ("VALUES (?what ?n) { (?_x 1) } ?who ex:of ?what", ["anna", "carl"], ["binh"]),
    "in": ("?who ex:of ?what FILTER(?what IN (?_x, ex:none))", ["anna", "carl"], ["binh"]),
    "path": ("?_x ^ex:of ?who", ["anna", "carl"], ["binh"]),
    "list": ("?who ex:of ?_x FILTER NOT EXISTS { ?a ?b (?_x ?_x) }", ["anna", "carl"], ["binh"]),
    "bound": ("?who ex:of ?what FILTER(BOUND(?_x) && ?what = ?_x)", ["anna", "carl"], ["binh"]),
    "bound alone": ("?who ex:of ?_x FILTER BOUND ( ?_x )", ["anna", "carl"], ["binh"]),
    "the other sign": ("?who ex:of $_x", ["anna", "carl"], ["binh"]),
    "no space around": ("?who ex:of?_x.?who ex:age?age", ["anna", "carl"], ["binh"]),
}


@pytest.mark.parametrize(("pattern", "of_iom", "of_mofa"), SCOPES.values(), ids=SCOPES)
def test_a_parameter_is_bound_in_every_scope(store: Store, pattern: str, of_iom: list[str], of_mofa: list[str]) -> None:
    text = f"SELECT DISTINCT ?who WHERE {{ {pattern} }} ORDER BY STR(?who)"
    assert sorted(who for (who,) in ask(store, text, _x=IOM)) == of_iom
    assert sorted(who for (who,) in ask(store, text, _x=MOFA)) == of_mofa


CLAUSES = {
    "projection": ("SELECT ?_x ?who { ?who ex:of ?_x } ORDER BY ?who", [("iom", "anna"), ("iom", "carl")]),
    "projection beside a subquery's": (
        "SELECT ?_x ?who { { SELECT ?_x ?who { ?who ex:of ?_x } } } ORDER BY ?who",
        [("iom", "anna"), ("iom", "carl")],
    ),
    "projection as something else": ("SELECT (?_x AS ?of) { ?who ex:of ?_x } LIMIT 1", [("iom",)]),
    "group": ("SELECT ?_x (COUNT(?who) AS ?n) { ?who ex:of ?_x } GROUP BY ?_x", [("iom", "2")]),
    "group of nothing": ("SELECT ?_x (COUNT(?who) AS ?n) { ?who ex:off ?_x } GROUP BY ?_x", []),
    "group with a name": ("SELECT ?of (COUNT(?who) AS ?n) { ?who ex:of ?_x } GROUP BY (?_x AS ?of)", [("iom", "2")]),
    "group of two": (
        "SELECT ?who (COUNT(*) AS ?n) { ?who ex:of ?_x ; ex:speaks ?tongue } GROUP BY ?_x ?who",
        [("anna", "2")],
    ),
    "having": (
        "SELECT ?of (COUNT(*) AS ?n) { ?who ex:of ?of } GROUP BY ?of HAVING(?of = ?_x)",
        [("iom", "2")],
    ),
    "order": ("SELECT ?who { ?who ex:of ?_x } ORDER BY ?_x DESC(?who)", [("carl",), ("anna",)]),
    "order by whether": (
        "SELECT ?who { ?who ex:of ?of } ORDER BY DESC(?of = ?_x) ?who",
        [("anna",), ("carl",), ("binh",)],
    ),
    "aggregate": ("SELECT (SUM(IF(?of = ?_x, ?age, 0)) AS ?sum) { ?who ex:of ?of ; ex:age ?age }", [("100",)]),
    "count": ("SELECT (COUNT(?_x) AS ?n) { ?who ex:of ?_x }", [("2",)]),
    "all": ("SELECT * { ?who ex:of ?_x } ORDER BY ?who", [("anna",), ("carl",)]),
}


@pytest.mark.parametrize(("text", "rows"), CLAUSES.values(), ids=CLAUSES)
def test_a_clause_that_wants_a_variable_gets_what_it_can_hold(
    store: Store, text: str, rows: list[tuple[str, ...]]
) -> None:
    assert ask(store, text, _x=IOM) == rows


def test_other_forms_take_terms(store: Store) -> None:
    assert store.query(bind("ASK { ?who <http://example.org/of> ?_x }", {"_x": IOM}))
    described = store.query(bind("DESCRIBE ?_x", {"_x": IOM}))
    assert isinstance(described, QueryTriples)
    assert [str(triple) for triple in described] == ['<http://example.org/iom> <http://example.org/name> "IOM"']
    made = store.query(bind("CONSTRUCT { ?_x ?_p ?who } { ?who <http://example.org/of> ?_x }", {"_x": IOM, "_p": MOFA}))
    assert isinstance(made, QueryTriples)
    assert {triple.subject for triple in made} == {IOM}


UNTOUCHED = [
    "'?_x'",
    '"?_x $_x"',
    '"""a\n?_x"""',
    r"'\'?_x'",
    "<http://example.org/?_x>",
    "# ?_x\n",
    "?_xy",
    "?_x_iri",
    "?__x",
    "ex:_x",
    "_:_x",
]


@pytest.mark.parametrize("piece", UNTOUCHED)
def test_what_is_no_such_variable_stays(piece: str) -> None:
    text = f"SELECT * {{ ?s ?p {piece} }}"
    assert bind(text, {"_x": IOM}) == text


INJECTIONS = [
    '"} DROP ALL #',
    "'''",
    '"',
    "\\",
    '\\" . ?s ?p ?o #',
    "a\nb\r\tc",
    "\u0000\u007f\u2028\ufffe",
    "?_x",
    "<http://a>",
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_value_is_never_code(store: Store, value: str) -> None:
    assert ask(store, "SELECT (?_x AS ?out) { }", _x=Literal(value)) == [(value,)]
    assert ask(store, "SELECT ?s { ?s ex:name ?_x }", _x=Literal(value)) == []


@settings(deadline=None, derandomize=True)
@given(st.text(), st.sampled_from([None, "en"]))
def test_every_text_comes_back_as_it_went_in(value: str, language: str | None) -> None:
    literal = Literal(value, language=language) if language else Literal(value)
    solutions = Store().query(bind("SELECT (?_x AS ?out) ?_x {}", {"_x": literal}))
    assert isinstance(solutions, QuerySolutions)
    (solution,) = solutions
    assert solution["out"] == solution["_x"] == literal


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { BIND(1 AS ?_x) }",
        "SELECT (1 AS ?_x) { }",
        "SELECT * { VALUES ?_x { 1 } }",
        "SELECT * {} VALUES (?a ?_x) { (1 2) }",
        "SELECT (COUNT(*) AS ?n) {} GROUP BY (1 AS ?_x)",
    ],
)
def test_a_parameter_gets_no_second_value(text: str) -> None:
    with pytest.raises(QueryError, match=r"\?_x is a parameter") as caught:
        bind(text, {"_x": IOM}, path="a.rq")
    assert caught.value.place == f"a.rq:1:{text.index('?_x') + 1}"


@pytest.mark.parametrize("term", [BlankNode("b"), Triple(IOM, IOM, IOM)])
def test_a_value_is_an_iri_or_a_literal(term: Term) -> None:
    with pytest.raises(QueryError, match="cannot be"):
        bind("ASK { ?s ?p ?_x }", {"_x": term})
