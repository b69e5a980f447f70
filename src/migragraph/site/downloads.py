"""The downloads of a document: its description as Turtle, JSON-LD and N-Triples, beside its page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from pyoxigraph import RdfFormat, Triple, serialize

from migragraph.dataset import Dataset
from migragraph.describe import Description
from migragraph.iris import choose_prefixes
from migragraph.jsonld import Resources, make_context, survey_dataset

__all__ = ["SUFFIXES", "Downloads"]

SUFFIXES: Mapping[str, str] = {".ttl": "text/turtle", ".jsonld": "application/ld+json", ".nt": "application/n-triples"}
"""The suffixes of the files of a description, with their media types."""


class Downloads:
    """Write descriptions of a dataset into files, one after another."""

    def __init__(self, dataset: Dataset) -> None:
        self._prefixes = dataset.prefixes
        self.context = make_context(dataset.ontology, survey_dataset(dataset), dataset.prefixes)
        self._resources = Resources(self.context)

    def render(self, description: Description) -> dict[str, bytes]:
        """Write a description, by the suffix of each file: the same triples in each, sorted."""
        triples = description.triples
        document = self._resources.make(description, whole=False)
        return {
            ".ttl": _serialize(triples, RdfFormat.TURTLE, choose_prefixes(description.iris, self._prefixes)),
            ".jsonld": (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode(),
            ".nt": _serialize(triples, RdfFormat.N_TRIPLES, {}),
        }


def _serialize(triples: Iterable[Triple], format_: RdfFormat, prefixes: dict[str, str]) -> bytes:
    data = serialize(triples, format=format_, prefixes=prefixes)
    assert data is not None
    return data
