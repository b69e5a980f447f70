from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Dataset as QuadSet

from migragraph.dataset import Dataset, build
from migragraph.describe import describe, index_subjects
from migragraph.errors import CallError, OutputError
from migragraph.export import CONTEXT_FILE, dump, dump_resource, write_export
from migragraph.formats import EXPORTS
from migragraph.layout import Layout

TOWN = "https://example.org/town/"
FAIR = NamedNode(TOWN + "event/fair")
# To rdflib the fair's "1" and "true" are one boolean.
ONE_VALUE_TWICE = 1


class ProjectWriter(Protocol):
    def __call__(self, data: dict[str, str | bytes], ontology: str = "") -> Layout: ...


def canonical(quads: Iterable[Quad]) -> str:
    graph = QuadSet(quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("\n".join(sorted(map(str, graph))).encode()).hexdigest()


def read_back(data: bytes, format_: str) -> list[Quad]:
    return list(parse(data, format=EXPORTS[format_].format))


def expected(dataset: Dataset, format_: str) -> list[Quad]:
    return list(dataset.quads) if EXPORTS[format_].named_graphs else [Quad(*triple) for triple in dataset.default]


@pytest.mark.parametrize("format_", EXPORTS)
def test_exports_read_back(dataset: Dataset, format_: str) -> None:
    quads = read_back(dump(dataset, format_), format_)
    assert len(quads) >= 300
    assert canonical(quads) == canonical(expected(dataset, format_))


@pytest.fixture(scope="module")
def bundled_dumps(bundled: Dataset) -> dict[str, bytes]:
    return {format_: dump(bundled, format_) for format_ in EXPORTS}


def test_exports_of_the_bundled_graph_read_back(bundled: Dataset, bundled_dumps: dict[str, bytes]) -> None:
    hashes = {export.named_graphs: canonical(expected(bundled, format_)) for format_, export in EXPORTS.items()}
    for format_, data in bundled_dumps.items():
        assert canonical(read_back(data, format_)) == hashes[EXPORTS[format_].named_graphs], format_


@pytest.mark.parametrize("format_", ["turtle", "rdfxml", "ntriples"])
def test_other_readers_read_the_same(dataset: Dataset, format_: str) -> None:
    """What pyoxigraph writes is no dialect of its own."""
    import rdflib

    names = {"rdfxml": "xml", "ntriples": "nt"}
    graph = rdflib.Graph().parse(data=dump(dataset, format_), format=names.get(format_, format_))
    assert len(graph) == len(dataset.default) - ONE_VALUE_TWICE


def test_lexical_forms_are_kept(dataset: Dataset) -> None:
    for format_ in EXPORTS:
        values = {str(quad.object) for quad in read_back(dump(dataset, format_), format_) if quad.subject == FAIR}
        xsd = "^^<http://www.w3.org/2001/XMLSchema#"
        assert values >= {f'"01"{xsd}integer>', f'"1.50"{xsd}decimal>', f'"1E2"{xsd}double>', f'"1"{xsd}boolean>'}
        assert values >= {'"Fête"@fr-be', '"Hội chợ"@vi', '"the fair"'}


EXPORT = """
import hashlib, sys, pathlib
from migragraph.dataset import build
from migragraph.export import write_export
from migragraph.formats import EXPORTS
from migragraph.layout import load_layout
layout = load_layout(pathlib.Path(sys.argv[1]))
for turn in ("first", "second"):
    dataset = build(layout)
    for path in write_export(dataset, list(EXPORTS), pathlib.Path(sys.argv[2]) / turn):
        print(turn, path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_exports_are_identical_from_run_to_run(layout: Layout, tmp_path: Path) -> None:
    outputs = set()
    for seed in ("0", "1", "4711"):
        command = [sys.executable, "-c", EXPORT, str(layout.root), str(tmp_path / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        outputs.add(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)
    (output,) = outputs
    first, second = (
        [line.removeprefix(turn) for line in output.splitlines() if line.startswith(turn)]
        for turn in ("first", "second")
    )
    assert first == second
    assert len(first) == len(EXPORTS) + 1


BUNDLED = """
import hashlib
from migragraph.dataset import build
from migragraph.export import dump
from migragraph.formats import EXPORTS
from migragraph.layout import bundled_root, load_layout
dataset = build(load_layout(bundled_root()))
for name in EXPORTS:
    print(name, hashlib.sha256(dump(dataset, name)).hexdigest())
"""


def test_exports_of_the_bundled_graph_are_identical(bundled_dumps: dict[str, bytes]) -> None:
    here = "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in bundled_dumps.items())
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    command = [sys.executable, "-c", BUNDLED]
    there = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    assert there == here


def test_the_order_of_statements_in_a_file_does_not_matter(project_copy: Path, dataset: Dataset) -> None:
    from migragraph.layout import load_layout

    path = project_copy / "data" / "events.ttl"
    head, *blocks = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join([head, *reversed(blocks)]) + "\n", encoding="utf-8")
    moved = build(load_layout(project_copy))
    assert {name: dump(moved, name) for name in EXPORTS} == {name: dump(dataset, name) for name in EXPORTS}


def test_turtle_uses_the_prefixes_of_the_project_that_are_needed(dataset: Dataset) -> None:
    text = dump(dataset, "turtle").decode()
    assert "event:fair a " in text
    assert "@prefix law: <https://example.org/town/law/> ." in text
    assert "@prefix xsd:" in text
    resource = dump_resource(dataset, NamedNode(TOWN + "reference/register"), "turtle").decode()
    assert "@prefix law:" not in resource


def test_write(dataset: Dataset, tmp_path: Path) -> None:
    paths = write_export(dataset, list(EXPORTS), tmp_path / "out")
    assert [path.name for path in paths] == [*(export.file for export in EXPORTS.values()), CONTEXT_FILE]
    for format_, export in EXPORTS.items():
        assert (tmp_path / "out" / export.file).read_bytes() == dump(dataset, format_)
    context = json.loads((tmp_path / "out" / CONTEXT_FILE).read_bytes())
    assert context["@context"] == json.loads(dump(dataset, "jsonld"))["@context"]


def test_context_is_written_only_beside_json_ld(dataset: Dataset, tmp_path: Path) -> None:
    assert [path.name for path in write_export(dataset, ["turtle"], tmp_path)] == ["graph.ttl"]


def test_unknown_format(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(CallError, match="no export format 'csv'") as caught:
        dump(dataset, "csv")
    assert "jsonld" in (caught.value.advice or "")
    with pytest.raises(CallError, match="no export format 'csv'"):
        dump_resource(dataset, FAIR, "csv")
    with pytest.raises(CallError):
        write_export(dataset, ["turtle", "csv"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format_", EXPORTS)
@pytest.mark.parametrize("name", ["event/fair", "law/market", "source/gazette"])
def test_a_resource_reads_back(dataset: Dataset, name: str, format_: str) -> None:
    resource = NamedNode(TOWN + name)
    description = describe(index_subjects(dataset.default), resource)
    quads = read_back(dump_resource(dataset, resource, format_), format_)
    assert canonical(quads) == canonical(Quad(*triple) for triple in description)


def test_a_document_of_terms_reads_back(dataset: Dataset) -> None:
    ontology = NamedNode("https://w3id.org/migragraph/ontology")
    description = describe(index_subjects(dataset.default), ontology)
    for format_ in EXPORTS:
        quads = read_back(dump_resource(dataset, ontology, format_), format_)
        assert canonical(quads) == canonical(Quad(*triple) for triple in description)


def test_a_resource_comes_first_in_its_json_ld(dataset: Dataset) -> None:
    document = json.loads(dump_resource(dataset, FAIR, "jsonld"))
    first, *labels = document["@graph"]
    assert first["@id"] == "event:fair"
    assert first["participation"][0]["evidence"]["@id"].startswith("event:fair#evidence-")
    assert {"actor:guild", "concept:trade"} <= {tree["@id"] for tree in labels}


def test_an_unknown_resource(dataset: Dataset) -> None:
    with pytest.raises(CallError, match="nobody"):
        dump_resource(dataset, NamedNode(TOWN + "nobody"), "turtle")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<https://e.org/s> <https://e.org/p> "a\\u0001b" .', r"U\+0001 in a literal of <https://e.org/s>"),
        ('<https://e.org/s> <https://e.org/p> "\\uFFFE" .', r"U\+FFFE"),
        ("<https://e.org/s> <https://e.org/1> 1 .", "<https://e.org/1>: its end is no name"),
        ("<https://e.org/s> <https://e.org/> 1 .", "its end is no name"),
    ],
)
def test_what_rdf_xml_cannot_hold(write_project: ProjectWriter, tmp_path: Path, text: str, message: str) -> None:
    dataset = build(write_project({"a.ttl": text}))
    with pytest.raises(OutputError, match=message):
        write_export(dataset, list(EXPORTS), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    others = [format_ for format_ in EXPORTS if format_ != "rdfxml"]
    for format_ in others:
        assert canonical(read_back(dump(dataset, format_), format_)) == canonical(dataset.quads)


HARD = [
    "\r\n\t",
    "]]>",
    "&<>\"'",
    "\x7f\x85",
    "\u2028",
    "😀",
    "e\u0301",
    " \n ",
    "\\",
    '"""',
    "'''",
    "\ufeff",
    "a" * 100_000,
]


@pytest.mark.parametrize("format_", EXPORTS)
def test_hard_literals_read_back(write_project: ProjectWriter, format_: str) -> None:
    from pyoxigraph import serialize

    triples = [Triple(NamedNode("https://e.org/s"), NamedNode("https://e.org/p"), Literal(text)) for text in HARD]
    data = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert data is not None
    dataset = build(write_project({"a.nt": data}))
    assert len(dataset.default) == len(HARD)
    assert canonical(read_back(dump(dataset, format_), format_)) == canonical(dataset.quads)


def test_carriage_returns_survive_other_readers_of_xml(write_project: ProjectWriter) -> None:
    import rdflib

    dataset = build(write_project({"a.ttl": '<https://e.org/s> <https://e.org/p> "a\\r\\nb\\rc" .'}))
    (triple,) = rdflib.Graph().parse(data=dump(dataset, "rdfxml"), format="xml")
    assert str(triple[2]) == "a\r\nb\rc"


def test_a_prefix_that_xml_keeps_for_itself(project_copy: Path) -> None:
    import rdflib

    from migragraph.layout import load_layout

    path = project_copy / "migragraph.toml"
    text = path.read_text("utf-8").replace("event =", "xmlevent =").replace("mg =", "xml =")
    path.write_text(text, encoding="utf-8")
    dataset = build(load_layout(project_copy))
    assert (
        len(rdflib.Graph().parse(data=dump(dataset, "rdfxml"), format="xml")) == len(dataset.default) - ONE_VALUE_TWICE
    )


FULL = """
import resource, signal, sys, pathlib
from migragraph.errors import OutputError
from migragraph.project import Project
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
project = Project.load(sys.argv[1])
project.dataset()
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    project.export(["turtle", "nquads"], sys.argv[2])
except OutputError as error:
    print(error)
"""


def test_full_disk(layout: Layout, dataset: Dataset, tmp_path: Path) -> None:
    """The Turtle fits below the limit on the size of files that stands in for the full disk, the N-Quads do not."""
    assert len(dump(dataset, "turtle")) < 50_000 < len(dump(dataset, "nquads"))
    for name in ("graph.ttl", "graph.nq", "other.txt"):
        (tmp_path / name).write_bytes(b"earlier")
    command = [sys.executable, "-c", FULL, str(layout.root), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "cannot write there" in done.stdout
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("graph.ttl", "graph.nq", "other.txt"), b"earlier"
    )
