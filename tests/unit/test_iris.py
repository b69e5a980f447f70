from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from migragraph.errors import CallError
from migragraph.iris import (
    content_key,
    document_of,
    expand_curie,
    is_minted,
    local_name,
    mint_nested,
    mint_passage,
    shorten_iri,
    thing_of,
)

PREFIXES = {
    "ex": "https://example.org/",
    "thing": "https://example.org/thing/",
    "geo": "https://example.org/geo#",
    "": "https://example.org/empty/",
}
TAILS = st.text(alphabet=string.ascii_letters + string.digits + "-._~/#?%éđ:,;'()", max_size=12)
STARTS = st.sampled_from([*PREFIXES.values(), "urn:", "geo:", "ex:", "ex://", "https://example.com/"])


@settings(deadline=None, derandomize=True, max_examples=400)
@given(start=STARTS, tail=TAILS)
def test_shorten_and_expand_are_inverse(start: str, tail: str) -> None:
    iri = start + tail
    try:
        NamedNode(iri)
    except ValueError:
        return
    assert expand_curie(shorten_iri(iri, PREFIXES), PREFIXES).value == iri


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://example.org/a", "ex:a"),
        ("https://example.org/thing/a", "thing:a"),
        ("https://example.org/thing/a.b-c", "thing:a.b-c"),
        ("https://example.org/thing/a.", "<https://example.org/thing/a.>"),
        ("https://example.org/thing/", "<https://example.org/thing/>"),
        ("https://example.org/thing/a/b", "<https://example.org/thing/a/b>"),
        ("https://example.org/empty/1", ":1"),
        ("geo:10,106", "<geo:10,106>"),
    ],
)
def test_shorten(iri: str, short: str) -> None:
    assert shorten_iri(iri, PREFIXES) == short


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("ex:a", "https://example.org/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/a"),
        ("<ex:a>", "ex:a"),
        ("ex://a", "ex://a"),
        ("other:a", "other:a"),
    ],
)
def test_expand(text: str, iri: str) -> None:
    assert expand_curie(text, PREFIXES).value == iri


@pytest.mark.parametrize("text", ["", "a", "<>", "ex:a b", "https://example.org/<"])
def test_expand_neither(text: str) -> None:
    with pytest.raises(CallError, match="neither an IRI nor a CURIE"):
        expand_curie(text, PREFIXES)


def test_mint() -> None:
    thing = NamedNode("https://example.org/thing")
    state = mint_nested(thing, "InstrumentState", "0123456789")
    assert state.value == "https://example.org/thing#instrumentstate-0123456789"
    assert mint_nested(state, "Evidence", "0123456789").value == "https://example.org/thing#evidence-0123456789"
    assert mint_passage(thing, "0123456789").value == "https://example.org/thing#passage-0123456789"


@pytest.mark.parametrize("class_name", ["State", "ISO3166", "r2rml-Map", "Đợt", "urn:x:State"])
def test_minted_is_told(class_name: str) -> None:
    nested = mint_nested(NamedNode("https://example.org/thing"), class_name, content_key(["a"]))
    assert is_minted(nested.value)
    assert thing_of(nested) == NamedNode("https://example.org/thing")


@pytest.mark.parametrize(
    "iri", ["https://example.org/thing", "https://example.org/o#Term", "https://example.org/o#a-0123", "#a-0123456789"]
)
def test_minted_is_not_told(iri: str) -> None:
    assert not is_minted(iri)


@pytest.mark.parametrize("iri", ["https://example.org/thing", "https://example.org/o#Term"])
def test_what_is_nested_in_nothing_is_its_own_thing(iri: str) -> None:
    assert thing_of(NamedNode(iri)) == NamedNode(iri)


def test_content_key() -> None:
    assert content_key(["a", "b"]) == content_key(["a", "b"])
    assert content_key(["a", "b"]) != content_key(["b", "a"])
    assert len(content_key([])) == 10


@pytest.mark.parametrize(
    ("iri", "name"),
    [("https://e.org/a#B", "B"), ("https://e.org/a/B", "B"), ("https://e.org/a#", ""), ("urn:b", "urn:b")],
)
def test_local_name(iri: str, name: str) -> None:
    assert local_name(iri) == name


def test_document_of() -> None:
    assert document_of(NamedNode("https://e.org/a#b")) == "https://e.org/a"
    assert document_of(NamedNode("https://e.org/a")) == "https://e.org/a"
