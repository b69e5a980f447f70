"""A web of one server on this machine: names and addresses that look public, and no way to the network itself."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from migragraph.fetching import FetchedText, Limits, fetch_text
from migragraph.fetching.addresses import Resolver
from migragraph.fetching.client import Connector

CERTIFICATE = Path(__file__).parent / "certificate.pem"
"""The certificate of news.example, which signed itself, and its key: neither is used or trusted anywhere else."""

Answer = bytes | Callable[[socket.socket], None]


class Web:
    """Answer for every host: ``pages`` by URL, ``names`` by host; remember who was resolved, connected to and asked.

    A page is the bytes of an answer, or a function that is given the connection. ``names`` gives the answers of each
    name in turn, the last of them again and again.
    """

    PUBLIC = "93.184.215.14"
    OTHER = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.names: dict[str, list[Sequence[str]]] = {}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.asked: list[bytes] = []
        self.resolver: Resolver = self.resolve
        self.connector: Connector = self.connect
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._schemes: dict[int, str] = {}
        self._threads: list[threading.Thread] = []

    def resolve(self, host: str, _: int) -> Sequence[str]:
        self.resolved.append(host)
        answers = self.names.get(host, [[self.PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Connect to the server on this machine instead, which then answers as the port would."""
        self.connected.append((address, port))
        made = socket.create_connection(self._listener.getsockname(), seconds)
        accepted, _ = self._listener.accept()
        accepted.settimeout(5)
        thread = threading.Thread(target=self._serve, args=(accepted, {80: "http", 443: "https"}[port]))
        thread.start()
        self._threads.append(thread)
        return made

    def fetch(self, url: str = "http://news.example/", **limits: float) -> FetchedText:
        allowed = Limits(**{"seconds": 5, **limits})  # type: ignore[arg-type]
        return fetch_text(url, limits=allowed, resolve=self.resolver, connect=self.connector)

    def close(self) -> None:
        """Close, and wait for all that was being served."""
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _serve(self, connection: socket.socket, scheme: str) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            if scheme == "https":
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(CERTIFICATE)
                connection = stack.enter_context(context.wrap_socket(connection, server_side=True))
            self._answer(connection, scheme)

    def _answer(self, connection: socket.socket, scheme: str) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            if not (data := connection.recv(4096)):
                return
            head += data
        self.asked.append(head)
        path = head.split(b" ")[1].decode()
        host = next(line[6:] for line in head.split(b"\r\n") if line.startswith(b"Host: ")).decode()
        page = self.pages[f"{scheme}://{host}{path}"]
        if callable(page):
            page(connection)
        else:
            connection.sendall(page)
        if scheme == "https":
            connection = connection.unwrap()  # type: ignore[attr-defined]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Give a web; proxies that the environment names are not part of it, and nobody else can be resolved."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        for one in (name, name.upper()):
            monkeypatch.setenv(one, "http://127.0.0.1:9/")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", partial(_refuse, socket.getaddrinfo))
    made = Web()
    yield made
    made.close()


def _refuse(found: Callable[..., object], host: object, *rest: object, **more: object) -> object:
    assert host == "127.0.0.1", f"{host} was looked up"
    return found(host, *rest, **more)
