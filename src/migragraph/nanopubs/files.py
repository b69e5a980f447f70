"""The file of nanopublications: all of them as TriG."""

from __future__ import annotations

from pyoxigraph import RdfFormat, serialize

from migragraph.dataset import Dataset
from migragraph.iris import choose_prefixes
from migragraph.namespaces import NP
from migragraph.nanopubs.publication import list_nanopubs

__all__ = ["NANOPUBS_FILE", "render_nanopubs"]

NANOPUBS_FILE = "nanopubs.trig"
"""The name of the file."""


def render_nanopubs(dataset: Dataset) -> dict[str, bytes]:
    """Write all nanopublications of a dataset, one after the other, under the name of their file."""
    quads = [quad for nanopub in list_nanopubs(dataset) for quad in nanopub.quads]
    known = {"np": str(NP), **dataset.prefixes}
    prefixes = choose_prefixes((term for quad in quads for term in quad), known)
    data = serialize(quads, format=RdfFormat.TRIG, prefixes=prefixes)
    assert data is not None
    return {NANOPUBS_FILE: data}
