"""The graph for the browser: the quads, compressed, and what turns IRIs into links."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Mapping

from migragraph.dataset import Dataset
from migragraph.site.scripts import make_script

__all__ = ["GRAPH", "LIMIT", "render_graph"]

GRAPH = "assets/sparql-graph.js"
"""Where the graph lies in the site."""

LIMIT = 400_000
"""How many quads a browser is asked to load; docs/search-and-sparql.md tells what was measured."""


def render_graph(dataset: Dataset, paths: Mapping[str, str], quads: bytes) -> dict[str, bytes]:
    """Render the graph as a script, given the path of each document by its IRI, and the quads as N-Quads.

    They come in gzip and Base64; Oxigraph reads them three times as fast as TriG. Of the documents only those whose
    path is not the end of their IRI have it written out.
    """
    base = dataset.layout.base
    ends = {iri.removeprefix(base): path for iri, path in paths.items()}
    data = {
        "base": base,
        "prefixes": dict(dataset.prefixes),
        "documents": list(ends),
        "odd": {end: path for end, path in ends.items() if end != path},
        "quads": base64.b64encode(gzip.compress(quads, 6, mtime=0)).decode(),
    }
    return {GRAPH: make_script("MigragraphGraph", data)}
