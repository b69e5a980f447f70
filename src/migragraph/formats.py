"""The serialisations of RDF that files and exports may have."""

from __future__ import annotations

from pyoxigraph import RdfFormat

__all__ = ["EXPORTS", "SUFFIXES", "RdfExport"]

from typing import NamedTuple

SUFFIXES: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""The format of a file by its suffix."""


class RdfExport(NamedTuple):
    """A format of export: the file it goes into, its pyoxigraph format, and whether it carries named graphs."""

    file: str
    format: RdfFormat
    named_graphs: bool


EXPORTS: dict[str, RdfExport] = {
    "jsonld": RdfExport("graph.jsonld", RdfFormat.JSON_LD, False),
    "turtle": RdfExport("graph.ttl", RdfFormat.TURTLE, False),
    "ntriples": RdfExport("graph.nt", RdfFormat.N_TRIPLES, False),
    "rdfxml": RdfExport("graph.rdf", RdfFormat.RDF_XML, False),
    "nquads": RdfExport("graph.nq", RdfFormat.N_QUADS, True),
    "trig": RdfExport("graph.trig", RdfFormat.TRIG, True),
}
"""What `migragraph export` can write, by the name that a user gives."""
