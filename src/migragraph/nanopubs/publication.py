"""Nanopublications: what one passage states of one thing, with where it comes from, each citable by its own.

The four graphs are those of https://nanopub.net/guidelines/working_draft/.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from migragraph.bibliography import Bibliography
from migragraph.dataset import Dataset
from migragraph.iris import read_term, thing_of
from migragraph.labels import FALLBACK, collect_labels
from migragraph.namespaces import DCAT, DCTERMS, FOAF, MG, NP, PROV, RDF
from migragraph.nanopubs.provenance import Part, Tracing
from migragraph.nanopubs.trusty import BLANK_CODE, compute_code
from migragraph.support import Fact, Index

__all__ = ["Nanopub", "list_nanopubs"]

_GRAPHS = ("Head", "assertion", "provenance", "pubinfo")


@dataclass(frozen=True, slots=True)
class Nanopub:
    """What a passage states of a thing and its nested nodes: the trusty IRI, and the quads of the four graphs."""

    iri: NamedNode
    thing: NamedNode
    passage: NamedNode
    quads: tuple[Quad, ...]


def list_nanopubs(dataset: Dataset) -> list[Nanopub]:
    """Make a nanopublication for each passage and thing, sorted by thing and passage.

    A fact that is inferred, or that rests on a reference alone, is in none. The date is that of the graph's own
    description in the data, so that a nanopublication depends on nothing but the data and ``migragraph.toml``.
    """
    parts = sorted(_gather(dataset).items(), key=lambda item: str(item[0]))
    maker = _Maker(dataset)
    return [maker.make(thing, passage, part) for (thing, passage), part in parts]


def _gather(dataset: Dataset) -> dict[tuple[NamedNode, NamedNode], Part]:
    parts: dict[tuple[NamedNode, NamedNode], Part] = defaultdict(Part)
    for fact, supporters in dataset.support.supporters.items():
        thing = thing_of(fact.subject)
        for one in supporters:
            if one.basis == MG.stated:
                part = parts[thing, one.graph]
                part.facts[fact].append(one.evidence)
                part.owners[one.evidence] = _owner(fact, one.evidence, dataset.index)
    return parts


def _owner(fact: Fact, evidence: NamedNode, index: Index) -> NamedNode:
    """Give the node whose evidence it is: the subject of the fact, or the nested node to which the fact leads."""
    if evidence not in index[fact.subject].get(MG.evidence, ()) and isinstance(fact.object, NamedNode):
        return fact.object
    return fact.subject


class _Maker:
    """Make the nanopublications of a dataset; what all have in common is worked out once."""

    def __init__(self, dataset: Dataset) -> None:
        self.layout = dataset.layout
        self.tracing = Tracing(dataset)
        self.graph = Bibliography(dataset, collect_labels(dataset), FALLBACK).graph

    def make(self, thing: NamedNode, passage: NamedNode, part: Part) -> Nanopub:
        """Make one: first with a blank code in its IRIs, then with the code that this gives."""
        code = compute_code(self._compose(BLANK_CODE, thing, passage, part))
        quads = tuple(self._compose(code, thing, passage, part))
        return Nanopub(self._mint(code), thing, passage, quads)

    def _mint(self, code: str, graph: str = "") -> NamedNode:
        return NamedNode(f"{self.layout.things}nanopub/{code}{graph and '#'}{graph}")

    def _compose(self, code: str, thing: NamedNode, passage: NamedNode, part: Part) -> Iterator[Quad]:
        own = self._mint(code)
        head, assertion, provenance, publication = (self._mint(code, name) for name in _GRAPHS)
        yield Quad(own, RDF.type, NP.Nanopublication, head)
        yield Quad(own, NP.hasAssertion, assertion, head)
        yield Quad(own, NP.hasProvenance, provenance, head)
        yield Quad(own, NP.hasPublicationInfo, publication, head)
        for graph, triples in (
            (assertion, (Triple(*fact) for fact in part.facts)),
            (provenance, self.tracing.trace(assertion, passage, part)),
            (publication, self._publish(own, thing)),
        ):
            for triple in sorted(set(triples), key=str):
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def _publish(self, own: NamedNode, thing: NamedNode) -> Iterator[Triple]:
        """Tell what the nanopublication is about, of which graph it is part, who makes it, when and for what use."""
        maker = NamedNode(self.layout.things)
        yield Triple(own, DCTERMS.subject, thing)
        yield Triple(own, DCTERMS.isPartOf, NamedNode(self.graph.iri))
        yield Triple(own, DCTERMS.license, read_term(self.layout.licence))
        yield Triple(own, DCAT.version, Literal(self.layout.version))
        if self.graph.date is not None:
            yield Triple(own, DCTERMS.created, self.graph.date)
        yield Triple(own, PROV.wasAttributedTo, maker)
        yield Triple(maker, RDF.type, PROV.Agent)
        yield from (Triple(maker, FOAF.name, Literal(name)) for name in self.layout.authors or (self.layout.title,))
