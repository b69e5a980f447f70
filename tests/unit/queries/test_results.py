"""Results come out in each format, complete, in order, and safe to read."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, Store, parse

from migragraph.errors import QueryError
from migragraph.queries import FORMATS, Results, parse_query, render_results, run_query

PREFIXES = {"ex": "http://example.org/", "xsd": "http://www.w3.org/2001/XMLSchema#", "no": "http://example.net/"}

DATA = r"""
@prefix ex: <http://example.org/> .
ex:a ex:rank 1 ; ex:value "Trần, \"An\"\n| *x* \\ <b> &" .
<http://example.org/b,c> ex:rank 2 ; ex:value "vi"@vi .
ex:d ex:rank 3 ; ex:value ex:e .
ex:f ex:rank 4 ; ex:value 1.5 .
ex:g ex:rank 5 .
"""
ROWS = """PREFIX ex: <http://example.org/>
SELECT ?thing ?value { ?thing ex:rank ?rank OPTIONAL { ?thing ex:value ?value } } ORDER BY DESC(?rank)"""
GRAPH = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(ISNUMERIC(?o) || ISIRI(?o)) }"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(parse(DATA, format=RdfFormat.TURTLE))
    return store


def ask(store: Store, text: str) -> Results:
    return run_query(store, parse_query(text, "q"), {}, PREFIXES)


def render(store: Store, text: str, format_: str | None = None, *, terminal: bool = False) -> str:
    return render_results(ask(store, text), format_, PREFIXES, terminal=terminal)


def test_a_table_is_aligned_and_has_one_line_for_a_row(store: Store) -> None:
    assert render(store, ROWS) == render(store, ROWS, "table") == (
        "thing                     value\n"
        "------------------------  ------------------------\n"
        "ex:g\n"
        "ex:f                      1.5\n"
        "ex:d                      ex:e\n"
        "<http://example.org/b,c>  vi\n"
        'ex:a                      Trần, "An" | *x* \\ <b> &\n'
    )  # fmt: skip


def test_a_table_takes_wide_and_combining_characters_for_what_they_are(store: Store) -> None:
    text = 'SELECT ?a ?b { VALUES (?a ?b) { ("日本" 1) ("Tra\u0302\u0300n" 2) ("abcd" 3) } } ORDER BY ?b'
    lines = render(store, text).splitlines()
    assert lines == ["a     b", "----  -", "日本  1", "Tra\u0302\u0300n  2", "abcd  3"]


def test_a_terminal_gets_lines_and_no_commands(store: Store) -> None:
    text = 'SELECT ("[red]x[/red]\\u001B[2J" AS ?a) {}'
    shown = render(store, text, terminal=True)
    assert "[red]x[/red]" in shown
    assert "\x1b[2J" not in shown
    assert "│" in shown
    assert "\x1b" not in render(store, text)


def test_a_narrow_terminal_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "24")
    shown = render(
        store, 'SELECT ("abcdefghijklmnopqrstuvwxyz" AS ?first_column) ("b" AS ?second_column) {}', terminal=True
    )
    assert "…" not in shown
    assert set("abcdefghijklmnopqrstuvwxyz") <= set(shown)


def test_rows_too_wide_for_the_terminal_become_records(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'SELECT ("one" AS ?first) ("two words" AS ?second) ("" AS ?third) ("[b]" AS ?fourth) ("five" AS ?fifth) {}'
    monkeypatch.setenv("COLUMNS", "30")
    narrow = re.sub(r"\x1b\[[0-9;]*m", "", render(store, text, terminal=True))
    lines = [line.split(None, 1) for line in narrow.splitlines() if line.strip()]
    assert [[name, value.strip()] for name, value in lines] == [
        ["first", "one"],
        ["second", "two words"],
        ["fourth", "[b]"],
        ["fifth", "five"],
    ]
    monkeypatch.setenv("COLUMNS", "120")
    assert "│" in render(store, text, terminal=True)


def test_csv_quotes_what_needs_it(store: Store) -> None:
    text = render(store, ROWS, "csv")
    assert text.startswith("thing,value\r\nhttp://example.org/g,\r\nhttp://example.org/f,1.5\r\n")
    assert '"http://example.org/b,c",vi\r\n' in text
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[-1] == ["http://example.org/a", 'Trần, "An"\n| *x* \\ <b> &']
    assert {len(row) for row in rows} == {2}


def test_tsv_has_terms_in_turtle(store: Store) -> None:
    lines = render(store, ROWS, "tsv").split("\n")
    assert lines[:3] == ["?thing\t?value", "<http://example.org/g>\t", "<http://example.org/f>\t1.5"]
    assert lines[4] == '<http://example.org/b,c>\t"vi"@vi'
    assert lines[5] == '<http://example.org/a>\t"Trần, \\"An\\"\\n| *x* \\\\ <b> &"'


def test_json_is_that_of_sparql(store: Store) -> None:
    document = json.loads(render(store, ROWS, "json"))
    assert document["head"]["vars"] == ["thing", "value"]
    bindings = document["results"]["bindings"]
    assert [binding["thing"]["value"][-1] for binding in bindings] == ["g", "f", "d", "c", "a"]
    assert bindings[0].keys() == {"thing"}
    assert bindings[3]["value"] == {"type": "literal", "xml:lang": "vi", "value": "vi"}


def test_xml_is_that_of_sparql(store: Store) -> None:
    root = ElementTree.fromstring(render(store, ROWS, "xml"))
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert [uri.text for uri in root.iterfind(f".//{space}binding[@name='thing']/{space}uri")][
        3
    ] == "http://example.org/b,c"
    assert root.findall(f".//{space}literal")[-1].text == 'Trần, "An"\n| *x* \\ <b> &'


def test_xml_keeps_a_carriage_return_and_refuses_what_it_cannot_hold(store: Store) -> None:
    root = ElementTree.fromstring(render(store, 'SELECT ("a\\rb" AS ?x) {}', "xml"))
    assert "".join(root.itertext()) == "a\rb"
    with pytest.raises(QueryError, match=r"U\+0001, which XML cannot hold"):
        render(store, 'SELECT ("a\\u0001b" AS ?x) {}', "xml")


def test_markdown_keeps_its_cells_apart(store: Store) -> None:
    lines = render(store, ROWS, "md").splitlines()
    assert lines[:4] == ["| thing | value |", "| --- | --- |", "| ex:g |  |", "| ex:f | 1.5 |"]
    assert lines[5] == "| &lt;http://example.org/b,c> | vi |"
    assert lines[6] == '| ex:a | Trần, "An"<br>\\| \\*x\\* \\\\ &lt;b> &amp; |'


@pytest.mark.parametrize(
    ("format_", "text"), [("table", "true\n"), ("csv", "true\n"), ("tsv", "true\n"), ("md", "true\n")]
)
def test_an_answer_of_yes_or_no_is_a_word(store: Store, format_: str, text: str) -> None:
    assert render(store, "ASK {}", format_) == text
    assert render(store, "ASK { FILTER(false) }", format_) == "false\n"


def test_an_answer_of_yes_or_no_is_a_document(store: Store) -> None:
    assert json.loads(render(store, "ASK {}", "json"))["boolean"] is True
    assert ElementTree.fromstring(render(store, "ASK {}", "xml"))[1].text == "true"


def test_turtle_is_sorted_and_has_the_prefixes_that_it_uses(store: Store) -> None:
    assert render(store, GRAPH) == render(store, GRAPH, "turtle") == (
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix ex: <http://example.org/> .\n"
        "ex:a ex:rank 1 .\n"
        "ex:b\\,c ex:rank 2 .\n"
        "ex:d ex:rank 3 ;\n\tex:value ex:e .\n"
        "ex:f ex:rank 4 ;\n\tex:value 1.5 .\n"
        "ex:g ex:rank 5 .\n"
    )  # fmt: skip


def test_jsonld_holds_the_graph(store: Store) -> None:
    text = render(store, GRAPH, "jsonld")
    assert set(parse(text, format=RdfFormat.JSON_LD)) == set(parse(render(store, GRAPH), format=RdfFormat.TURTLE))


@pytest.mark.parametrize("format_", ["turtle", "jsonld"])
def test_blank_nodes_have_the_same_names_each_time(store: Store, format_: str) -> None:
    text = "CONSTRUCT { [] <http://example.org/of> ?s ; ?p [ ?p ?o ] } { ?s ?p ?o }"
    first = render(store, text, format_)
    assert first == render(store, text, format_)
    assert first.count("_:c14n") > 0


def test_an_empty_graph_is_an_empty_document(store: Store) -> None:
    assert render(store, "CONSTRUCT { ?s ?p 1 } { ?s ?p ?o FILTER(false) }") == "\n"
    assert render(store, "DESCRIBE <http://example.org/none>", "jsonld") == "[]\n"


def test_describe_is_a_graph(store: Store) -> None:
    assert "ex:g ex:rank 5 ." in render(store, "DESCRIBE <http://example.org/g>")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_format_takes_what_it_can_hold(store: Store, format_: str) -> None:
    graph = FORMATS[format_].graph
    fitting, others = ([GRAPH], [ROWS, "ASK {}"]) if graph else ([ROWS, "ASK {}"], [GRAPH])
    assert all(render(store, text, format_).endswith("\n") for text in fitting)
    for text in others:
        with pytest.raises(QueryError, match=f"cannot be written as {format_}") as caught:
            render(store, text, format_)
        choice = ", ".join(name for name, other in FORMATS.items() if other.graph != graph)
        assert caught.value.advice == f"Choose from {choice}."


def test_an_unknown_format_is_told(store: Store) -> None:
    with pytest.raises(QueryError, match=r"there is no format 'html'\. Choose from table, csv"):
        render(store, ROWS, "html")


def test_a_failure_on_the_way_is_a_message(store: Store) -> None:
    """No server is there, and the call comes only when the solutions are read."""
    query = parse_query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "q")
    with pytest.raises(QueryError, match="the query failed on its way"):
        render_results(run_query(store, query, {}, {}, allow_service=True))


@pytest.fixture(autouse=True)
def plain_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the surroundings of the test out of what a terminal gets."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
