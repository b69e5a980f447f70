"""The passages of a source: its words that the graph quotes, where they stand, and the facts that they bear out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import thing_of
from migragraph.lock import read_lock
from migragraph.namespaces import MG, OA
from migragraph.passages import Span
from migragraph.quotations import read_quotation
from migragraph.site.shortening import shorten_text
from migragraph.site.showing import Showing, Shown
from migragraph.support import Term

__all__ = ["Borne", "Bundle", "Passage", "Passages"]

_PLACING = OA.start
_LONGEST = 72
"""Of the name of a thing so many letters stand in the list of passages, which names many."""


class Borne(NamedTuple):
    """A thing of which a passage bears out facts: the names of their properties, and whether all are inferred."""

    thing: Shown
    properties: str
    is_inferred: bool


class Passage(NamedTuple):
    """A passage on a page: its anchor, its words, its span where it is known, what it bears out.

    ``quotation`` and ``position`` are the anchors of its selectors, empty where another passage has the same.
    """

    anchor: str
    exact: str
    quotation: str
    span: Span | None
    position: str
    borne: Sequence[Borne]


class Bundle(NamedTuple):
    """Passages whose words are first of all about one thing, or about none, in the order of the text."""

    thing: Shown | None
    passages: Sequence[Passage]


class Passages:
    """The passages of a dataset, by their sources."""

    def __init__(self, dataset: Dataset) -> None:
        self._index = dataset.index

    @cached_property
    def by_source(self) -> Mapping[NamedNode, Sequence[NamedNode]]:
        """Give the passages that are nested in each source."""
        found: dict[NamedNode, list[NamedNode]] = {}
        for node, properties in self._index.items():
            if "#passage-" in node.value and OA.hasSource in properties:
                found.setdefault(thing_of(node), []).append(node)
        return found

    @cached_property
    def _evidence(self) -> Mapping[object, Sequence[tuple[NamedNode, NamedNode]]]:
        """Give for each passage the nodes, each with its evidence that quotes the passage."""
        found: dict[object, list[tuple[NamedNode, NamedNode]]] = {}
        for subject, properties in self._index.items():
            for evidence in properties.get(MG.evidence, ()):
                if isinstance(evidence, NamedNode):
                    for target in self._index.get(evidence, {}).get(OA.hasTarget, ()):
                        found.setdefault(target, []).append((subject, evidence))
        return found

    def show(self, source: NamedNode, showing: Showing, anchored: set[str]) -> list[Bundle]:
        """Show the passages of a source by the things that they are about, in the order in which the text names them.

        So a thing is named once for many passages.
        """
        bundles: dict[Shown | None, list[Passage]] = {}
        for passage in self._list(source, showing, anchored):
            bundles.setdefault(passage.borne[0].thing if passage.borne else None, []).append(passage)
        return [Bundle(thing, passages) for thing, passages in bundles.items()]

    def _list(self, source: NamedNode, showing: Showing, anchored: set[str]) -> Iterator[Passage]:
        """List the passages of a source in the order in which they stand in its text, then those of no known place."""
        nodes = self.by_source.get(source, ())
        known: dict[NamedNode, Mapping[NamedNode, list[Term]]] = {node: self._index[node] for node in nodes}
        for node in nodes:
            known |= {one: self._index.get(one, {}) for one in self._selectors(node)}
        spans = {node: some[0] for node, some in read_lock(known).items()}
        ordered = sorted(nodes, key=lambda node: (node not in spans, spans.get(node), node.value))
        for node in ordered:
            yield self._show(node, spans.get(node), showing, anchored)

    def _show(self, node: NamedNode, span: Span | None, showing: Showing, anchored: set[str]) -> Passage:
        quotation = read_quotation(node, self._index)
        anchors = {"": "", "start": ""}
        for selector in self._selectors(node):
            href = showing.link(selector.value)
            if href.startswith("#") and href[1:] not in anchored:
                anchored.add(href[1:])
                anchors["start" if _PLACING in self._index.get(selector, {}) else ""] = href[1:]
        anchor = showing.link(node.value)[1:]
        anchored.add(anchor)
        exact = quotation.exact if quotation else ""
        return Passage(anchor, exact, anchors[""], span, anchors["start"], list(self._list_borne(node, showing)))

    def _selectors(self, node: NamedNode) -> list[NamedNode]:
        return [one for one in self._index[node].get(OA.hasSelector, ()) if isinstance(one, NamedNode)]

    def _list_borne(self, node: NamedNode, showing: Showing) -> Iterator[Borne]:
        """List what a passage bears out, a thing once; what is nested in a thing counts as the thing's."""
        told: dict[NamedNode, dict[str, None]] = {}
        stated: set[NamedNode] = set()
        for subject, evidence in self._evidence.get(node, ()):
            properties = self._index[evidence]
            thing = thing_of(subject)
            names = told.setdefault(thing, {})
            for one in properties.get(MG.property, ()):
                if isinstance(one, NamedNode):
                    names[showing.naming.name(one).label] = None
            if MG.inferred not in properties.get(MG.basis, ()):
                stated.add(thing)
        for thing, names in told.items():
            shown = showing.term(thing.value)
            shown = shown._replace(text=shorten_text(shown.text, _LONGEST))
            yield Borne(shown, ", ".join(names), thing not in stated)
