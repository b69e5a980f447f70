"""The dumps of a site: the whole graph as files, one after the other, so that no two need memory at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import TypeVar

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from migragraph.dataset import Dataset
from migragraph.export import dump_each
from migragraph.formats import EXPORTS

__all__ = ["DUMPS", "LARGE", "LARGE_DUMPS", "Distribution", "render_dumps"]

LARGE = 200_000
"""The number of facts above which a graph is dumped only in the formats that are written line by line."""

DUMPS = ("jsonld", "nquads", "ntriples", "trig", "turtle")
LARGE_DUMPS = ("nquads", "ntriples")

_AT_ONCE = 10_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Distribution:
    """A dump that was written: its path in the site, its format, its size in bytes, and its SHA-256."""

    path: str
    format: RdfFormat
    size: int
    sha256: str


def render_dumps(dataset: Dataset, written: list[Distribution]) -> Iterator[tuple[str, bytes]]:
    """Render the dumps, each when it is asked for: its path and its bytes; tell of each in ``written``.

    Turtle, JSON-LD and N-Triples hold the default graph, TriG and N-Quads the named graphs too. The lines of a large
    graph stand subject by subject, not sorted.
    """
    for name, data in _stream(dataset) if len(dataset.asserted) > LARGE else dump_each(dataset, DUMPS):
        format_ = EXPORTS[name].format
        path = f"dump/migragraph.{format_.file_extension}"
        written.append(Distribution(path, format_, len(data), sha256(data).hexdigest()))
        yield path, data


def _stream(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """Serialise line by line, in parts, so that no second copy of the graph is made of Python's objects."""
    for name in LARGE_DUMPS:
        format_, has_graphs = EXPORTS[name].format, EXPORTS[name].named_graphs
        buffer = BytesIO()
        for triples in _cut(dataset.stream_default()):
            buffer.write(_write(triples, format_))
        for quads in _cut(dataset.stream_named()) if has_graphs else ():
            buffer.write(_write(quads, format_))
        # The bytes are not copied where nothing else has them.
        yield name, buffer.getvalue()


def _cut(whole: Iterator[T]) -> Iterator[Sequence[T]]:
    while some := list(islice(whole, _AT_ONCE)):
        yield some


def _write(some: Sequence[Triple] | Sequence[Quad], format_: RdfFormat) -> bytes:
    data = serialize(some, format=format_)
    assert data is not None
    return data
