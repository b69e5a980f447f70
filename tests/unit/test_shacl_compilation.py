"""The cache of compiled queries: what is kept is what is compiled, and nothing that is wrong is ever taken from it."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from migragraph.cache import cache_folder
from migragraph.namespaces import SH, XSD
from migragraph.shacl import validate_shacl
from migragraph.shacl.declarations import Query
from migragraph.shacl.fast.queries import compilation
from migragraph.shacl.fast.queries.algebra import OutsideError, Select
from migragraph.shacl.fast.queries.compilation import compile_queries
from migragraph.shacl.fast.queries.encoding import decode_part, encode_part
from migragraph.shacl.fast.queries.syntax import read_query
from migragraph.shacl.limits import EngineError
from migragraph.shacl.shapes import Resource, Shapes, Term

NODE = NamedNode("https://example.org/shape")
PLAIN = "SELECT $this WHERE { $this <urn:p> ?value }"
LIMITED = "SELECT $this WHERE { $this <urn:p> ?value } LIMIT 1"
TEXTS = (
    PLAIN,
    LIMITED,
    "SELECT DISTINCT * WHERE { $this (<urn:p>/^<urn:q>|<urn:r>*)+ ?o . ?o ?p [] }",
    'SELECT $this WHERE { $this ?p ?o . OPTIONAL { ?o <urn:q> "a"@en-GB, 01, true . FILTER (?o > 1.50) } }',
    "SELECT $this (COUNT(DISTINCT ?o) AS ?n) WHERE { { $this <urn:p> ?o } UNION { ?o <urn:p> $this } "
    "BIND (STR(?o) AS ?text) } GROUP BY $this HAVING (COUNT(*) > 2)",
    'SELECT $this (GROUP_CONCAT(?o; separator=", ") AS ?all) WHERE { $this <urn:p> ?o } GROUP BY $this',
    "SELECT $this WHERE { $this $PATH ?o . FILTER NOT EXISTS { GRAPH $shapesGraph { $currentShape ?p ?o } } }",
    "SELECT $this WHERE { { SELECT $this WHERE { $this ?p ?o . FILTER (?o IN (<urn:a>, 1e0)) } } }",
)


def make_shapes(*texts: str) -> Shapes:
    shapes: dict[Resource, dict[NamedNode, list[Term]]] = {NODE: {SH["sparql"]: []}}
    for number, text in enumerate(texts):
        node = NamedNode(f"https://example.org/query{number}")
        shapes[NODE][SH["sparql"]].append(node)
        shapes[node] = {SH["select"]: [Literal(text)]}
    return shapes


def ask(text: str) -> Query:
    return Query(NODE, text, asks=False, prefixes=(), messages=())


def kept() -> list[Path]:
    return list(cache_folder().iterdir()) if cache_folder().is_dir() else []


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the texts that are parsed, as they are parsed."""
    texts: list[str] = []

    def read(text: str, prefixes: tuple[tuple[str, str], ...]) -> Select:
        texts.append(text)
        return read_query(text, prefixes)

    monkeypatch.setattr(compilation, "read_query", read)
    return texts


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_kept_is_what_was_compiled(text: str, compiled: list[str]) -> None:
    first, second = (compile_queries(make_shapes(text)) for _ in range(2))
    assert compiled == [text]
    if text == LIMITED:
        for read in (first, second):
            with pytest.raises(OutsideError, match="limitoffset"):
                read(ask(text))
    else:
        assert second(ask(text)) == first(ask(text)) == read_query(text, ())


def test_a_query_that_was_not_asked_for_is_compiled(compiled: list[str]) -> None:
    compile_queries(make_shapes(PLAIN))
    read = compile_queries(make_shapes(PLAIN))
    assert read(ask(TEXTS[2])) == read_query(TEXTS[2], ())
    assert compiled == [PLAIN, TEXTS[2]]


def test_shapes_without_queries_leave_no_trace() -> None:
    compile_queries({NODE: {SH["property"]: [NODE]}})
    assert kept() == []


def test_one_entry_serves_shapes_whose_queries_are_the_same(compiled: list[str]) -> None:
    compile_queries(make_shapes(*TEXTS))
    compile_queries({**make_shapes(*reversed(TEXTS)), NamedNode("urn:more"): {SH["minCount"]: [Literal(1)]}})
    assert len(compiled) == len(TEXTS)
    assert len(kept()) == 1


def change_text(shapes: dict[Resource, dict[NamedNode, list[Term]]], node: Resource) -> None:
    shapes[node][SH["select"]] = [Literal(f"{PLAIN} ")]


def change_prefixes(shapes: dict[Resource, dict[NamedNode, list[Term]]], node: Resource) -> None:
    shapes[node][SH["prefixes"]] = [NODE]
    shapes[NODE][SH["declare"]] = [NamedNode("urn:declared")]
    shapes[NamedNode("urn:declared")] = {
        SH["prefix"]: [Literal("ex")],
        SH["namespace"]: [Literal("https://example.org/")],
    }


@pytest.mark.parametrize("change", [change_text, change_prefixes])
def test_changed_shapes_are_compiled_anew(change: Callable[..., None], compiled: list[str]) -> None:
    shapes = make_shapes(PLAIN)
    compile_queries(shapes)
    change(shapes, NamedNode("https://example.org/query0"))
    compile_queries(shapes)
    assert len(compiled) == 2


@pytest.mark.parametrize("module", ["shacl.fast.queries.encoding", "shacl.fast.queries.syntax", "literals"])
def test_changed_code_of_ours_compiles_anew(
    module: str, compiled: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(compilation.PACKAGE, tmp_path / "copy"))
    monkeypatch.setattr(compilation, "PACKAGE", copy)
    compile_queries(make_shapes(PLAIN))
    compile_queries(make_shapes(PLAIN))
    with copy.joinpath(*module.split(".")).with_suffix(".py").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    compile_queries(make_shapes(PLAIN))
    assert len(compiled) == 2


def find_file(module: str) -> Path | None:
    folder = compilation.PACKAGE.parent.joinpath(*module.split("."))
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    return file if file.is_file() else None


def list_imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_all_code_that_compiles_is_hashed() -> None:
    found: set[Path] = set()
    waiting = [Path(compilation.__file__)]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            names = [name for name in list_imports(file) if name.startswith("migragraph.")]
            waiting += [path for name in names if (path := find_file(name))]
    assert sorted(compilation._list_own()) == sorted(found)


def test_a_changed_parser_compiles_anew(compiled: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    parsers = list(compilation._list_parsers())
    assert {"parser.py", "term.py", "core.py"} <= {path.name for path in parsers}
    compile_queries(make_shapes(PLAIN))
    changed = tmp_path / parsers[0].name
    changed.write_bytes(parsers[0].read_bytes() + b"\n")
    monkeypatch.setattr(compilation, "_list_parsers", lambda: [changed, *parsers[1:]])
    compile_queries(make_shapes(PLAIN))
    assert len(compiled) == 2


def test_another_python_compiles_anew(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    compile_queries(make_shapes(PLAIN))
    monkeypatch.setattr(sys, "version", "4.0")
    compile_queries(make_shapes(PLAIN))
    assert len(compiled) == 2


def write_entry(data: str) -> None:
    """Put a text in the place of what is kept, with sums that fit it."""
    [folder] = kept()
    (folder / compilation.FILE).write_text(data, encoding="utf-8")
    sum_ = sha256(data.encode()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{compilation.FILE} {sum_}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "7",
        "[[]]",
        '[["a", [], {"part": "Popen", "fields": ["true"]}]]',
        '[["a", [], {"part": "Variable", "fields": ["a", "b"]}]]',
        '[["a", [], {"iri": "no IRI"}]]',
        '[["a", [], {}]]',
        "[" * 100_000,
    ],
)
def test_broken_entries_are_passed_over(data: str, compiled: list[str]) -> None:
    compile_queries(make_shapes(PLAIN))
    write_entry(data)
    assert compile_queries(make_shapes(PLAIN))(ask(PLAIN)) == read_query(PLAIN, ())
    assert compiled == [PLAIN, PLAIN]


def test_an_entry_whose_sums_are_wrong_is_mended(compiled: list[str]) -> None:
    compile_queries(make_shapes(PLAIN))
    path = kept()[0] / compilation.FILE
    good = path.read_text("utf-8")
    path.write_text(good.replace("urn:p", "urn:q"), encoding="utf-8")
    assert compile_queries(make_shapes(PLAIN))(ask(PLAIN)) == read_query(PLAIN, ())
    assert compiled == [PLAIN, PLAIN]
    assert path.read_text("utf-8") == good


def test_a_deleted_entry_is_made_again(compiled: list[str]) -> None:
    compile_queries(make_shapes(PLAIN))
    [folder] = kept()
    (folder / compilation.FILE).unlink()
    compile_queries(make_shapes(PLAIN))
    assert compiled == [PLAIN, PLAIN]
    assert kept() == [folder]


def test_a_cache_that_cannot_be_written_is_no_error(
    compiled: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("MIGRAGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    for _ in range(2):
        assert compile_queries(make_shapes(PLAIN))(ask(PLAIN)) == read_query(PLAIN, ())
    assert compiled == [PLAIN, PLAIN]


@pytest.mark.parametrize("text", ["SELECT $this WHERE {", "SELECT $this WHERE { $this ex:p ?o }"])
def test_faults_are_found_each_time(text: str) -> None:
    for _ in range(2):
        with pytest.raises(EngineError):
            compile_queries(make_shapes(text))
    assert kept() == []


def test_two_queries_at_one_place_are_not_taken_for_one_at_each_of_two(compiled: list[str]) -> None:
    compile_queries(make_shapes(PLAIN, TEXTS[2]))
    with pytest.raises(EngineError, match="2 queries"):
        compile_queries({NODE: {SH["select"]: [Literal(PLAIN), Literal(TEXTS[2])]}})


def test_only_parts_of_queries_are_encoded() -> None:
    assert decode_part(json.loads(json.dumps(encode_part((None, True, "a"))))) == (None, True, "a")
    for term in (Literal("a", language="en"), Literal("01", datatype=XSD["integer"]), NODE):
        assert decode_part(encode_part(term)) == term
    for part in (object(), 1, BlankNode("a")):
        with pytest.raises(TypeError):
            encode_part(part)


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:shape> sh:targetSubjectsOf <urn:p> ; sh:sparql <urn:query> .
<urn:query> sh:select "SELECT $this ?value WHERE { $this <urn:p> ?value . FILTER (?value > 1) }" .
"""


def test_results_are_the_same_from_the_cache() -> None:
    data = [quad.triple for quad in parse("<urn:a> <urn:p> 1, 2 . <urn:b> <urn:p> 3 .", format=RdfFormat.TURTLE)]
    shapes = [quad.triple for quad in parse(SHAPES, format=RdfFormat.TURTLE)]
    reports = [validate_shacl(data, shapes) for _ in range(2)]
    assert len(kept()) == 1
    assert len(reports[0].results) == 2
    assert reports[0].results == reports[1].results


def test_rdflib_is_not_imported_where_all_is_kept(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "data.ttl").write_text("<urn:a> <urn:p> 1 .", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from migragraph.conformance import validate_files;"
        "validate_files([Path('data.ttl')], [Path('shapes.ttl')]);"
        "print(sorted(sys.modules.keys() & {'pyparsing', 'rdflib'}))"
    )
    run = [sys.executable, "-c", code]
    said = [subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert said == ["['pyparsing', 'rdflib']\n", "[]\n"]
