"""The provenance of a page: where its thing is described, what bears out its facts, and from which data set it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.bibliography import GraphRecord
from migragraph.dataset import Dataset
from migragraph.iris import is_minted
from migragraph.memo import Memo
from migragraph.namespaces import MG, OA, RDF
from migragraph.site.showing import Showing, Shown
from migragraph.support import Fact

__all__ = ["Provenance", "Records"]

_BASES: Mapping[object, str] = {MG.stated: "stated", MG.referenced: "referenced", MG.inferred: "inferred"}
_KINDS = ("stated", "referenced", "inferred", "exempt", "unsupported")
_EVIDENCE = frozenset((MG.Evidence, OA.SpecificResource, OA.TextQuoteSelector, OA.TextPositionSelector))
"""The classes of what makes up evidence, the facts about which are not counted among those that need some."""


_KEPT = 10
"""Of how many documents the provenance is kept, until their pages in all languages are made."""


class Provenance(NamedTuple):
    """Where a thing is described, its facts by what bears them out, its named graphs by kind, and what it rests on.

    ``is_term`` tells that the ontology defines it.
    """

    files: Sequence[str]
    is_term: bool
    facts: Sequence[tuple[str, int]]
    graphs: Sequence[tuple[str, int]]
    sources: Mapping[str, Shown]
    references: Sequence[Shown]
    graph: GraphRecord


class _Trace(NamedTuple):
    """What is the same in all languages of the provenance of a document."""

    files: Sequence[str]
    facts: Sequence[tuple[str, int]]
    graphs: Sequence[tuple[str, int]]
    sources: Sequence[NamedNode]
    references: Sequence[NamedNode]


class Records:
    """What a dataset records of the facts of its documents."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._index = dataset.index

    @cached_property
    def _unsupported(self) -> frozenset[Fact]:
        return frozenset(self._dataset.support.unsupported)

    @cached_property
    def _spoken(self) -> frozenset[object]:
        return frozenset(quad.graph_name for quad in self._dataset.spoken)

    def trace(self, document: str, showing: Showing) -> Provenance:
        """Trace what the page of a document tells to where it is from."""
        found = self._traces[document]
        return Provenance(
            files=found.files,
            is_term=NamedNode(document) in self._dataset.connections.terms,
            facts=found.facts,
            graphs=found.graphs,
            sources={source.value: showing.term(source.value) for source in found.sources},
            references=[showing.term(reference.value) for reference in found.references],
            graph=showing.naming.bibliography.graph,
        )

    @cached_property
    def _traces(self) -> Memo[str, _Trace]:
        return Memo(self._trace, _KEPT)

    def _trace(self, document: str) -> _Trace:
        nodes = self._dataset.connections.nodes.get(document, ())
        kinds: Counter[str] = Counter()
        graphs: dict[NamedNode, str] = {}
        for fact in self._list_facts(nodes):
            by = self._dataset.support.supporters.get(fact, ())
            kinds[self._find_kind(fact, {_BASES.get(one.basis, "stated") for one in by})] += 1
            graphs |= {one.graph: _BASES.get(one.basis, "stated") for one in by}
        sources = (source for graph in graphs for source in self._index.get(graph, {}).get(OA.hasSource, ()))
        counted = Counter(graphs.values())
        counted["spoken"] = sum(node in self._spoken for node in nodes)
        return _Trace(
            self._list_files(nodes),
            [(kind, kinds[kind]) for kind in _KINDS if kinds[kind]],
            [(kind, counted[kind]) for kind in (*_KINDS[:3], "spoken") if counted[kind]],
            [source for source in dict.fromkeys(sources) if isinstance(source, NamedNode)],
            [graph for graph, kind in graphs.items() if kind == "referenced"],
        )

    def _list_files(self, nodes: Iterable[NamedNode]) -> list[str]:
        root = self._dataset.layout.root
        origins = dict.fromkeys(path for node in nodes if (path := self._dataset.origin.get(node)))
        return [path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name for path in origins]

    def _list_facts(self, nodes: Iterable[NamedNode]) -> Iterable[Fact]:
        """Give the facts of a document, but for those that evidence is made of."""
        for node in nodes:
            properties = self._index[node]
            if is_minted(node.value) and not _EVIDENCE.isdisjoint(properties.get(RDF.type, ())):
                continue
            for property_, values in properties.items():
                if property_ != MG.evidence:
                    yield from (Fact(node, property_, value) for value in values)

    def _find_kind(self, fact: Fact, found: set[str]) -> str:
        rest = "unsupported" if fact in self._unsupported else "exempt"
        return next((kind for kind in _KINDS if kind in found), rest)
