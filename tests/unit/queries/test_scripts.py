"""Query scripts are found, loaded and run: parameters bound, the guard before the parser, graphs kept apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from migragraph.errors import QueryError
from migragraph.queries import Column, Query, find_query, load_queries, load_query, parse_query, run_query
from migragraph.queries.guard import MAX_LENGTH

PREFIXES = {"ex": "http://example.org/"}

DATA = """
@prefix ex: <http://example.org/> .
ex:a ex:of ex:iom ; ex:on "2024-10-29"^^<http://www.w3.org/2001/XMLSchema#date> .
ex:b ex:of ex:mofa ; ex:on "2024-12-18"^^<http://www.w3.org/2001/XMLSchema#date> .
ex:passage { ex:a ex:of ex:iom }
ex:statement { ex:c ex:of ex:iom }
"""

SCRIPT = """\
#!/usr/bin/env -S migragraph query
#+ title: {en: Things, vi: Những thứ}
#+ question: {en: &question Which things are of a body?, vi: Những thứ nào thuộc một cơ quan?}
#+ summary: *question
#+ description: One row for each thing.
#+ tags: [things]
#+ params:
#+   body: {type: iri, description: The body.}
#+   since: {type: date, description: The first day.}
#+ defaults:
#+   - since: "2024-01-01"
#+ columns:
#+   thing: The thing.
#+   day: Its day.
PREFIX ex: <http://example.org/>
SELECT ?thing (STR(?on) AS ?day)
WHERE { ?thing ex:of ?__body_iri ; ex:on ?on . FILTER(?on >= ?_since_xsd_date) }
ORDER BY ?thing
"""


@pytest.fixture
def store() -> Store:
    store = Store()
    store.extend(parse(DATA, format=RdfFormat.TRIG))
    return store


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def ask(store: Store, query: Query, values: Mapping[str, str] | None = None) -> list[list[str]]:
    results = run_query(store, query, values or {}, PREFIXES)
    assert isinstance(results, QuerySolutions)
    return [[value.value for value in solution] for solution in results]


def test_a_script_is_loaded_with_its_description(tmp_path: Path) -> None:
    path = write(tmp_path, "things-of.rq", SCRIPT)
    query = load_query(path)
    assert (query.name, query.path, query.text) == ("things-of", path, SCRIPT)
    assert query.title == {"en": "Things", "vi": "Những thứ"}
    assert query.question["en"] == "Which things are of a body?"
    assert (query.description, query.tags) == ("One row for each thing.", ("things",))
    assert query.columns == (Column("thing", "The thing."), Column("day", "Its day."))
    body, since = query.parameters
    assert (body.name, body.variable, body.optional, body.required) == ("body", "__body_iri", True, False)
    assert (since.name, since.variable, since.default, since.required) == (
        "since",
        "_since_xsd_date",
        "2024-01-01",
        False,
    )


A, B = ["http://example.org/a", "2024-10-29"], ["http://example.org/b", "2024-12-18"]


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ({}, [A, B]),
        ({"body": "ex:iom"}, [A]),
        ({"body": "http://example.org/mofa"}, [B]),
        ({"since": "2024-12-01"}, [B]),
        ({"body": "ex:iom", "since": "2024-12-01"}, []),
    ],
)
def test_values_change_the_answer(store: Store, values: dict[str, str], rows: list[list[str]]) -> None:
    assert ask(store, parse_query(SCRIPT, "things-of"), values) == rows


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"boddy": "ex:iom"}, "the query things-of has no parameter 'boddy'. It has body, since."),
        ({"body": "iom"}, "the parameter 'body' of the query things-of cannot be 'iom'. It is an IRI"),
        ({"since": 'x"^^<a:b>) } DROP ALL #'}, "cannot be"),
        ({"body": "http://example.org/> } DROP ALL #"}, "cannot be"),
    ],
)
def test_wrong_values_are_told(store: Store, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        run_query(store, parse_query(SCRIPT, "things-of"), values, PREFIXES)
    assert len(store) == 6


def test_the_default_graph_is_not_the_union(store: Store) -> None:
    head = "PREFIX ex: <http://example.org/> SELECT ?s "
    assert ask(store, parse_query(head + "{ ?s ex:of ex:iom }", "q")) == [["http://example.org/a"]]
    in_graph = head + "{ GRAPH ex:statement { ?s ex:of ex:iom } }"
    assert ask(store, parse_query(in_graph, "q")) == [["http://example.org/c"]]


@pytest.mark.parametrize("text", [SCRIPT, "\ufeff" + SCRIPT, SCRIPT.encode(), b"\xef\xbb\xbf" + SCRIPT.encode()])
def test_a_byte_order_mark_is_no_fault(store: Store, text: str | bytes) -> None:
    assert ask(store, parse_query(text, "things-of")) == [A, B]


def test_a_query_needs_no_header(store: Store) -> None:
    query = parse_query("SELECT ?_x { ?_x ?p ?o } ORDER BY ?_x LIMIT 1", "-")
    assert (query.title, query.parameters, query.columns, query.path) == ({}, (), (), None)
    assert ask(store, query) == [["http://example.org/a"]]


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("#+   day: Its day.\n", "", "describes the columns thing, and SELECT names thing, day", None),
        (
            "#+   thing: The thing.\n#+   day: Its day.\n",
            "#+   day: A.\n#+   thing: B.\n",
            "the columns day, thing",
            None,
        ),
        ("?thing (STR(?on) AS ?day)", "*", "SELECT names none", None),
        ("?__body_iri", "?body", "not one variable for the parameter 'body'. Write ?_body_iri", None),
        ("?__body_iri", "?_body", "not one variable for the parameter 'body'", None),
        ("?__body_iri", "?__body_iri, ?_body_iri", "not one variable for the parameter 'body'", None),
        ("ex:on ?on .", "ex:on ?on ; ?_p ?o .", "?_p is no parameter", 17),
        ("#+   day: Its day.", "#+   day:", "there is no text here", 14),
    ],
)
def test_a_header_that_does_not_fit_is_told(tmp_path: Path, old: str, new: str, message: str, line: int | None) -> None:
    assert SCRIPT.count(old) == 1
    path = write(tmp_path, "a.rq", SCRIPT.replace(old, new))
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        load_query(path)
    assert (caught.value.path, caught.value.line) == (path, line)


COLUMNS = [
    ("SELECT ?a $b {}", ["a", "b"]),
    ("SELECT DISTINCT (IF(EXISTS { SELECT (1 AS ?no) {} }, 1, ?no) AS ?a) ?b FROM <a:b> {}", ["a", "b"]),
    ("SELECT (COUNT(*) AS ?a) WHERE { { SELECT ?no (1 AS ?no2) {} } BIND(1 AS ?no3) } GROUP BY (1 AS ?no4)", ["a"]),
    ("SELECT * { ?s ?p ?o }", []),
    ("ASK { SELECT ?no { } }", []),
    ("CONSTRUCT { ?s ?p ?o } { SELECT ?s { } }", []),
    ("DESCRIBE ?a { ?a ?p ?o }", []),
]


@pytest.mark.parametrize(("text", "names"), COLUMNS)
def test_columns_are_those_of_the_outermost_select(text: str, names: list[str]) -> None:
    head = SCRIPT.partition("#+ params")[0]
    columns = "#+ columns:\n" + "".join(f"#+   {name}: A column.\n" for name in names) if names else ""
    assert [column.name for column in parse_query(head + columns + text, "q").columns] == names


def test_scripts_of_a_folder_are_sorted_by_name(tmp_path: Path) -> None:
    for name in ("figures.rq", "figures-by-hedge.rq", "actors.rq", "notes.txt"):
        write(tmp_path, name, "ASK {}")
    (tmp_path / "folder.rq").mkdir()
    assert [query.name for query in load_queries(tmp_path)] == ["actors", "figures", "figures-by-hedge"]


def test_an_unknown_name_brings_those_like_it(tmp_path: Path) -> None:
    for name in ("figures.rq", "figures-by-hedge.rq", "law-succession.rq"):
        write(tmp_path, name, "ASK {}")
    assert find_query(tmp_path, "figures").name == "figures"
    with pytest.raises(QueryError, match=re.escape("there is no query 'figure'. Is it figures or figures-by-hedge?")):
        find_query(tmp_path, "figure")
    with pytest.raises(QueryError, match="`migragraph query` lists them all"):
        find_query(tmp_path, "xyz")
    with pytest.raises(QueryError, match="there is no query"):
        find_query(tmp_path, "../queries/figures")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="cannot be read: No such file") as caught:
        load_query(tmp_path / "none.rq")
    assert caught.value.path == tmp_path / "none.rq"
    with pytest.raises(QueryError, match="cannot be read: Is a directory"):
        load_query(tmp_path)


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"ASK {}\n# \xff", "the query is not UTF-8", 2),
        (b"# " + b"a" * MAX_LENGTH, "at most 65,536", None),
        (b"#+ a: b\n" * MAX_LENGTH, "at most 65,536", None),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, data: bytes, message: str, line: int | None) -> None:
    path = tmp_path / "a.rq"
    path.write_bytes(data)
    with pytest.raises(QueryError, match=message) as caught:
        load_query(path)
    assert (caught.value.path, caught.value.line) == (path, line)


@pytest.mark.parametrize(
    "text",
    ["ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "ASK { SERVICE <http://127.0.0.1:1/> {} }", "DROP ALL"],
)
def test_nothing_runs_past_the_guard(store: Store, text: str) -> None:
    with pytest.raises(QueryError):
        run_query(store, parse_query(text, "q"), {}, PREFIXES)
    assert len(store) == 6


def test_a_service_that_is_allowed_is_called(store: Store) -> None:
    """No server is there: the call fails, and the failure is a message."""
    query = parse_query("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "q")
    with pytest.raises(QueryError, match="the query cannot be run"):
        run_query(store, query, {}, PREFIXES, allow_service=True)


@pytest.mark.parametrize("value", ["urn:a:)SERVICE#", "urn:" + "(" * 5000])
def test_the_guard_sees_the_values_too(store: Store, value: str) -> None:
    """An IRI after an operand, where no term belongs, would read as a comparison and what follows."""
    head = SCRIPT.partition("#+ columns")[0].replace("#+   since: {type: date, description: The first day.}\n", "")
    text = head.replace('#+ defaults:\n#+   - since: "2024-01-01"\n', "") + "ASK { FILTER(?a ?_body_iri) }"
    with pytest.raises(QueryError, match="may be an IRI, or a comparison"):
        run_query(store, parse_query(text, "q"), {"body": value}, PREFIXES)


def test_an_unknown_thing_is_no_empty_answer() -> None:
    """No rows would read as if there were nothing to find."""
    from migragraph.project import Project

    project = Project.load(Path(__file__).parents[3])
    with pytest.raises(QueryError, match=r"says nothing of person:kendra-rina, .*Is person:kendra-rinas meant\?"):
        project.query("claims-by-speaker", {"speaker": "person:kendra-rina"})
