"""The lock: written so that it is read back, in one order, with a seal that an edit breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from migragraph.layout import Layout
from migragraph.lock import LOCK, SEAL_LINE, Lock, find_lock, is_sealed, read_lock, render_lock
from migragraph.namespaces import MG, OA, RDF
from migragraph.passages import Span
from migragraph.reading import read_quads
from migragraph.support import Fact, Index, index_facts

BASE = "https://example.org/town/source/"
PREFIXES = {"mg": str(MG), "oa": str(OA), "rdf": str(RDF), "source": BASE}
A, B = NamedNode(f"{BASE}a"), NamedNode(f"{BASE}b")
ONE, TWO, TWIN, OTHER = (
    NamedNode(f"{iri}#passage-{key}")
    for iri, key in ((A.value, "01"), (A.value, "02"), (A.value, "00"), (B.value, "03"))
)
SOURCES = {ONE: A, TWO: A, TWIN: A, OTHER: B}
SPANS = {OTHER: Span(0, 4), TWO: Span(9, 12), ONE: Span(5, 20), TWIN: Span(9, 12)}
LOCKED = Lock({B: "b" * 64, A: "a" * 64}, SPANS)


def parse_lock(data: bytes, folder: Path) -> Index:
    (folder / LOCK).write_bytes(data)
    facts = []
    for quad in read_quads(folder / LOCK).quads:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        facts.append(Fact(quad.subject, quad.predicate, quad.object))
    assert len(facts) == len(set(facts))
    return index_facts(facts)


def test_it_lies_with_the_data(layout: Layout) -> None:
    assert find_lock(layout) == layout.root / "data" / "evidence.lock.ttl"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    index = parse_lock(render_lock(LOCKED, SOURCES, PREFIXES), tmp_path)
    assert read_lock(index) == {passage: (span,) for passage, span in SPANS.items()}
    assert {source: index[source][MG.sha256] for source in (A, B)} == {A: [Literal("a" * 64)], B: [Literal("b" * 64)]}
    assert all(index[passage][OA.hasSource] == [source] for passage, source in SOURCES.items())


def test_it_is_sorted_by_source_and_place() -> None:
    text = render_lock(LOCKED, SOURCES, PREFIXES).decode()
    places = [text.index(words) for words in (f"<{A.value}>", "passage-01", "passage-00", "passage-02", f"<{B.value}>")]
    assert places == sorted(places)
    turned = Lock(dict(reversed([*LOCKED.hashes.items()])), dict(reversed([*SPANS.items()])))
    assert render_lock(turned, SOURCES, PREFIXES).decode() == text
    assert "\t" not in text


def test_a_passage_that_moves_changes_few_lines() -> None:
    before, after = (
        set(render_lock(Lock(LOCKED.hashes, spans), SOURCES, PREFIXES).splitlines())
        for spans in (SPANS, SPANS | {ONE: Span(5, 21)})
    )
    assert len(after - before) == 4


@pytest.mark.parametrize(
    ("old", "new", "sealed"),
    [
        pytest.param(b"", b"", True, id="as written"),
        pytest.param(b"\n", b"\r\n", True, id="other line ends"),
        pytest.param(b"oa:start 5", b"oa:start 6", False, id="a number changed"),
        pytest.param(b"oa:end 20 .\n", b"oa:end 20 .\n# mine\n", False, id="a comment added"),
        pytest.param(b"# SHA-256 of what follows: ", b"# SHA: ", False, id="no seal"),
    ],
)
def test_an_edit_by_hand_breaks_the_seal(old: bytes, new: bytes, sealed: bool) -> None:
    data = render_lock(LOCKED, SOURCES, PREFIXES)
    assert old in data
    assert is_sealed(data.replace(old, new) if old else data) is sealed


def test_the_seal_stands_in_its_line() -> None:
    assert b"SHA-256" in render_lock(LOCKED, SOURCES, PREFIXES).splitlines()[SEAL_LINE - 1]
    assert not is_sealed(b"")


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [
        ((Literal(1),), (Literal(2),), (Span(1, 2),)),
        ((Literal("x"),), (Literal(2),), ()),
        ((Literal("٣"),), (Literal(4),), ()),
        ((Literal(1),), (Literal("9" * 5000),), ()),
        ((), (Literal(2),), ()),
    ],
)
def test_what_is_no_position_is_left_out(
    start: tuple[Literal, ...], end: tuple[Literal, ...], spans: tuple[Span, ...]
) -> None:
    selector = NamedNode(f"{A.value}#textpositionselector-1")
    facts = [Fact(ONE, OA.hasSelector, selector), Fact(selector, RDF.type, OA.TextPositionSelector)]
    facts += [*(Fact(selector, OA.start, value) for value in start), *(Fact(selector, OA.end, value) for value in end)]
    assert read_lock(index_facts(facts)).get(ONE, ()) == spans
