"""Trees: the description of a thing as one compacted JSON-LD object, nested nodes inside it.

The result is what the framing algorithm (https://www.w3.org/TR/json-ld11-framing/) gives for a frame that names the
thing, embeds always, and is fed the thing's own tree; a test holds it against pyld's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.describe import Index, Node, index_subjects, is_nested, tree_of
from migragraph.jsonld.context import Context
from migragraph.jsonld.usage import ID, LANGUAGE
from migragraph.namespaces import RDF, XSD

__all__ = ["arrange_trees", "find_roots", "make_document", "make_tree"]

Json = Any

_NATIVE: dict[tuple[NamedNode, str], bool] = {(XSD.boolean, "true"): True, (XSD.boolean, "false"): False}
_TYPE, _FIRST, _REST, _NIL = RDF.type, RDF.first, RDF.rest, RDF.nil
_STRING = XSD.string
_CELL = {_FIRST, _REST}


def make_document(triples: Iterable[Triple], context: Context) -> dict[str, Json]:
    """Make the document of a whole graph: the context, and the tree of each node that is nested in no other."""
    return {"@context": context.json(), "@graph": list(arrange_trees(index_subjects(triples), context))}


def arrange_trees(index: Index, context: Context) -> Iterator[dict[str, Json]]:
    """Make the tree of each node of a graph that is nested in no other, one after another."""
    return (make_tree(index, node, context) for roots in find_roots(index) for node in roots)


def find_roots(index: Index) -> tuple[list[Node], list[Node]]:
    """Give the nodes that are nested in no other, and one of each ring of nodes that are nested in one another."""
    nested: dict[object, Node] = {}
    for subject, about in index.items():
        for _, value in about:
            if not isinstance(value, Literal) and value in index and is_nested(value, subject):
                nested[value] = subject
    roots = [node for node in index if node not in nested]
    return roots, [] if _climb_all(nested, roots) else _find_rings(index, roots)


def _climb_all(nested: Mapping[object, Node], roots: Iterable[Node]) -> bool:
    """Tell whether each nested node is reached from a root by way of the subjects that hold it last."""
    reached: set[object] = set(roots)
    for node in nested:
        way: list[object] = []
        above: object = node
        while above not in reached and len(way) <= len(nested):
            way.append(above)
            above = nested[above]
        if above not in reached:
            return False
        reached.update(way)
    return True


def _find_rings(index: Index, roots: Iterable[Node]) -> list[Node]:
    reached = {triple.subject for root in roots for triple in tree_of(index, root)}
    rings: list[Node] = []
    for node in index:
        if node not in reached:
            rings.append(node)
            reached |= {triple.subject for triple in tree_of(index, node)}
    return rings


def make_tree(index: Index, root: Node, context: Context) -> dict[str, Json]:
    """Make the tree of a node: its properties by their short names, nested nodes as objects, others as references."""
    return _Writer(index, root, context).write_tree(root, ())


class _Writer:
    """Write the tree of one root."""

    def __init__(self, index: Index, root: Node, context: Context) -> None:
        self._index = index
        self._root = root
        self._context = context

    def write_tree(self, node: Node, above: tuple[Node, ...]) -> dict[str, Json]:
        """Write a node with what it says; ``above`` are those in whose trees it stands."""
        context = self._context
        made: dict[str, Json] = {} if isinstance(node, BlankNode) else {ID: context.shorten(node.value)}
        inner = (*above, node)
        for predicate, value in self._index.get(node, ()):
            short, term = context.properties[predicate]
            items = None if isinstance(value, Literal) else _read_list(self._index, value)
            if predicate == _TYPE and isinstance(value, NamedNode):
                _add(made, "@type", _name(value, context))
            elif term is None or not _fits(value, term.coercion, items):
                _add(made, short, self._write(value, None, items, inner))
            elif term.coercion == LANGUAGE and isinstance(value, Literal):
                _add(made.setdefault(term.name, {}), value.language or "@none", value.value)
            else:
                _add(made, term.name, self._write(value, term.coercion, items, inner))
        return {**{name: made.pop(name) for name in context.first if name in made}, **made}

    def _write(
        self, value: object, coercion: str | None, items: Sequence[object] | None, inner: tuple[Node, ...]
    ) -> Json:
        if isinstance(value, Literal):
            return _write_literal(value, coercion, self._context)
        if items is not None:
            return {"@list": [self._write(item, coercion, _read_list(self._index, item), inner) for item in items]}
        assert isinstance(value, NamedNode | BlankNode)
        if value in self._index and value not in inner and is_nested(value, self._root, inner[-1]):
            return self.write_tree(value, inner)
        return _refer(value, coercion, self._context)


def _fits(value: object, coercion: str | None, items: Sequence[object] | None) -> bool:
    """Tell whether a value, or each item of a list, has the kind that a term stands for."""
    if items is not None:
        return coercion != LANGUAGE and all(_fits(item, coercion, None) for item in items)
    if not isinstance(value, Literal):
        return coercion in (ID, None)
    if coercion == LANGUAGE:
        return value.direction is None and (bool(value.language) or value.datatype == _STRING)
    return coercion is None or value.datatype.value == coercion


def _refer(node: Node, coercion: str | None, context: Context) -> Json:
    name = f"_:{node.value}" if isinstance(node, BlankNode) else context.shorten(node.value)
    return name if coercion == ID else {ID: name}


def _write_literal(literal: Literal, coercion: str | None, context: Context) -> Json:
    """Write a literal so that it is read under a term with that coercion, or under a name that has none."""
    if coercion == literal.datatype.value:
        return _native(literal)
    if literal.language and literal.direction is not None:
        return {"@value": literal.value, "@language": literal.language, "@direction": str(literal.direction)}
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    if literal.datatype == _STRING:
        return {"@value": literal.value} if coercion else literal.value
    return {"@value": _native(literal), "@type": _name(literal.datatype, context)}


def _native(literal: Literal) -> Json:
    return _NATIVE.get((literal.datatype, literal.value), literal.value)


def _add(made: dict[str, Json], name: str, value: Json) -> None:
    if name not in made:
        made[name] = value
    elif isinstance(made[name], list):
        made[name].append(value)
    else:
        made[name] = [made[name], value]


def _name(term: NamedNode, context: Context) -> str:
    """Give the name of a class or datatype: of these, unlike of other nodes, a context knows terms."""
    known = context.terms.get(term.value)
    return known.name if known else context.shorten(term.value)


def _read_list(index: Index, head: object) -> list[object] | None:
    """Give the items of a list whose cells are blank and say nothing else, or None for what is no such list."""
    if head != _NIL and not isinstance(head, BlankNode):
        return None
    items: list[object] = []
    cell, seen = head, set()
    while cell != _NIL:
        if not isinstance(cell, BlankNode) or cell in seen:
            return None
        seen.add(cell)
        links = dict(index.get(cell, ()))
        if links.keys() != _CELL or len(index[cell]) != len(_CELL):
            return None
        items.append(links[_FIRST])
        cell = links[_REST]
    return items
