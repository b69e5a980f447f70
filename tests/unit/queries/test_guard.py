"""No query gets to the parser that would kill it, or that would reach the network unasked."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Store

from migragraph.errors import QueryError
from migragraph.queries import check_query
from migragraph.queries.guard import MAX_DEPTH, MAX_LENGTH, MAX_TOKENS

# Nobody listens there, and the parser's client does not even try.
SERVER = "<http://127.0.0.1:1/>"

GOOD = [
    "ASK {}",
    "ask where { ?s ?p ?o }",
    "#!/usr/bin/env -S migragraph query\n#+ title: x\nSELECT * {}",
    "BASE <http://b/> PREFIX : <http://a/> SELECT ?x WHERE { ?x a :b . FILTER(?x != :c && 1 < 2 && 3>2) }",
    'VERSION "1.2" SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x ?p ?o } GROUP BY ?y HAVING(COUNT(*) > 1)',
    "SELECT ?n { ?x ?p ?n } ORDER BY DESC(?n) ?x LIMIT 1 OFFSET 2",
    "CONSTRUCT { ?s ?p [ ?q ( 1 2 ) ] } WHERE { ?s ?p ?o }",
    "DESCRIBE <http://a/>",
    'SELECT * { VALUES (?a ?b) { ("x" <urn:b#c>) (UNDEF UNDEF) } FILTER NOT EXISTS { ?s !(^a|<urn:p>)+ ?o } }',
    "SELECT * FROM <http://a/> FROM NAMED <http://b/> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { ?s ?p <<( <http://a> <urn:b> ?c )>> . <<?s ?p ?o>> ?q 1 {| ?r ?t |} }",
    "ASK { FILTER(" + "(" * (MAX_DEPTH - 2) + "1" + ")" * (MAX_DEPTH - 2) + ") }",
    "SELECT * { VALUES ?x { " + "1 " * 10_000 + "} }",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_query_passes_and_parses(text: str) -> None:
    assert "".join(token.text for token in check_query(text)) == text
    Store().query(text)


TOO_DEEP = {
    "brackets": "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "groups": "ASK " + "{" * 5000 + "}" * 5000,
    "if": "ASK { FILTER(" + "IF(" * 1000 + "1" + ",1,1)" * 1000 + ") }",
    "exists": "ASK {" + "FILTER EXISTS {" * 1000 + "}" * 1000 + "}",
    "nodes": "ASK { ?s ?p " + "[ ?p " * 300 + "1" + "]" * 300 + "}",
    "triples": "ASK { ?s ?p " + "<<( ?a ?b " * 300 + "1" + ")>>" * 300 + "}",
}


@pytest.mark.parametrize("text", TOO_DEEP.values(), ids=TOO_DEEP)
def test_nesting_is_refused_before_the_parser_dies_of_it(text: str) -> None:
    with pytest.raises(QueryError, match=f"deeper than {MAX_DEPTH}"):
        check_query(text)


TOO_MANY = {
    "operators": "ASK { FILTER(1" + "||1" * 16_000 + ") }",
    "negations": "ASK { FILTER(" + "!" * 16_000 + "1) }",
    "conditions": "SELECT * {} ORDER BY " + "(1)" * 5000,
    "resources": "DESCRIBE " + "<a:b>" * 5000,
    "subqueries": "ASK {" + "{SELECT * {}}" * 4000 + "}",
    "paths": "ASK { ?s a" + "/a" * 16_000 + " ?o }",
}


@pytest.mark.parametrize("text", TOO_MANY.values(), ids=TOO_MANY)
def test_chains_are_refused_before_the_parser_dies_of_them(text: str) -> None:
    with pytest.raises(QueryError, match=f"at most {MAX_TOKENS:,}"):
        check_query(text)


CALLS = [
    f"ASK {{ SERVICE {SERVER} {{}} }}",
    f"ASK {{ service silent {SERVER} {{}} }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE {SERVER} {{}} }} }}",
    "ASK { SERVICE ?x {} }",
    f"ASK {{ # SERVICE\n SERVICE # {{\n {SERVER} {{}} }}",
    # The parser needs no space after a keyword, nor after `true`.
    f"ASK {{SERVICE{SERVER}{{}}}}",
    f"ASK {{SERVICESILENT{SERVER}{{}}}}",
    f"ASK {{OPTIONAL{{?s ?p true}}SERVICE{SERVER}{{}}}}",
    f"ASK {{?s ?p trueSERVICE{SERVER}{{}}}}",
    f"ASK {{?s ?p 1SERVICE{SERVER}{{}}}}",
    "PREFIX ex: <http://a/> PREFIX SERVICEex: <http://a/> ASK {SERVICEex:e{}}",
    "PREFIX ex: <http://a/> ASK {?s ?p trueSERVICEex:e{}}",
    # It ends a name after the second dot, and takes one apart that makes no IRI.
    f"PREFIX ex: <http://a/> ASK {{?s ?p ex:a.b.SERVICE{SERVER}{{}}}}",
    f"PREFIX ex: <http://a:> ASK {{?s ?p ex:SERVICE{SERVER}{{}}}}",
    # A string with a wrong escape is none: these are short strings, then code, and the escape stands in a comment.
    rf"ASK {{ VALUES ?x {{'''a'}} SERVICE {SERVER} {{}} #\q'''" + "\n}",
    rf"ASK {{ VALUES ?x {{'''a'}} SERVICE {SERVER} {{}} #\ud800'''" + "\n}",
    # To the parser `<` after an operand is a comparison, so that `#` begins a comment.
    f"ASK {{ FILTER(1<?b)SERVICE#>\n{SERVER}{{}} }}",
    f"ASK {{ FILTER(1<'b>'||true)SERVICE#>\n{SERVER}{{}} }}",
    f"PREFIX x: <http://a/> ASK {{ FILTER(1<<x:#>)SERVICE{SERVER}{{}}\n}}",
    f"BASE <http://a/> ASK {{ FILTER(1<<(#>)SERVICE{SERVER}{{}}\n}}",
    f"PREFIX x: <http://a/> ASK {{ FILTER(1<x:#>'''\n)SERVICE{SERVER}{{}} #'''\n}}",
    f"ASK {{ FILTER(1<?b)SERVICE#://>\n{SERVER}{{}} }}",
]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_of_another_server_is_refused(text: str) -> None:
    assert parses(text)
    assert not parses(re.sub("service", "zervize", text, flags=re.IGNORECASE)), "the parser sees no keyword here"
    with pytest.raises(QueryError):
        check_query(text)


def parses(text: str) -> bool:
    try:
        Store().query(text)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):
        # It was read, and failed when it ran.
        return True
    return True


@pytest.mark.parametrize("text", CALLS[:5])
def test_service_is_named_and_may_be_allowed(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE sends") as caught:
        check_query(text, path="a.rq")
    assert caught.value.line == text[: text.upper().rindex("SERVICE")].count("\n") + 1
    assert check_query(text, allow_service=True)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("SERVICE <http://a/> {}" AS ?x) {}',
        "SELECT * { ?service <http://a/SERVICE> $SERVICE }",
        "PREFIX ex: <http://a/> SELECT * { ?x ex:service ?y . { ?y ex:SERVICE ex:service } }",
        "PREFIX service: <http://a/> SELECT * { GRAPH service:g { ?s service:p service:o } }",
        "# SERVICE <http://a/> {}\nSELECT * { ?x ?y 'SERVICE'@service }",
    ],
)
def test_service_is_no_fault_in_text_and_names(text: str) -> None:
    check_query(text)


def test_the_parser_expands_no_escapes_in_keywords() -> None:
    """The guard looks for SERVICE as it is written: it would be blind if the parser read escapes outside of strings."""
    text = rf"ASK {{ \u0053ERVICE {SERVER} {{}} }}"
    with pytest.raises(SyntaxError):
        Store().query(text)
    with pytest.raises(QueryError, match="cannot stand outside strings"):
        check_query(text)


FAULTS = [
    ("", "this is no query", None, None),
    ("# nothing\n", "this is no query", None, None),
    ("PREFIX a: <http://a/>", "this is no query", None, None),
    ("SELECT ?x\nWHERE { ?x ?y }}", "'}' closes nothing", 2, 16),
    ("ASK { FILTER(1 }", "the last open one is '('", 1, 16),
    ("ASK {\n  {}", "'{' is never closed", 1, 5),
    ('ASK { ?s ?p "a\n" }', "has no end", 1, 13),
    ("ASK {\u00a0?s ?p ?o }", "a space of a special kind", 1, 6),
    ("ASK { ?s ?p ?o } é", "cannot stand outside", 1, 18),
    ("ASK { ?s ex:p ?o }", "the prefix ex: is not declared", 1, 10),
    ("PREFIX ex: <http://a/>\nASK { ?s ex:p e:o }", "the prefix e: is not declared", 2, 15),
    ("SELECT * { FILTR(?x) }", "Is it FILTER?", 1, 12),
    ("SELECT * { ?s name ?o }", "'name' is no word", 1, 15),
    ("SELECT * {} \nLOAD <http://a/>", "LOAD is an update", 2, 1),
    ("DROP ALL", "DROP is an update", 1, 1),
    ("INSERT DATA {}", "INSERT is an update", 1, 1),
    ("DELETE WHERE { ?s ?p ?o }", "DELETE is an update", 1, 1),
    ("ASK {} ; CLEAR ALL", "CLEAR is an update", 1, 10),
    ("ASK { FILTER(?a<?b&&?c>?d) }", "may be an IRI, or a comparison", 1, 16),
    ("ASK { ?s ?p '\ud800' }", "not UTF-8", 1, 14),
    ("#" * (MAX_LENGTH + 1), "at most 65,536", None, None),
    ("#" + "đ" * (MAX_LENGTH // 2), "at most 65,536", None, None),
]


@pytest.mark.parametrize(("text", "message", "line", "column"), FAULTS)
def test_a_fault_has_a_place_and_advice(text: str, message: str, line: int | None, column: int | None) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        check_query(text, path="queries/a.rq")
    error = caught.value
    assert (error.path, error.line, error.column) == ("queries/a.rq", line, column)
    assert error.advice
