"""Targets: which addresses of the web may be asked at all, and how one is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migragraph.errors import CallError
from migragraph.fetching.limits import LIMITS, Limits
from migragraph.fetching.targets import Target, explain_fault, read_target, show_url


def target(url: str, host: str, port: int = 80, authority: str = "", path: str = "/") -> Target:
    return Target(url, url.partition(":")[0], host, port, authority or host, path)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example", target("http://a.example/", "a.example")),
        ("HTTPS://A.Example./#top", target("https://a.example/", "a.example", 443)),
        ("http://a.example:443/x", target("http://a.example:443/x", "a.example", 443, "a.example:443", "/x")),
        ("http://a.example:/", target("http://a.example/", "a.example")),
        ("http://a_b.example/?q", target("http://a_b.example/?q", "a_b.example", path="/?q")),
        ("http://a/?b?c=d&e#f", target("http://a/?b?c=d&e", "a", path="/?b?c=d&e")),
        ("http://a/b;c=%2F%zz[1]", target("http://a/b;c=%2F%zz%5B1%5D", "a", path="/b;c=%2F%zz%5B1%5D")),
        ("http://a/đ?đ", target("http://a/%C4%91?%C4%91", "a", path="/%C4%91?%C4%91")),
        ("http://bücher.example/", target("http://xn--bcher-kva.example/", "xn--bcher-kva.example")),
        ("http://a。example/", target("http://a.example/", "a.example")),
        ("http://192.0.2.1/", target("http://192.0.2.1/", "192.0.2.1")),
        ("http://[2001:DB8::1]:80/", target("http://[2001:db8::1]/", "2001:db8::1", authority="[2001:db8::1]")),
    ],
)
def test_a_target_is_read(url: str, expected: Target) -> None:
    assert read_target(url, LIMITS) == expected
    assert read_target(expected.url, LIMITS) == expected


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "an address without a scheme is not fetched. Name an address that begins with http:// or https://"),
        ("a.example", "an address without a scheme is not fetched"),
        ("//a.example/", "an address without a scheme is not fetched"),
        ("file:///etc/passwd", "file is not fetched"),
        ("ftp://a.example/", "ftp is not fetched"),
        ("urn:x:y", "urn is not fetched"),
        ("http:/a.example", "'' is no name of a host"),
        ("http://", "'' is no name of a host"),
        ("http://:80/", "'' is no name of a host"),
        ("http://./", "is no name of a host"),
        ("http://a..b/", "'a..b' is no name of a host"),
        ("http://a%2eb/", "'a%2eb' is no name of a host"),
        ("http://a,b/", "'a,b' is no name of a host"),
        (f"http://{'a' * 64}.example/", "is no name of a host"),
        ("http://[::1/", "that is no address"),
        ("http://[v1.a]/", "'v1.a' in brackets is no IPv6 address"),
        ("http://a]/", "that is no address"),
        ("http://a:b/", "that is no address"),
        ("http://a:-1/", "that is no address"),
        ("http://a:65536/", "that is no address"),
        ("http://a:8080/", "port 8080 is not asked. Pages are fetched from the ports 80 and 443 alone"),
        ("http://a/\n", "a space, a backslash or a control character"),
        ("http://a/\x1b[31m", "a space, a backslash or a control character"),
        ("http://a/\u202e", "a space, a backslash or a control character"),
        ("http://a/ b", "a space, a backslash or a control character"),
        ("http://a\\b/", "a space, a backslash or a control character"),
        ("http://2130706433/", "2130706433 is neither a name nor an IPv4 address as it is printed"),
        ("http://0x7f000001/", "neither a name nor an IPv4 address"),
        ("http://a.0x/", "neither a name nor an IPv4 address"),
        ("http://127.1/", "neither a name nor an IPv4 address"),
        ("http://0177.0.0.1/", "neither a name nor an IPv4 address"),
        ("http://127.0.0.1./", "neither a name nor an IPv4 address"),
        ("http://１２７.0.0.1/", "neither a name nor an IPv4 address"),
        ("http://①②⑦.0.0.1/", "neither a name nor an IPv4 address"),
        ("http://straße.example/", r"'stra\xdfe.example' may mean two names. Write it in ASCII, as xn--"),
        ("http://user@a.example/", "the address holds a user name. Leave it out."),
        ("http://user:secret@a.example/", "the address holds a user name"),
        ("http://user:secret@a.example:b/", "that is no address"),
        ("http://8.8.8.8@10.0.0.1/", "the address holds a user name"),
        (f"http://a/{'a' * 4096}", "the address is longer than 4096 characters"),
    ],
)
def test_what_is_no_target(url: str, said: str) -> None:
    with pytest.raises(CallError) as caught:
        read_target(url, LIMITS)
    told = str(caught.value)
    assert said in told
    assert told.isprintable()
    assert told.isascii()
    assert len(told) < 450
    assert "secret" not in told


def test_the_ports_are_those_of_the_limits() -> None:
    assert read_target("http://a:8080/", Limits(ports=frozenset({8080}))).port == 8080


def test_a_url_is_shown() -> None:
    assert show_url("http://a/đ\x07") == r"http://a/\u0111\x07"
    assert show_url("http://a/" + "b" * 300) == "http://a/" + "b" * 191 + "..."
    assert show_url("http://a:b@c@d/e@f") == "http://...@d/e@f"
    assert str(explain_fault("http://a/'", "It is wrong.", "Mend it.")) == "http://a/': It is wrong. Mend it."


@given(st.one_of(st.text(), st.builds("http://{}".format, st.text()), st.builds("http://a{}".format, st.text())))
def test_any_text_is_a_target_or_refused(url: str) -> None:
    """What is asked is ASCII without a space or a control character, and reads again as itself."""
    try:
        found = read_target(url, LIMITS)
    except CallError as error:
        shown = str(error)
    else:
        shown = found.url
        assert " " not in shown
        assert read_target(shown, LIMITS) == found
    assert shown.isascii()
    assert shown.isprintable()
