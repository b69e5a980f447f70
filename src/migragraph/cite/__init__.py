"""Cite: the sources behind a thing, or the graph itself, in the styles in which people cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import NamedNode

from migragraph.bibliography import Bibliography
from migragraph.cite.bibtex import render_bibtex
from migragraph.cite.citation import Citation
from migragraph.cite.collection import Collector
from migragraph.cite.csl import render_csl
from migragraph.cite.text import render_text
from migragraph.cite.wikipedia import render_wikipedia
from migragraph.dataset import Dataset
from migragraph.labels import Labels

__all__ = ["STYLES", "Citation", "Collector", "collect_citations"]

STYLES: dict[str, Callable[[Iterable[Citation], str], str]] = {
    "bibtex": render_bibtex,
    "csl-json": render_csl,
    "text": render_text,
    "wikipedia": render_wikipedia,
}
"""The styles of citations, by name: each takes citations and a language."""


def collect_citations(dataset: Dataset, labels: Labels, thing: NamedNode | None, language: str) -> list[Citation]:
    """Collect what is to be cited for a thing: its sources, its authorities and the graph; for None the graph."""
    return Collector(Bibliography(dataset, labels, language)).collect(thing)
