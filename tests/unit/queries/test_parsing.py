"""What the parser refuses is told with its place, its line and what to do, not as a dump of the grammar."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Literal, Store

from migragraph.errors import QueryError
from migragraph.queries import Results, check_query
from migragraph.queries.binding import Term, bind_tokens
from migragraph.queries.parsing import evaluate

PROLOGUE = "PREFIX ex: <http://example.org/>\n"


def run(text: str, **terms: Term) -> Results:
    tokens = check_query(text)
    return evaluate(Store(), text, tokens, bind_tokens(text, tokens, terms), path="queries/a.rq")


# The place where the parser stumbles is where `!!` stands.
MALFORMED = [
    "SELECT ?s {\n  ?s a ex:A\n  !!?s ex:p ?o\n}",
    "SELECT ?s {\n  ?s a ex:A .\n  FILTER !!?s > 3\n}",
    "SELECT ?s\nWHERE {\n  ?s ex:p !!.\n}",
    "SELECT ?s!!,?p\nWHERE {\n  ?s ex:p ?p\n}",
    "SELECT ?s !!COUNT(*) AS ?n\nWHERE {\n  ?s ex:p ?p\n}",
    "SELECT ?s (COUNT(*) !!?n)\nWHERE {\n  ?s ex:p ?p\n}",
    "SELECT ?s {\n ?s ex:p ?o\n} ORDER !!?s\n",
    "SELECT ?s {\n ?s ex:p ?o\n} LIMIT !!?n",
    "SELECT ?s {\n ?s ex:p ?o .\n BIND(?o !!?s)\n}",
    "SELECT ?s {\n OPTIONAL !!?s ex:p ?o .\n}",
    'SELECT ?s {\n ?s ex:p "ngày" ; ex:q "Việt Nam" !!ex:r .\n}',
    "SELECT ?s {\n ?s ex:p '''một\nhai''' !!ex:r .\n}",
    "SELECT ?s {\n ?s ex:a-rather-long-name-of-a-property ex:another-long-name-of-a-thing !!ex:r .\n}",
    "SELECT ?s { ?s !!'a' ?o }",
    "SELECT ?s { GRAPH !!'a' { ?s ex:p ?o } }",
    "SELECT ?s { ?s ex:p ?o FILTER(STRLEN(?o!!, 3) > 1) }",
    "SELECT ?s { ?s ex:p ?o FILTER(CONCAT (?o) !!?o) }",
    "SELECT ?s { ?s ex:p ?o FILTER(BNODE() !!?o) }",
    "SELECT ?s { ?s ex:p ?o } LIMIT 5 !!ORDER BY ?s",
    "ASK { ?s ex:p ?o . !!. }",
]


@pytest.mark.parametrize("marked", MALFORMED)
def test_the_place_is_that_of_the_token(marked: str) -> None:
    text = PROLOGUE + marked.replace("!!", "")
    offset = (PROLOGUE + marked).index("!!")
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    with pytest.raises(QueryError, match="this is not valid SPARQL") as caught:
        run(text)
    error = caught.value
    assert error.place == f"queries/a.rq:{line}:{column}"
    _, shown, mark = error.message.split("\n")
    assert shown.strip() == text.split("\n")[line - 1].strip()
    assert shown[mark.index("^") :].startswith(text[offset:].split("\n")[0].rstrip())


REWORDED = [
    ("SELECT ?s {\n ?s ex:p ?o .\n BIND(?o AS ?s)\n}", "BIND gives a value to a variable that has one", 5),
    ("SELECT ?s {\n ?s ex:p <rel> .\n}", "the IRI is not absolute", 3),
    ('SELECT ?s {\n ?s ex:p "a"@toolonglanguage .\n}', "the language tag is wrong", 3),
    ("SELECT * {\n VALUES (?a ?b) { (1) }\n}", "a row of VALUES has not as many values", 3),
    ("SELECT * {\n VALUES (?a ?a) { (1 1) }\n}", "VALUES names a variable twice", 3),
    ("SELECT ?s ?s {\n ?s ex:p ?o\n}", "SELECT names a variable twice", None),
    ("SELECT (1 AS ?s) {\n ?s ex:p ?o\n}", "SELECT gives a value to a variable that has one", None),
    ("SELECT ?s (COUNT(?o) AS ?n) {\n ?s ex:p ?o\n}", "neither grouped nor aggregated", None),
    ("SELECT * {\n ?s ex:p ?o\n} GROUP BY ?s", "SELECT * cannot be grouped", None),
    ("SELECT ?s WHERE", "the query ends too early", 2),
    ("SELECT ?s {\n ?s ex:p ?o\n} LIMIT", "the query ends too early", 4),
]


@pytest.mark.parametrize(("text", "message", "line"), REWORDED)
def test_what_is_wrong_in_meaning_is_told_in_words(text: str, message: str, line: int | None) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        run(PROLOGUE + text)
    assert caught.value.line == line
    assert caught.value.advice


def test_a_value_that_does_not_fit_its_place_is_shown() -> None:
    with pytest.raises(QueryError, match=r"the value of \?_x cannot stand here") as caught:
        run("SELECT *\n{ GRAPH ?_x { ?s ?p ?o } }", _x=Literal("a"))
    assert caught.value.place == "queries/a.rq:2:9"
    assert caught.value.advice == 'It is "a".'


def test_a_long_line_is_shown_in_part() -> None:
    text = "ASK { " + "?s ?p ?o . " * 100 + ". }"
    with pytest.raises(QueryError) as caught:
        run(text)
    shown, mark = caught.value.message.split("\n")[1:]
    assert len(shown) <= 104
    assert shown[mark.index("^") :] == ". }"


def test_what_a_terminal_obeys_is_not_shown() -> None:
    with pytest.raises(QueryError) as caught:
        run("ASK { ?s ?p '\x1b[31m' ?o }")
    assert "\x1b" not in caught.value.message


@pytest.mark.parametrize("function", ["CONCAT ('a', 'b')", "COALESCE  (1)", "BNODE\n()"])
def test_space_before_a_bracket_is_no_fault(function: str) -> None:
    assert run(f"SELECT ({function} AS ?x) {{}}")


def test_an_unknown_function_is_told() -> None:
    with pytest.raises(QueryError, match="the query cannot be run: The custom function"):
        run(PROLOGUE + "SELECT (ex:f(1) AS ?x) {}")
