"""Fetching: from the names of sources to their texts in files, through the command, on a web of this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migragraph import fetching
from migragraph.errors import CallError
from migragraph.fetching import Limits, choose_folder, fetch_texts
from migragraph.layout import load_layout

if TYPE_CHECKING:
    from tests.unit.fetching.conftest import Web

Call = Callable[..., tuple[int, str, str]]

DATA = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix source: <https://example.org/town/source/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
source:herald rdfs:label "The Herald of the town"@en ; schema:url "http://herald.example/1"^^xsd:anyURI .
source:echo rdfs:label "Echo"@en ; schema:url "http://echo.example/"^^xsd:anyURI .
source:ticker schema:url "http://ticker.example/"^^xsd:anyURI .
source:mirror schema:url "file:///etc/passwd"^^xsd:anyURI .
source:leaflet rdfs:label "Leaflet"@en ; schema:translationOfWork source:echo .
<https://elsewhere.example/echo> schema:url "http://elsewhere.example/" .
<https://example.org/town/event/echo> rdfs:label "Echo"@vi .
"""
WORDS = "The guild holds the fair on the first of May. Hội chợ.\n"
HTML = "<html><h1>The fair</h1><article><p>The guild holds the fair, as it does each year.</p></article></html>"


def answer(text: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    data = text.encode()
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


@pytest.fixture
def town(project_copy: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the small project, made the working directory, with sources of the web, which alone is reached."""
    (project_copy / "data" / "sources.ttl").write_text(DATA, encoding="utf-8")
    web.pages["http://herald.example/1"] = answer(WORDS)
    web.pages["http://echo.example/"] = answer(HTML, "text/html")
    web.pages["http://elsewhere.example/"] = answer(WORDS)
    reached = partial(fetch_texts, resolve=web.resolver, connect=web.connector)
    monkeypatch.setattr(fetching, "fetch_texts", reached)
    monkeypatch.delenv("MIGRAGRAPH_TEXTS", raising=False)
    monkeypatch.chdir(project_copy)
    return project_copy


def state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fetch(call: Call, *words: str) -> tuple[int, str, str]:
    return call("evidence", "fetch", "--texts", "texts", *words)


@pytest.mark.parametrize(
    "name",
    [
        "source:herald",
        "https://example.org/town/source/herald",
        "<https://example.org/town/source/herald>",
        "The Herald of the town",
        "herald of the",
    ],
)
def test_a_text_is_fetched(call: Call, town: Path, name: str) -> None:
    before = state(town)
    code, out, err = fetch(call, name)
    assert (code, err) == (0, "")
    assert out == (
        "texts/herald.txt\n"
        "    source   source:herald\n"
        "    address  http://herald.example/1\n"
        f"    size     {len(WORDS.encode())} bytes\n"
        f"    sha-256  {sha256(WORDS.encode()).hexdigest()}\n"
        '    Add to [texts] of migragraph.toml, so that it is found: "town/source/herald" = "herald.txt"\n'
        "`migragraph evidence --texts texts` looks for the phrases in what was fetched.\n"
    )
    assert state(town) == before | {"texts/herald.txt": WORDS.encode()}


def test_several_texts_are_fetched(call: Call, town: Path) -> None:
    code, out, err = fetch(call, "source:echo", "source:herald", "The Herald of the town")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if not line.startswith(" ")][:-1] == [
        "texts/echo.txt",
        "texts/herald.txt",
    ]
    assert (town / "texts" / "echo.txt").read_text("utf-8") == (
        "The fair\nThe guild holds the fair, as it does each year.\n"
    )


def test_what_is_to_be_added_is_toml(call: Call, town: Path) -> None:
    line = fetch(call, "source:herald")[1].splitlines()[5]
    description = (town / "migragraph.toml").read_text("utf-8")
    added = description.replace("[texts]\n", f"[texts]\n{line.partition('found: ')[2]}\n")
    (town / "migragraph.toml").write_text(added, encoding="utf-8")
    assert tomllib.loads(added)["texts"]["town/source/herald"] == "herald.txt"
    code, out, _ = fetch(call, "source:herald")
    assert code == 0
    assert "[texts]" not in out


def test_a_source_of_another_base_cannot_be_named(call: Call, town: Path) -> None:
    code, out, _ = fetch(call, "https://elsewhere.example/echo")
    assert code == 0
    assert "[texts]" not in out
    assert (town / "texts" / "echo.txt").exists()


def test_the_address_that_answered_is_told(call: Call, web: Web, town: Path) -> None:
    web.pages["http://herald.example/1"] = b"HTTP/1.1 301 Moved\r\nLocation: /2\r\n\r\n"
    web.pages["http://herald.example/2"] = answer(WORDS)
    assert "    address  http://herald.example/2\n" in fetch(call, "source:herald")[1]
    assert (town / "texts" / "herald.txt").exists()


def test_a_translation_is_fetched_only_when_asked(call: Call, web: Web, town: Path) -> None:
    code, out, err = fetch(call, "Leaflet")
    assert (code, out, web.resolved) == (2, "", [])
    assert "source:leaflet has no address of its own: http://echo.example/ is that of source:echo" in err
    code, out, err = fetch(call, "Leaflet", "--allow-translated")
    assert (code, err) == (0, "")
    assert "texts/leaflet.txt\n" in out
    assert "    This is the text of source:echo, of which source:leaflet is a translation.\n" in out


def test_another_text_is_replaced_only_when_asked(call: Call, web: Web, town: Path) -> None:
    fetch(call, "source:herald")
    assert fetch(call, "source:herald")[0] == 0
    web.pages["http://herald.example/1"] = answer("Other words.")
    code, out, err = fetch(call, "source:herald")
    assert (code, out) == (2, "")
    assert "texts/herald.txt: another text lies there. Nothing was changed. Move it away, or add --replace." in err
    assert (town / "texts" / "herald.txt").read_text("utf-8") == WORDS
    assert fetch(call, "source:herald", "--replace")[0] == 0
    assert (town / "texts" / "herald.txt").read_text("utf-8") == "Other words."


def test_the_folder_of_the_texts(call: Call, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = call("evidence", "fetch", "source:herald")
    assert (code, out) == (2, "")
    assert "no folder is told for texts. Name one with --texts DIR, or set MIGRAGRAPH_TEXTS." in err
    description = (town / "migragraph.toml").read_text("utf-8")
    (town / "migragraph.toml").write_text(
        description.replace("[texts]", '[folders]\ntexts = "mine"\n\n[texts]'), "utf-8"
    )
    code, out, err = call("evidence", "fetch", "source:herald")
    assert (code, out) == (2, "")
    assert f"the folder of the texts, {town / 'mine'}, is not there. Name one" in err
    (town / "mine").mkdir()
    assert call("evidence", "fetch", "source:herald")[1].startswith(f"{town / 'mine' / 'herald.txt'}\n")
    monkeypatch.setenv("MIGRAGRAPH_TEXTS", str(town / "of" / "all"))
    code, out, err = call("evidence", "fetch", "source:herald")
    assert out.startswith(f"{town / 'of' / 'all' / 'herald.txt'}\n")
    assert "`migragraph evidence` looks" in out
    assert choose_folder(load_layout(town), Path("named")) == Path("named")


REFUSED = {
    "source:nobody": "the graph says nothing of https://example.org/town/source/nobody",
    "Nobody at all": "nothing in the graph is called 'Nobody at all'",
    "Echo": "'Echo' may mean 2 things",
    "event:fair": "event:fair has no address (schema:url)",
    "source:gazette": "source:gazette has no address (schema:url)",
    "": "the name is empty",
    "\x1b[31m": "the name holds a character that is no text",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_source_with_an_address(call: Call, web: Web, town: Path, name: str) -> None:
    before = state(town)
    code, out, err = fetch(call, "source:herald", name)
    assert (code, out) == (2, "")
    assert REFUSED[name] in err
    assert state(town) == before
    assert (web.resolved, web.connected) == ([], [])


def test_two_texts_of_one_name(call: Call, web: Web, town: Path) -> None:
    code, out, err = fetch(call, "source:echo", "https://elsewhere.example/echo")
    assert (code, out, web.resolved) == (2, "", [])
    assert "the texts of source:echo and <https://elsewhere.example/echo> would both be echo.txt. Name them in" in err


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while True:
        connection.sendall(b"a")
        time.sleep(0.05)


def test_one_text_that_fails_keeps_all_from_being_written(call: Call, web: Web, town: Path) -> None:
    before = state(town)
    cases: dict[bytes | Callable[[socket.socket], None], str] = {
        b"HTTP/1.1 404 Not Found\r\n\r\n": "http://ticker.example/: the server answers 404 (Not Found).",
        b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/a\r\n\r\n": (
            "http://169.254.169.254/a: the host is at '169.254.169.254', which is no public address. "
            "http://ticker.example/ redirects there."
        ),
        drip: "http://ticker.example/: the page was not all there after 1 s.",
    }
    for page, said in cases.items():
        web.pages["http://ticker.example/"] = page
        code, out, err = fetch(call, "source:herald", "source:ticker", "--timeout", "1")
        assert (code, out) == (2, "")
        assert err.startswith(f"migragraph: {said}")
        assert "save the text by hand" in err.lower()
        assert state(town) == before


def test_an_address_in_the_data_that_is_not_of_the_web(call: Call, web: Web, town: Path) -> None:
    code, out, err = fetch(call, "source:mirror")
    assert (code, out, web.resolved) == (2, "", [])
    assert "file:///etc/passwd: file is not fetched." in err
    assert not (town / "texts").exists()


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "3601", "1.5"])
def test_a_time_that_is_none(call: Call, web: Web, town: Path, seconds: str) -> None:
    code, out, err = fetch(call, "source:herald", "--timeout", seconds)
    assert (code, out, web.resolved) == (2, "", [])
    assert "--timeout" in err
    assert town.exists()


def test_no_source_is_named(call: Call) -> None:
    code, out, err = call("evidence", "fetch")
    assert (code, out) == (2, "")
    assert "Missing argument" in err


@pytest.mark.usefixtures("town")
def test_an_address_that_is_only_inferred(call: Call) -> None:
    """The addresses of the town have no evidence at all: what is left out is what rests on an inference."""
    inferred = "<https://example.org/town/source/echo> <https://w3id.org/migragraph/ontology#evidence> [ %s ] ."
    parts = "a mg:Evidence ; mg:property schema:url ; mg:basis mg:inferred ; mg:reason 'So it seems.'@en"
    prefixes = "@prefix mg: <https://w3id.org/migragraph/ontology#> . @prefix schema: <https://schema.org/> .\n"
    Path("data/inferred.ttl").write_text(prefixes + inferred % parts, encoding="utf-8")
    assert fetch(call, "source:echo")[0] == 0
    code, out, err = fetch(call, "source:echo", "--stated-only")
    assert (code, out) == (2, "")
    assert "source:echo has no address" in err


def test_a_text_in_html_and_in_plain(web: Web) -> None:
    web.pages["http://news.example/"] = answer(HTML.replace("guild", "g\x1bld"), "text/html")
    fetched = web.fetch()
    assert fetched.text == "The fair\nThe g ld holds the fair, as it does each year.\n"
    assert fetched.sha256 == sha256(fetched.text.encode()).hexdigest()
    assert fetched.media_type == "text/html"
    web.pages["http://news.example/"] = answer(HTML, "application/xhtml+xml")
    assert web.fetch().text == "The fair\nThe guild holds the fair, as it does each year.\n"
    web.pages["http://news.example/"] = answer(HTML)
    assert web.fetch().text == HTML


@pytest.mark.parametrize(("kind", "mark"), [("text/plain", "\u0323\u0301"), ("text/html", "&#803;&#769;")])
def test_marks_without_end(web: Web, kind: str, mark: str) -> None:
    web.pages["http://news.example/"] = answer(HTML.replace("guild", "gui" + mark * 50 + "ld"), kind)
    with pytest.raises(CallError, match="more than 30 marks"):
        web.fetch()


def test_the_extraction_has_what_is_left_of_the_time(web: Web) -> None:
    start = time.monotonic()
    web.pages["http://news.example/"] = answer(HTML.replace("guild", "<p>a<p>" * 300_000), "text/html")
    with pytest.raises(CallError, match="its text was not found before the time was up"):
        web.fetch(seconds=0.6)
    assert time.monotonic() - start < 2


# Runs a command line, and ends at once where it opens a socket or asks for an address.
WATCHED = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        os.write(2, f"{event} {arguments[:2]}".encode())
        os._exit(97)
sys.addaudithook(watch)
from migragraph.cli import main
main()
"""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("evidence fetch source:herald", 97, "socket.getaddrinfo ('herald.example', 80)"),
        ("evidence fetch source:gazette source:herald", 2, "has no address"),
        ("evidence fetch source:mirror", 2, "file is not fetched"),
        ("evidence fetch --help", 0, ""),
        ("evidence --check", 1, ""),
        ("info", 0, ""),
    ],
)
def test_the_network_is_reached_only_for_a_source_that_is_named(town: Path, words: str, code: int, said: str) -> None:
    texts = ["--texts", "texts"] if "source:" in words else []
    command = [sys.executable, "-c", WATCHED, *words.split(), *texts]
    done = subprocess.run(command, cwd=town, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stderr
    assert not (town / "texts").exists()


def test_the_command_line_starts_without_what_fetching_needs() -> None:
    heavy = ["trafilatura", "lxml", "urllib3", "http.client", "ssl", "subprocess", "migragraph.fetching"]
    code = f"import sys, migragraph.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []


def test_the_limits_are_those_of_the_command(call: Call, web: Web, monkeypatch: pytest.MonkeyPatch, town: Path) -> None:
    given: list[Limits] = []

    def remember(*_: object, limits: Limits, **__: object) -> list[object]:
        given.append(limits)
        return []

    monkeypatch.setattr(fetching, "fetch_texts", remember)
    assert fetch(call, "source:herald")[0] == 0
    assert fetch(call, "source:herald", "--timeout", "7")[0] == 0
    assert given == [Limits(), Limits(seconds=7)]
    assert (web.resolved, town.exists()) == ([], True)
