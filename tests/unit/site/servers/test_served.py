from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.unit.site.servers.conftest import Served, make_site, serve

pytestmark = pytest.mark.xdist_group("servers")

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
TYPES = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}

ACCEPTS = [
    (None, "html"),
    ("", "html"),
    ("*/*", "html"),
    (BROWSER, "html"),
    ("text/html", "html"),
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "nt"),
    ("TEXT/Turtle", "ttl"),
    ("text/turtle; charset=utf-8", "ttl"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    ("text/turtle;q=0.9,text/html;q=0.8", "ttl"),
    ("text/turtle;q=0.8,text/html;q=0.9", "html"),
    ("text/html;q=0.8,text/turtle;q=0.81", "ttl"),
    ("text/html;q=0.80,text/turtle;q=0.8", "html"),
    ("text/html; q=0.123 , text/turtle ; q=0.124", "ttl"),
    ("text/turtle;q=1.000,text/html;q=0.999", "ttl"),
    ("text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3", "ttl"),
    ("application/ld+json,text/turtle;q=0.9", "jsonld"),
    ("application/n-triples,application/ld+json;q=0.5", "nt"),
    ("application/rdf+xml,text/turtle;q=0.5,*/*;q=0.1", "ttl"),
    ("text/turtle,*/*", "ttl"),
    ("*/*,text/turtle", "ttl"),
    ("text/turtle,text/html", "html"),
    ("text/turtle;q=0", "html"),
    ("text/turtle;q=0.0,application/n-triples;q=0.1", "nt"),
    ("text/html;q=0,*/*", "ttl"),
    ("text/html;q=0,application/xhtml+xml;q=0,*/*;q=0.5", "ttl"),
    ("text/turtle;q=0,text/*;q=0", "html"),
    ("text/*", "html"),
    ("text/*;q=0.4,application/*;q=0.5", "jsonld"),
    ("application/xhtml+xml,text/turtle;q=0.5", "html"),
    ("application/rdf+xml", "html"),
    ("image/png", "html"),
    ("text/turtle-star", "html"),
    ("x-text/turtle", "html"),
    ("text/turtle;q=high", "ttl"),
]


@pytest.mark.parametrize(("accept", "suffix"), ACCEPTS)
@pytest.mark.parametrize("path", ["town/a", "town/a/b"])
def test_the_form_is_what_the_client_weighs_most(served: Served, path: str, accept: str | None, suffix: str) -> None:
    answer = served.ask(f"/{path}", accept)
    assert (answer.status, answer.body) == (200, f"{path}.{suffix}")
    assert answer.headers["content-type"].lower() == TYPES[suffix]
    assert {part.strip().lower() for part in answer.headers["vary"].split(",")} >= {"accept", "accept-language"}


@pytest.mark.parametrize(
    ("language", "suffix"),
    [
        (None, "html"),
        ("vi", "vi.html"),
        ("vi-VN,vi;q=0.9,en-US;q=0.6,en;q=0.5", "vi.html"),
        ("en-US,en;q=0.9,vi;q=0.8", "html"),
        ("en;q=0.4,vi;q=0.5", "vi.html"),
        ("fr,vi;q=0.1", "vi.html"),
        ("fr", "html"),
        ("*", "html"),
        ("vi;q=0", "html"),
        ("vin", "html"),
    ],
)
def test_the_language_is_what_the_client_weighs_most(served: Served, language: str | None, suffix: str) -> None:
    assert served.ask("/town/a", BROWSER, language).body == f"town/a.{suffix}"
    assert served.ask("/timeline", "text/turtle", language).body == f"timeline.{suffix}"
    assert served.ask("/", BROWSER, language).body == f"index.{suffix}"
    assert served.ask("/shelf/", BROWSER, language).body == f"shelf/index.{suffix}"
    assert served.ask("/english", BROWSER, language).body == "english.html"
    assert served.ask("/town/a", "text/turtle", language).body == "town/a.ttl"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("town/a.html", "text/html; charset=utf-8"),
        ("town/a.vi.html", "text/html; charset=utf-8"),
        ("town/a.ttl", "text/turtle; charset=utf-8"),
        ("town/a.jsonld", "application/ld+json"),
        ("town/a.nt", "application/n-triples"),
        ("dump/migragraph.nq", "application/n-quads"),
        ("dump/migragraph.trig", "application/trig"),
        (".well-known/void", "text/turtle; charset=utf-8"),
        ("assets/site.css", "text/css; charset=utf-8"),
        ("assets/site.svg", "image/svg+xml"),
        ("assets/site.js", "text/javascript; charset=utf-8"),
    ],
)
def test_a_file_is_given_by_its_name(served: Served, file: str, kind: str) -> None:
    answer = served.ask(f"/{file}", "image/png")
    assert (answer.status, answer.body, answer.headers["content-type"].lower()) == (200, file, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-security-policy"].startswith(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
    )
    assert answer.headers["cache-control"] == f"public, max-age={86400 if file.startswith('assets/') else 600}"
    assert answer.headers.get("etag")


@pytest.mark.parametrize(
    "path",
    [
        "/none", "/town/none", "/town/none.ttl", "/town/a/none", "/none/none", "/town", "/town/", "/town/a/", "/TOWN/A",
        "/town/a.b.c", "/town/A.ttl", "/assets", "/assets/", "/town/a.html/b", "/town/a.ttl/", "/.htaccess",
        "/town/a%2Fc", "/%C3%A9", "/town/a%2520b", "/a~0123456789", "/con",
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", [BROWSER, "text/turtle"])
def test_what_is_not_there_is_a_real_404(served: Served, path: str, accept: str) -> None:
    answer = served.ask(path, accept)
    assert (answer.status, answer.body) == (404, "404.html")
    assert answer.headers["content-type"].lower() == "text/html; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


ODD = [
    ("town/A", "town/a~559aead082"),
    ("town/a.b", "town/a-b~2e7336dc8e"),
    ("town/a%2Fb", "town/a-b~771723a684"),
    ("town/a%20b", "town/a-b~719b5ec792"),
    ("town/H%C3%A0-N%E1%BB%99i", "town/ha-noi~c2913d3107"),
    ("town/Hà-Nội", "town/ha-noi~c2913d3107"),
    ("town/con", "town/con~1143da2bc5"),
    ("town/x/index", "town/x/index~1bc04b5291"),
    ("town/end/", "town/end/~e3b0c44298"),
    ("town/a?b=c", "town/a-b-c~1f09eb6142"),
    ("town/a?b=/c", "town/a-b~0463a62ef1/c"),
    ("town/$1(+)*'", None),
    ("town/" + "n" * 120, None),
    ("/".join(["abcdefghij"] * 20), "abcdefghij/abcdefghij~754786d59c"),
    ("index", "index~1bc04b5291"),
]


@pytest.mark.parametrize(("name", "path"), ODD)
def test_an_iri_whose_name_no_file_has_leads_to_its_file(served: Served, name: str, path: str | None) -> None:
    path = path or served.site.documents[f"https://example.org/{name}"].path
    for accept, language, suffix in ((BROWSER, "en", "html"), (BROWSER, "vi", "vi.html"), ("text/turtle", "vi", "ttl")):
        answer = served.ask(f"/{name}", accept, language)
        assert (answer.status, answer.location) == (303, f"/{path}.{suffix}")
        assert served.ask(answer.location, accept, language).body == f"{path}.{suffix}"
    assert served.ask(f"/{path}", "application/n-triples").body == f"{path}.nt"


def test_a_folder_with_a_first_page_has_its_slash(served: Served) -> None:
    answer = served.ask("/shelf", BROWSER)
    assert (answer.status, answer.location) == (302, "/shelf/")


def test_a_query_does_not_matter(served: Served) -> None:
    assert served.ask("/town/a?utm=x", "text/turtle").body == "town/a.ttl"


def test_a_head_has_no_body(served: Served) -> None:
    answer = served.ask("/town/a", "text/turtle", method="HEAD")
    assert (answer.status, answer.body, answer.headers["content-type"].lower()) == (200, "", TYPES["ttl"])


@pytest.mark.parametrize("name", ["nginx", "apache", "caddy"])
def test_a_site_may_lie_below_the_root(name: str) -> None:
    with serve(name, make_site("https://example.com/deep/site/"), "deep/site") as served:
        for path, accept, status, told in (
            ("/deep/site/", BROWSER, 200, "index.html"),
            ("/deep/site/town/a", "text/turtle", 200, "town/a.ttl"),
            ("/deep/site/town/none", BROWSER, 404, "404.html"),
            ("/deep/site/.well-known/void", "*/*", 200, ".well-known/void"),
            ("/deep/site/town/a.b", "text/turtle", 303, "/deep/site/town/a-b~2e7336dc8e.ttl"),
            ("/deep/site/shelf", "text/turtle", 302, "/deep/site/shelf/"),
        ):
            answer = served.ask(path, accept)
            assert (answer.status, answer.location if status in (302, 303) else answer.body) == (status, told)


SITE = "https://example.com/site/"


@pytest.fixture(scope="module")
def w3id() -> Iterator[Served]:
    with serve("w3id", make_site(SITE, "https://example.org/graph/"), "graph") as served:
        yield served


@pytest.mark.parametrize(("accept", "suffix"), ACCEPTS)
def test_w3id_leads_to_the_form_that_the_client_weighs_most(w3id: Served, accept: str | None, suffix: str) -> None:
    answer = w3id.ask("/graph/town/a", accept)
    assert (answer.status, answer.location) == (303, f"{SITE}town/a.{suffix}")


@pytest.mark.parametrize(
    ("path", "accept", "language", "place"),
    [
        ("", BROWSER, "vi", "index.vi.html"),
        ("", "text/turtle", "en", "index.html"),
        ("town/a", BROWSER, "vi", "town/a.vi.html"),
        ("timeline", "text/turtle", "vi", "timeline.vi.html"),
        ("shelf/any", "text/turtle", "vi", "shelf/any.vi.html"),
        ("shelfmark", "text/turtle", "vi", "shelfmark.ttl"),
        ("town/a.ttl", BROWSER, "vi", "town/a.ttl"),
        ("dump/migragraph.nq", "*/*", "vi", "dump/migragraph.nq"),
        (".well-known/void", "text/turtle", "vi", ".well-known/void"),
        ("shelf/", BROWSER, "vi", "shelf/"),
        ("town/a?x=y", "text/turtle", "vi", "town/a.ttl?x=y"),
        *((name, "text/turtle", "vi", f"{path}.ttl") for name, path in ODD if path),
    ],
)
def test_w3id_leads_to_the_site(w3id: Served, path: str, accept: str, language: str, place: str) -> None:
    answer = w3id.ask(f"/graph/{path}", accept, language)
    assert (answer.status, answer.location) == (303, SITE + place)
