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
_SELECTOR, _SOURCE, _EXACT = OA.hasSelector, OA.hasSource, OA.exact

_REST = RDF.rest

_DEEPEST = 100
_TOO_DEEP = f"blank nodes are nested in a loop, or more than {_DEEPEST} deep."

Properties = Mapping[BlankNode, list[Quad]]
"""The quads of each blank node."""


def name_nested(quads: Iterable[Quad], path: Path) -> list[Quad]:
    """Replace each blank node of a data file by ``<thing>#<class>-<key>``, the key a hash of its content.

    Evidence is left out of the key, so that a corrected quote renames nothing. The target of evidence becomes the
    passage ``<source>#passage-<key>``, the key a hash of its selector. Raises DataError for a blank node that is nested
    in no thing or in two.
    """
    quads = list(dict.fromkeys(quads))
    properties, parents = _nesting(quads)
    nested = {**parents, **properties}
    for node in nested:
        _check_nested(node, parents, path)
    names: dict[BlankNode, NamedNode] = {}

    def name(node: object) -> NamedNode:
        if isinstance(node, BlankNode):
            if node not in names:
                names[node] = _mint(node, properties, lambda: name(parents[node][0].subject))
            return names[node]
        assert isinstance(node, NamedNode)
        return node

    return _renamed(quads, {node: name(node) for node in nested})


def label_blanks(quads: Iterable[Quad], path: Path) -> list[Quad]:
    """Give each blank node of a tree (a list, a class expression) a label that its place and content give it.

    Raises DataError for a blank node that is used in two places or nested in a loop.
    """
    quads = list(dict.fromkeys(quads))
    properties, parents = _nesting(quads)
    nodes = _from_roots(properties, parents, path)
    keys: dict[object, str] = {}
    for node in reversed(nodes):
        pairs = [f"{quad.predicate} {keys.get(quad.object, quad.object)}" for quad in properties.get(node, ())]
        keys[node] = content_key(sorted(pairs))
    labels: dict[BlankNode, BlankNode] = {}
    for node in nodes:
        place = [f"{_renamed([quad], labels)[0].subject} {quad.predicate}" for quad in parents.get(node, ())]
        labels[node] = BlankNode("b" + content_key([*place, keys[node]]))
    return _renamed(quads, labels)


def _check_nested(node: BlankNode, parents: Properties, path: Path) -> None:
    """Climb from a blank node to the thing that it is nested in."""
    for _ in range(_DEEPEST):
        above = parents.get(node, [])
        if len(above) != 1:
            where = f"used in {len(above)} places" if above else "nested in no thing"
            raise DataError(f"a blank node is {where}.", path=path, advice="Give it an IRI, or nest it in one thing.")
        parent = above[0].subject
        if not isinstance(parent, BlankNode):
            return
        node = parent
    raise DataError(_TOO_DEEP, path=path, advice="Give the inner nodes IRIs.")


def _from_roots(properties: Properties, parents: Properties, path: Path) -> list[BlankNode]:
    """Give the blank nodes, each after the one that it is nested in; a list, however long, counts as one level."""
    advice = "Write lists and expressions as trees."
    for above in parents.values():
        if len(above) > 1:
            raise DataError(f"a blank node is used in {len(above)} places.", path=path, advice=advice)
    nodes = {**parents, **properties}
    inner = {node for node, above in parents.items() if isinstance(above[0].subject, BlankNode)}
    levels = {node: 0 for node in nodes if node not in inner}
    waiting = list(levels)
    while waiting:
        node = waiting.pop()
        for quad in properties.get(node, ()):
            if isinstance(quad.object, BlankNode):
                levels[quad.object] = levels[node] + (quad.predicate != _REST)
                waiting.append(quad.object)
    if len(levels) < len(nodes) or max(levels.values(), default=0) > _DEEPEST:
        raise DataError(_TOO_DEEP, path=path, advice=advice)
    return list(levels)


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
    source, selector = values.get(_SOURCE), _find_quotation(node, properties) or values.get(_SELECTOR)
    if isinstance(source, NamedNode) and isinstance(selector, BlankNode):
        return mint_passage(source, content_key([_content(selector, properties)]))
    types = sorted(
        quad.object.value
        for quad in properties.get(node, ())
        if quad.predicate == _TYPE and isinstance(quad.object, NamedNode)
    )
    class_name = (local_name(types[0]) if types else "") or "node"
    return mint_nested(thing(), class_name, content_key([_content(node, properties)]))


def _find_quotation(node: BlankNode, properties: Properties) -> BlankNode | None:
    """Find the selector that quotes words: where a passage has a position too, that does not name it."""
    selectors = (quad.object for quad in properties.get(node, ()) if quad.predicate == _SELECTOR)
    for selector in selectors:
        if isinstance(selector, BlankNode) and any(quad.predicate == _EXACT for quad in properties.get(selector, ())):
            return selector
    return None


def _content(node: BlankNode, properties: Properties) -> str:
    """Write what a blank node is, evidence left out, as one line that does not depend on labels or order."""
    pairs = [
        f"{quad.predicate.value} {_value(quad, properties)}"
        for quad in properties.get(node, ())
        if quad.predicate != _EVIDENCE
    ]
    return "[" + "; ".join(sorted(pairs)) + "]"


def _value(quad: Quad, properties: Properties) -> str:
    node = quad.object
    return _content(node, properties) if isinstance(node, BlankNode) else str(node)


def _renamed(quads: list[Quad], names: Mapping[BlankNode, NamedNode | BlankNode]) -> list[Quad]:
    return [
        Quad(names.get(subject, subject), predicate, names.get(object_, object_), graph)
        if isinstance(subject, BlankNode) or isinstance(object_, BlankNode)
        else quad
        for quad in quads
        for subject, predicate, object_, graph in (quad,)
    ]
