"""The preview: pages that load again after a build, on this machine alone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from migragraph.errors import CallError
from migragraph.site.preview import CHANGES, HOST, RELOAD, Preview

PAGE = b"<!DOCTYPE html><html><body><p>One</p></body></html>"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    (tmp_path / "town").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "town" / "a.ttl").write_bytes(b"# nothing")
    shown = Preview(tmp_path, 0)
    yield shown
    shown.close()


def ask(preview: Preview, path: str) -> HTTPResponse:
    connection = HTTPConnection(HOST, urlsplit(preview.address).port or 0, timeout=10)
    connection.request("GET", path)
    return connection.getresponse()


@pytest.mark.parametrize("path", ["/", "/index.html", "/?q=1"])
def test_a_page_is_given_the_script_that_loads_it_again(preview: Preview, path: str) -> None:
    data = ask(preview, path).read()
    assert data == PAGE.replace(b"</body>", f'<script src="{RELOAD}"></script></body>'.encode())
    assert CHANGES.encode() in ask(preview, RELOAD).read()


def test_other_files_are_served_as_they_are(preview: Preview) -> None:
    answer = ask(preview, "/town/a.ttl")
    assert (answer.status, answer.headers["Content-Type"], answer.read()) == (200, "text/turtle", b"# nothing")


@pytest.mark.parametrize("path", ["/nothing.html", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"])
def test_what_is_not_there_is_not_found(preview: Preview, path: str) -> None:
    assert ask(preview, path).status == 404


def test_a_build_is_told_to_the_pages_that_are_open(preview: Preview) -> None:
    answer = ask(preview, CHANGES)
    told: list[bytes] = []
    listener = threading.Thread(target=lambda: told.append(answer.readline()))
    listener.start()
    while listener.is_alive():
        # The page may not yet be waiting when the first build is announced.
        preview.announce()
        listener.join(0.05)
    assert told == [b"data: built\n"]


def test_it_listens_on_this_machine_alone(preview: Preview) -> None:
    assert urlsplit(preview.address).hostname == "127.0.0.1"


def test_a_port_that_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        with pytest.raises(CallError, match="cannot be opened"):
            Preview(tmp_path, taken.getsockname()[1])
