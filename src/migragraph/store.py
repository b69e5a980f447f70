"""The embedded SPARQL store, loaded with a dataset."""

from __future__ import annotations

from pyoxigraph import RdfFormat, Store, serialize

from migragraph.cache import cache_key, find_cached, keep_cached
from migragraph.dataset import Dataset, build
from migragraph.layout import DESCRIPTION, Layout

__all__ = ["load_store", "open_store"]


def load_store(dataset: Dataset) -> Store:
    """Load a dataset into an Oxigraph store in memory.

    The store answers in canonical lexical forms: ``"01"^^xsd:integer`` comes back as ``1``. Dumps and SHACL read the
    dataset's own quads, which keep the forms as written.
    """
    store = Store()
    store.bulk_extend(dataset.quads)
    return store


def open_store(layout: Layout, *, stated_only: bool = False) -> Store:
    """Load the dataset of a project, from the cache where the same files were built before; raise DataError as `build`."""
    files = [layout.root / DESCRIPTION, *layout.files("ontology"), *layout.files("data")]
    name = f"{cache_key(files, f'stated_only={stated_only}')}.nq"
    cached = find_cached(name)
    if cached is not None:
        store = Store()
        store.bulk_load(path=cached, format=RdfFormat.N_QUADS)
        return store
    dataset = build(layout, stated_only=stated_only)
    data = serialize(dataset.quads, format=RdfFormat.N_QUADS)
    assert data is not None
    keep_cached(name, data)
    return load_store(dataset)
