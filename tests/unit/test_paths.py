from __future__ import annotations

import string
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from migragraph.errors import CallError
from migragraph.paths import find_collisions, page_path, path_of, relative_link

BASE = "https://example.org/"


@pytest.mark.parametrize(
    "rest", ["a", "scheme/hedge", "viet-nam/actor/iom", "0", "a_b", "a" * 100, "console", "com10", "null", "indexes"]
)
def test_a_plain_name_stands_as_it_is(rest: str) -> None:
    assert path_of(BASE + rest, BASE) == rest
    assert path_of(f"{BASE}{rest}#anchor", BASE) == rest


@pytest.mark.parametrize(
    ("rest", "path"),
    [
        ("", "~e3b0c44298"),
        ("a/", "a/~e3b0c44298"),
        ("a//b", "a/~e3b0c44298/b"),
        ("A", "a~559aead082"),
        ("a.b", "a-b~2e7336dc8e"),
        ("a.html", "a-html~7aa267cfbf"),
        ("..", "~5ec1f7e700"),
        ("../../etc", "~5ec1f7e700/~5ec1f7e700/etc"),
        ("%2E%2E", "~fe4f49b293"),
        ("a%2Fb", "a-b~771723a684"),
        ("a%2fb", "a-b~126463b045"),
        ("a%20b", "a-b~719b5ec792"),
        ("Hà-Nội", "ha-noi~c2913d3107"),
        ("đ%E1%BB%A3t", "dot~bfc3526236"),
        ("移民", "~8948bde020"),
        ("a?b=c", "a-b-c~1f09eb6142"),
        ("a?b=/c", "a-b~0463a62ef1/c"),
        ("-a", "a~c274891790"),
        ("_", "~d2e2adf717"),
        ("a~0123456789", "a-0123456789~32198e9670"),
        ("index", "index~1bc04b5291"),
        ("a/index", "a/index~1bc04b5291"),
        ("con", "con~1143da2bc5"),
        ("nul/a", "nul~99e6242759/a"),
        ("a/com1", "a/com1~957a49c3e8"),
        ("lpt9", "lpt9~06f4d3cdc0"),
        ("a" * 101, f"{'a' * 40}~9d07933979"),
        ("/".join(["abcdefghij"] * 20), "abcdefghij/abcdefghij~754786d59c"),
        ("/".join(["abcdefghij"] * 20) + "/", "abcdefghij/~e2c17913f9"),
    ],
)
def test_any_other_name_is_a_slug_and_a_hash(rest: str, path: str) -> None:
    assert path_of(BASE + rest, BASE) == path


@pytest.mark.parametrize("iri", ["https://example.com/a", "https://example.or", "urn:a", "http://example.org/a"])
def test_what_is_not_under_the_base_has_no_page(iri: str) -> None:
    with pytest.raises(CallError, match=f"<{iri}> does not lie under <{BASE}>"):
        path_of(iri, BASE)


SEGMENTS = st.sampled_from(
    ["a", "A", "", ".", "..", "con", "nul", "index", "%2F", "%2f", "%2E", "a b", "é", "e\u0301", "ß", "ss", "ﬁ", "İ"]
) | st.text(alphabet=string.printable + "éÉđĐợ\u0301\u0131\u212a\u202e移", max_size=120)
RESTS = st.lists(SEGMENTS, min_size=1, max_size=30).map("/".join)


def fold(path: str) -> set[str]:
    """Give the forms under which some file system may look a path up."""
    return {normalize(form, change(path)) for form in ("NFC", "NFD") for change in (str.casefold, str.lower, str.upper)}


@settings(deadline=None, derandomize=True, max_examples=1500)
@given(first=RESTS, second=RESTS)
@example("a", "A")
@example("é", "e\u0301")
@example("a", "a/")
@example("a~559aead082", "A")
@example("/".join(["abcdefghij"] * 20), "abcdefghij/" + "/".join(["abcdefghij"] * 19))
def test_distinct_iris_have_distinct_paths(first: str, second: str) -> None:
    first, second = first.partition("#")[0], second.partition("#")[0]
    one, other = path_of(BASE + first, BASE), path_of(BASE + second, BASE)
    assert (first == second) is (not fold(one).isdisjoint(fold(other)))
    assert find_collisions([one, other]) == ([(one, one)] if first == second else [])


@settings(deadline=None, derandomize=True, max_examples=1500)
@given(rest=RESTS)
@example("x" * 10_000)
@example("/" * 10_000)
def test_a_path_stays_under_the_root_and_fits_every_disk(rest: str) -> None:
    path = path_of(BASE + rest, BASE)
    parts = path.split("/")
    assert set(path) <= set(string.ascii_lowercase + string.digits + "-_~/")
    assert all(0 < len(f"{part}.vi.jsonld") <= 255 for part in parts)
    assert len(path) <= 180
    assert PurePosixPath(path).parts == tuple(parts)
    assert {"con", "nul", "com1", "index"}.isdisjoint(parts)


@pytest.mark.parametrize(
    ("language", "page"), [("en", "a/x.html"), ("vi", "a/x.vi.html"), ("zh-Hant", "a/x.zh-hant.html")]
)
def test_page_path(language: str, page: str) -> None:
    assert page_path("a/x", language, ["en", "vi", "zh-Hant"]) == page


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("index.html", "a.html", "a.html"),
        ("index.html", "a/b.html", "a/b.html"),
        ("a/b.html", "index.html", "../index.html"),
        ("a/b.html", "a/c.html", "c.html"),
        ("a/b.html", "a/b.html", "b.html"),
        ("a/b/c.html", "a.html", "../../a.html"),
        ("a/b/c.html", "ab/c.html", "../../ab/c.html"),
        ("a.html", "b c%.html", "b%20c%25.html"),
        ("a.html", "urn:b", "urn%3Ab"),
    ],
)
def test_relative_link(here: str, there: str, link: str) -> None:
    assert relative_link(here, there) == link
    assert relative_link(here, there, "p-0") == f"{link}#p-0"


FRAGMENTS = st.lists(st.sampled_from(["a", "-", "/", "%41", "é", "移", "'", "?"]), max_size=5).map("".join)
NAMES = st.lists(st.text(alphabet="ab~:%é?# ", min_size=1, max_size=4), min_size=1, max_size=5).map("/".join)


@settings(deadline=None, derandomize=True, max_examples=500)
@given(here=NAMES, there=NAMES, fragment=FRAGMENTS, prefix=st.sampled_from(["", "x/y/"]))
def test_a_link_leads_to_its_file_under_any_prefix(here: str, there: str, fragment: str, prefix: str) -> None:
    root = f"https://example.org/{prefix}"
    address = urljoin(root + relative_link("", here), relative_link(here, there, fragment))
    found, anchor = urldefrag(address)
    assert unquote(found.removeprefix(root)) == there
    assert bool(anchor) is bool(fragment)
    NamedNode(address)


@pytest.mark.parametrize(
    ("paths", "collisions"),
    [
        (["a", "b"], []),
        (["a", "A", "b"], [("A", "a")]),
        (["é", "e\u0301", "É"], [("e\u0301", "É", "é")]),
        (["a/b", "a"], []),
        (["b", "b", "a", "a"], [("a", "a"), ("b", "b")]),
        (["straße", "STRASSE"], [("STRASSE", "straße")]),
    ],
)
def test_find_collisions(paths: list[str], collisions: list[tuple[str, ...]]) -> None:
    assert find_collisions(paths) == collisions
