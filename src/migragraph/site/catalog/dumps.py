"""The dumps of a site: the whole graph as files, one after the other, so that no two need memory at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from pyoxigraph import Quad, RdfFormat

from migragraph.closure import Pair
from migragraph.export import Dumps
from migragraph.formats import EXPORTS
from migragraph.site.catalog.counting import Tally
from migragraph.site.folder import Hashed
from migragraph.site.site import Site

__all__ = ["DUMPS", "Distribution", "render_dumps"]

DUMPS = ("jsonld", "nquads", "ntriples", "trig", "turtle")


@dataclass(frozen=True, slots=True)
class Distribution:
    """A dump that was written: its path in the site, its format, its size in bytes, and its SHA-256."""

    path: str
    format: RdfFormat
    size: int
    sha256: str


def render_dumps(site: Site, tally: Tally, written: list[Distribution]) -> Iterator[tuple[str, Hashed]]:
    """Render the dumps, each when it is asked for: its path and its bytes; tell of each in ``written``.

    Turtle, JSON-LD and N-Triples hold the default graph, TriG and N-Quads the named graphs too. A large graph is dumped
    only in the formats of lines, which stand subject by subject, not sorted. Meanwhile the triples of the default graph
    are counted by ``tally``.
    """
    dataset = site.dataset
    if site.is_large:
        subjects = tally.watch(dataset.stream_subjects())
        dumps = _write_lines(subjects, dataset.stream_named())
    else:
        dumps = _write_each(site.once(Dumps, site.downloads.context), tally)
    for name, dump in dumps:
        format_ = EXPORTS[name].format
        path = f"dump/migragraph.{format_.file_extension}"
        written.append(Distribution(path, format_, len(dump.data), dump.sha256))
        yield path, dump


def _write_each(dumps: Dumps, tally: Tally) -> Iterator[tuple[str, Hashed]]:
    for _ in tally.watch(dumps.default.items()):
        pass
    for name in DUMPS:
        data = dumps.write(name)
        yield name, Hashed(data, sha256(data).hexdigest())


def _write_lines(
    subjects: Iterable[tuple[object, Iterable[Pair]]], named: Iterable[Quad]
) -> Iterator[tuple[str, Hashed]]:
    """Write the lines of the default graph once for both formats, without objects for its triples.

    A term as a string is as N-Triples and N-Quads write it, and a quad of the default graph is a triple there.
    """
    buffer = BytesIO()
    for subject, pairs in subjects:
        start = str(subject)
        buffer.write("".join([f"{start} {predicate} {value} .\n" for predicate, value in pairs]).encode())
    end = buffer.tell()
    for quad in named:
        buffer.write(f"{quad} .\n".encode())
    # The bytes are not copied where nothing else has them, and those of N-Triples are the first of them.
    data = buffer.getvalue()
    triples = memoryview(data)[:end]
    hashed = sha256(triples)
    hashed_triples = hashed.hexdigest()
    hashed.update(memoryview(data)[end:])
    yield "nquads", Hashed(data, hashed.hexdigest())
    yield "ntriples", Hashed(triples, hashed_triples)
