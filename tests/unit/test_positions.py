"""Positions: where subjects, predicates, terms and prefixes stand in a file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from migragraph.positions import (
    Position,
    find_ends,
    find_mentions,
    find_positions,
    find_prefixes,
    find_strings,
    find_triples,
    locate,
    read_value,
    scan_text,
)
from migragraph.positions.scanning import scan_statements

EX = "https://example.org/"
HEAD = f"@prefix ex: <{EX}> .\n"


def place(tmp_path: Path, text: str, subject: str, predicate: str | None = None, name: str = "a.ttl") -> object:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    pair = (subject, predicate)
    found = find_positions(path, [pair])
    return tuple(found[pair]) if pair in found else None


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        pytest.param("ex:a ex:p 1 .", "a", (2, 1), id="first statement"),
        pytest.param("ex:b ex:p ex:a .\nex:a ex:p 1 .", "a", (3, 1), id="an object is no subject"),
        pytest.param("ex:b ex:p 1 . ex:a ex:p 1 .", "a", (2, 15), id="column"),
        pytest.param("  <https://example.org/a> ex:p 1 .", "a", (2, 3), id="whole IRI"),
        pytest.param("<https://example.org/\\u0061> ex:p 1 .", "a", (2, 1), id="escaped IRI"),
        pytest.param("@base <https://example.org/> . <a> <p> 1 .", "a", (2, 32), id="@base"),
        pytest.param("BASE <https://example.org/b>\n<#a> <p> 1 .", "b#a", (3, 1), id="BASE"),
        pytest.param("PREFIX x: <https://example.org/> x:a x:p 1 .", "a", (2, 34), id="PREFIX"),
        pytest.param("prefix a: <https://example.org/>\na:a a:p a:b .", "a", (3, 1), id="lower-case prefix"),
        pytest.param("@prefix : <https://example.org/> .\n:a :p 1 .", "a", (3, 1), id="empty prefix"),
        pytest.param("@prefix ex: <https://example.org/a> .\nex: ex:p 1 .", "a", (3, 1), id="empty local name"),
        pytest.param("# ex:a ex:p 1 .\nex:a ex:p 1 .", "a", (3, 1), id="comment"),
        pytest.param('ex:b ex:p "ex:a ex:p 1 ." .\nex:a ex:p 1 .', "a", (3, 1), id="string"),
        pytest.param("ex:b ex:p 'it \\' . ex:a' .\nex:a ex:p 1 .", "a", (3, 1), id="single quotes, escaped"),
        pytest.param('ex:b ex:p """x" .\n. ex:a " \\""" . """ .\nex:a ex:p 1 .', "a", (4, 1), id="long string"),
        pytest.param("ex:b ex:p '''x' .\n. ex:a '' . ''' .\nex:a ex:p 1 .", "a", (4, 1), id="long single quotes"),
        pytest.param('ex:b ex:p "", """""" .\nex:a ex:p 1 .', "a", (3, 1), id="empty strings"),
        pytest.param('ex:b ex:p "x"@en-GB, "1"^^ex:t .\nex:a ex:p 1 .', "a", (3, 1), id="language and datatype"),
        pytest.param("ex:b ex:p 1.5 . ex:a ex:p 1 .", "a", (2, 17), id="decimal"),
        pytest.param("ex:b ex:p 1. ex:a ex:p 1 .", "a", (2, 14), id="full stop after a number"),
        pytest.param("ex:b ex:p 1.e5, .5, -2E-3 . ex:a ex:p 1 .", "a", (2, 29), id="doubles"),
        pytest.param("ex:b ex:p ex:c.\nex:a ex:p 1 .", "a", (3, 1), id="full stop after a name"),
        pytest.param("ex:b ex:p _:c.\nex:a ex:p 1 .", "a", (3, 1), id="full stop after a label"),
        pytest.param("ex:b ex:p ex:c.d.\nex:c.d ex:p 1 .", "c.d", (3, 1), id="dots in a name"),
        pytest.param("ex:b ex:p 1 .\nex:c\\.d\\/e ex:p 1 .", "c.d/e", (3, 1), id="escaped local name"),
        pytest.param("ex:c%2Fd ex:p 1 .", "c%2Fd", (2, 1), id="per cent in a local name"),
        pytest.param("ex:b ex:p [ ex:a [ ex:q 1 ; ex:r 2 ] ] .\nex:a ex:p 1 .", "a", (3, 1), id="nested nodes"),
        pytest.param("ex:b ex:p ( ex:a ex:c ) .\nex:a ex:p 1 .", "a", (3, 1), id="list"),
        pytest.param("[ ex:p 1 ] ex:q ex:a .\nex:a ex:p 1 .", "a", (3, 1), id="blank subject"),
        pytest.param("[ ex:p 1 ] .\nex:a ex:p 1 .", "a", (3, 1), id="blank statement"),
        pytest.param("( 1 2 ) ex:p ex:a .\nex:a ex:p 1 .", "a", (3, 1), id="list subject"),
        pytest.param("<< ex:a ex:p 1 >> ex:q 1 .\nex:a ex:p 1 .", "a", (3, 1), id="reified triple"),
        pytest.param("ex:b ex:p 1 {| ex:q ex:a |} .\nex:a ex:p 1 .", "a", (3, 1), id="annotation"),
        pytest.param("ex:đường ex:p 1 .", "đường", (2, 1), id="letters beyond ASCII"),
        pytest.param("ex:b ex:p true, false .\nex:a a ex:c .", "a", (3, 1), id="keywords"),
        pytest.param("ex:b ex:p 1 .\r\nex:a ex:p 1 .", "a", (3, 1), id="CRLF"),
        pytest.param("ex:b ex:p 1 .", "a", None, id="not there"),
    ],
)
def test_finds_the_subject_of_a_statement(tmp_path: Path, text: str, subject: str, expected: object) -> None:
    list(parse(HEAD + text, format=RdfFormat.TURTLE))  # the case is Turtle
    assert place(tmp_path, HEAD + text, EX + subject) == expected


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        pytest.param("ex:a ex:o ex:p ; ex:p 1 .", "p", (2, 18), id="after a semicolon"),
        pytest.param("ex:a ex:o 1, ex:p, 2 ;\n  ;\n  ex:p 1 .", "p", (4, 3), id="after commas"),
        pytest.param("ex:b ex:p 1 .\nex:a ex:o 1 .\nex:a ex:p 1 .", "p", (4, 6), id="in a later block"),
        pytest.param("ex:a ex:o [ ex:p 1 ; ex:q 2 ] ;\n ex:p 1 .", "p", (3, 2), id="not in a nested node"),
        pytest.param("ex:b ex:o 1 .\nex:a ex:o [ ex:p 1 ] .", "p", (3, 1), id="only in a nested node"),
        pytest.param("ex:a ex:o 1 .", "p", (2, 1), id="not there"),
    ],
)
def test_finds_the_predicate_in_the_block_of_its_subject(
    tmp_path: Path, text: str, predicate: str, expected: object
) -> None:
    assert place(tmp_path, HEAD + text, f"{EX}a", EX + predicate) == expected


def test_the_keyword_a_is_the_predicate_of_types(tmp_path: Path) -> None:
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert place(tmp_path, f"{HEAD}ex:a ex:p 1 ; a ex:C .", f"{EX}a", rdf_type) == (2, 15)


@pytest.mark.parametrize(
    ("text", "string", "expected"),
    [
        pytest.param('ex:b ex:p "one" .\nex:a ex:p "one" .', "one", (3, 11), id="in the block of its subject"),
        pytest.param("ex:a ex:o [ ex:p \"two\", 'one' ] .", "one", (2, 25), id="in a nested node"),
        pytest.param('ex:a ex:p "on\\u0065 \\"x\\"\\n" .', 'one "x"\n', (2, 11), id="escaped"),
        pytest.param('ex:a ex:p """one"""@en, "one" .', "one", (2, 11), id="long"),
        pytest.param('ex:b ex:p "one" .\nex:a ex:p 1 . # "one"', "one", None, id="not there"),
    ],
)
def test_finds_a_string_in_the_block_of_its_subject(tmp_path: Path, text: str, string: str, expected: object) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    assert find_strings(path, {(f"{EX}a", string)}).get((f"{EX}a", string)) == expected
    assert find_strings(path.rename(tmp_path / "a.nt"), {(f"{EX}a", string)}) == {}


def test_a_nested_node_stands_where_its_thing_does(tmp_path: Path) -> None:
    assert place(tmp_path, f"{HEAD}\nex:a ex:p [] .", f"{EX}a#state-0123456789", f"{EX}p") == (3, 1)


def test_a_nested_node_with_an_iri_of_its_own_stands_there(tmp_path: Path) -> None:
    text = f"{HEAD}ex:a ex:p <{EX}a#x> .\n<{EX}a#x> ex:p 1 ."
    assert place(tmp_path, text, f"{EX}a#x") == (3, 1)


def test_a_blank_node_is_found_by_its_label(tmp_path: Path) -> None:
    assert place(tmp_path, f"{HEAD}ex:a ex:p _:x .\n_:x ex:p 1 .", "_:x") == (3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ex:g { ex:b ex:p ex:a . ex:a ex:p 1 }", (2, 25)),
        ("GRAPH ex:a { ex:b ex:p 1 } ex:a ex:p 1 .", (2, 28)),
        ("ex:a { ex:b ex:p 1 }\nex:g { ex:a ex:p 1 . }", (3, 8)),
        ("{ ex:b ex:p 1 } ex:a ex:p 1 .", (2, 17)),
    ],
)
def test_reads_the_graphs_of_trig(tmp_path: Path, text: str, expected: object) -> None:
    list(parse(HEAD + text, format=RdfFormat.TRIG))
    assert place(tmp_path, HEAD + text, f"{EX}a", name="a.trig") == expected


@pytest.mark.parametrize("name", ["a.nt", "a.nq"])
def test_reads_n_triples_by_line(tmp_path: Path, name: str) -> None:
    text = f'# <{EX}a>\n<{EX}b> <{EX}p> "<{EX}a>" .\n<{EX}a> <{EX}q> <{EX}a> .\n <{EX}a> <{EX}p> "x" .\n'
    assert place(tmp_path, text, f"{EX}a", name=name) == (3, 1)
    assert place(tmp_path, text, f"{EX}a", f"{EX}p", name=name) == (4, len(EX) + 6)


@pytest.mark.parametrize("name", ["a.rdf", "a.jsonld"])
def test_knows_no_position_in_other_formats(tmp_path: Path, name: str) -> None:
    assert place(tmp_path, f"{HEAD}ex:a ex:p 1 .", f"{EX}a", name=name) is None


def test_a_missing_file_has_no_positions(tmp_path: Path) -> None:
    assert find_positions(tmp_path / "none.ttl", [(f"{EX}a", None)]) == {}


def test_a_byte_order_mark_and_combining_letters_count_as_the_reader_sees_them(tmp_path: Path) -> None:
    assert place(tmp_path, f"\ufeff{HEAD}ex:b ex:p 'Đường' . ex:a ex:p 1 .", f"{EX}a") == (2, 21)


def test_relative_iris_are_resolved_with_the_base_given(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<#a> <p> 1 .")
    assert find_positions(path, [("file:///x/a.ttl#a", None)], base="file:///x/a.ttl") == {
        ("file:///x/a.ttl#a", None): (1, 1)
    }


@pytest.mark.parametrize("broken", ['ex:b ex:p "open .\n', "ex:b ex:p <x y> .\n", "ex:b ex:p \x00 \\ } ] ) .\n"])
def test_goes_on_behind_what_does_not_parse(tmp_path: Path, broken: str) -> None:
    assert place(tmp_path, f"{HEAD}{broken}. ex:a ex:p 1 .", f"{EX}a") == (3, 3)


def test_every_subject_of_a_file_is_found_where_it_stands(tmp_path: Path) -> None:
    names = [f"n{number}" for number in range(500)]
    lines = [f'ex:{name} ex:p """{name}\n.""", [ ex:q ex:{name} ] ; a ex:C .' for name in names]
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + "\n".join(lines))
    subjects = {quad.subject.value for quad in parse(path=path) if isinstance(quad.subject, NamedNode)}
    found = find_positions(path, [(subject, None) for subject in subjects])
    assert found == {(f"{EX}{name}", None): (2 * number + 2, 1) for number, name in enumerate(names)}


@pytest.mark.parametrize(
    "body",
    ['"' + "x" * 10_000_000 + '"', '"""' + 'x"\n' * 3_000_000 + 'x"""', "'" + "\\n" * 5_000_000 + "'"],
    ids=["plain", "long with quotes", "escapes"],
)
def test_a_literal_of_ten_megabytes_is_no_burden(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}ex:b ex:p {body} . ex:a ex:p 1 .")
    started = time.process_time()
    assert (f"{EX}a", None) in find_positions(path, [(f"{EX}a", None)])
    assert time.process_time() - started < 30


@pytest.mark.parametrize("start", ["", "ex:", "@", "_:", "<", "?"])
@pytest.mark.parametrize("part", ['"', "''x", ".", "a.", "đ", "a-", "<", "<a", "1.", "%2F", "[", "\\"])
def test_time_grows_with_length_alone(start: str, part: str) -> None:
    started = time.process_time()
    list(scan_text(start + part * 20_000))
    assert time.process_time() - started < 4


def test_finds_the_first_mention_of_a_term_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}ex:a ex:p [ ex:q ex:b ] , '1'^^ex:t ;\n a ex:C .")
    found = find_mentions(path, {f"{EX}{name}" for name in ("p", "q", "b", "t", "C", "none")}, {})
    assert {iri.removeprefix(EX): tuple(position) for iri, position in found.items()} == {
        "p": (2, 6),
        "q": (2, 13),
        "b": (2, 18),
        "t": (2, 32),
        "C": (3, 4),
    }


def test_finds_the_terms_of_a_query_with_the_prefixes_of_the_project(tmp_path: Path) -> None:
    path = tmp_path / "a.rq"
    path.write_text("#+ x: ex:a\nSELECT ?a { ?s ex:p/ex:a ?o FILTER(?s < 3 && ?o > 'ex:b') }")
    found = find_mentions(path, {f"{EX}a", f"{EX}p"}, {"ex": EX})
    assert found == {f"{EX}p": (2, 16), f"{EX}a": (2, 21)}


def test_finds_a_term_inside_a_string_by_its_short_name(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}ex:s ex:select '''\nSELECT $this {{ $this ex:x ?o }}'''.")
    assert find_mentions(path, {f"{EX}x"}, {"ex": EX}) == {f"{EX}x": (3, 22)}


def test_finds_where_a_prefix_is_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}PREFIX b: <{EX}>\n@prefix : <{EX}> .\n@prefix ex: <{EX}2> .")
    assert find_prefixes(path, {"ex", "b", "", "none"}) == {"ex": (1, 9), "b": (2, 8), "": (3, 9)}


def test_an_undeclared_prefix_stays_as_it_is_written() -> None:
    assert [mention.iri for mention in scan_text("x:a x:b x:c .")] == ["x:a", "x:b", "x:c"]


def test_locates_offsets_in_lines_and_columns() -> None:
    assert list(locate("ab\n\ncd", [0, 2, 3, 4, 5])) == [(1, 1), (1, 3), (2, 1), (3, 1), (3, 2)]


VALUES = [
    ("ex:a ex:p 1, 2 ;\n  ex:q 2 .", "p", "2", (2, 14)),
    ("ex:a ex:p 1, 2 ;\n  ex:q 2 .", "q", "2", (3, 8)),
    ("ex:a ex:p 1 .\nex:b ex:p 2 .\nex:a ex:p 2 .", "p", "2", (4, 11)),
    ('ex:a ex:p "x\\ty"@en, """z""" .', "p", "x\ty", (2, 11)),
    ('ex:a ex:p "x\\ty"@en, """z""" .', "p", "z", (2, 22)),
    ("ex:a ex:p true, ex:b .", "p", "true", (2, 11)),
    ("ex:a ex:p true, ex:b .", "p", f"{EX}b", (2, 17)),
    ("ex:a ex:p true, ex:b .", "p", "none", (2, 6)),
    ("ex:a ex:p true, ex:b .", "none", "true", (2, 1)),
]


@pytest.mark.parametrize(("text", "predicate", "value", "expected"), VALUES)
def test_finds_a_value_of_a_predicate(
    tmp_path: Path, text: str, predicate: str, value: str, expected: tuple[int, int]
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    sought = (f"{EX}a", EX + predicate, value)
    assert find_triples(path, [sought]) == {sought: expected}


@pytest.mark.parametrize("format_", [RdfFormat.N_TRIPLES, RdfFormat.N_QUADS])
@pytest.mark.parametrize(("text", "predicate", "value"), [case[:3] for case in VALUES[:-2]])
def test_finds_the_line_of_a_triple(tmp_path: Path, format_: RdfFormat, text: str, predicate: str, value: str) -> None:
    path = tmp_path / f"a.{format_.file_extension}"
    triples = [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]
    path.write_bytes(serialize(triples, format=format_) or b"")
    sought = (f"{EX}a", EX + predicate, value)
    (line,) = [
        number
        for number, (subject, property_, term) in enumerate(triples, 1)
        if (subject, property_) == (NamedNode(sought[0]), NamedNode(sought[1])) and read_value(str(term)) == value
    ]
    assert find_triples(path, [sought])[sought].line == line


@pytest.mark.parametrize(
    ("line", "column", "end"),
    [
        ("ex:a ex:p 1 .", 1, 5),
        ("ex:a ex:p 1 .", 11, 12),
        ("ex:a ex:p 'a b'@en .", 11, 16),
        ("<https://example.org/a> a ex:B .", 1, 24),
        ('ex:a ex:p """one', 11, 17),
        ("ex:a ex:p 1 .", 5, None),
        ("ex:a ex:p 1 .", 99, None),
    ],
)
def test_finds_where_a_token_ends(tmp_path: Path, line: str, column: int, end: int | None) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"\ufeff{line}\r\n{line}", encoding="utf-8", newline="")
    for number in (1, 2):
        assert find_ends(path, [Position(number, column)]).get(Position(number, column)) == end
    assert find_ends(path.rename(tmp_path / "a.jsonld"), [Position(1, column)]) == {}


PIECES = (
    *("ex:a ", "ex:b.c", "ex:a1.", "1.", ".5", "1.5", "1.e5", "_:b.", "_:b.c ", "true.", ":a", "ex:", "@en.", "@en"),
    *('"x"', '"x. ex:a ex:p 1 . "', "'''y'\n. '''", '"\\""', "# . ex:a\n", f"<{EX}a>", "<#a.b>", " <", "> "),
    *(". ", ".", "..", " . \n", ";", ",", " ", "\n", "[]", "[ ex:p ex:a.b ]", "( ex:a 1.5 )", "(ex:a)", "{", "}"),
    *("{| ex:q ex:a |}", "<< ex:a ex:p 1 >>", "|", "^^", "a ", "ex:a\\.b", "ex:a\\/a1", "đ", "·", "-", "%2F"),
    *(f" . @prefix ex: <{EX}> .\n", f" . PREFIX ex: <{EX}>\n", " . GRAPH "),
)


@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    name=st.sampled_from(["a", "b", "a1", "b.c", "e5"]),
)
def test_what_is_passed_over_is_what_a_scan_of_all_would_not_take(text: str, name: str) -> None:
    """Also in much that is no Turtle; but brackets are closed, and directives and escapes stand where they belong."""
    subjects, roles = {EX + name}, {"subject", "predicate"}
    everything = [one for one in scan_text(HEAD + text) if one.subject in subjects and one.role in roles]
    kept = [one for one in scan_statements(HEAD + text, subjects) if one.subject in subjects and one.role in roles]
    assert kept == everything
