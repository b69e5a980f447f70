"""The SPARQL page: the graph that the browser asks, and the query scripts that it has as examples."""

from __future__ import annotations

from migragraph.site.sparql.examples import render_examples
from migragraph.site.sparql.graph import GRAPH, LIMIT, render_graph

__all__ = ["GRAPH", "LIMIT", "render_examples", "render_graph"]
