"""Targets: what a URL asks for, once it is known to be one that may be fetched."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import NamedTuple

from migragraph.errors import CallError
from migragraph.fetching.limits import Limits

__all__ = ["Target", "explain_fault", "read_target", "show_url"]

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 4096
LONGEST_SHOWN = 200

_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_USER = re.compile(r"//[^/?#]*@")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_KEPT = "/%:@!$&'()*+,;=~"
# What one version of IDNA (https://www.rfc-editor.org/rfc/rfc5894#section-7.2) reads as another name than the other.
_DEVIANT = re.compile("[\u00df\u03c2\u1e9e\u200c\u200d]")
_WRITE_ONE = "Name an address that begins with http:// or https:// and holds no space."


class Target(NamedTuple):
    """A URL without its fragment, and its parts: a host in ASCII (a name, or an IP address as it is printed)."""

    url: str
    scheme: str
    host: str
    port: int
    authority: str
    path: str


def show_url(url: str) -> str:
    """Show a URL: at most its first 200 characters, no user name, and nothing in them that a terminal obeys."""
    shown = ascii(_USER.sub("//...@", url))[1:-1]
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}..."


def explain_fault(url: str, message: str, advice: str) -> CallError:
    """Give the error that names a URL as ``show_url`` shows it."""
    return CallError(message, path=show_url(url), advice=advice)


def read_target(url: str, limits: Limits) -> Target:
    """Read a URL; raise CallError for one that is no plain http or https address of a host and port allowed."""
    from urllib.parse import quote, urlsplit

    if len(url) > LONGEST_URL:
        raise explain_fault(url, f"the address is longer than {LONGEST_URL} characters.", "Name a shorter one.")
    if not url.isprintable() or " " in url or "\\" in url:
        raise explain_fault(url, "the address holds a space, a backslash or a control character.", _WRITE_ONE)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise explain_fault(url, "that is no address.", _WRITE_ONE) from error
    if parts.scheme not in PORTS:
        raise explain_fault(url, f"{parts.scheme or 'an address without a scheme'} is not fetched.", _WRITE_ONE)
    if "@" in parts.netloc:
        raise explain_fault(url, "the address holds a user name.", "Leave it out.")
    host = _read_host(url, parts.hostname or "")
    if "[" in parts.netloc and ":" not in host:
        raise explain_fault(url, f"{host!a} in brackets is no IPv6 address.", _WRITE_ONE)
    port = PORTS[parts.scheme] if port is None else port
    if port not in limits.ports:
        allowed = " and ".join(str(one) for one in sorted(limits.ports))
        raise explain_fault(url, f"port {port} is not asked.", f"Pages are fetched from the ports {allowed} alone.")
    authority = (f"[{host}]" if ":" in host else host) + ("" if port == PORTS[parts.scheme] else f":{port}")
    path = quote(parts.path or "/", safe=_KEPT)
    if parts.query:
        path += f"?{quote(parts.query, safe=f'{_KEPT}?')}"
    return Target(f"{parts.scheme}://{authority}{path}", parts.scheme, host, port, authority, path)


def _read_host(url: str, host: str) -> str:
    """Give the address or the name in ASCII; other spellings of IPv4 addresses (octal, a single number) are refused."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    if _DEVIANT.search(host):
        raise explain_fault(url, f"{host!a} may mean two names.", "Write it in ASCII, as xn--...")
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise explain_fault(url, f"{host!a} is no name of a host.", _WRITE_ONE) from error
    if not _NAME.fullmatch(name):
        raise explain_fault(url, f"{host!a} is no name of a host.", _WRITE_ONE)
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        message = f"{name} is neither a name nor an IPv4 address as it is printed."
        raise explain_fault(url, message, "Write four numbers, like 192.0.2.1, or a name.")
    return name
