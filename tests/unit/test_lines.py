"""Files as lines of triples: what parses, what does not, and a second process for what is large."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from migragraph import lines
from migragraph.conformance import validate_files
from migragraph.errors import DataError
from migragraph.formats import SUFFIXES
from migragraph.lines import Lines
from migragraph.reading import read_quads
from migragraph.report import Report

BASE = "https://e.org/"
SHAPES = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <{BASE}> .
ex:S sh:targetSubjectsOf ex:p ; sh:property ex:S-p . ex:S-p sh:path ex:p ; sh:maxCount 1 .
"""
ONE = f'<{BASE}a> <{BASE}p> "x" .\n'
TWO = f'<{BASE}a> <{BASE}p> "x", "y" .\n'

Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return put


@pytest.fixture(params=[0, 1 << 40], ids=["second process", "one process"])
def _process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGE", request.param)


pytestmark = pytest.mark.usefixtures("_process")


def judge(write: Write, *data: Path) -> Report:
    return validate_files(data, [write("shapes.ttl", SHAPES)])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", f'@prefix a: <{BASE}> . a:b a:p "\\n\\" .\\n"@EN, "đ", 01, <#x> , ( 1 [] ) .'),
        ("a.nt", f'<{BASE}a>   <{BASE}p>\t"\\u00e9 .\\n" . # a comment\n\n_:x <{BASE}p> <{BASE}é>.'),
        ("a.trig", f"<{BASE}g> {{ {ONE} }} {ONE}"),
        ("a.nq", ONE.replace(" .", f" <{BASE}g> .")),
        ("a.rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
        ("a.jsonld", f'{{"@id": "{BASE}a", "{BASE}p": ["x", {{"@value": "x", "@language": "en"}}]}}'),
        ("a.ttl", ""),
        ("a.nt", b"\xef\xbb\xbf" + ONE.encode()),
        ("a.ttl", ONE.replace("\n", "\r\n") * 2),
    ],
)
def test_the_lines_are_the_triples(write: Write, name: str, text: str | bytes) -> None:
    path = write(name, text)
    file = Lines(path)
    found = [quad.triple for quad in parse(b"".join(file.read()), format=RdfFormat.N_TRIPLES)]
    parsed = read_quads(path, base_iri=path.as_uri())
    # The parser gives blank nodes other labels each time.
    assert [str(one.predicate) + type(one.object).__name__ for one in found] == [
        str(one.predicate) + type(one.object).__name__ for one in parsed.quads
    ]
    assert [one for one in found if "_:" not in str(one)] == [
        one.triple for one in parsed.quads if "_:" not in str(one.triple)
    ]
    assert file.prefixes == parsed.prefixes


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "text", ["<<<<<<< HEAD\n", f"{ONE}bad", f"{ONE}=======\n{ONE}", f"\n{ONE}\x00", b"\n# \xff", ONE * 40_000 + "bad"]
)
def test_what_does_not_parse_is_told_as_the_reader_tells_it(write: Write, suffix: str, text: str | bytes) -> None:
    path = write(f"bad{suffix}", text)
    with pytest.raises(DataError) as told:
        read_quads(path, base_iri=path.as_uri())
    with pytest.raises(DataError) as found:
        list(Lines(path).read())
    assert str(found.value) == str(told.value)
    assert found.value.advice == told.value.advice


def test_a_file_with_a_fault_at_its_end_leaves_nothing(write: Write) -> None:
    """Its triples have been read by then, and its blank nodes numbered."""
    faulty = write("a.ttl", f"{TWO}_:x <{BASE}p> 1, 2 .\n{ONE * 40_000}bad")
    good = write("b.ttl", f"[] <{BASE}p> 3, 4 .")
    report = judge(write, faulty, good)
    assert [(finding.file, finding.kind) for finding in report.findings] == [(faulty, "syntax"), (good, "shacl")]
    assert report.findings[1].focus == judge(write, good).findings[0].focus == "_:b0"
    assert report.checked == "2 triples in 1 file; shacl"
    assert not report.completed


def test_a_triple_counts_once(write: Write) -> None:
    files = [
        write("a.ttl", ONE * 3),
        write("b.nt", ONE),
        write("c.trig", f"<{BASE}g> {{ {ONE} }} <{BASE}h> {{ {ONE} }}"),
    ]
    report = judge(write, *files)
    assert report.conforms
    assert report.checked == "1 triple in 3 files; shacl"


def test_graphs_and_files_are_merged(write: Write) -> None:
    graphs = write("a.trig", f'<{BASE}g> {{ <{BASE}a> <{BASE}p> "x" }} <{BASE}h> {{ <{BASE}a> <{BASE}p> "y" }}')
    (finding,) = judge(write, graphs).findings
    assert (finding.focus, finding.file) == (f"{BASE}a", graphs)
    (finding,) = judge(write, write("b.ttl", ONE), write("c.ttl", TWO)).findings
    assert (finding.file or Path()).name == "b.ttl"


def test_blank_nodes_stay_those_of_their_file_and_are_found_there(write: Write) -> None:
    one, two = write("a.ttl", f"_:x <{BASE}p> 1 ."), write("b.ttl", f"\n_:x <{BASE}p> 2 .\n_:y <{BASE}p> 3, 4 .")
    assert judge(write, one, write("c.ttl", f"_:x <{BASE}p> 2 .")).conforms
    (finding,) = judge(write, one, two).findings
    assert (finding.file, finding.line, finding.column) == (two, 3, 5)


def test_blank_nodes_without_a_label_are_found_at_their_brackets(write: Write) -> None:
    text = f"[] <{BASE}q> [ <{BASE}p> 1 ] .\n_:x <{BASE}p> 1 .\n[ <{BASE}p> 1, 2 ] .\n\n[] <{BASE}p> 1, 2 ."
    found = [(finding.line, finding.column) for finding in judge(write, write("a.ttl", text)).findings]
    assert found == [(3, 1), (5, 4)]


def test_a_nested_node_stands_where_the_thing_does(write: Write) -> None:
    data = write("a.ttl", f"\n<{BASE}thing> <{BASE}q> [ <{BASE}q> [ <{BASE}p> 1, 2 ] ] .")
    (finding,) = judge(write, data).findings
    assert (finding.file, finding.line, finding.column) == (data, 2, 1)


def test_a_long_literal_with_escapes_is_read(write: Write) -> None:
    shapes = write("s.ttl", SHAPES.replace("sh:maxCount 1", "sh:minLength 9500000"))
    for end in ("", "@en", f"^^<{BASE}d>"):
        data = write("a.ttl", f'<{BASE}a> <{BASE}p> "{chr(92)}n{"x" * 100}{chr(92)}"{"đ" * 600_000}"{end} .')
        (finding,) = validate_files([data], [shapes]).findings
        (quad,) = read_quads(data).quads
        assert finding.value == str(quad.object)


def test_a_process_that_is_stopped_is_an_error(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGE", 0)
    monkeypatch.setattr(lines, "SERVE", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(DataError, match="was stopped"):
        list(Lines(write("a.nt", ONE)).read())


def test_without_a_second_process_there_is_one(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGE", 0)
    monkeypatch.setattr(sys, "executable", "")
    assert b"".join(Lines(write("a.nt", ONE)).read()) == ONE.encode()


def test_a_process_that_nobody_reads_ends(write: Write) -> None:
    file = Lines(write("a.nt", ONE * 100_000))
    file.close()
    file.close()
