"""The embedded SPARQL store, loaded with a dataset."""

from __future__ import annotations

from pyoxigraph import Store

from migragraph.dataset import Dataset

__all__ = ["load_store"]


def load_store(dataset: Dataset) -> Store:
    """Load a dataset into an Oxigraph store in memory.

    The store answers in canonical lexical forms: ``"01"^^xsd:integer`` comes back as ``1``. Dumps and SHACL read the
    dataset's own quads, which keep the forms as written.
    """
    store = Store()
    store.bulk_extend(dataset.quads)
    return store
