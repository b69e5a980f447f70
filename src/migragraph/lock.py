"""The lock: where each passage stands in the text of its source, and by which SHA-256 that text is known.

It is a file of the data like the others, only that `migragraph evidence` writes it. Its first lines hold the SHA-256 of
what follows, so that an edit by hand shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from migragraph.iris import content_key, mint_nested
from migragraph.layout import Layout
from migragraph.namespaces import MG, OA, RDF, XSD
from migragraph.passages import Span
from migragraph.support import Index, Term

__all__ = ["LOCK", "SEAL_LINE", "Lock", "find_lock", "is_sealed", "read_lock", "render_lock"]

LOCK = "evidence.lock.ttl"
"""The name of the lock's file in the folder of the data."""

SEAL_LINE = 2
"""The line that holds the seal."""

_HEAD = (
    "# Where the passages stand in the texts: `migragraph evidence` writes this file, and finds out an edit by hand.\n"
)
_SEAL = re.compile(rb"\A#[^\n]*\n# SHA-256 of what follows: ([0-9a-f]{64})\n")
_OFFSET = re.compile(r"\d{1,18}", re.ASCII)
_SOURCE, _SELECTOR, _START, _END = OA.hasSource, OA.hasSelector, OA.start, OA.end
_POSITION = OA.TextPositionSelector
_INTEGER = XSD.integer


@dataclass(frozen=True, slots=True)
class Lock:
    """The SHA-256 of the text of each source, and the span of each passage in it, in code points."""

    hashes: Mapping[NamedNode, str]
    spans: Mapping[NamedNode, Span]


def find_lock(layout: Layout) -> Path:
    """Give the path of the lock of a project; it need not be there."""
    return layout.folder("data") / LOCK


def read_lock(index: Index) -> dict[NamedNode, tuple[Span, ...]]:
    """Give the spans that the data, the lock among them, tell of each passage: one, where nobody changed the lock."""
    return {
        passage: tuple(spans)
        for passage, properties in index.items()
        for spans in (list(_spans(properties, index)),)
        if spans
    }


def _spans(properties: Mapping[NamedNode, list[Term]], index: Index) -> Iterator[Span]:
    for selector in properties.get(_SELECTOR, ()):
        about = index.get(selector, {}) if isinstance(selector, NamedNode) else {}
        start, end = about.get(_START, []), about.get(_END, [])
        if len(start) == len(end) == 1 and _OFFSET.fullmatch(start[0].value) and _OFFSET.fullmatch(end[0].value):
            yield Span(int(start[0].value), int(end[0].value))


def is_sealed(data: bytes) -> bool:
    """Tell whether the lock is as it was written; line ends may have been changed on the way."""
    data = data.replace(b"\r\n", b"\n")
    seal = _SEAL.match(data)
    return seal is not None and seal[1].decode() == sha256(data[seal.end() :]).hexdigest()


def render_lock(lock: Lock, sources: Mapping[NamedNode, NamedNode], prefixes: Mapping[str, str]) -> bytes:
    """Write a lock as Turtle, a section for each source, its passages in the order in which they stand in the text.

    ``sources`` give the source of each passage.
    """
    inside: dict[NamedNode, list[tuple[Span, NamedNode]]] = {source: [] for source in lock.hashes}
    for passage, span in lock.spans.items():
        inside.setdefault(sources[passage], []).append((span, passage))
    used = {prefix: iri for prefix, iri in sorted(prefixes.items()) if iri in {str(MG), str(OA)}}
    sections = [
        _write_section(source, _describe(source, lock.hashes.get(source), sorted(inside[source], key=_place)), used)
        for source in sorted(inside, key=lambda source: source.value)
    ]
    # A tab at the start of a line is layout: in strings the serialiser escapes both.
    body = b"\n".join([_write_prefixes(used), *sections]).replace(b"\n\t", b"\n    ")
    return f"{_HEAD}# SHA-256 of what follows: {sha256(body).hexdigest()}\n".encode() + body


def _write_prefixes(prefixes: dict[str, str]) -> bytes:
    """Write the prefixes once, at the top: in a section they would be relative to its base."""
    any_ = NamedNode(str(MG))
    lines = serialize([Triple(any_, any_, any_)], format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    return b"".join(line for line in lines.splitlines(keepends=True) if line.startswith(b"@prefix "))


def _write_section(source: NamedNode, triples: Iterator[Triple], prefixes: dict[str, str]) -> bytes:
    """Write what the lock tells of a source, relative to its IRI."""
    text = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes, base_iri=source.value) or b""
    return b"".join(line for line in text.splitlines(keepends=True) if not line.startswith(b"@prefix "))


def _place(entry: tuple[Span, NamedNode]) -> tuple[Span, str]:
    return entry[0], entry[1].value


def _describe(source: NamedNode, hash_: str | None, entries: list[tuple[Span, NamedNode]]) -> Iterator[Triple]:
    if hash_ is not None:
        yield Triple(source, MG.sha256, Literal(hash_))
    for span, same in groupby(entries, key=lambda entry: entry[0]):
        selector = mint_nested(source, "TextPositionSelector", content_key(map(str, span)))
        for _, passage in same:
            yield Triple(passage, _SOURCE, source)
            yield Triple(passage, _SELECTOR, selector)
        yield Triple(selector, RDF.type, _POSITION)
        yield Triple(selector, _START, Literal(str(span.start), datatype=_INTEGER))
        yield Triple(selector, _END, Literal(str(span.end), datatype=_INTEGER))
