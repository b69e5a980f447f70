from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from migragraph.errors import DataError
from migragraph.formats import SUFFIXES
from migragraph.reading import read_bytes, read_quads

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = (
    f'<rdf:RDF xmlns:rdf="{RDF}" xmlns="https://e.org/">'
    '<rdf:Description rdf:about="{}"><p>x</p></rdf:Description></rdf:RDF>'
)
ONE = "<https://e.org/s> <https://e.org/p> {} .\n"
JSON = '{{"@id": "{}", "https://e.org/p": "x"}}'


def write(folder: Path, text: str | bytes, suffix: str = ".ttl") -> Path:
    path = folder / f"file{suffix}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def fail(path: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        read_quads(path)
    assert caught.value.path == path
    return caught.value


@pytest.mark.parametrize(
    ("written", "value", "datatype"),
    [
        (f'"01"^^<{XSD}integer>', "01", "integer"),
        ("007", "007", "integer"),
        ("1.50", "1.50", "decimal"),
        ("1E2", "1E2", "double"),
        (f'"1"^^<{XSD}boolean>', "1", "boolean"),
        (f'"300"^^<{XSD}byte>', "300", "byte"),
        (f'"2024-02-30"^^<{XSD}date>', "2024-02-30", "date"),
        (f'" 5 "^^<{XSD}integer>', " 5 ", "integer"),
        ('"a\\r\\n\\u0001"', "a\r\n\x01", "string"),
    ],
)
def test_lexical_forms_are_kept(tmp_path: Path, written: str, value: str, datatype: str) -> None:
    (quad,) = read_quads(write(tmp_path, ONE.format(written))).quads
    assert quad.object == Literal(value, datatype=NamedNode(XSD + datatype))


def test_language_tags_are_kept(tmp_path: Path) -> None:
    quads = read_quads(write(tmp_path, ONE.format('"x"@vi, "x"@fr-be, "x"'))).quads
    assert [quad.object for quad in quads] == [
        Literal("x", language="vi"),
        Literal("x", language="fr-be"),
        Literal("x"),
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_is_read(tmp_path: Path, suffix: str) -> None:
    text = {".rdf": XML.format("https://e.org/s"), ".jsonld": JSON.format("https://e.org/s")}
    (quad,) = read_quads(write(tmp_path, text.get(suffix, ONE.format('"x"')), suffix)).quads
    assert (quad.subject, quad.object) == (NamedNode("https://e.org/s"), Literal("x"))


def test_prefixes_are_given(tmp_path: Path) -> None:
    path = write(tmp_path, "@prefix a: <https://a.org/> .\nPREFIX b: <https://b.org/>\na:s a:p b:o .")
    assert read_quads(path).prefixes == {"a": "https://a.org/", "b": "https://b.org/"}


def test_blank_nodes_of_two_files_differ(tmp_path: Path) -> None:
    path = write(tmp_path, ONE.format("_:x"))
    assert read_quads(path).quads[0].object != read_quads(path).quads[0].object


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_byte_order_mark_is_dropped(tmp_path: Path, suffix: str) -> None:
    text = {".rdf": XML.format("https://e.org/s"), ".jsonld": JSON.format("https://e.org/s")}
    data = b"\xef\xbb\xbf" + text.get(suffix, ONE.format('"x"')).encode()
    assert len(read_quads(write(tmp_path, data, suffix)).quads) == 1


def test_empty_file(tmp_path: Path) -> None:
    assert read_quads(write(tmp_path, "")).quads == ()


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".rdf"])
def test_large_literal(tmp_path: Path, suffix: str) -> None:
    large = "đ" * 5_000_000
    text = XML.format("https://e.org/s").replace(">x<", f">{large}<") if suffix == ".rdf" else ONE.format(f'"{large}"')
    path = write(tmp_path, text, suffix)
    start = time.process_time()
    (quad,) = read_quads(path).quads
    assert time.process_time() - start < 5
    assert quad.object == Literal(large)


@pytest.mark.parametrize(("suffix", "size"), [(".jsonld", 10_000_000), (".ttl", 17_000_000), (".nt", 17_000_000)])
def test_too_large_literal(tmp_path: Path, suffix: str, size: int) -> None:
    text = JSON.format("https://e.org/s") if suffix == ".jsonld" else ONE.format('"x"')
    assert "larger than" in fail(write(tmp_path, text.replace('"x"', f'"{"x" * size}"'), suffix)).message


def test_invalid_utf8(tmp_path: Path) -> None:
    error = fail(write(tmp_path, ONE.format('"đ"').encode() + '<https://e.org/đ"'.encode() + b"\xff"))
    assert (error.line, error.column) == (2, 18)
    assert "0xff" in error.message


def test_utf8_ending_early(tmp_path: Path) -> None:
    error = fail(write(tmp_path, "\n\n# đ".encode()[:-1]))
    assert (error.line, error.column) == (3, 3)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", "=======\r", ">>>>>>> other"])
def test_conflict_marks(tmp_path: Path, mark: str) -> None:
    error = fail(write(tmp_path, ONE.format('"x"') + mark + "\n" + ONE.format('"y"')))
    assert (error.line, error.column) == (2, 1)
    assert "merge conflict" in error.message


def test_no_conflict_marks(tmp_path: Path) -> None:
    text = '"""\n========\n <<<<<<< a\n=======a\n"""'
    assert len(read_quads(write(tmp_path, ONE.format(text))).quads) == 1


@pytest.mark.parametrize(
    ("text", "suffix", "line", "column"),
    [
        ('<https://e.org/s> <https://e.org/p> "đ" ;\n  <https://e.org/q> "đ" x .', ".ttl", 2, 25),
        ("x:s x:p x:o .", ".ttl", 1, 1),
        ("\n<https://e.org/a b> <https://e.org/p> 1 .", ".ttl", 2, 1),
        ("\n\n<s> <https://e.org/p> 1 .", ".ttl", 3, 1),
        (ONE.format('"x"') + "<https://e.org/s> <https://e.org/p>", ".nt", 2, 36),
        ('{"@id": "https://e.org/s",\n"https://e.org/p":}', ".jsonld", 2, 19),
    ],
)
def test_syntax_errors_have_a_place(tmp_path: Path, text: str, suffix: str, line: int, column: int) -> None:
    error = fail(write(tmp_path, text, suffix))
    assert (error.line, error.column) == (line, column)
    assert error.advice


def test_space_in_an_iri_is_named(tmp_path: Path) -> None:
    assert "' '" in fail(write(tmp_path, "<https://e.org/a b> <https://e.org/p> 1 .")).message


@pytest.mark.parametrize(
    ("text", "suffix"), [("<s> <p> <o> .", ".ttl"), (XML.format("s"), ".rdf"), (JSON.format("s"), ".jsonld")]
)
def test_relative_iris(tmp_path: Path, text: str, suffix: str) -> None:
    path = write(tmp_path, text, suffix)
    fail(path)
    (quad,) = read_quads(path, base_iri="https://e.org/folder/").quads
    assert quad.subject == NamedNode("https://e.org/folder/s")


def test_relative_iri_in_json_ld_with_a_base_of_its_own(tmp_path: Path) -> None:
    path = write(tmp_path, JSON.format("s").replace("{", '{"@context": {"@base": "https://e.org/"}, ', 1), ".jsonld")
    assert read_quads(path).quads[0].subject == NamedNode("https://e.org/s")


def test_unknown_suffix(tmp_path: Path) -> None:
    error = fail(write(tmp_path, "", ".n3"))
    assert "'.n3'" in error.message
    assert ".ttl" in (error.advice or "")


def test_missing_file(tmp_path: Path) -> None:
    assert "No such file" in fail(tmp_path / "no.ttl").message


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY a "boom">]>',
        '<!doctype r SYSTEM "r.dtd" [<!ENTITY a "boom">]>',
        "<!DOCTYPE r SYSTEM \"a>b\" [<!entity % a 'boom'>]>",
    ],
)
def test_entities_are_refused(tmp_path: Path, doctype: str) -> None:
    assert "declares entities" in fail(write(tmp_path, doctype + XML.format("https://e.org/s"), ".rdf")).message


@pytest.mark.parametrize("context", ['"https://e.org/c.jsonld"', '{"@import": "https://e.org/c.jsonld"}'])
def test_remote_contexts_are_refused(tmp_path: Path, context: str) -> None:
    text = JSON.format("https://e.org/s").replace("{", f'{{"@context": {context}, ', 1)
    assert "nothing is fetched" in fail(write(tmp_path, text, ".jsonld")).message


def test_deep_json_is_refused(tmp_path: Path) -> None:
    """The parser dies of it, and the process with it: another one tries."""
    path = write(tmp_path, '{"https://e.org/p":' * 5000 + "1" + "}" * 5000, ".jsonld")
    script = "import sys, pathlib; from migragraph.reading import read_quads; read_quads(pathlib.Path(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DataError" in done.stderr
    assert "nested more than 500 deep" in done.stderr


def test_brackets_in_json_texts_are_not_depth(tmp_path: Path) -> None:
    text = JSON.format("https://e.org/s").replace('"x"', '"' + '[\\"{' * 5000 + '"')
    assert len(read_quads(write(tmp_path, text, ".jsonld")).quads) == 1


def test_deep_turtle_is_read(tmp_path: Path) -> None:
    assert len(read_quads(write(tmp_path, ONE.format("[ <https://e.org/p> " * 5000 + "1" + "]" * 5000))).quads) == 5001


def test_bytes_keep_all_but_the_mark(tmp_path: Path) -> None:
    assert read_bytes(write(tmp_path, b"\xef\xbb\xbfa\r\n\xef\xbb\xbf")) == b"a\r\n\xef\xbb\xbf"
