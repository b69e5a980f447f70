"""The guarded client: where it goes, what it takes, and when it ends."""

from __future__ import annotations

import contextlib
import gzip
import os
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migragraph.errors import CallError
from migragraph.fetching.client import get_page, system_connector
from migragraph.fetching.limits import LIMITS, Deadline

if TYPE_CHECKING:
    from tests.unit.fetching.conftest import Web

NEWS = "http://news.example/"
WORDS = b"The guild holds the fair on the first of May.\n"


def answer(body: bytes = WORDS, *headers: str, status: str = "200 OK", kind: str = "text/plain") -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def moved(location: str, status: str = "302 Found") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode(
        "latin-1", "xmlcharrefreplace"
    )


def refused(web: Web, url: str = NEWS, **limits: float) -> str:
    """Give what is said of a page that is not fetched: one line, with nothing in it that a terminal obeys."""
    with pytest.raises(CallError) as caught:
        web.fetch(url, **limits)
    said = str(caught.value)
    assert said.isprintable()
    assert said.isascii()
    assert caught.value.exit_code == 2
    return said


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    start = time.monotonic()
    yield
    assert time.monotonic() - start < seconds


CUT = answer().replace(b"Content-Length: 46", b"Content-Length: 46000")
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"


@pytest.mark.parametrize(
    "page",
    [
        answer(),
        answer(WORDS, "Connection: close"),
        answer(WORDS, "Connection: keep-alive"),
        answer().replace(b"HTTP/1.1", b"HTTP/1.0"),
        answer(gzip.compress(WORDS, mtime=0), "Content-Encoding: gzip"),
        answer(gzip.compress(WORDS, mtime=0), "Content-Encoding: x-GZIP"),
        answer(WORDS, "Content-Encoding: identity"),
        CHUNKED + b"5\r\nThe g\r\n%x;note=1\r\n%s\r\n0\r\n\r\n" % (len(WORDS) - 5, WORDS[5:]),
        ENDLESS + WORDS,
        b"HTTP/1.1 100 Continue\r\n\r\n" + answer(),
        answer() + b"more than was told",
        answer(WORDS, "Set-Cookie: a=b", "Refresh: 0; url=http://10.0.0.1/", kind="TEXT/plain ; charset=UTF-8"),
    ],
)
def test_a_page_is_read_whole(web: Web, page: bytes) -> None:
    web.pages[NEWS] = page
    fetched = web.fetch()
    assert fetched.text.encode() == WORDS
    assert (fetched.url, fetched.media_type) == (NEWS, "text/plain")


def test_what_is_asked(web: Web) -> None:
    """One GET that says who asks, and nothing of the user: no cookie, no referrer, no language."""
    web.pages["http://news.example/a%20b?c=%C4%91&d"] = answer()
    web.fetch("http://NEWS.example:80/a%20b?c=đ&d#top")
    (head,) = web.asked
    line, *headers = head.decode().removesuffix("\r\n\r\n").split("\r\n")
    assert line == "GET /a%20b?c=%C4%91&d HTTP/1.1"
    given = dict(header.split(": ", 1) for header in headers)
    assert given.pop("User-Agent").startswith("migragraph/")
    assert given == {
        "Host": "news.example",
        "Accept": "text/html, application/xhtml+xml, text/plain",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_proxies_of_the_environment_are_not_asked(web: Web) -> None:
    assert os.environ["http_proxy"] == "http://127.0.0.1:9/"
    web.pages[NEWS] = answer()
    web.fetch()
    assert (web.resolved, web.connected) == (["news.example"], [(web.PUBLIC, 80)])


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed(web: Web, status: str) -> None:
    web.pages[NEWS] = moved("other/page", status)
    web.pages["http://news.example/other/page"] = moved("//sister.example/?a#b", status)
    web.pages["http://sister.example/?a"] = answer()
    assert web.fetch().url == "http://sister.example/?a"
    assert web.resolved == ["news.example", "news.example", "sister.example"]


def test_a_redirect_in_letters(web: Web) -> None:
    web.pages[NEWS] = moved("/Vi\u1ec7t".encode().decode("latin-1"))
    web.pages["http://news.example/Vi%E1%BB%87t"] = answer()
    assert web.fetch().text.encode() == WORDS


PRIVATE = [
    "http://127.0.0.1/",
    "http://10.1.2.3/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1%25eth0]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:93.184.215.14]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::10.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://inside.example/",
    "http://localhost/",
    "http://0.0.0.0/",
    "//127.0.0.1/",
    "http://\uff11\uff12\uff17.0.0.1/".encode().decode("latin-1"),
]
SPELLINGS = [
    "2130706433",
    "0x7f000001",
    "017700000001",
    "127.1",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.0.0.01",
    "127.0.0.1.",
]


@pytest.mark.parametrize("location", PRIVATE)
def test_a_redirect_to_a_private_address(web: Web, location: str) -> None:
    web.names = {"inside.example": [["10.0.0.1"]], "localhost": [["127.0.0.1"]]}
    web.pages[NEWS] = moved(location)
    said = refused(web)
    assert "which is no public address" in said or "neither a name nor an IPv4 address" in said
    assert web.connected == [(web.PUBLIC, 80)]


@pytest.mark.parametrize("location", PRIVATE[:13])
def test_it_is_told_where_a_redirect_came_from(web: Web, location: str) -> None:
    web.names = {"inside.example": [["10.0.0.1"]], "localhost": [["127.0.0.1"]]}
    web.pages[NEWS] = moved(location)
    assert " http://news.example/ redirects there. Only public addresses" in refused(web)


@pytest.mark.parametrize("host", SPELLINGS)
def test_other_spellings_of_addresses(web: Web, host: str) -> None:
    assert "neither a name nor an IPv4 address" in refused(web, f"http://{host}/")
    web.pages[NEWS] = moved(f"http://{host}/")
    assert "neither a name nor an IPv4 address" in refused(web)
    assert (web.resolved, web.connected) == (["news.example"], [(web.PUBLIC, 80)])


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("file:///etc/passwd", "file is not fetched"),
        ("ftp://news.example/", "ftp is not fetched"),
        ("data:text/html,<p>words</p>", "data is not fetched"),
        ("javascript:alert(1)", "javascript is not fetched"),
        ("gopher://news.example/", "gopher is not fetched"),
        ("http://user:secret@news.example/", "holds a user name"),
        ("http://news.example:22/", "port 22 is not asked"),
        ("http://news.example:0/", "port 0 is not asked"),
        ("http://news.example:99999/", "that is no address"),
        ("http://./", "is no name of a host"),
        ("http://[::1/", "no address"),
        ("http://a b/", "a space, a backslash or a control character"),
        ("http://news.example\\@10.0.0.1/", "a space, a backslash or a control character"),
        ("/\x1b[31mred", "a space, a backslash or a control character"),
        ("/\xff", "no address"),
        (f"/{'a' * 5000}", "longer than 4096"),
        ("", "does not say where to"),
        ("/", "redirects more than 5 times"),
        ("https://other.example/", "not to be trusted"),
    ],
)
def test_a_redirect_that_is_not_followed(web: Web, location: str, said: str) -> None:
    web.pages[NEWS] = moved(location)
    told = refused(web)
    assert said in told
    assert "http://news.example/" in told
    assert "secret" not in told


def test_redirects_are_counted(web: Web) -> None:
    for number in range(6):
        web.pages[f"http://news.example/{number}"] = moved(f"/{number + 1}")
    web.pages["http://news.example/6"] = answer()
    assert web.fetch("http://news.example/1").text.encode() == WORDS
    assert "redirects more than 5 times" in refused(web, "http://news.example/0")
    assert web.fetch("http://news.example/0", redirects=6).url == "http://news.example/6"


def test_any_private_address_among_others_is_enough(web: Web) -> None:
    web.names["news.example"] = [[web.PUBLIC, "192.168.0.1", web.OTHER]]
    assert "'192.168.0.1', which is no public address" in refused(web)
    assert web.connected == []


def test_a_name_that_means_something_else_the_next_time(web: Web) -> None:
    """The connection is made to the address that was judged; where the name is asked again, it is judged again."""
    web.names["news.example"] = [[web.PUBLIC], ["127.0.0.1"]]
    web.pages[NEWS] = answer()
    assert web.fetch().text.encode() == WORDS
    assert (web.resolved, web.connected) == (["news.example"], [(web.PUBLIC, 80)])
    web.names["news.example"] = [[web.PUBLIC], ["127.0.0.1"]]
    web.pages[NEWS] = moved("/again")
    assert "'127.0.0.1', which is no public address" in refused(web)
    assert web.connected == [(web.PUBLIC, 80)] * 2


def test_the_next_address_is_tried(web: Web) -> None:
    web.names["news.example"] = [[web.OTHER, web.PUBLIC, web.OTHER]]
    web.pages[NEWS] = answer()
    connect = web.connect

    def only_old(address: str, port: int, seconds: float) -> socket.socket:
        if ":" in address:
            web.connected.append((address, port))
            raise OSError(101, "Network is unreachable")
        return connect(address, port, seconds)

    web.connector = only_old
    assert web.fetch().text.encode() == WORDS
    assert web.connected == [(web.OTHER, 80), (web.PUBLIC, 80)]
    web.names["news.example"] = [[web.OTHER]]
    assert "no connection to news.example: Network is unreachable. Try again" in refused(web)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (answer(status="401 Unauthorized"), "answers 401 (Unauthorized). Is it right?"),
        (answer(status="404 \x1b[31mGone"), "answers 404 (Not Found). Is it right?"),
        (answer(status="429 Slower"), "answers 429 (Too Many Requests). Try again later"),
        (answer(status="500 Oh"), "answers 500 (Internal Server Error). Try again later"),
        (answer(status="999 Denied"), "answers 999. Try again later"),
        (answer(status="204 No Content"), "answers 204 (No Content)"),
        (answer(status="206 Partial"), "answers 206 (Partial Content)"),
        (answer(status="304 Same"), "answers 304 (Not Modified)"),
        (b"HTTP/1.1 101 Switching\r\n\r\n", "answers 101 (Switching Protocols)"),
        (answer(kind="application/pdf"), "'application/pdf'. Only text/html, application/xhtml+xml, text/plain are"),
        (answer(kind="\x1b]0\x07;x"), r"'\x1b]0\x07'. Only"),
        (answer(kind="text/\xff"), r"'text/\xff'. Only"),
        (answer().replace(b"Content-Type", b"X"), "of no media type"),
        (answer(WORDS, "Content-Encoding: br"), "packed as 'br'. Only gzip is read."),
        (answer(WORDS, "Content-Encoding: gzip, gzip"), "packed as 'gzip, gzip'"),
        (answer(WORDS, "Content-Encoding: gzip"), "packed wrongly"),
        (answer(gzip.compress(WORDS, mtime=0)[:-4], "Content-Encoding: gzip"), "does not end where it should"),
        (answer(gzip.compress(WORDS, mtime=0) + b"more", "Content-Encoding: gzip"), "does not end where it should"),
        (CUT, "does not end where it should"),
        (CHUNKED + b"5\r\nThe g\r\n", "does not speak HTTP as it should (IncompleteRead)"),
        (CHUNKED + b"-5\r\nThe g\r\n0\r\n\r\n", "does not speak HTTP as it should"),
        (CHUNKED + b"many\r\nThe g\r\n0\r\n\r\n", "does not speak HTTP as it should"),
        (CHUNKED + b"1" * 70_000, "does not speak HTTP as it should"),
        (WORDS, "does not speak HTTP as it should (BadStatusLine)"),
        (b"<html>HTTP/0.9</html>", "does not speak HTTP as it should (BadStatusLine)"),
        (b"HTTP/1.1 2OO OK\r\n\r\n", "does not speak HTTP as it should (BadStatusLine)"),
        (b"HTTP/9.9 200 OK\r\n\r\n", "does not speak HTTP as it should (UnknownProtocol)"),
        (b"HTTP/1.1 " + b"2" * 70_000, "does not speak HTTP as it should (LineTooLong)"),
        (b"", "does not speak HTTP as it should (RemoteDisconnected)"),
        (
            answer(WORDS, *(f"X-{number}: a" for number in range(200))),
            "does not speak HTTP as it should (HTTPException)",
        ),
        (answer(WORDS, f"X: {'a' * 70_000}"), "does not speak HTTP as it should (LineTooLong)"),
        (answer(b""), "the text that lies there is empty"),
        (answer(b" \r\n"), "the text that lies there is empty"),
    ],
)
def test_an_answer_that_holds_no_page(web: Web, page: bytes, said: str) -> None:
    web.pages[NEWS] = page
    assert said in refused(web)


def endless(first: bytes, piece: bytes, pause: float = 0) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return send


PIECE = b"a" * 65_536
BOMB = gzip.compress(bytes(20_000_000), 9, mtime=0)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (endless(ENDLESS, PIECE), "more than 100,000 bytes came"),
        (endless(CHUNKED, b"10000\r\n" + PIECE + b"\r\n"), "more than 100,000 bytes came"),
        (endless(CHUNKED + b"0\r\n", b"X: a\r\n" * 1000), "more than 100,000 bytes came"),
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), "more than 100,000 bytes came"),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 60_000 + b"\r\n"), "more than 100,000 bytes came"),
        (answer().replace(b"Length: 46", b"Length: 99999999999"), "the server means to send 99,999,999,999 bytes"),
        (answer(BOMB, "Content-Encoding: gzip"), "the page unpacked is larger than 200,000 bytes"),
        (
            CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")
            + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BOMB), BOMB),
            "the page unpacked is larger than 200,000 bytes",
        ),
    ],
)
def test_a_page_that_is_too_large(web: Web, page: bytes | Callable[[socket.socket], None], said: str) -> None:
    web.pages[NEWS] = page
    with within(2):
        assert said in refused(web, wire_bytes=100_000, text_bytes=200_000)


def test_a_small_page_does_not_fill_the_memory(web: Web) -> None:
    web.pages[NEWS] = answer(BOMB, "Content-Encoding: gzip")
    tracemalloc.start()
    said = refused(web, text_bytes=200_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "larger than 200,000 bytes" in said
    assert peak < 3_000_000


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/plain", None),
        ("text/plain;charset=x", "x"),
        ("TEXT/PLAIN ; a=b ; Charset = 'UTF-8'", "UTF-8"),
        ('text/plain; charset="x y"', "x"),
        ("text/plain; xcharset=x", None),
        ("text/plain; charset", None),
        ("text/plain; charset=", None),
        ("text/plain; charset=x; charset=y", "x"),
        ('text/plain; a="' + ";" * 60_000, None),
        ("text/plain" + ";" * 60_000 + "charset=x", None),
    ],
)
def test_the_encoding_that_a_server_tells(web: Web, kind: str, charset: str | None) -> None:
    """It is read at once, however the header is made."""
    web.pages[NEWS] = answer(kind=kind)
    with within(1):
        page = get_page(NEWS, LIMITS, Deadline.after(5), web.resolver, web.connector)
    assert (page.media_type, page.charset, page.data) == ("text/plain", charset, WORDS)


def wait(_: socket.socket) -> None:
    time.sleep(0.4)


@pytest.mark.parametrize(
    "page",
    [
        wait,
        endless(b"", b"H", 0.02),
        endless(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.02),
        endless(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n", 0.02),
        endless(ENDLESS, b"a", 0.02),
        endless(CHUNKED, b"1\r\na\r\n", 0.02),
        endless(answer(b"", "Content-Encoding: gzip").replace(b"Length: 0", b"Length: 90") + BOMB[:10], b"\0", 0.02),
    ],
)
def test_a_page_that_never_ends(web: Web, page: Callable[[socket.socket], None]) -> None:
    """The time is that of the whole, however often something comes."""
    web.pages[NEWS] = page
    with within(0.5):
        assert "the page was not all there after 0.2 s. Try again later" in refused(web, seconds=0.2)


def test_redirects_share_the_time(web: Web) -> None:
    def slowly(connection: socket.socket) -> None:
        time.sleep(0.08)
        connection.sendall(moved("/"))

    web.pages[NEWS] = slowly
    with within(0.5):
        assert "was not all there after 0.2 s" in refused(web, seconds=0.2)
    assert 1 < len(web.connected) < 5


def test_a_name_that_is_never_resolved(web: Web) -> None:
    def resolve(_: str, __: int) -> list[str]:
        time.sleep(0.4)
        return [web.PUBLIC]

    web.resolver = resolve
    with within(0.35):
        assert "was not all there after 0.1 s" in refused(web, seconds=0.1)


def test_a_host_that_never_answers(web: Web) -> None:
    def never(_: str, __: int, seconds: float) -> socket.socket:
        waited.append(seconds)
        time.sleep(seconds)
        raise TimeoutError

    waited: list[float] = []
    web.names["news.example"] = [[f"93.184.215.{number}" for number in range(100)]]
    web.connector = never
    with within(0.5):
        assert "no connection to news.example: it does not answer" in refused(web, seconds=0.2, connect_seconds=0.05)
    assert max(waited) <= 0.05
    assert 2 < len(waited) < 6


def test_a_page_over_tls(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the user, by the variable that OpenSSL reads, says whom else to trust."""
    web.pages["https://news.example/"] = answer()
    web.pages["https://sister.example/"] = answer()
    web.pages[NEWS] = moved("https://news.example/")
    said = refused(web, "https://news.example/")
    assert "the certificate of news.example is not to be trusted: self-signed certificate" in said
    assert web.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", str(Path(__file__).parent / "certificate.pem"))
    assert web.fetch("https://news.example/").text.encode() == WORDS
    assert web.fetch(NEWS).url == "https://news.example/"
    said = refused(web, "https://sister.example/")
    assert "the certificate of sister.example is not to be trusted: Hostname mismatch" in said


def test_a_step_from_https_to_http(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(Path(__file__).parent / "certificate.pem"))
    web.pages["https://news.example/"] = moved(NEWS)
    web.pages[NEWS] = answer()
    assert "redirects from https to http, 'http://news.example/'" in refused(web, "https://news.example/")
    assert web.connected == [(web.PUBLIC, 443)]


def test_a_page_that_is_cut_under_tls(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """An end without the server's seal could be made by anybody on the way."""
    monkeypatch.setenv("SSL_CERT_FILE", str(Path(__file__).parent / "certificate.pem"))

    def cut(connection: socket.socket) -> None:
        connection.sendall(ENDLESS + WORDS)
        with socket.socket(fileno=os.dup(connection.fileno())) as below:
            below.shutdown(socket.SHUT_RDWR)

    web.pages["https://news.example/"] = cut
    assert "the connection broke" in refused(web, "https://news.example/")
    web.pages["https://news.example/"] = ENDLESS + WORDS
    assert web.fetch("https://news.example/").text.encode() == WORDS


def test_a_server_that_speaks_no_tls(web: Web) -> None:
    plain = web.connect
    web.connector = lambda address, _, seconds: plain(address, 80, seconds)
    said = refused(web, "https://news.example/", seconds=0.3)
    assert "the connection broke" in said or "not all there" in said


def test_a_handshake_that_never_ends(web: Web) -> None:
    def mute(_: str, __: int, ___: float) -> socket.socket:
        return near

    near, far = socket.socketpair()
    web.connector = mute
    with far, within(0.5):
        assert "not all there after 0.2 s" in refused(web, "https://news.example/", seconds=0.2)
    assert near.fileno() == -1


@pytest.mark.parametrize("page", [answer(), answer(status="404 No"), moved("ftp://a/"), b"", CUT])
def test_connections_are_closed(web: Web, page: bytes) -> None:
    made: list[socket.socket] = []
    connect = web.connect

    def remember(address: str, port: int, seconds: float) -> socket.socket:
        made.append(connect(address, port, seconds))
        return made[-1]

    web.connector = remember
    web.pages[NEWS] = page
    with contextlib.suppress(CallError):
        web.fetch()
    assert [one.fileno() for one in made] == [-1]


def test_a_connection_that_breaks(web: Web) -> None:
    def reset(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.sendall(ENDLESS)
        connection.close()

    web.pages[NEWS] = reset
    assert "the connection broke: Connection reset by peer. Try again later" in refused(web)


def test_the_system_connects_to_an_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address, port = server.getsockname()
        with system_connector(address, port, 1) as made:
            assert made.getpeername() == (address, port)
            assert made.gettimeout() == 1
    with pytest.raises(ConnectionRefusedError):
        system_connector("127.0.0.1", port, 1)
