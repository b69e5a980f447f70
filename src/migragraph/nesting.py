"""Nested nodes: blank nodes as authored get the IRIs, or the stable labels, that their content gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from migragraph.errors import DataError
from migragraph.iris import content_key, local_name, mint_nested, mint_passage
from migragraph.namespaces import MG, OA, RDF
from migragraph.reading import Row, take_apart

__all__ = ["Statement", "Term", "label_blanks", "label_rows", "name_blanks", "name_nested", "name_rows"]

_TYPE = RDF.type
_EVIDENCE = MG.evidence
_SELECTOR, _SOURCE, _EXACT = OA.hasSelector, OA.hasSource, OA.exact

_REST = RDF.rest

_DEEPEST = 100
_TOO_DEEP = f"blank nodes are nested in a loop, or more than {_DEEPEST} deep."

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Statement: TypeAlias = tuple[NamedNode | BlankNode, NamedNode, Term]
"""A triple taken apart."""
Rows: TypeAlias = Mapping[BlankNode, Sequence[Row]]
"""The rows of each blank node, or those that lead to it."""
Properties: TypeAlias = Mapping[BlankNode, Mapping[NamedNode, Sequence[Term]]]
"""What is said of each blank node: the values of each property, each once."""
Parents: TypeAlias = Mapping[BlankNode, Sequence[NamedNode | BlankNode]]
"""The subjects of the triples that lead to each blank node."""


def name_nested(quads: Iterable[Quad], path: Path) -> list[Quad]:
    """Give what ``name_rows`` gives, as quads."""
    return [Quad(*row) for row in name_rows(take_apart(quads), path)]


def name_rows(rows: Sequence[Row], path: Path) -> list[Row]:
    """Replace each blank node of a data file by the name that ``name_blanks`` gives it."""
    own, leading = _nesting(rows)
    properties: dict[BlankNode, dict[NamedNode, list[Term]]] = {node: {} for node in own}
    for node, some in own.items():
        for _, predicate, value, _ in some:
            properties[node].setdefault(predicate, []).append(value)
    parents = {node: [row[0] for row in some] for node, some in leading.items()}
    return _renamed(rows, name_blanks(properties, parents, path))


def name_blanks(properties: Properties, parents: Parents, path: Path) -> Mapping[object, NamedNode]:
    """Name each blank node of a data file ``<thing>#<class>-<key>``, the key a hash of its content.

    Evidence is left out of the key, so that a corrected quote renames nothing. The target of evidence becomes the
    passage ``<source>#passage-<key>``, the key a hash of its selector. Raises DataError for a blank node that is nested
    in no thing or in two.
    """
    nested = {**parents, **properties}
    _check_nested(nested, parents, path)
    contents: dict[BlankNode, str] = {}
    names: dict[object, NamedNode] = {}

    def name(node: object) -> NamedNode:
        if isinstance(node, BlankNode):
            if node not in names:
                names[node] = _mint(node, properties, contents, lambda: name(parents[node][0]))
            return names[node]
        assert isinstance(node, NamedNode)
        return node

    for node in nested:
        name(node)
    return names


def label_blanks(quads: Iterable[Quad], path: Path) -> list[Quad]:
    """Give what ``label_rows`` gives, as quads."""
    return [Quad(*row) for row in label_rows(take_apart(quads), path)]


def label_rows(rows: Sequence[Row], path: Path) -> list[Row]:
    """Give each blank node of a tree (a list, a class expression) a label that its place and content give it.

    Raises DataError for a blank node that is used in two places or nested in a loop.
    """
    properties, parents = _nesting(rows)
    nodes = _from_roots(properties, parents, path)
    keys: dict[object, str] = {}
    for node in reversed(nodes):
        pairs = [f"{predicate} {keys.get(value, value)}" for _, predicate, value, _ in properties.get(node, ())]
        keys[node] = content_key(sorted(pairs))
    labels: dict[object, BlankNode] = {}
    for node in nodes:
        place = [f"{labels.get(above, above)} {predicate}" for above, predicate, _, _ in parents.get(node, ())]
        labels[node] = BlankNode("b" + content_key([*place, keys[node]]))
    return _renamed(rows, labels)


def _check_nested(nodes: Iterable[BlankNode], parents: Parents, path: Path) -> None:
    """Climb from each blank node to the thing that it is nested in, or to one that was climbed from before."""
    depths: dict[BlankNode, int] = {}
    for start in nodes:
        led = parents.get(start)
        if led and len(led) == 1 and not isinstance(led[0], BlankNode):
            depths[start] = 1
            continue
        node, depth = start, 0
        climbed: list[BlankNode] = []
        while not (depth := depths.get(node, 0)) and len(climbed) <= _DEEPEST:
            above = parents.get(node, [])
            if len(above) != 1:
                where = f"used in {len(above)} places" if above else "nested in no thing"
                advice = "Give it an IRI, or nest it in one thing."
                raise DataError(f"a blank node is {where}.", path=path, advice=advice)
            climbed.append(node)
            if not isinstance(parent := above[0], BlankNode):
                break
            node = parent
        if depth + len(climbed) > _DEEPEST:
            raise DataError(_TOO_DEEP, path=path, advice="Give the inner nodes IRIs.")
        depths.update(zip(reversed(climbed), range(depth + 1, depth + len(climbed) + 1), strict=True))


def _from_roots(properties: Rows, parents: Rows, path: Path) -> list[BlankNode]:
    """Give the blank nodes, each after the one that it is nested in; a list, however long, counts as one level."""
    advice = "Write lists and expressions as trees."
    for above in parents.values():
        if len(above) > 1:
            raise DataError(f"a blank node is used in {len(above)} places.", path=path, advice=advice)
    nodes = {**parents, **properties}
    inner = {node for node, above in parents.items() if isinstance(above[0][0], BlankNode)}
    levels = {node: 0 for node in nodes if node not in inner}
    waiting = list(levels)
    while waiting:
        node = waiting.pop()
        for _, predicate, value, _ in properties.get(node, ()):
            if isinstance(value, BlankNode):
                levels[value] = levels[node] + (predicate != _REST)
                waiting.append(value)
    if len(levels) < len(nodes) or max(levels.values(), default=0) > _DEEPEST:
        raise DataError(_TOO_DEEP, path=path, advice=advice)
    return list(levels)


def _nesting(rows: Iterable[Row]) -> tuple[dict[BlankNode, list[Row]], dict[BlankNode, list[Row]]]:
    """Give the rows of each blank node, and the rows that lead to it."""
    properties: dict[BlankNode, list[Row]] = {}
    parents: dict[BlankNode, list[Row]] = {}
    last: object = None
    for row in rows:
        subject, _, value, _ = row
        if isinstance(subject, BlankNode):
            # What is said of a node stands together, mostly, and it is one term in all rows of a file.
            if subject is not last:
                own, last = properties.setdefault(subject, []), subject
            own.append(row)
        if isinstance(value, BlankNode):
            parents.setdefault(value, []).append(row)
    return properties, parents


def _mint(
    node: BlankNode, properties: Properties, contents: dict[BlankNode, str], thing: Callable[[], NamedNode]
) -> NamedNode:
    said = properties.get(node, {})
    source = said[_SOURCE][-1] if _SOURCE in said else None
    types = [value.value for value in said.get(_TYPE, ()) if isinstance(value, NamedNode)]
    if isinstance(source, NamedNode):
        selector = _find_selector(node, properties)
        if isinstance(selector, BlankNode):
            return mint_passage(source, content_key([_content(selector, properties, contents)]))
    class_name = (local_name(min(types)) if types else "") or "node"
    return mint_nested(thing(), class_name, content_key([_content(node, properties, contents)]))


def _find_selector(node: BlankNode, properties: Properties) -> Term | None:
    """Find the selector that quotes words, else the last: where a passage has a position too, that does not name it."""
    selectors = properties.get(node, {}).get(_SELECTOR, ())
    for selector in selectors:
        if isinstance(selector, BlankNode) and _EXACT in properties.get(selector, {}):
            return selector
    return selectors[-1] if selectors else None


def _content(node: BlankNode, properties: Properties, contents: dict[BlankNode, str]) -> str:
    """Write what a blank node is, evidence left out, as one line that does not depend on labels or order."""
    if node not in contents:
        pairs = [
            f"{predicate.value} {_content(value, properties, contents) if isinstance(value, BlankNode) else value}"
            for predicate, values in properties.get(node, {}).items()
            if predicate != _EVIDENCE
            for value in values
        ]
        contents[node] = "[" + "; ".join(sorted(pairs)) + "]"
    return contents[node]


def _renamed(rows: Iterable[Row], names: Mapping[object, NamedNode | BlankNode]) -> list[Row]:
    renamed: list[Row] = []
    last: object = None
    name: NamedNode | BlankNode
    for row in rows:
        subject, predicate, value, graph = row
        if isinstance(subject, BlankNode):
            if subject is not last:
                name, last = names.get(subject, subject), subject
            renamed.append((name, predicate, names.get(value, value) if isinstance(value, BlankNode) else value, graph))
        elif isinstance(value, BlankNode):
            renamed.append((subject, predicate, names.get(value, value), graph))
        else:
            renamed.append(row)
    return renamed
