"""Nested nodes: blank nodes as authored get the IRIs, or the stable labels, that their content gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad

from migragraph.errors import DataError
from migragraph.iris import content_key, local_name, mint_nested, mint_passage
from migragraph.namespaces import MG, OA, RDF

__all__ = ["label_blanks", "name_nested"]

_TYPE = RDF.type
_EVIDENCE = MG.evidence
_SELECTOR, _SOURCE = OA.hasSelector, OA.hasSource

_TOO_DEEP = "blank nodes are nested in a loop or hundreds deep."

Properties = Mapping[BlankNode, list[Quad]]
"""The quads of each blank node."""


def name_nested(quads: Iterable[Quad], path: Path) -> list[Quad]:
    """Replace each blank node of a data file by ``<thing>#<class>-<key>``, the key a hash of its content.

    Evidence is left out of the key, so that a corrected quote renames nothing. The target of evidence becomes the
    passage ``<source>#passage-<key>``, the key a hash of its selector. Raises DataError for a blank node that is nested
    in no thing or in two.
    """
    quads = list(quads)
    properties, parents = _nesting(quads)
    names: dict[BlankNode, NamedNode] = {}

    def name(node: BlankNode) -> NamedNode:
        if node not in names:
            names[node] = _mint(node, properties, lambda: _thing(node, parents, name, path))
        return names[node]

    try:
        return _renamed(quads, {node: name(node) for node in {**parents, **properties}})
    except RecursionError as error:
        raise DataError(_TOO_DEEP, path=path, advice="Give the inner nodes IRIs.") from error


def label_blanks(quads: Iterable[Quad], path: Path) -> list[Quad]:
    """Give each blank node of a tree (a list, a class expression) a label that its place and content give it."""
    quads = list(quads)
    properties, parents = _nesting(quads)
    labels: dict[BlankNode, BlankNode] = {}

    def label(node: BlankNode) -> BlankNode:
        if node not in labels:
            above = parents.get(node, [])
            place = [f"{_place(quad, label)} {quad.predicate.value}" for quad in above]
            labels[node] = BlankNode("b" + content_key([*sorted(place), _content(node, properties)]))
        return labels[node]

    try:
        return _renamed(quads, {node: label(node) for node in {**parents, **properties}})
    except RecursionError as error:
        raise DataError(_TOO_DEEP, path=path, advice="Write lists and expressions as trees.") from error


def _place(quad: Quad, label: Callable[[BlankNode], BlankNode]) -> str:
    return label(quad.subject).value if isinstance(quad.subject, BlankNode) else str(quad.subject)


def _nesting(quads: list[Quad]) -> tuple[dict[BlankNode, list[Quad]], dict[BlankNode, list[Quad]]]:
    """Give the quads of each blank node, and the quads that lead to it."""
    properties: dict[BlankNode, list[Quad]] = {}
    parents: dict[BlankNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, BlankNode):
            properties.setdefault(quad.subject, []).append(quad)
        if isinstance(quad.object, BlankNode):
            parents.setdefault(quad.object, []).append(quad)
    return properties, parents


def _mint(node: BlankNode, properties: Properties, thing: Callable[[], NamedNode]) -> NamedNode:
    values = {quad.predicate: quad.object for quad in properties.get(node, ())}
    source, selector = values.get(_SOURCE), values.get(_SELECTOR)
    if isinstance(source, NamedNode) and isinstance(selector, BlankNode):
        return mint_passage(source, content_key([_content(selector, properties)]))
    types = sorted(
        quad.object.value
        for quad in properties.get(node, ())
        if quad.predicate == _TYPE and isinstance(quad.object, NamedNode)
    )
    class_name = local_name(types[0]) if types else "node"
    return mint_nested(thing(), class_name, content_key([_content(node, properties)]))


def _thing(node: BlankNode, parents: Properties, name: Callable[[BlankNode], NamedNode], path: Path) -> NamedNode:
    above = parents.get(node, [])
    if len(above) != 1:
        where = "nested in no thing" if not above else f"used in {len(above)} places"
        raise DataError(f"a blank node is {where}.", path=path, advice="Give it an IRI, or nest it in one thing.")
    parent = above[0].subject
    if isinstance(parent, BlankNode):
        return name(parent)
    assert isinstance(parent, NamedNode)
    return parent


def _content(node: BlankNode, properties: Properties, above: tuple[BlankNode, ...] = ()) -> str:
    """Write what a blank node is, evidence left out, as one line that does not depend on labels or order."""
    if node in above:
        return "loop"
    inner = (*above, node)
    pairs = [
        f"{quad.predicate.value} {_value(quad, properties, inner)}"
        for quad in properties.get(node, ())
        if quad.predicate != _EVIDENCE
    ]
    return "[" + "; ".join(sorted(pairs)) + "]"


def _value(quad: Quad, properties: Properties, above: tuple[BlankNode, ...]) -> str:
    node = quad.object
    return _content(node, properties, above) if isinstance(node, BlankNode) else str(node)


def _renamed(quads: list[Quad], names: Mapping[BlankNode, NamedNode | BlankNode]) -> list[Quad]:
    return [
        Quad(names.get(subject, subject), predicate, names.get(object_, object_), graph)
        if isinstance(subject, BlankNode) or isinstance(object_, BlankNode)
        else quad
        for quad in quads
        for subject, predicate, object_, graph in (quad,)
    ]
