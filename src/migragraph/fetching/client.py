"""The guarded client: one GET, its redirects followed, that reaches public addresses alone and ends by its deadline.

It stands on the standard library's ``http.client``. A fuller client (urllib3, httpx) would bring a pool, retries,
proxies and cookies, each another way around the guard, and would have to be made to connect to an address that was
judged before, and to heed one deadline for the whole, headers included, instead of one for each read. Here the socket
is opened by the guard itself and handed to the protocol, which never learns how to open another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from migragraph.errors import CallError
from migragraph.fetching.addresses import Resolver, find_addresses
from migragraph.fetching.limits import Deadline, Limits
from migragraph.fetching.targets import Target, explain_fault, read_target, show_url
from migragraph.fetching.wire import FloodError, Wire

if TYPE_CHECKING:
    import socket
    from http.client import HTTPResponse

__all__ = ["Connector", "Page", "get_page", "system_connector"]

Connector = Callable[[str, int, float], "socket.socket"]
"""Connects to an IP address and a port within some seconds; raises OSError where that fails."""

MEDIA_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 65_536
_LONGEST_TYPE = 1000
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s\"';]+)", re.IGNORECASE)
_BY_HAND = "Save the text by hand where the texts of the project lie."
_LATER = "Try again later, or save the text by hand."


class Page(NamedTuple):
    """What a server gave: where, of which media type, in which encoding as it says, and the bytes, unpacked."""

    url: str
    media_type: str
    charset: str | None
    data: bytes


def get_page(url: str, limits: Limits, deadline: Deadline, resolve: Resolver, connect: Connector) -> Page:
    """Get the page at a URL; raise CallError for whatever stands against it."""
    target = first = read_target(url, limits)
    for _ in range(limits.redirects + 1):
        try:
            with _explained(target, limits):
                answer = _ask(target, limits, deadline, resolve, connect)
            if isinstance(answer, Page):
                return answer
            target = _follow(target, answer, limits)
        except CallError as error:
            if error.path == show_url(first.url):
                raise
            message = f"{error.message} {show_url(first.url)} redirects there."
            raise CallError(message, path=error.path, advice=error.advice) from error
    raise explain_fault(url, f"the address redirects more than {limits.redirects} times.", _BY_HAND)


def system_connector(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address, which is not looked up again."""
    import socket

    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds)
        made.connect((address, port))
    except BaseException:
        made.close()
        raise
    return made


def _ask(target: Target, limits: Limits, deadline: Deadline, resolve: Resolver, connect: Connector) -> Page | str:
    """Ask a target once; give its page, or the address to which it redirects."""
    from http.client import HTTPConnection

    addresses = find_addresses(target, resolve, deadline)
    with closing(_secure(target, _connect(target, addresses, limits, deadline, connect), deadline)) as connected:
        connection = HTTPConnection(target.host, target.port)
        connection.auto_open = 0
        connection.sock = Wire(connected, deadline, limits.wire_bytes)
        connection.request("GET", target.path, headers=_headers(target))
        response = connection.getresponse()
        if response.status in REDIRECTS:
            return response.headers.get("Location", "")
        media_type, charset = _check_head(target, response, limits)
        return Page(target.url, media_type, charset, b"".join(_unpack(target, response, limits)))


def _headers(target: Target) -> dict[str, str]:
    from importlib.metadata import version

    return {
        "Host": target.authority,
        "User-Agent": f"migragraph/{version('migragraph')} (reads a source that its user named)",
        "Accept": ", ".join(MEDIA_TYPES),
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _connect(
    target: Target, addresses: list[str], limits: Limits, deadline: Deadline, connect: Connector
) -> socket.socket:
    """Connect to the first of the addresses that answers."""
    failure: OSError | None = None
    for address in addresses:
        try:
            return connect(address, target.port, min(limits.connect_seconds, deadline.left()))
        except OSError as error:
            failure = error
    reason = "it does not answer" if isinstance(failure, TimeoutError) else str(getattr(failure, "strerror", failure))
    raise explain_fault(target.url, f"no connection to {target.host}: {reason}.", _LATER) from failure


def _secure(target: Target, connected: socket.socket, deadline: Deadline) -> socket.socket:
    """Begin TLS where the target asks for it, with a certificate verified for the target's own name."""
    if target.scheme == "http":
        return connected
    import ssl

    try:
        connected.settimeout(deadline.left())
        context = ssl.create_default_context()
        # An end that the server does not seal may be anybody's: the page would be cut there. Python before 3.11.4 lets
        # it pass by itself (https://github.com/python/cpython/issues/95494).
        context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
        return context.wrap_socket(connected, server_hostname=target.host, suppress_ragged_eofs=False)
    except BaseException:
        connected.close()
        raise


def _follow(target: Target, location: str, limits: Limits) -> Target:
    """Give the target to which another redirects; a step from https to http is not taken."""
    from urllib.parse import urljoin

    if not location:
        raise explain_fault(target.url, "the address redirects, and does not say where to.", _BY_HAND)
    try:
        # The header's bytes are read as Latin-1; an address with letters beyond ASCII is in UTF-8.
        location = location.encode("latin-1").decode("utf-8")
        address = urljoin(target.url, location)
    except ValueError as error:
        raise explain_fault(target.url, f"it redirects to {location[:100]!a}, no address.", _BY_HAND) from error
    following = read_target(address, limits)
    if (target.scheme, following.scheme) == ("https", "http"):
        advice = "What comes without TLS may come from anybody. " + _BY_HAND
        raise explain_fault(target.url, f"the address redirects from https to http, {following.url!a}.", advice)
    return following


def _check_head(target: Target, response: HTTPResponse, limits: Limits) -> tuple[str, str | None]:
    """Give the media type and the encoding, where it is told; raise CallError for an answer without a page."""
    if response.status != 200:
        advice = _LATER if response.status >= 500 or response.status in (408, 429) else f"Is it right? {_BY_HAND}"
        raise explain_fault(target.url, f"the server answers {response.status}{_phrase(response.status)}.", advice)
    if (response.length or 0) > limits.wire_bytes:
        raise FloodError(f"the server means to send {response.length:,} bytes")
    # The library that reads the other headers may need seconds for a long one of this kind.
    name, _, parameters = str(response.headers.get("Content-Type", ""))[:_LONGEST_TYPE].partition(";")
    media_type = name.strip().lower()
    if media_type not in MEDIA_TYPES:
        told = ascii(media_type[:100]) if media_type else "of no media type"
        advice = f"Only {', '.join(MEDIA_TYPES)} are read. {_BY_HAND}"
        raise explain_fault(target.url, f"what lies there is {told}.", advice)
    charset = _CHARSET.search(f";{parameters}")
    return media_type, charset[1] if charset else None


def _phrase(status: int) -> str:
    """Say what a status means, in the standard's words: the server's own may hold anything."""
    from http import HTTPStatus

    return f" ({HTTPStatus(status).phrase})" if status in HTTPStatus.__members__.values() else ""


def _unpack(target: Target, response: HTTPResponse, limits: Limits) -> Iterator[bytes]:
    """Give the body piece by piece, unpacked, never more of it than the limits allow."""
    import zlib

    encoding = str(response.headers.get("Content-Encoding", "identity")).strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise explain_fault(
            target.url, f"the page comes packed as {encoding[:100]!a}.", "Only gzip is read. " + _BY_HAND
        )
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    left = limits.text_bytes
    while piece := response.read(_PIECE):
        try:
            data = unpacker.decompress(piece, left + 1) if unpacker else piece
        except zlib.error as error:
            raise explain_fault(target.url, "the page is packed wrongly.", _LATER) from error
        left -= len(data)
        if left < 0:
            raise FloodError(f"the page unpacked is larger than {limits.text_bytes:,} bytes")
        yield data
    if response.length or (unpacker and (not unpacker.eof or unpacker.unused_data)):
        raise explain_fault(target.url, "the page does not end where it should.", _LATER)


@contextmanager
def _explained(target: Target, limits: Limits) -> Iterator[None]:
    """Turn what can go wrong between a request and its answer into errors that say what to do."""
    import ssl
    from http.client import HTTPException

    try:
        yield
    except TimeoutError as error:
        raise explain_fault(target.url, f"the page was not all there after {limits.seconds:g} s.", _LATER) from error
    except FloodError as error:
        raise explain_fault(target.url, f"{error}; that is too much.", _BY_HAND) from error
    except ssl.SSLCertVerificationError as error:
        message = f"the certificate of {target.host} is not to be trusted: {error.verify_message}"
        raise explain_fault(target.url, message.rstrip(".") + ".", "Nothing was asked of it. " + _BY_HAND) from error
    except (HTTPException, ValueError) as error:  # ValueError: a chunk of a negative length, for one
        message = f"the server does not speak HTTP as it should ({type(error).__name__})."
        raise explain_fault(target.url, message, _LATER) from error
    except OSError as error:
        reason = getattr(error, "reason", None) or error.strerror or type(error).__name__
        raise explain_fault(target.url, f"the connection broke: {reason}.", _LATER) from error
