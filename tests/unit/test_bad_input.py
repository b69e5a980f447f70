"""Bad input: for each kind of docs/exit-codes.md a message that helps, its exit code, and nothing half-written."""

from __future__ import annotations

import http.server
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from migragraph.cli import cli

Call = Callable[..., tuple[int, str, str]]

PAGE = Path(__file__).parents[2] / "docs" / "exit-codes.md"
FACT = '<https://e.org/a> <https://e.org/p> "%s" .\n'
BROKEN = b"@prefix e: <https://e.org/> .\ne:a e:b .\n"
SHACL = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://e.org/> .\n"
CIRCLE = (
    f"{SHACL}:A a sh:NodeShape ; sh:targetClass :T ; sh:node :B .\n"
    ":B a sh:NodeShape ; sh:property [ sh:path :p ; sh:node :A ] .\n"
)
CONFLICT = FACT % 1 + "<<<<<<< HEAD\n" + FACT % 2 + "=======\n" + FACT % 3 + ">>>>>>> theirs\n"
MARKET = "https://example.org/town/law/market"
# What `validate` has to say of the small project, in which not every term is declared nor every fact supported.
QUIET = "--only syntax --only shacl"


QUOTE = """@prefix mg: <https://w3id.org/migragraph/ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix source: <https://example.org/town/source/> . @prefix law: <https://example.org/town/law/> .
law:market mg:place law:square ;
    mg:evidence [ a mg:Evidence ; mg:property mg:place ; mg:basis mg:stated ;
        oa:hasTarget [ a oa:SpecificResource ; oa:hasSource source:gazette ;
            oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "held in the square" ] ] ] .
"""
THIRTEEN = " ".join(["word"] * 13)
GAZETTE = b"It was held in the square. Then it was held in\r\nthe square. Nobody came."


class Fault(NamedTuple):
    """A fault of a project's files, and what the commands give.

    ``files`` are written into the small project (None takes one away); ``said`` stands in the report or message.
    """

    files: Mapping[str, bytes | None]
    validate: int
    others: int
    said: str = ""
    only: str = QUIET


FAULTS: dict[str, Fault] = {
    "a leading byte order mark": Fault({"data/a.ttl": b"\xef\xbb\xbf@prefix e: <https://e.org/> . e:a e:b 1 ."}, 0, 0),
    "a literal of 10 MB": Fault({"data/a.ttl": (FACT % ("a" * 10_000_000)).encode()}, 0, 0),
    "broken Turtle in `data/` or `ontology/`": Fault({"data/a.ttl": BROKEN}, 1, 2, "data/a.ttl:2:9"),
    "broken Turtle in `shapes/`": Fault({"shapes/a.ttl": BROKEN}, 2, 0, "shapes/a.ttl:2:9"),
    "the mark of a merge conflict": Fault({"data/a.ttl": CONFLICT.encode()}, 1, 2, "data/a.ttl:2:1"),
    "an IRI with a space": Fault({"data/a.ttl": FACT.encode() + b"<https://e.org/a b> "}, 1, 2, "data/a.ttl:2:1"),
    "invalid UTF-8": Fault({"data/a.ttl": FACT.encode().replace(b"%s", b"\xff")}, 1, 2, "data/a.ttl:1:38"),
    "a JSON-LD `@context` that lies elsewhere": Fault(
        {"data/a.jsonld": b'{"@context": "https://example.org/c", "@id": "https://e.org/a"}'},
        1,
        2,
        "nothing is fetched",
    ),
    "an undeclared term": Fault({"data/a.ttl": (FACT % 1).encode()}, 1, 0, "e.org/p> is not declared", "--only terms"),
    "a fact without support": Fault(
        {"data/a.ttl": (FACT % 1).replace("https://e.org/a", MARKET).encode()}, 1, 0, "law:market", "--only evidence"
    ),
    "evidence for a property or a value that its subject does not have": Fault(
        {"data/a.ttl": QUOTE.replace("property mg:place", "property mg:road").encode()},
        1,
        0,
        "data/a.ttl:6:64 violation The evidence is for a property that",
        "--only evidence",
    ),
    "evidence of a source that is not described": Fault(
        {"data/a.ttl": QUOTE.replace("source:gazette ;", "source:herald ;").encode()},
        1,
        0,
        "data/a.ttl:6:64 violation The words are of a source",
        "--only evidence",
    ),
    "a phrase of more than 12 words": Fault(
        {"data/a.ttl": QUOTE.replace("held in the square", THIRTEEN).encode()},
        1,
        0,
        "data/a.ttl:6:64 violation The words are more than 12",
        "--only evidence",
    ),
    "a phrase that its text does not have": Fault(
        {"data/a.ttl": QUOTE.replace("square", "street").encode(), "texts/gazette.txt": GAZETTE},
        1,
        0,
        "data/a.ttl:6:64 violation The text of the source does not have these words",
        "--only evidence --texts texts",
    ),
    "a phrase that its text has twice": Fault(
        {"data/a.ttl": QUOTE.encode(), "texts/gazette.txt": GAZETTE},
        1,
        0,
        "data/a.ttl:6:64 violation The text of the source has these words 2 times",
        "--only evidence --texts texts",
    ),
    "a phrase that is a whole sentence of its text": Fault(
        {"data/a.ttl": QUOTE.replace("held in the square", "Nobody came.").encode(), "texts/gazette.txt": GAZETTE},
        1,
        0,
        "data/a.ttl:6:64 violation The words are a whole sentence",
        "--only evidence --texts texts",
    ),
    "a text that is not UTF-8": Fault(
        {"texts/gazette.txt": b"one\ntw\xf6"}, 1, 0, "texts/gazette.txt:2:3", "--only evidence --texts texts"
    ),
    "no lock, one behind the data, or one edited by hand": Fault(
        {"data/evidence.lock.ttl": b"#\n# SHA-256 of what follows: 0\n"},
        1,
        0,
        "data/evidence.lock.ttl:2 violation The lock was edited by hand",
        "--only evidence",
    ),
    "a shape that refers to itself": Fault({"shapes/a.ttl": CIRCLE.encode()}, 2, 0, "shapes/a.ttl:2:1"),
    "a shape that is ill-formed: a list that loops, a path deeper than 32 or of more than 10,000 parts written out, "
    "among others": Fault(
        {"shapes/a.ttl": f"{SHACL}:A a sh:NodeShape ; sh:minCount 1 .".encode()}, 2, 0, "shapes/a.ttl:2:1"
    ),
    "a missing folder that the command reads": Fault({"data": None}, 2, 2, "no folder 'data'"),
    "no `migragraph.toml` in the folder of `--project`": Fault(
        {"migragraph.toml": None}, 2, 2, "has no migragraph.toml"
    ),
    "a `migragraph.toml` that is wrong": Fault({"migragraph.toml": b"title = 5"}, 2, 2, "migragraph.toml: "),
    "an empty project: no file in `data/`, or, to list them, no query": Fault(
        {"data": None, "data/notes.txt": b""}, 2, 2, "data: the project holds no data"
    ),
}


class Wrong(NamedTuple):
    """A call that cannot be met in the small project: what it is given, and what it says."""

    words: str
    said: str
    stdin: str | bytes = b""


DEEP = "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"
SERVICE = "SELECT * {\n  SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"

DATED = """#+ title: {en: Events by a day, vi: Sự kiện cho đến một ngày}
#+ question: {en: Which events had begun by a day?, vi: Những sự kiện nào đã bắt đầu cho đến một ngày?}
#+ summary: Which events had begun by a day?
#+ description: None.
#+ params: {day: {type: date, description: The last day that counts.}}
#+ as-of: day
#+ columns: {event: The event.}
SELECT ?event WHERE { ?event <https://schema.org/startDate> ?start FILTER(?start <= ?_day_xsd_date) }
"""

CALLS: dict[str, list[Wrong]] = {
    "an unknown command or option": [
        Wrong("validat", "No such command 'validat'"),
        Wrong("validate --fail-upon info", "--fail-on"),
        Wrong("validate --only shapes", "'--only': 'shapes' is not one of"),
        Wrong("info --state-only", "--stated-only"),
    ],
    "a missing file": [
        Wrong("validate none.ttl --shapes shapes/Event.ttl", "none.ttl: there is no such file"),
        Wrong("validate data/laws.ttl --shapes none.ttl", "none.ttl: there is no such file"),
        Wrong("query none.rq", "none.rq: the query cannot be read: No such file"),
        Wrong("info --project none", "none: there is no such folder"),
    ],
    "an unknown format": [
        Wrong("validate --format yaml", "'yaml' is not one of 'text', 'json', 'turtle'"),
        Wrong("info --format yaml", "'yaml' is not one of 'text', 'json'"),
        Wrong("evidence --format yaml", "'yaml' is not one of 'text', 'json', 'csv'"),
        Wrong("evidence --format csv", "--format csv is for --coverage"),
        Wrong("explain event:fair --format yaml", "'yaml' is not one of 'text', 'json', 'md'"),
        Wrong("disagreements --format yaml", "'yaml' is not one of 'text', 'json', 'csv', 'md'"),
        Wrong("query events --format yaml", "'yaml' is not one of 'table', 'csv'"),
        Wrong("export yaml", "no export format 'yaml'. Choose from jsonld, turtle"),
        Wrong("export turtle yaml -o out", "no export format 'yaml'"),
    ],
    "an unknown query": [Wrong("query event", "there is no query 'event'. Is it events?")],
    "an unknown or missing parameter": [
        Wrong("query since -p until=2024", "no parameter 'until'. It has year"),
        Wrong("query since", "needs the parameter 'year'. Give -p year=VALUE"),
    ],
    "`--as-of` with no date, of a query that declares none, or beside the parameter that it stands for": [
        Wrong("query since -p year=2024 --as-of 2024", "the query since cannot be asked as of a date"),
        Wrong("query - --as-of May", "'May' is no date. Give a day, a month or a year", DATED),
        Wrong("query - --as-of 2024 -p day=2024-01-01", "is given twice, once as of 2024", DATED),
        Wrong("query --as-of 2024", "no query is named"),
    ],
    "a parameter of the wrong type": [Wrong("query since -p year=May", "cannot be 'May'. It is a year of four digits")],
    "a THING of `explain` or `cite` that is no name, or that nothing bears": [
        Wrong("explain Fare", "nothing in the graph is called 'Fare'. Name a thing by"),
        Wrong("explain Councill", "Nearest:\n  actor:council  Council"),
        Wrong("explain event:fare", "the graph says nothing of https://example.org/town/event/fare."),
        Wrong("explain ''", "the name is empty"),
        Wrong("cite '<a b>'", "'<a b>' is neither an IRI nor a CURIE"),
        Wrong("cite Fare --style bibtex", "nothing in the graph is called 'Fare'"),
        Wrong("cite x\x07", "a character that is no text: U+0007"),
    ],
    "a folder of texts that is not there": [
        Wrong("validate --texts none", "none: --texts names no folder"),
        Wrong("evidence --texts none", "none: --texts names no folder"),
        Wrong("evidence --check --texts none", "none: --texts names no folder"),
    ],
    "`--coverage` or `--stated-only` of `evidence` beside what they do not go with": [
        Wrong("evidence --coverage --check", "--coverage reads no text"),
        Wrong("evidence --coverage --texts data", "--coverage reads no text"),
        Wrong("evidence --stated-only", "the lock is of all evidence"),
        Wrong("evidence --check fetch source:gazette", "options stand before `fetch`"),
    ],
    "a THING that several bear": [
        Wrong("explain t", "'t' may mean "),
        Wrong("cite T", "'T' may mean 4 things:\n  concept:objective-10  Tenth\n"),
    ],
    "a PROPERTY that the thing does not have": [
        Wrong("explain event:fair colour", "event:fair has no property 'colour'; it has:\n  mg:fee"),
    ],
    "an unknown style or language of a citation": [
        Wrong("cite event:fair --style apa", "'apa' is not one of 'text', 'bibtex', 'csl-json', 'wikipedia'"),
        Wrong("cite --lang fr", "'fr' is not one of 'en', 'vi'"),
        Wrong("explain event:fair --lang fr", "'fr' is not one of 'en', 'vi'"),
    ],
    "an unknown resource": [Wrong("export --resource event:nothing", "says nothing of")],
    "a file for facts that ends in neither `.csv` nor `.xlsx`, or such a file for anything else": [
        Wrong("export facts -o facts.ods", "cannot be written as 'facts.ods'. Name a file that ends in .csv or .xlsx"),
        Wrong("export turtle -o graph.csv", "graph.csv would hold nothing but facts"),
    ],
    "the name of a file of RDF for `export -o`, which names a folder": [
        Wrong(
            "export turtle -o graph.ttl", "graph.ttl: -o names a folder. Name one, or write `migragraph export turtle >"
        ),
        Wrong("export nanopubs -o n.trig", "n.trig: -o names a folder."),
        Wrong("export -o out/all.NQ", "out/all.NQ: -o names a folder."),
    ],
    "the empty name for a file or a folder": [
        Wrong("export facts -o ''", "Invalid value for '-o' / '--output': the name is empty"),
        Wrong("info --project ''", "Invalid value for '--project': the name is empty"),
        Wrong("validate --texts ''", "Invalid value for '--texts': the name is empty"),
        Wrong("validate '' --shapes shapes/Event.ttl", "the name is empty"),
        Wrong("validate data/laws.ttl --shapes ''", "Invalid value for '--shapes': the name is empty"),
        Wrong("evidence fetch source:gazette --texts ''", "the name is empty"),
    ],
    "a query with a syntax error": [
        Wrong("query -", "-:2:1: this is not valid SPARQL", "SELECT * { ?s\n}"),
        Wrong("query -", "-:1:10: '{' is never closed", "SELECT * { ?s ?p ?o"),
    ],
    "a query that is not UTF-8": [Wrong("query -", "-:2: the query is not UTF-8", b"ASK {}\n# \xff")],
    "a query nested over 200 deep": [Wrong("query -", "-:1:212: the query is nested deeper than 200", DEEP)],
    "a query over 64 KB": [Wrong("query -", "at most 65,536 are read", "ASK {} #" + "a" * 65536)],
    "`SERVICE` in a query without `--allow-service`": [Wrong("query -", "-:2:3: SERVICE sends", SERVICE)],
    "`LOAD`, or any update, with `--allow-service` too": [
        Wrong("query - --allow-service", "-:1:1: LOAD is an update", "LOAD <http://127.0.0.1:1/>"),
        Wrong("query - --allow-service", "-:1:1: DROP is an update", "DROP ALL"),
    ],
    "to fetch what is no source with an address of its own": [
        Wrong("evidence fetch source:gazette --texts out", "source:gazette has no address (schema:url)"),
        Wrong("evidence fetch source:nothing --texts out", "says nothing of"),
    ],
}

# What the rows in tests of their own give: `validate`, the other commands.
APART: dict[str, tuple[int | None, int | None]] = {
    "broken Turtle in DATA": (1, None),
    "broken Turtle in `--shapes FILE`": (2, None),
    "`owl:imports`": (0, 0),
    "to fetch an address that is not of the public web: another scheme, a private host": (None, 2),
    # On a web of its own, in tests/unit/fetching.
    "to fetch a page that redirects to a private address, never ends, or is too large": (None, 2),
    "to fetch over another text, without `--replace`": (None, 2),
    # Here, and in tests/unit/baseline, test_comparison.py and test_watching.py.
    "a baseline that is not there or not TOML, or an entry of it that is wrong": (2, None),
    "a baseline that cannot be written, or whose waivers would be lost": (2, None),
    "`--changed-since` a revision that is not there, where there is no repository, or where it could not be checked": (
        2,
        None,
    ),
    "`--baseline`, `--write-baseline`, `--changed-since` or `--watch` beside what they do not go with": (2, None),
    # In tests/unit/test_shacl_limits.py.
    "a shape with a pattern or a query that never ends": (2, 0),
    # In tests/unit/test_shacl_hints.py.
    "shapes that give a [hint](validate.md#hints): a misspelt term, a target that meets no node": (0, 0),
    # In tests/unit/test_export.py and test_facts.py.
    "a text that the form of an export cannot hold (RDF/XML, XLSX)": (None, 2),
    "a full disk behind standard output": (2, 2),
    "a standard output that is closed": (2, 2),
    "a full disk, or a folder that cannot be made, for `export -o`": (None, 2),
    # In tests/unit/site/test_views.py.
    "a `[site]` or a template that is wrong, or two pages in one file, for `build`": (None, 2),
    "a folder for `build -o` that holds other files": (None, 2),
    "a full disk, or a folder that cannot be made, for `build -o`": (None, 2),
}

SINCE = """#+ title:
#+   en: Events since a year
#+   vi: Các sự kiện từ một năm
#+ question:
#+   en: &question Which events are there since a year?
#+   vi: Có những sự kiện nào từ một năm?
#+ summary: *question
#+ description: All events whose date is not before.
#+ params:
#+   year: {type: year, description: The first year.}
#+ columns:
#+   event: The event.
PREFIX schema: <https://schema.org/>
SELECT ?event WHERE { ?event schema:startDate ?date . FILTER(YEAR(?date) >= YEAR(?_year_xsd_gYear)) }
"""


@pytest.fixture
def town(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project in which not everything is wrong, made the working directory."""
    (project_copy / "queries" / "since.rq").write_text(SINCE, encoding="utf-8")
    monkeypatch.chdir(project_copy)
    return project_copy


def spoil(project: Path, files: Mapping[str, bytes | None]) -> None:
    for name, data in files.items():
        path = project / name
        if data is not None:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read_page() -> dict[str, tuple[int | None, ...]]:
    """Give, for each input of the page, the codes that it says `validate` and the other commands give."""
    rows = re.findall(r"^\| (.+?) \| (\d?).*? ?\| (\d?).*? ?\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {name: tuple(int(code) if code else None for code in codes) for name, *codes in rows if any(codes)}


def test_the_page_says_what_is_tested() -> None:
    tested: dict[str, tuple[int | None, ...]] = {name: (fault.validate, fault.others) for name, fault in FAULTS.items()}
    for name, wrong in CALLS.items():
        of_validate = any(call.words.startswith("validat") for call in wrong)
        tested[name] = (2 if of_validate else None, 2)
    assert read_page() == tested | APART


COMPARED = [
    ("--baseline none.toml", "none.toml: there is no such file. Make it with --write-baseline"),
    ("--baseline data/laws.ttl", "data/laws.ttl:1: the file is not TOML"),
    ("--baseline migragraph.toml", "migragraph.toml:2: 'title' is no part of a baseline"),
    ("--baseline data", "data: the file cannot be read: Is a directory"),
    ("--baseline migragraph.toml --write-baseline", "migragraph.toml:2: 'title' is no part of a baseline"),
    ("--baseline data/laws.ttl/known.toml --write-baseline", "cannot write there"),
    ("--write-baseline", "--write-baseline goes with --baseline FILE"),
    ("--write-baseline --baseline k.toml --changed-since HEAD", "and not with --changed-since"),
    ("--write-baseline --baseline k.toml --watch", "--write-baseline writes once"),
    ("--format turtle --baseline k.toml", "--format turtle writes the SHACL report whole"),
    ("--format turtle --changed-since HEAD", "--format turtle writes the SHACL report whole"),
    ("--changed-since HEAD", "not a git repository"),
    ("--changed-since HEAD --watch", "not a git repository"),
]


@pytest.mark.parametrize(("words", "said"), COMPARED)
def test_what_cannot_be_held_against_the_findings_is_refused(call: Call, town: Path, words: str, said: str) -> None:
    before = state(town)
    code, output, message = call("validate", *shlex.split(words))
    assert (code, output) == (2, "")
    assert said in message
    assert state(town) == before


@pytest.mark.parametrize("name", FAULTS)
def test_a_project_is_validated(call: Call, town: Path, name: str) -> None:
    fault = FAULTS[name]
    spoil(town, fault.files)
    before = state(town)
    code, out, err = call("validate", "--project", town, *fault.only.split())
    assert code == fault.validate
    assert fault.said in (err if code == 2 else out)
    assert (out if code == 2 else err) == ""
    assert "Traceback" not in err
    assert state(town) == before


@pytest.mark.parametrize("words", ["info", "audit", "query events", "export turtle", "export nquads -o {out}"])
@pytest.mark.parametrize("name", FAULTS)
def test_other_commands_meet_a_project(call: Call, town: Path, tmp_path: Path, name: str, words: str) -> None:
    fault = FAULTS[name]
    spoil(town, fault.files)
    written = tmp_path / "out"
    code, out, err = call(*words.format(out=written).split(), "--project", town)
    assert code == fault.others
    if code:
        assert fault.said in err
        assert out == ""
        assert not written.exists()
    else:
        assert err == ""
        assert out
    assert "Traceback" not in err


def test_a_literal_of_10_mb_comes_out_whole(call: Call, town: Path) -> None:
    spoil(town, FAULTS["a literal of 10 MB"].files)
    assert "a" * 10_000_000 in call("export", "ntriples")[1]


NINES = "9" * 5000
LONG = f"""@prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
{QUOTE}
law:market mg:size {NINES} ; schema:duration "P{NINES}D"^^xsd:duration ;
    schema:startDate "{NINES}-01-01"^^xsd:date , "2020"^^xsd:gYear .
source:gazette schema:datePublished "{NINES}-01-01"^^xsd:date ; oa:hasSelector law:place .
law:place oa:start {NINES} ; oa:end {NINES} .
"""


@pytest.mark.parametrize(
    "words",
    [
        "validate --only syntax --only evidence --only consistency --only statistics",
        "evidence --check",
        "explain law:market",
        "cite law:market",
        "cite law:market --style csl-json",
        "disagreements",
        "audit",
        "info",
        "export facts",
    ],
)
def test_numbers_that_are_far_too_long_are_read(call: Call, town: Path, words: str) -> None:
    spoil(town, {"data/long.ttl": LONG.encode()})
    code, out, err = call(*words.split(), "--project", town)
    assert (code, err) == (int(words.startswith(("validate", "evidence"))), "")
    assert out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("query", "queries: the project holds no query."),
        ("query events", "no query 'events'"),
        ("info", "no data"),
        ("audit", "no data"),
        ("disagreements", "no data"),
    ],
)
def test_an_empty_project_is_told(call: Call, town: Path, words: str, said: str) -> None:
    for part in ("ontology", "data", "shapes", "queries"):
        shutil.rmtree(town / part)
        (town / part).mkdir()
    code, out, err = call(*words.split())
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(("name", "wrong"), [(name, wrong) for name, rows in CALLS.items() for wrong in rows])
def test_a_call_that_cannot_be_met(call: Call, town: Path, name: str, wrong: Wrong) -> None:
    before = state(town)
    stdin = wrong.stdin if isinstance(wrong.stdin, bytes) else wrong.stdin.encode()
    code, out, err = call(*shlex.split(wrong.words), stdin=stdin)
    assert (code, out) == (2, ""), name
    assert wrong.said in err
    assert "Traceback" not in err
    assert state(town) == before


def test_the_same_calls_put_right(call: Call, town: Path) -> None:
    """What is refused above is refused for what it is called there."""
    for words in ("query since -p year=2024", "query since -p year=2025", "export --resource event:fair", "info"):
        assert call(*words.split())[0] == 0
    assert call("query", "-", stdin=DEEP.replace("(" * 5000, "(" * 190).replace(")" * 5000, ")" * 190).encode())[0] == 0
    assert call("query", "since", "-p", "year=2024") != call("query", "since", "-p", "year=2025")


def test_broken_files_of_anybody(call: Call, town: Path) -> None:
    Path("broken.ttl").write_bytes(BROKEN)
    code, out, err = call("validate", "data/laws.ttl", "broken.ttl", "--shapes", "shapes/Event.ttl")
    assert (code, err) == (APART["broken Turtle in DATA"][0], "")
    assert "broken.ttl:2:9 violation " in out
    code, out, err = call("validate", "data/laws.ttl", "--shapes", "broken.ttl")
    assert (code, out) == (APART["broken Turtle in `--shapes FILE`"][0], "")
    assert err.startswith("migragraph: broken.ttl:2:9: ")


class Listener(http.server.HTTPServer):
    """A server on this machine that answers every request with one solution, and remembers who connected."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.connections = 0
        self.address = f"http://127.0.0.1:{self.server_port}/"

    def verify_request(self, request: object, client_address: object) -> bool:
        self.connections += 1
        return True


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        solution = {"s": {"type": "uri", "value": "https://e.org/from-the-server"}}
        body = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [solution]}}).encode()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_service_is_sent_only_when_it_is_allowed(call: Call, town: Path, listener: Listener) -> None:
    text = f"SELECT ?s {{ SERVICE <{listener.address}> {{ ?s ?p ?o }} }}".encode()
    code, out, err = call("query", "-", stdin=text)
    assert (code, out, listener.connections) == (2, "", 0)
    assert "--allow-service" in err
    code, out, err = call("query", "-", "--allow-service", "--format", "csv", stdin=text)
    assert (code, out.split(), err) == (0, ["s", "https://e.org/from-the-server"], "")
    assert listener.connections


# Runs command lines one after another, and writes their exit codes; ends at once where one of them opens a socket.
WATCHED = """
import json, os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        os.write(2, f"{event} {arguments}".encode())
        os._exit(97)
sys.addaudithook(watch)
if sys.argv[2:]:
    import urllib.request
    urllib.request.urlopen(sys.argv[2])
from contextlib import ExitStack
from migragraph.cli import run
codes = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["migragraph", *words.split()]
    with ExitStack() as until_end:
        codes.append(run(until_end))
os.write(2, json.dumps(codes).encode())
"""


def run_watched(calls: list[str], *address: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WATCHED, json.dumps(calls), *address]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_watch_sees_who_reaches_out(listener: Listener) -> None:
    done = run_watched([], listener.address)
    assert (done.returncode, listener.connections) == (97, 0)
    with socket.create_connection(("127.0.0.1", listener.server_port), timeout=5):
        pass
    for _ in range(100):
        if listener.connections:
            return
        threading.Event().wait(0.02)
    pytest.fail("the listener heard nothing")


def test_imports_are_never_fetched(town: Path, listener: Listener) -> None:
    """Neither by Python, whose sockets are watched, nor by the parser's own client, which the listener would hear."""
    imports = f"<https://e.org/o> <http://www.w3.org/2002/07/owl#imports> <{listener.address}o.ttl> .\n"
    graph = f"<https://e.org/o> <http://www.w3.org/ns/shacl#shapesGraph> <{listener.address}s.ttl> .\n"
    for name in ("ontology/a.ttl", "data/a.ttl", "shapes/a.ttl"):
        (town / name).write_text(imports + graph, encoding="utf-8")
    calls = {
        f"validate {QUIET}": 0,
        "validate data/a.ttl --shapes shapes/a.ttl --shapes shapes/Event.ttl": 0,
        "info": 0,
        "query events": 0,
        "export": 0,
    }
    done = run_watched(list(calls))
    hint, codes = done.stderr.split("\n")
    assert (done.returncode, codes) == (0, json.dumps(list(calls.values())))
    assert hint.startswith("hint: shapes/Event.ttl:")
    assert set(calls.values()) == {*APART["`owl:imports`"]}
    assert listener.connections == 0


def test_contexts_are_never_fetched(town: Path, listener: Listener) -> None:
    document = {"@context": f"{listener.address}c.jsonld", "@id": "https://e.org/a", "https://e.org/p": 1}
    for name in ("data/a.jsonld", "a.jsonld"):
        (town / name).write_text(json.dumps(document), encoding="utf-8")
    calls = {
        f"validate {QUIET}": 1,
        "validate a.jsonld --shapes shapes/Event.ttl": 1,
        "validate data/laws.ttl --shapes a.jsonld": 2,
        "info": 2,
        "query events": 2,
        "export": 2,
    }
    done = run_watched(list(calls))
    assert done.returncode == 0
    assert done.stderr.endswith(json.dumps(list(calls.values())))
    assert done.stderr.count("nothing is fetched") == sum(code == 2 for code in calls.values())
    assert done.stdout.count("nothing is fetched") == sum(code == 1 for code in calls.values())
    assert listener.connections == 0


def test_an_address_that_is_not_of_the_public_web(town: Path, listener: Listener) -> None:
    addresses = {
        listener.address: "is not asked",
        "http://127.0.0.1/": "no public address",
        "http://[::ffff:10.0.0.1]/": "no public address",
        "http://169.254.169.254/latest/": "no public address",
        "http://2130706433/": "neither a name nor an IPv4 address",
        "file:///etc/passwd": "file is not fetched",
        "ftp://example.org/": "ftp is not fetched",
    }
    fact = '<https://e.org/%s> <https://schema.org/url> "%s" .\n'
    data = "".join(fact % (number, address) for number, address in enumerate(addresses))
    (town / "data" / "a.ttl").write_text(data, encoding="utf-8")
    before = state(town)
    done = run_watched([f"evidence fetch https://e.org/{number} --texts out" for number in range(len(addresses))])
    (code,) = {*APART["to fetch an address that is not of the public web: another scheme, a private host"]} - {None}
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.endswith(json.dumps([code] * len(addresses)))
    for line, said in zip(done.stderr.splitlines(), addresses.values(), strict=False):
        assert said in line
    assert state(town) == before
    assert listener.connections == 0


# Runs a command line in which no file may grow larger than so many bytes (-1: any size).
LIMITED = """
import resource, sys
from migragraph.cli import main
largest = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
main()
"""


def run(words: str, *, stdout: int = subprocess.PIPE, largest_file: int = -1) -> tuple[int, bytes, bytes]:
    command = [sys.executable, "-c", LIMITED, str(largest_file), *words.split()]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout or b"", done.stderr


@pytest.mark.parametrize("words", ["info", "query events", "query", "export turtle", "validate --only syntax"])
def test_a_full_disk_behind_standard_output(town: Path, words: str) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    code, _, err = run(words, stdout=full)
    os.close(full)
    assert code == APART["a full disk behind standard output"][words.startswith("validate")] == 2
    assert err == b"migragraph: standard output cannot be written: No space left on device. Free some room.\n"


CLOSED = {
    "audit": "audit",
    "build": "build -o site",
    "cite": "cite event:fair",
    "disagreements": "disagreements",
    "evidence": "evidence --check",
    "explain": "explain event:fair",
    "export": "export turtle nquads -o out",
    "info": "info",
    "query": "query events",
    "validate": "validate --only syntax",
}


def run_closed(words: str, *streams: int) -> tuple[int, bytes, bytes]:
    """Run a command line in a process that is started with some of its streams closed."""
    closing = "".join(f" {stream}{'<' if stream == 0 else '>'}&-" for stream in streams)
    command = f"{shlex.join([sys.executable, '-m', 'migragraph', *shlex.split(words)])}{closing}"
    done = subprocess.run(["sh", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "words", [*CLOSED.values(), "evidence read '5 men'", "export facts", "query", "--help", "nosuch"]
)
def test_a_standard_output_that_is_closed(town: Path, words: str) -> None:
    """Found out before anything is done; and silently where standard error is closed as well."""
    assert set(CLOSED) == set(cli.commands)
    before = state(town)
    code, _, err = run_closed(words, 1)
    assert code == APART["a standard output that is closed"][words.startswith("validate")] == 2
    assert err == b"migragraph: standard output is closed. Send it to a file, or to /dev/null.\n"
    assert run_closed(words, 1, 2) == (2, b"", b"")
    assert state(town) == before


@pytest.mark.parametrize(
    "words", ["nosuch", "info --state-only", "explain Fare", "validate none.ttl --shapes none.ttl"]
)
def test_a_standard_error_that_is_closed(town: Path, words: str) -> None:
    """No message goes to standard output in its place."""
    assert run_closed(words, 2) == (2, b"", b"")


def test_a_standard_input_that_is_closed(town: Path) -> None:
    code, out, err = run_closed("query -", 0)
    assert (code, out) == (2, b"")
    assert err == b"migragraph: standard input is closed. Give the query in a FILE.\n"


def test_a_full_disk_while_building(town: Path) -> None:
    """A limit on the size of files stands in for it; what is written is whole, and the next build mends the rest."""
    out = town / "out"
    code, printed, err = run(f"build -o {out}", largest_file=20_000)
    assert (code, printed) == (2, b"")
    assert b"File too large" in err
    assert not [path for path in out.rglob("*") if path.name.endswith(".part")]
    code, _, err = run(f"build -o {out}")
    assert code == 0, err
    apart = town / "apart"
    assert run(f"build -o {apart}")[0] == 0
    assert {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()} == {
        path.relative_to(apart): path.read_bytes() for path in apart.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("name", ["data", "migragraph.toml", "migragraph.toml/site"])
def test_a_folder_in_which_no_site_can_be_built(town: Path, name: str) -> None:
    before = state(town)
    code, printed, err = run(f"build -o {name}")
    assert (code, printed) == (2, b"")
    assert err.startswith(f"migragraph: {name.partition('/')[0]}".encode())
    assert state(town) == before


def test_a_build_without_a_standard_error(town: Path) -> None:
    assert run_closed("build -o out", 2) == (0, b"", b"")
    assert (town / "out" / "index.html").is_file()


def test_a_full_disk_while_exporting(town: Path) -> None:
    """A limit on the size of files stands in for it: one that the first file is below and the second above."""
    out = town / "out"
    sizes = {name: len(run(f"export {name}")[1]) for name in ("turtle", "nquads")}
    spoil(town, {"out/graph.ttl": b"earlier", "out/graph.nq": b"earlier", "out/notes.txt": b"mine"})
    before = state(out)
    limit = (sizes["turtle"] + sizes["nquads"]) // 2
    assert sizes["turtle"] < limit < sizes["nquads"]
    code, printed, err = run(f"export turtle nquads -o {out}", largest_file=limit)
    assert (code, printed) == (APART["a full disk, or a folder that cannot be made, for `export -o`"][1], b"")
    assert err.startswith(b"migragraph: ")
    assert b"cannot write there: File too large. Nothing was changed." in err
    assert state(out) == before
    code, printed, err = run(f"export turtle nquads -o {out}", largest_file=sizes["nquads"])
    assert (code, err) == (0, b"")
    assert state(out).keys() == before.keys()
    assert {len(data) for data in state(out).values()} == {*sizes.values(), len(b"mine")}


def test_a_query_is_answered_where_its_cache_finds_no_room(town: Path) -> None:
    code, out, err = run("query events", largest_file=1000)
    assert (code, err) == (0, b"")
    assert b"actor:guild" in out


def test_a_folder_that_cannot_be_made(call: Call, town: Path) -> None:
    Path("file").write_bytes(b"mine")
    before = state(town)
    for folder in ("file", "file/out", "/proc/none"):
        code, out, err = call("export", "turtle", "-o", folder)
        assert (code, out) == (2, "")
        assert f"migragraph: {folder}: cannot write there: " in err
    assert state(town) == before
