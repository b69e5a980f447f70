"""Read a shapes graph: what a node says, its lists, its property paths, and the named shape that a node belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.iris import shorten_iri
from migragraph.namespaces import RDF, SH

__all__ = [
    "Resource",
    "Shapes",
    "Term",
    "copy_path",
    "find_parents",
    "index_shapes",
    "list_members",
    "name_shape",
    "objects",
    "read_path",
    "write_path",
]

Resource: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal
Shapes: TypeAlias = Mapping[Resource, Mapping[NamedNode, list[Term]]]

RDF_FIRST, RDF_REST, RDF_NIL = RDF["first"], RDF["rest"], RDF["nil"]
# https://www.w3.org/TR/shacl/#property-paths, and how SPARQL writes each: https://www.w3.org/TR/sparql11-query/#propertypaths
# A node that is several of them is read as the first (W3C case core/path/path-strange-001).
PATHS: Mapping[NamedNode, str] = {
    RDF_FIRST: "/",
    SH["inversePath"]: "^",
    SH["alternativePath"]: "|",
    SH["zeroOrMorePath"]: "*",
    SH["oneOrMorePath"]: "+",
    SH["zeroOrOnePath"]: "?",
}


def index_shapes(triples: Iterable[Triple]) -> Shapes:
    """Group the triples by subject and predicate, each triple once, in the order given."""
    index: dict[Resource, dict[NamedNode, dict[Term, None]]] = {}
    for subject, predicate, value in triples:
        if isinstance(subject, NamedNode | BlankNode) and isinstance(value, NamedNode | BlankNode | Literal):
            index.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    return {
        subject: {predicate: list(values) for predicate, values in facts.items()} for subject, facts in index.items()
    }


def objects(shapes: Shapes, subject: Term, *predicates: NamedNode) -> list[Term]:
    """List the objects that a node has for these predicates."""
    facts = {} if isinstance(subject, Literal) else shapes.get(subject, {})
    return [value for predicate in predicates for value in facts.get(predicate, [])]


def list_members(shapes: Shapes, head: Term) -> list[Term] | None:
    """Give the members of an RDF list, or None where it is no well-formed list."""
    members: list[Term] = []
    seen: set[Term] = set()
    while head != RDF_NIL:
        first, rest = objects(shapes, head, RDF_FIRST), objects(shapes, head, RDF_REST)
        if head in seen or len(first) != 1 or len(rest) != 1:
            return None
        seen.add(head)
        members += first
        head = rest[0]
    return members


def find_parents(shapes: Shapes) -> dict[Term, Resource]:
    """Give for each node one that points to it: a blank node in a well-formed shapes graph has one only."""
    return {value: subject for subject, facts in shapes.items() for values in facts.values() for value in values}


def name_shape(parents: Mapping[Term, Resource], node: Term | None) -> str | None:
    """Give the IRI of the shape that this node is or is nested in, and None where no named node leads to it."""
    seen: set[Term] = set()
    while isinstance(node, BlankNode) and node not in seen:
        seen.add(node)
        node = parents.get(node)
    return node.value if isinstance(node, NamedNode) else None


def read_path(shapes: Shapes, path: Term) -> tuple[str, list[Term]]:
    """Take a path expression apart: its operator as SPARQL writes it, and its parts; no operator where it is none."""
    for predicate, operator in PATHS.items():
        if inner := objects(shapes, path, predicate):
            if operator in "/|":
                return operator, list_members(shapes, path if operator == "/" else inner[0]) or []
            return operator, inner[:1]
    return "", []


def write_path(shapes: Shapes, path: Term, prefixes: Mapping[str, str], *, nested: bool = False) -> str:
    """Write a well-formed property path as SPARQL does, with CURIEs."""
    if isinstance(path, NamedNode):
        return shorten_iri(path.value, prefixes)
    operator, parts = read_path(shapes, path)
    inner = [write_path(shapes, part, prefixes, nested=True) for part in parts]
    signs = {"^": f"^{inner[0]}", "/": "/".join(inner), "|": "|".join(inner)}
    text = signs.get(operator, f"{inner[0]}{operator}")
    return f"({text})" if nested else text


def copy_path(shapes: Shapes, path: Resource, labels: Iterator[BlankNode]) -> tuple[Resource, list[Triple]]:
    """Copy a path as a tree with blank nodes of its own, as https://www.w3.org/TR/shacl/#results-path asks for."""
    if isinstance(path, NamedNode):
        return path, []
    operator, parts = read_path(shapes, path)
    copies = [copy_path(shapes, part, labels) for part in parts if not isinstance(part, Literal)]
    triples = [triple for _, inner in copies for triple in inner]
    heads = [head for head, _ in copies]
    target = heads[0]
    if operator in "/|":
        target, cells = _write_list(heads, labels)
        triples += cells
    if operator == "/":
        return target, triples
    node = next(labels)
    predicate = next(predicate for predicate, sign in PATHS.items() if sign == operator)
    return node, [Triple(node, predicate, target), *triples]


def _write_list(members: Sequence[Resource], labels: Iterator[BlankNode]) -> tuple[Resource, list[Triple]]:
    cells: list[Resource] = [*(next(labels) for _ in members), RDF_NIL]
    triples = []
    for cell, rest, member in zip(cells, cells[1:], members, strict=False):
        triples += [Triple(cell, RDF_FIRST, member), Triple(cell, RDF_REST, rest)]
    return cells[0], triples
