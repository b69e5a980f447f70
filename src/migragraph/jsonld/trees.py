"""Trees: the description of a thing as one compacted JSON-LD object, nested nodes inside it.

The result is what the framing algorithm (https://www.w3.org/TR/json-ld11-framing/) gives for a frame that names the
thing, embeds always, and is fed the thing's own tree; a test holds it against pyld's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.describe import Index, index_subjects, is_nested
from migragraph.iris import document_of, shorten_iri
from migragraph.jsonld.context import ID, LANGUAGE, Context
from migragraph.namespaces import RDF, XSD

__all__ = ["make_document", "make_tree"]

Node = NamedNode | BlankNode
Json = Any

_NATIVE: dict[tuple[NamedNode, str], bool] = {(XSD.boolean, "true"): True, (XSD.boolean, "false"): False}


def make_document(triples: Iterable[Triple], context: Context) -> dict[str, Json]:
    """Make the document of a whole graph: the context, and the tree of each node that is nested in no other."""
    index = index_subjects(triples)
    embedded = {
        triple.object
        for subject, about in index.items()
        for triple in about
        if not isinstance(triple.object, Literal) and is_nested(triple.object, _document(subject))
    }
    roots = [node for node in index if node not in embedded]
    trees = [make_tree(index, node, context) for node in roots]
    return {"@context": context.json(), "@graph": trees}


def _document(node: Node) -> str:
    return document_of(node) if isinstance(node, NamedNode) else ""


def make_tree(index: Index, root: Node, context: Context) -> dict[str, Json]:
    """Make the tree of a node: its properties by their short names, nested nodes as objects, others as references."""
    document = _document(root)

    def tree(node: Node, above: tuple[Node, ...]) -> dict[str, Json]:
        made: dict[str, Json] = {} if isinstance(node, BlankNode) else {ID: _id(node, context)}
        inner = (*above, node)

        def embed(value: Node) -> Json:
            if value == RDF.nil or _is_list(index, value):
                return {"@list": [_plain(item, context, embed) for item in _items(index, value)]}
            if value in index and value not in inner and is_nested(value, document):
                return tree(value, inner)
            return {ID: _id(value, context)}

        for triple in index.get(node, ()):
            if triple.predicate == RDF.type:
                _add(made, "@type", _term(triple.object, context))
            else:
                _place(made, triple, context, embed)
        return made

    return tree(root, ())


def _place(made: dict[str, Json], triple: Triple, context: Context, embed: Callable[[Node], Json]) -> None:
    """Put a value under the short name of its property if it has the kind that the name stands for, else its CURIE."""
    term = context.terms.get(triple.predicate.value)
    value = triple.object
    if term is None or not _fits(value, term.coercion):
        _add(made, _shorten(triple.predicate.value, context), _plain(value, context, embed))
    elif isinstance(value, Literal) and term.coercion == LANGUAGE:
        _add(made.setdefault(term.name, {}), value.language or "", value.value)
    elif isinstance(value, Literal):
        _add(made, term.name, _native(value) if term.coercion else _plain(value, context, embed))
    else:
        _add(made, term.name, _reference(embed(value), term.coercion))  # type: ignore[arg-type]


def _shorten(iri: str, context: Context) -> str:
    """Give the CURIE of a property, or its IRI."""
    short = shorten_iri(iri, context.prefixes)
    return iri if short.startswith("<") else short


def _fits(value: object, coercion: str | None) -> bool:
    if not isinstance(value, Literal):
        return coercion in (ID, None)
    if coercion is None:
        return True
    return bool(value.language) if coercion == LANGUAGE else value.datatype.value == coercion


def _reference(made: Json, coercion: str | None) -> Json:
    return made[ID] if coercion == ID and list(made) == [ID] else made


def _plain(value: object, context: Context, embed: Callable[[Node], Json]) -> Json:
    """Write a value so that it needs no coercion to be read."""
    if not isinstance(value, Literal):
        return embed(value)  # type: ignore[arg-type]
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == XSD.string:
        return value.value
    return {"@value": _native(value), "@type": _term(value.datatype, context)}


def _native(literal: Literal) -> Json:
    return _NATIVE.get((literal.datatype, literal.value), literal.value)


def _add(made: dict[str, Json], name: str, value: Json) -> None:
    if name not in made:
        made[name] = value
    elif isinstance(made[name], list):
        made[name].append(value)
    else:
        made[name] = [made[name], value]


def _id(node: Node, context: Context) -> str:
    if isinstance(node, BlankNode):
        return f"_:{node.value}"
    return _shorten(node.value, context)


def _term(term: object, context: Context) -> str:
    assert isinstance(term, NamedNode)
    known = context.terms.get(term.value)
    return known.name if known else _shorten(term.value, context)


def _is_list(index: Index, node: Node) -> bool:
    return isinstance(node, BlankNode) and any(triple.predicate == RDF.first for triple in index.get(node, ()))


def _items(index: Index, node: Node) -> list[object]:
    items: list[object] = []
    while node != RDF.nil:
        links = {triple.predicate: triple.object for triple in index[node]}
        items.append(links[RDF.first])
        node = links[RDF.rest]  # type: ignore[assignment]
    return items
