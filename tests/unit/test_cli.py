"""The command line: each command, each of its options, and what goes where."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from migragraph.cli import cli
from migragraph.cli.export import EXPORT_FORMATS, RDF_FORMATS
from migragraph.cli.query import RESULT_FORMATS
from migragraph.layout import bundled_root
from migragraph.namespaces import RDF, SH
from migragraph.project import Project
from migragraph.publications import PUBLICATIONS

Call = Callable[..., tuple[int, str, str]]

FAIR = "https://example.org/town/event/fair"
COMMANDS = sorted(cli.commands)

LAW = '@prefix : <https://e.org/> .\n:law a :Law .\n:act a :Law ; :name "Act" .\n'
SHAPES = """
@prefix : <https://e.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
:LawShape a sh:NodeShape ; sh:targetClass :Law ; sh:property :LawShape-name .
:LawShape-name a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "A law has a name."@en .
"""
MORE_SHAPES = SHAPES.replace("LawShape", "LawShape2").replace(":name ;", ":number ;").replace("a name", "a number")
# pyshacl has no expression for a letter of any script.
IDLE_SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://example.org/s> a sh:NodeShape ; sh:targetClass <https://example.org/Nothing> ; sh:minCounts 1 .
"""

PATTERN_SHAPES = SHAPES.replace("LawShape", "LawShape3").replace("sh:minCount 1", "sh:pattern '\\\\p{L}'")
KINDS = """#!/usr/bin/env -S migragraph query
#+ title:
#+   en: Things of a kind
#+   vi: Các vật thuộc một loại
#+ question:
#+   en: &question Which things are of a kind?
#+   vi: Những vật nào thuộc một loại?
#+ summary: *question
#+ description: All things of a class.
#+ params:
#+   kind: {type: iri, description: The class.}
#+ defaults:
#+   - kind: https://w3id.org/migragraph/ontology#Law
#+ columns:
#+   thing: The thing.
SELECT ?thing WHERE { ?thing a ?_kind_iri } ORDER BY ?thing
"""

DAYS = """#!/usr/bin/env -S migragraph query
#+ title:
#+   en: Events by a day
#+   vi: Sự kiện cho đến một ngày
#+ question:
#+   en: &question Which events had begun by a day?
#+   vi: Những sự kiện nào đã bắt đầu cho đến một ngày?
#+ summary: *question
#+ description: All days where none is given.
#+ params:
#+   day: {type: date, description: The last day that counts.}
#+ as-of: day
#+ columns:
#+   event: The event.
SELECT ?event WHERE {
  ?event <https://schema.org/startDate> ?start FILTER(!COALESCE(?start > ?__day_xsd_date, false))
}
ORDER BY ?event
"""
STALLS = """
@prefix : <https://example.org/town/> .
@prefix measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
:stalls a qb:Observation ; mg:indicator :stall ; measure:obsValue 3.0 ; mg:evidence
    [ a mg:Evidence ; mg:property mg:indicator, measure:obsValue ; mg:basis mg:inferred ; mg:reason "Guessed."@en ] .
"""

DATES = """
@prefix : <https://example.org/town/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:feast schema:endDate "2020"^^xsd:gYear, "2021"^^xsd:gYear ; mg:evidence
    [ a mg:Evidence ; mg:property schema:endDate ; mg:value "2021"^^xsd:gYear ; mg:basis mg:inferred ;
        mg:reason "Guessed."@en ] .
"""


@pytest.fixture
def town(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project, made the working directory, with another project and files for the calls beside it."""
    other = Path(shutil.copytree(project_copy, project_copy.parent / "other"))
    fact = "<https://example.org/town/event/party> a <https://w3id.org/migragraph/ontology#Event> ;\n"
    organizer = "    <https://schema.org/organizer> <https://example.org/town/actor/guild> .\n"
    (other / "data" / "party.ttl").write_text(fact + organizer, encoding="utf-8")
    (other / "data" / "stalls.ttl").write_text(STALLS, encoding="utf-8")
    (other / "data" / "dates.ttl").write_text(DATES, encoding="utf-8")
    (project_copy / "queries" / "kinds.rq").write_text(KINDS, encoding="utf-8")
    (project_copy.parent / "days.rq").write_text(DAYS, encoding="utf-8")
    for name, text in {
        "law.ttl": LAW,
        "shapes.ttl": SHAPES,
        "more.ttl": MORE_SHAPES,
        "pattern.ttl": PATTERN_SHAPES,
        "idle.ttl": IDLE_SHAPES,
    }.items():
        (project_copy.parent / name).write_text(text, encoding="utf-8")
    (project_copy.parent / "waived.toml").write_text('[[waiver]]\nrule = "*"\nreason = "later"\n', encoding="utf-8")
    (project_copy.parent / "texts").mkdir()
    (project_copy.parent / "texts" / "gazette.txt").write_text("It was passed in 2020.", encoding="utf-8")
    for name, text in {"service.rq": "ASK { SERVICE <http://127.0.0.1:1/> {} }", "all.rq": "DESCRIBE <a:b>"}.items():
        (project_copy.parent / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(project_copy)
    return project_copy


def options_of(command: str) -> list[click.Option]:
    return [option for option in cli.commands[command].params if isinstance(option, click.Option)]


def test_the_commands() -> None:
    words = "audit build cite disagreements evidence explain export info query validate"
    assert words.split() == COMMANDS
    assert all({"--project", "--stated-only"} <= {o.opts[-1] for o in options_of(name)} for name in COMMANDS)


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_has_an_example(call: Call, command: list[str], flag: str) -> None:
    code, out, err = call(*command, flag)
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: {' '.join(['migragraph', *command])} ")
    assert re.search(r"\n  Examples?:\n    migragraph [a-z]", out)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_each_option_does(call: Call, command: str) -> None:
    out = call(command, "--help")[1]
    for option in options_of(command):
        assert option.help, option.name
        assert all(word in out for word in option.opts), option.name


def examples() -> list[list[str]]:
    texts = [cli.help or "", *(command.help or "" for command in cli.commands.values())]
    found = [shlex.split(line) for text in texts for line in re.findall(r"^ *migragraph (.*)$", text, re.MULTILINE)]
    assert len(found) > len(COMMANDS)
    return found


@pytest.mark.parametrize("words", examples(), ids=" ".join)
def test_the_examples_of_the_help_can_be_called(words: list[str]) -> None:
    command = cli.commands[words[0]]
    context = command.make_context(words[0], words[1:])
    if words[0] == "query" and context.params["name"]:
        (script,) = [found for found in Project.load(bundled_root()).queries if found.name == context.params["name"]]
        names = {parameter.name for parameter in script.parameters}
        assert {param.partition("=")[0] for param in context.params["params"]} <= names


def test_version(call: Call) -> None:
    from migragraph import __version__

    assert call("--version") == (0, f"migragraph, version {__version__}\n", "")


# A call without an option, and with it: what they give differs.
EFFECTS: dict[tuple[str, str], tuple[str, str]] = {
    ("info", "--project"): ("info", "info --project ../other"),
    ("info", "--stated-only"): ("info", "info --stated-only"),
    ("info", "--format"): ("info", "info --format json"),
    ("audit", "--project"): ("audit", "audit --project ../other"),
    ("audit", "--stated-only"): ("audit --project ../other", "audit --project ../other --stated-only"),
    ("audit", "--format"): ("audit", "audit --format json"),
    ("disagreements", "--project"): ("disagreements", "disagreements --project ../other"),
    ("disagreements", "--stated-only"): (
        "disagreements --project ../other",
        "disagreements --project ../other --stated-only",
    ),
    ("disagreements", "--format"): ("disagreements", "disagreements --format json"),
    ("disagreements", "--kind"): ("disagreements --project ../other", "disagreements --project ../other --kind name"),
    ("disagreements", "--lang"): ("disagreements", "disagreements --lang vi"),
    ("validate", "--shapes"): ("validate ../law.ttl", "validate ../law.ttl --shapes ../shapes.ttl"),
    ("validate", "--format"): ("validate --only shacl", "validate --only shacl --format json"),
    ("validate", "--fail-on"): (
        "validate ../law.ttl --shapes ../shapes.ttl",
        "validate ../law.ttl --shapes ../shapes.ttl --fail-on warning",
    ),
    ("validate", "--only"): ("validate", "validate --only evidence"),
    ("validate", "--engine"): (
        "validate ../law.ttl --shapes ../pattern.ttl",
        "validate ../law.ttl --shapes ../pattern.ttl --engine pyshacl",
    ),
    ("validate", "--project"): ("validate --only shacl", "validate --only shacl --project ../other"),
    ("validate", "--stated-only"): ("validate --only syntax", "validate --only syntax --stated-only"),
    ("validate", "--baseline"): (
        "validate ../law.ttl --shapes ../shapes.ttl",
        "validate ../law.ttl --shapes ../shapes.ttl --baseline ../waived.toml",
    ),
    ("validate", "--write-baseline"): (
        "validate --only syntax --baseline ../known.toml",
        "validate --only syntax --baseline ../known.toml --write-baseline",
    ),
    ("validate", "--changed-since"): ("validate --only syntax", "validate --only syntax --changed-since HEAD"),
    # Without the refusal it would not end; what it does is tested in test_watching.py.
    ("validate", "--watch"): (
        "validate --only syntax --baseline ../known.toml --write-baseline",
        "validate --only syntax --baseline ../known.toml --write-baseline --watch",
    ),
    ("validate", "--texts"): ("validate --only evidence", "validate --only evidence --texts ../texts"),
    ("validate", "--strict"): (
        "validate ../law.ttl --shapes ../idle.ttl",
        "validate ../law.ttl --shapes ../idle.ttl --strict",
    ),
    # Where all is done in time it changes nothing; what it stops is tested in test_shacl_limits.py.
    ("validate", "--timeout"): ("validate --only syntax", "validate --only syntax --timeout 0"),
    ("build", "--output"): ("build", "build -o ../site"),
    ("build", "--project"): ("build -o ../site", "build -o ../site --project ../other"),
    ("build", "--stated-only"): ("build -o ../site", "build -o ../site --stated-only"),
    ("build", "--port"): ("build -o ../site", "build -o ../site --port 8001"),
    # Without the refusal it would not end; what it does is tested in site/test_preview.py.
    ("build", "--watch"): ("build -o .. --port 8001", "build -o .. --port 8001 --watch"),
    ("evidence", "--check"): ("evidence", "evidence --check"),
    ("evidence", "--coverage"): ("evidence", "evidence --coverage"),
    ("evidence", "--format"): ("evidence --coverage", "evidence --coverage --format csv"),
    ("evidence", "--texts"): ("evidence --check", "evidence --check --texts ../texts"),
    ("evidence", "--project"): ("evidence --coverage", "evidence --coverage --project ../other"),
    ("evidence", "--stated-only"): ("evidence --coverage", "evidence --coverage --stated-only"),
    ("query", "--param"): ("query kinds", "query kinds -p kind=mg:Event"),
    ("query", "--format"): ("query events", "query events --format csv"),
    ("query", "--as-of"): ("query ../days.rq --project .", "query ../days.rq --project . --as-of 2023"),
    ("query", "--allow-service"): (
        "query ../service.rq --project .",
        "query ../service.rq --project . --allow-service",
    ),
    ("query", "--project"): ("query events", "query events --project ../other"),
    ("query", "--stated-only"): ("query events", "query events --stated-only"),
    ("explain", "--project"): ("explain event:party", "explain event:party --project ../other"),
    ("explain", "--stated-only"): ("explain Fair", "explain Fair --stated-only"),
    ("explain", "--format"): ("explain Fair", "explain Fair --format md"),
    ("explain", "--lang"): ("explain Fair", "explain Fair --lang vi"),
    ("cite", "--project"): ("cite event:party", "cite event:party --project ../other"),
    ("cite", "--stated-only"): ("cite actor:phantom", "cite actor:phantom --stated-only"),
    ("cite", "--style"): ("cite Fair", "cite Fair --style bibtex"),
    ("cite", "--lang"): ("cite Fair", "cite Fair --lang vi"),
    ("export", "--output"): ("export turtle", "export turtle -o ../out"),
    ("export", "--resource"): ("export turtle", "export turtle --resource event:fair"),
    ("export", "--project"): ("export turtle", "export turtle --project ../other"),
    ("export", "--stated-only"): ("export turtle", "export turtle --stated-only"),
}


def test_each_option_has_its_effect_below() -> None:
    assert {(name, option.opts[-1]) for name in COMMANDS for option in options_of(name)} == set(EFFECTS)


@pytest.mark.parametrize("option", EFFECTS, ids=" ".join)
@pytest.mark.usefixtures("town")
def test_each_option_does_something(call: Call, option: tuple[str, str]) -> None:
    without, with_it = (call(*shlex.split(words)) for words in EFFECTS[option])
    assert without != with_it
    assert "Traceback" not in without[2] + with_it[2]
    assert "No such option" not in without[2] + with_it[2]


@pytest.mark.usefixtures("town")
def test_what_is_only_inferred_can_be_left_out(call: Call) -> None:
    assert "actor:council" in call("query", "events")[1]
    assert call("query", "events", "--stated-only", "--format", "csv")[1].count("\n") == 2
    assert "  inferred     0\n" in call("info", "--stated-only")[1]
    for arguments in (("nquads",), ("turtle",), ("turtle", "--resource", "event:fair")):
        assert "As last year." in call("export", *arguments)[1]
        assert "As last year." not in call("export", *arguments, "--stated-only")[1]


def test_the_nearest_project_upward_is_taken(call: Call, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(town / "data" / "more")
    assert call("info")[1].startswith("A small town\n")
    inner = town / "data" / "inner"
    shutil.copytree(town.parent / "other", inner)
    text = (inner / "migragraph.toml").read_text("utf-8").replace("A small town", "A smaller town")
    (inner / "migragraph.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(inner / "queries")
    assert call("info")[1].startswith("A smaller town\n")
    assert call("info", "--project", town.parent / "other")[1].startswith("A small town\n")


def test_without_a_project_the_bundled_graph_is_taken(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = call("query")
    assert (code, err) == (0, "")
    names = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    assert names == sorted(path.stem for path in (bundled_root() / "queries").glob("*.rq"))
    assert len(names) >= 40


@pytest.mark.usefixtures("town")
def test_the_queries_are_listed(call: Call) -> None:
    expected = "events\n    Events\nkinds [-p kind=...]\n    Things of a kind\n"
    assert call("query") == (0, expected, "")
    (Path("queries") / "bare.rq").write_text("ASK {}", encoding="utf-8")
    assert call("query") == (0, f"bare\n{expected}", "")


@pytest.mark.parametrize("options", ["-p kind=mg:Law", "--format csv", "--allow-service", "--stated-only"])
@pytest.mark.usefixtures("town")
def test_the_list_of_queries_takes_no_options(call: Call, options: str) -> None:
    code, out, err = call("query", *options.split())
    assert (code, out) == (2, "")
    assert "no query is named" in err


def test_a_query_by_name_by_file_and_from_standard_input(call: Call, town: Path) -> None:
    named = call("query", "kinds")
    assert named == (0, "thing\n----------\nlaw:market\n", "")
    assert call("query", "queries/kinds.rq") == named
    assert call("query", town / "queries" / "kinds.rq", "--project", town) == named
    assert call("query", "-", stdin=KINDS.encode()) == named


def test_a_script_finds_its_project_from_its_own_place(town: Path, tmp_path: Path) -> None:
    script = town / "queries" / "kinds.rq"
    script.chmod(0o755)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "link.rq").symlink_to(script)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command in ([str(script), "-p", "kind=mg:Event"], ["./link.rq", "-p", "kind=mg:Event"]):
        done = subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "thing\n----------\nevent:fair\n", "")


def test_every_format_of_results_is_another(call: Call, town: Path) -> None:
    graph = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"
    outputs = {}
    for name in RESULT_FORMATS:
        text = graph if name in ("turtle", "jsonld") else "SELECT ?s WHERE { ?s a ?o }"
        code, outputs[name], err = call("query", "-", "--format", name, "--project", town, stdin=text.encode())
        assert (code, err) == (0, "")
    assert len(set(outputs.values())) == len(RESULT_FORMATS)
    assert call("query", "-", "--project", town, stdin=graph.encode())[1] == outputs["turtle"]
    assert json.loads(outputs["json"])["head"]["vars"] == ["s"]


@pytest.mark.usefixtures("town")
def test_every_format_of_exports_is_another(call: Call, tmp_path: Path) -> None:
    outputs = {name: call("export", name) for name in EXPORT_FORMATS}
    assert {(code, err) for code, _, err in outputs.values()} == {(0, "")}
    assert len({out for _, out, _ in outputs.values()}) == len(EXPORT_FORMATS)
    assert call("export") == outputs["jsonld"]
    graphs = ["graph.jsonld", "graph.ttl", "graph.nt", "graph.rdf", "graph.nq", "graph.trig"]
    files = [*graphs, "facts.csv", "nanopubs.trig", "context.jsonld", "facts.csv-metadata.json"]
    code, out, err = call("export", "-o", tmp_path / "out")
    assert (code, out.splitlines(), err) == (0, [str(tmp_path / "out" / name) for name in files], "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(files)
    for name, file in zip(EXPORT_FORMATS, files, strict=False):
        assert (tmp_path / "out" / file).read_bytes().decode() == outputs[name][1]


@pytest.mark.usefixtures("town")
def test_a_resource_by_iri_and_by_curie(call: Call) -> None:
    by_curie = call("export", "turtle", "--resource", "event:fair")
    assert by_curie[0] == 0
    assert by_curie == call("export", "turtle", "--resource", FAIR)
    assert by_curie == call("export", "turtle", "--resource", f"<{FAIR}>")
    subjects = {quad.subject for quad in parse(by_curie[1], format=RdfFormat.TURTLE)}
    assert NamedNode(FAIR) in subjects
    assert NamedNode("https://example.org/town/law/market") not in subjects
    first = json.loads(call("export", "--resource", "event:fair")[1])["@graph"][0]
    assert first["@id"] == "event:fair"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("export turtle nquads", "standard output takes one format. Name one, or give -o DIR."),
        ("export turtle nquads --resource event:fair", "standard output takes one format. Name one."),
        ("export --resource event:fair -o out", "--resource goes to standard output. Leave -o out."),
    ],
)
@pytest.mark.usefixtures("town")
def test_standard_output_takes_one_format(call: Call, words: str, said: str) -> None:
    code, out, err = call(*words.split())
    assert (code, out) == (2, "")
    assert err == f"migragraph: {said}\n"
    assert not Path("out").exists()


def judge(call: Call, *options: str, shapes: Sequence[str] = ("../shapes.ttl",)) -> tuple[int, str, str]:
    named = [word for path in shapes for word in ("--shapes", path)]
    return call("validate", "../law.ttl", *named, *options)


FAILS = {"info": 1, "warning": 1, "violation": 0}


@pytest.mark.parametrize("fail_on", FAILS)
@pytest.mark.parametrize("format_", ["text", "json", "turtle"])
@pytest.mark.usefixtures("town")
def test_the_exit_code_follows_fail_on(call: Call, format_: str, fail_on: str) -> None:
    code, out, err = judge(call, "--format", format_, "--fail-on", fail_on)
    assert (code, err) == (FAILS[fail_on], "")
    assert "A law has a name." in out
    assert judge(call, "--format", format_)[0] == 0


@pytest.mark.usefixtures("town")
def test_the_report_as_text_and_json(call: Call) -> None:
    place = Path.cwd().parent / "law.ttl"
    out = call("validate", place, "--shapes", "../shapes.ttl")[1]
    assert out.startswith(f"{place}:2:1 warning A law has a name.\n")
    document = json.loads(judge(call, "--format", "json")[1])
    assert (document["conforms"], document["counts"]) == (False, {"violation": 0, "warning": 1, "info": 0})
    (finding,) = document["findings"]
    assert (finding["focus"], finding["line"], finding["severity"]) == ("https://e.org/law", 2, "warning")


@pytest.mark.usefixtures("town")
def test_the_report_as_turtle_is_a_standard_one(call: Call) -> None:
    """A warning does not conform by the standard, and does not fail: https://www.w3.org/TR/shacl/#conforms."""
    code, out, err = judge(call, "--format", "turtle")
    assert (code, err) == (0, "")
    quads = list(parse(out, format=RdfFormat.TURTLE))
    (report,) = [quad.subject for quad in quads if quad.object == SH.ValidationReport and quad.predicate == RDF.type]
    boolean = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    assert [q.object for q in quads if q.predicate == SH.conforms] == [Literal("false", datatype=boolean)]
    (result,) = [quad.object for quad in quads if quad.subject == report and quad.predicate == SH.result]
    about = {quad.predicate: quad.object for quad in quads if quad.subject == result}
    assert about == {
        RDF.type: SH.ValidationResult,
        SH.focusNode: NamedNode("https://e.org/law"),
        SH.resultPath: NamedNode("https://e.org/name"),
        SH.resultSeverity: SH.Warning,
        SH.resultMessage: Literal("A law has a name.", language="en"),
        SH.sourceConstraintComponent: SH.MinCountConstraintComponent,
        SH.sourceShape: NamedNode("https://e.org/LawShape-name"),
    }


@pytest.mark.usefixtures("town")
def test_shapes_may_be_in_several_files(call: Call) -> None:
    both = judge(call, "--format", "json", shapes=("../shapes.ttl", "../more.ttl"))[1]
    messages = {finding["message"] for finding in json.loads(both)["findings"]}
    assert messages == {"A law has a name.", "A law has a number."}


@pytest.mark.usefixtures("town")
def test_a_report_that_conforms(call: Call) -> None:
    Path("../law.ttl").write_text(LAW.replace(":law a :Law .", ""), encoding="utf-8")
    code, out, err = judge(call, "--format", "turtle", "--fail-on", "info")
    assert (code, err) == (0, "")
    assert any(str(quad.object).startswith('"true"') for quad in parse(out, format=RdfFormat.TURTLE))


@pytest.mark.usefixtures("town")
def test_each_check_alone(call: Call) -> None:
    kinds = {}
    for name in ("syntax", "terms", "shacl", "evidence", "consistency", "statistics"):
        document = json.loads(call("validate", "--only", name, "--format", "json")[1])
        kinds[name] = {finding["kind"] for finding in document["findings"]}
        assert document["checked"].endswith(f"; {name}")
    kind = {"terms": {"terms"}, "evidence": {"evidence"}}
    assert kinds == {name: kind.get(name, set()) for name in kinds}
    code, out, _ = call("validate", "--only", "syntax", "--only", "shacl")
    assert (code, out.startswith("conforms: ")) == (0, True)


@pytest.mark.usefixtures("town")
def test_what_the_standard_report_has_no_place_for_goes_to_the_messages(call: Call) -> None:
    code, out, err = call("validate", "--only", "shacl", "--only", "evidence", "--format", "turtle")
    assert code == 1
    assert {quad.predicate for quad in parse(out, format=RdfFormat.TURTLE)} == {RDF.type, SH.conforms}
    assert "Nothing supports this fact" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("validate ../law.ttl", "go together"),
        ("validate --shapes ../shapes.ttl", "go together"),
        ("validate ../law.ttl --shapes ../shapes.ttl --project .", "are for the project"),
        ("validate ../law.ttl --shapes ../shapes.ttl --only shacl", "are for the project"),
        ("validate ../law.ttl --shapes ../shapes.ttl --stated-only", "are for the project"),
        ("validate --only terms --format turtle", "writes the SHACL report"),
        ("query kinds -p kind", "is not NAME=VALUE"),
        ("query kinds -p =mg:Law", "is not NAME=VALUE"),
        ("query kinds -p kind=mg:Law -p kind=mg:Event", "-p kind is given twice"),
        ("query kinds --format turtle", "solutions cannot be written as turtle"),
        ("query ../all.rq --project . --format csv", "triples cannot be written as csv"),
        ("info more", "unexpected extra argument"),
        ("inform", "No such command 'inform'"),
        ("info --formt json", "No such option"),
        ("export --resource event:nobody", "says nothing of"),
        ("export --resource nobody", "neither an IRI nor a CURIE"),
        ("export nanopubs --resource event:fair", "a resource is not described as nanopubs"),
    ],
)
@pytest.mark.usefixtures("town")
def test_a_wrong_call(call: Call, words: str, message: str) -> None:
    code, out, err = call(*words.split())
    assert (code, out) == (2, "")
    assert message in err
    assert "python" not in err


def test_no_command_is_a_wrong_call(call: Call) -> None:
    code, out, err = call()
    assert (code, out) == (2, "")
    assert err.startswith("Usage: migragraph ")


def test_an_interrupt(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(start: Path | None = None) -> Project:
        raise KeyboardInterrupt

    monkeypatch.setattr(Project, "find", interrupt)
    code, out, err = call("info")
    assert (code, out, err.strip()) == (130, "", "")


def run(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "migragraph", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False)


@pytest.mark.usefixtures("town")
def test_colour_is_for_terminals() -> None:
    """Piped, the output is plain and nothing else is said, whatever the environment asks for."""
    ours, theirs = pty.openpty()
    shown = run("query", "events", stdout=theirs)
    os.close(theirs)
    assert b"\x1b[" in os.read(ours, 65536)
    os.close(ours)
    piped = run("query", "events")
    assert piped.stdout == (
        b"event       organizer\n----------  -------------\nevent:fair  actor:council\nevent:fair  actor:guild\n"
    )
    assert (shown.stderr, piped.stderr, shown.returncode, piped.returncode) == (b"", b"", 0, 0)


EARLY = [
    ("export nquads", 0),
    ("query", 0),
    ("validate --only evidence", 1),
    ("--help", 0),
    ("--version", 0),
    ("query --help", 0),
]


@pytest.mark.parametrize(("words", "code"), EARLY)
@pytest.mark.usefixtures("town")
def test_a_reader_that_leaves_early_changes_no_exit_code(words: str, code: int) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = run(*words.split(), stdout=theirs)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.parametrize(("words", "code"), [("query nope", 2), ("--nope", 2), ("validate --only evidence", 1)])
@pytest.mark.usefixtures("town")
def test_nor_does_one_who_hears_no_message(words: str, code: int) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "migragraph", *words.split()]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, check=False)
    os.close(theirs)
    assert done.returncode == code


def test_the_names_offered_are_those_of_the_registries() -> None:
    """The command line repeats them, so that `--help` need not import what they name."""
    from migragraph.audit import AUDITS
    from migragraph.cli.evidence import COVERAGE_FORMATS
    from migragraph.cli.validate import CHECKS, ENGINES, REPORT_FORMATS, SEVERITIES
    from migragraph.evidence import COVERAGES
    from migragraph.formats import EXPORTS
    from migragraph.inventory import INVENTORIES
    from migragraph.queries import FORMATS
    from migragraph.report import REPORTS, Severity
    from migragraph.shacl.engines import ENGINES as SHACL_ENGINES
    from migragraph.validation import CHECKS as PROJECT_CHECKS

    assert set(RDF_FORMATS) == set(EXPORTS)
    assert set(EXPORT_FORMATS) == {*EXPORTS, *PUBLICATIONS}
    assert set(RESULT_FORMATS) == set(FORMATS)
    assert set(REPORT_FORMATS) == set(REPORTS)
    assert set(COVERAGE_FORMATS) == set(COVERAGES)
    assert set(CHECKS) == set(PROJECT_CHECKS)
    assert tuple(SHACL_ENGINES) == ENGINES
    assert set(SEVERITIES) == {severity.value for severity in Severity}
    (choice,) = (option.type for option in cli.commands["info"].params if option.name == "format_")
    assert isinstance(choice, click.Choice)
    assert set(choice.choices) == set(INVENTORIES)
    (choice,) = (option.type for option in cli.commands["audit"].params if option.name == "format_")
    assert isinstance(choice, click.Choice)
    assert set(choice.choices) == set(AUDITS)


def test_a_broken_script_does_not_hide_the_others(call: Call, project_copy: Path) -> None:
    for name in ("a", "z"):
        (project_copy / "queries" / f"{name}.rq").write_text("#+ x\nASK {}\n")
    code, output, told = call("query", "--project", project_copy)
    assert code == 2
    assert output == "events\n    Events\n"
    assert [line.partition(" there is")[0] for line in told.splitlines()] == [
        f"migragraph: {project_copy / 'queries' / name}.rq:1:" for name in ("a", "z")
    ]
