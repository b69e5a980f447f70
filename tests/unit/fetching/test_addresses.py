"""Addresses: the public ones, by https://www.iana.org/assignments/iana-ipv4-special-registry and its like for IPv6."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migragraph.errors import CallError
from migragraph.fetching.addresses import find_addresses, is_public, system_resolver
from migragraph.fetching.limits import LIMITS, Deadline
from migragraph.fetching.targets import read_target

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::",
    "2001:4860:4860::8888",
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "64:ff9b::8.8.8.8",
]
NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.255.255",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::8.8.8.8",
    "::ffff:8.8.8.8",
    "::ffff:127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::168.63.129.16",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:808:808::1",
    "2620:4f:8000::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1111%eth0",
    "64:ff9b::8.8.8.8%eth0",
]
NO_ADDRESS = ["", "localhost", "127.1", "1.1.1.1.", " 1.1.1.1", "1.1.1.1/8", "0x1.1.1.1", "01.1.1.1", "[::1]", "1"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public(address: str) -> None:
    assert ip_address(address)
    assert not is_public(address)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_nothing_is_public_that_python_does_not_take_for_global(address: IPv4Address) -> None:
    assert is_public(str(address)) <= (address.is_global and not address.is_multicast and not address.is_reserved)
    assert is_public(str(address)) == is_public(f"64:ff9b::{address}")
    assert not is_public(f"::ffff:{address}")


@given(st.ip_addresses(v=6))
def test_nothing_is_public_outside_of_what_is_handed_out(address: IPv6Address) -> None:
    if is_public(str(address)):
        assert int(address) >> 125 == 1 or int(address) >> 32 == 0x64FF9B << 64


def find(host: str, answer: Sequence[str] | BaseException, seconds: float = 5) -> list[str]:
    def resolve(name: str, port: int) -> Sequence[str]:
        assert (name, port) == (host, 80)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return find_addresses(read_target(f"http://{host}/", LIMITS), resolve, Deadline.after(seconds))


def test_the_addresses_of_a_name() -> None:
    assert find("a.example", ["8.8.8.8", "2606:4700::1111", "8.8.8.8"]) == ["8.8.8.8", "2606:4700::1111"]


def test_an_address_is_not_resolved() -> None:
    target = read_target("http://8.8.8.8/", LIMITS)
    assert find_addresses(target, lambda *_: pytest.fail("resolved"), Deadline.after(5)) == ["8.8.8.8"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (["10.0.0.1"], "the host is at '10.0.0.1', which is no public address. Only public addresses"),
        (["8.8.8.8", "10.0.0.1"], "'10.0.0.1'"),
        (["fe80::1%eth0"], "'fe80::1%eth0'"),
        (["8.8.8.8", "\x1b[31m"], r"'\x1b[31m'"),
        ([""], "''"),
        ([], "the name a.example has no address. Is it written right"),
        (socket.gaierror(-2, "Name or service not known"), "has no address (Name or service not known). Is it"),
        (UnicodeError("label too long"), "the name a.example has no address. Is it"),
    ],
)
def test_a_name_without_a_public_address(answer: Sequence[str] | BaseException, said: str) -> None:
    with pytest.raises(CallError) as caught:
        find("a.example", answer)
    assert said in str(caught.value)
    assert str(caught.value).startswith("http://a.example/: ")


def test_a_resolver_that_is_wrong_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        find("a.example", ZeroDivisionError())


def test_a_name_is_not_waited_for_longer_than_there_is_time() -> None:
    def resolve(_: str, __: int) -> Sequence[str]:
        time.sleep(0.3)
        return ["8.8.8.8"]

    start = time.monotonic()
    with pytest.raises(TimeoutError):
        find_addresses(read_target("http://a.example/", LIMITS), resolve, Deadline.after(0.05))
    assert time.monotonic() - start < 0.25


def test_the_system_is_asked_for_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: str, port: int, **how: int) -> list[tuple[object, ...]]:
        assert (host, port, how) == ("a.example", 443, {"type": socket.SOCK_STREAM, "proto": socket.IPPROTO_TCP})
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)),
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%eth0", 443, 0, 2)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert system_resolver("a.example", 443) == ["8.8.8.8", "fe80::1%eth0"]
