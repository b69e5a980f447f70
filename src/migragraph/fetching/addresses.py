"""Addresses: which ones are public, and those of a host.

A name is resolved once. Each address that it has is judged before any is connected to, and the connection is made to
one of those very addresses, so that a name that means something else a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from migragraph.errors import CallError
from migragraph.fetching.limits import Deadline
from migragraph.fetching.targets import Target, explain_fault

__all__ = ["Resolver", "find_addresses", "is_public", "system_resolver"]

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a name, for a port; raises OSError where there are none."""

# What is said of 'global' differs from one Python to the next; these are judged here.
# https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_SPECIAL = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # looks public, and is the host of a virtual machine on Azure
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",  # 6to4, which may hold any IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
_NOT_PUBLIC = "Only public addresses are fetched from. Save the text by hand where the texts of the project lie."


def is_public(text: str) -> bool:
    """Tell whether a text is an IP address of the public internet; an IPv4 address in one of NAT64 is judged itself."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address in _NAT64:
            return is_public(str(IPv4Address(int(address) & 0xFFFFFFFF)))
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not any(address in network for network in _SPECIAL)


def find_addresses(target: Target, resolve: Resolver, deadline: Deadline) -> list[str]:
    """Give the addresses of a target's host; raise CallError where it has none, or one that is not public."""
    addresses = [target.host] if _is_address(target.host) else _resolved(target, resolve, deadline)
    for address in addresses:
        if not is_public(address):
            raise explain_fault(target.url, f"the host is at {address!a}, which is no public address.", _NOT_PUBLIC)
    return addresses


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the operating system for the addresses of a name."""
    import socket

    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(place[0]) for *_, place in found]


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _resolved(target: Target, resolve: Resolver, deadline: Deadline) -> list[str]:
    """Resolve a name in a thread of its own, since the operating system's resolver knows no deadline."""
    from concurrent.futures import Future
    from threading import Thread

    future: Future[Sequence[str]] = Future()

    def run() -> None:
        try:
            future.set_result(resolve(target.host, target.port))
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        addresses = list(dict.fromkeys(future.result(deadline.left())))
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None)
        raise _no_address(target, f" ({reason})" if reason else "") from error
    if not addresses:
        raise _no_address(target)
    return addresses


def _no_address(target: Target, reason: str = "") -> CallError:
    advice = "Is it written right, and is there a network?"
    return explain_fault(target.url, f"the name {target.host} has no address{reason}.", advice)
