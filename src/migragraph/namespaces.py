"""The namespaces that the code itself speaks about, as pyoxigraph terms."""

from __future__ import annotations

from pyoxigraph import NamedNode

__all__ = [
    "DCAT",
    "DCTERMS",
    "ELI",
    "FOAF",
    "MG",
    "NP",
    "OA",
    "ORG",
    "OWL",
    "PROV",
    "QB",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SDMX_ATTRIBUTE",
    "SDMX_DIMENSION",
    "SDMX_MEASURE",
    "SH",
    "SKOS",
    "SPDX",
    "VOID",
    "XSD",
    "Namespace",
]


class Namespace(dict[str, NamedNode]):
    """Give a term by its local name: ``SKOS.prefLabel`` or ``SKOS["prefLabel"]``; each is made once."""

    def __init__(self, iri: str) -> None:
        super().__init__()
        self._iri = iri

    def __str__(self) -> str:
        return self._iri

    def __missing__(self, name: str) -> NamedNode:
        term = self[name] = NamedNode(self._iri + name)
        return term

    def __getattr__(self, name: str) -> NamedNode:
        # It is an attribute from now on, and Python looks here no more: some are asked for at each of many facts.
        term = self.__dict__[name] = self[name]
        return term


SDMX_ATTRIBUTE = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SDMX_DIMENSION = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SDMX_MEASURE = Namespace("http://purl.org/linked-data/sdmx/2009/measure#")
MG = Namespace("https://w3id.org/migragraph/ontology#")
NP = Namespace("http://www.nanopub.org/nschema#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
QB = Namespace("http://purl.org/linked-data/cube#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
