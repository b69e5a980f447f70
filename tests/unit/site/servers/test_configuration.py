from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.site.servers.conftest import make_site, render_servers

from migragraph.errors import ProjectError
from migragraph.layout import Layout
from migragraph.site import Site
from migragraph.site.servers import SERVERS
from migragraph.site.servers.configuration import quote_apache, quote_caddy, quote_nginx
from migragraph.site.servers.weighing import LESS, NOTHING, SENTINEL, Variant, list_languages, list_types

TYPES = {"html": ("text", "html"), "ttl": ("text", "turtle"), "jsonld": ("application", "ld+json")}
RANGES = st.sampled_from(["text/html", "text/turtle", "application/ld+json", "text/*", "application/*", "*/*", "a/b"])
WEIGHTS = st.sampled_from(
    ["", ";q=0", ";q=0.0", ";q=0.5", ";q=0.50", ";q=0.55", "; q=1", ";q=1.0", ";v=b3;q=0.9", ";v=q"]
)
HEADERS = st.lists(st.builds(str.__add__, RANGES, WEIGHTS), max_size=5, unique_by=lambda part: part.partition(";")[0])


def weigh(variant: Variant, header: str) -> str:
    for rule in variant.rules:
        if found := re.search(rule.pattern, header + SENTINEL, re.IGNORECASE):
            return found[1] + rule.suffix
    return variant.default


def choose(variants: list[Variant], header: str) -> str:
    first, *others = (weigh(variant, header) for variant in variants)
    return max([first, *(other for other in others if other > NOTHING)]).split("-", 2)[2]


def expect(header: str) -> str:
    """Choose as https://www.rfc-editor.org/rfc/rfc9110#name-accept has it."""
    given_ = {}
    for part in filter(None, header.split(",")):
        name, *parameters = part.split(";")
        values = [float(one.partition("=")[2]) for one in parameters if one.strip().startswith("q=")]
        given_[name] = values[0] if values else 1.0
    weights = {}
    for place, (suffix, (kind, subtype)) in enumerate(TYPES.items()):
        names = [f"{kind}/{subtype}", f"{kind}/*", "*/*"]
        exactness, q = next(((2 - i, given_[name]) for i, name in enumerate(names) if name in given_), (0, 0.0))
        weights[suffix] = (q, exactness if q else 0, -place)
    return max(weights, key=lambda suffix: weights[suffix])


@settings(deadline=None, derandomize=True, max_examples=1500)
@given(parts=HEADERS)
def test_the_greatest_weight_is_what_the_client_prefers(parts: list[str]) -> None:
    header = ",".join(parts)
    variants = [variant for variant in list_types() if variant.name in TYPES]
    assert choose(variants, header) == expect(header)


@settings(deadline=None, derandomize=True, max_examples=500)
@given(parts=HEADERS)
def test_less_compares_as_the_order_of_texts_does(parts: list[str]) -> None:
    weights = [weigh(variant, ",".join(parts)) for variant in list_types()]
    for one in weights:
        for other in weights:
            assert (re.search(LESS, f"{one}~{other}") is not None) is (one < other > NOTHING)


def test_more_languages_than_two() -> None:
    variants = list_languages(["en", "vi", "zh-Hant"])
    assert [variant.name for variant in variants] == ["html", "vi.html", "zh-hant.html"]
    assert choose(variants, "zh-hant,en;q=0.9") == "zh-hant.html"
    assert choose(variants, "zh;q=0.9,vi;q=0.1") == "vi.html"


@pytest.mark.parametrize(
    ("quoted", "text"),
    [
        (quote_nginx('a"b\\d $x'), '"a\\"b\\\\d $x"'),
        (quote_nginx(3), "3"),
        (quote_apache("a\\d"), '"a\\d"'),
        (quote_apache(3), "3"),
        (quote_caddy('a"b\\d'), '`a"b\\d`'),
        (quote_caddy(3), "3"),
    ],
)
def test_quote(quoted: str, text: str) -> None:
    assert quoted == text


@pytest.mark.parametrize(
    ("quote", "value"),
    [(quote_nginx, "a\nb"), (quote_apache, 'a"b'), (quote_apache, "a\nb"), (quote_caddy, "a`b"), (quote_caddy, "a\r")],
)
def test_what_cannot_be_quoted_is_refused(quote: object, value: str) -> None:
    assert callable(quote)
    with pytest.raises(ProjectError, match="no server's configuration can hold"):
        quote(value)


@pytest.mark.parametrize("url", ["https://example.com/a%20b/", "https://example.com/%24x/", "https://example.com/'/"])
def test_an_address_that_no_configuration_can_hold_is_refused(url: str) -> None:
    with pytest.raises(ProjectError, match="no server's configuration can hold the path"):
        render_servers(make_site(url))


def test_redirects_need_an_address() -> None:
    files = render_servers(make_site(""))
    assert set(files) == {f"servers/{name}" for name in SERVERS} - {"servers/w3id.htaccess"}
    assert files == render_servers(make_site(""))


def test_every_line_for_an_administrator_is_marked(layout: Layout) -> None:
    site: Site = make_site("https://example.com/deep/")
    site.layout = replace(layout, title="A\ntown")
    files = render_servers(site)
    assert files["servers/nginx.conf"].count(b"HERE: ") == 3
    assert files["servers/Caddyfile"].count(b"HERE: ") == 2
