"""The embedded SPARQL store, loaded with a dataset."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store

from migragraph.cache import cache_key, find_cached, keep_cached
from migragraph.layout import DESCRIPTION, Layout

if TYPE_CHECKING:
    from migragraph.dataset import Dataset

__all__ = ["load_quads", "load_store", "open_store"]

_AT_ONCE = 100_000


def load_store(dataset: Dataset, folder: Path | None = None) -> Store:
    """Load a dataset into an Oxigraph store in memory, or in an empty folder, which takes less than half the memory.

    The store answers in canonical lexical forms: ``"01"^^xsd:integer`` comes back as ``1``. Dumps and SHACL read the
    dataset's own quads, which keep the forms as written.
    """
    return load_quads(dataset.stream_quads(), folder)


def load_quads(quads: Iterator[Quad], folder: Path | None = None) -> Store:
    """Load quads into a store in memory, or in an empty folder."""
    if folder is None:
        store = Store()
        store.bulk_extend(quads)
        return store
    store = Store(str(folder))
    # It sorts in memory what it is given at once, up to a gigabyte.
    while some := list(islice(quads, _AT_ONCE)):
        store.bulk_extend(some)
    return store


def open_store(layout: Layout, *, stated_only: bool = False) -> Store:
    """Open the dataset of a project, from the cache if the same files were built before; raise DataError as `build`."""
    name = _name(layout, stated_only)
    cached = find_cached(name)
    if cached is not None:
        with contextlib.suppress(OSError, RuntimeError):
            return Store.read_only(str(cached))
    from migragraph.dataset import build

    dataset = build(layout, stated_only=stated_only)
    # A file may have changed since its hash was taken, and then the name is another's.
    if _name(layout, stated_only) == name:
        keep_cached(name, lambda folder: _write_store(dataset, folder))
    return load_store(dataset)


def _write_store(dataset: Dataset, folder: Path) -> None:
    load_store(dataset, folder).flush()


def _name(layout: Layout, stated_only: bool) -> str:
    files = [layout.root / DESCRIPTION, *layout.files("ontology"), *layout.files("data")]
    return cache_key(files, f"stated_only={stated_only}")
