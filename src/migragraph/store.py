"""The embedded SPARQL store, loaded with a dataset."""

from __future__ import annotations

from pyoxigraph import RdfFormat, Store, parse, serialize

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
    """Load the dataset of a project, from the cache if the same files were built before; raise DataError as `build`."""
    name = _name(layout, stated_only)
    cached = find_cached(name)
    if cached is not None:
        # Loaded as text, the blank nodes would have other labels each time.
        store = Store()
        store.bulk_extend(parse(cached, format=RdfFormat.N_QUADS, lenient=True))
        return store
    dataset = build(layout, stated_only=stated_only)
    data = serialize(dataset.quads, format=RdfFormat.N_QUADS)
    assert data is not None
    # A file may have changed since its hash was taken, and then the name is another's.
    if _name(layout, stated_only) == name:
        keep_cached(name, data)
    return load_store(dataset)


def _name(layout: Layout, stated_only: bool) -> str:
    files = [layout.root / DESCRIPTION, *layout.files("ontology"), *layout.files("data")]
    return f"{cache_key(files, f'stated_only={stated_only}')}.cache"
