"""What the values of each SHACL parameter are to be: https://www.w3.org/TR/shacl/#syntax-rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from migragraph.namespaces import RDF, SH, XSD
from migragraph.shacl.shapes import Shapes, Term, list_members

__all__ = ["NEEDS_PATH", "RULES", "Rule"]

NODE_KINDS = {
    SH[kind] for kind in ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
}
INTEGERS = {
    XSD[name]
    for name in (
        "integer", "nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte",
        "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
STRINGS = {XSD["string"], RDF["langString"]}
# A node shape cannot have these: they compare or count the values of a path. Of sh:qualifiedMinCount and its kin the
# W3C case core/node/qualified-001 says that it may have them.
NEEDS_PATH = tuple(SH[name] for name in ("lessThan", "lessThanOrEquals", "maxCount", "minCount", "uniqueLang"))


class Rule(NamedTuple):
    """Say what the values of a parameter are to be, how to tell, and whether it may have several."""

    expected: str
    holds: Callable[[Shapes, Term], bool]
    repeats: bool = False


def _is_iri(_: Shapes, term: Term) -> bool:
    return isinstance(term, NamedNode)


def _is_node(_: Shapes, term: Term) -> bool:
    return not isinstance(term, Literal)


def _is_iri_or_literal(_: Shapes, term: Term) -> bool:
    return not isinstance(term, BlankNode)


def _is_literal(_: Shapes, term: Term) -> bool:
    return isinstance(term, Literal)


def _is_text(_: Shapes, term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype in STRINGS


def _is_count(_: Shapes, term: Term) -> bool:
    return (
        isinstance(term, Literal) and term.datatype in INTEGERS and re.fullmatch(r"\+?[0-9]+", term.value) is not None
    )


def _is_boolean(_: Shapes, term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype == XSD["boolean"] and term.value in {"true", "false", "1", "0"}


def _is_node_kind(_: Shapes, term: Term) -> bool:
    return term in NODE_KINDS


def _is_list(shapes: Shapes, term: Term) -> bool:
    return list_members(shapes, term) is not None


def _is_list_of_iris(shapes: Shapes, term: Term) -> bool:
    members = list_members(shapes, term)
    return members is not None and all(_is_iri(shapes, member) for member in members)


def _is_list_of_texts(shapes: Shapes, term: Term) -> bool:
    members = list_members(shapes, term)
    return members is not None and all(_is_text(shapes, member) for member in members)


def _is_list_of_nodes(shapes: Shapes, term: Term) -> bool:
    members = list_members(shapes, term)
    return bool(members) and all(_is_node(shapes, member) for member in members or [])


COUNT = Rule("one whole number, 0 or more", _is_count)
BOOLEAN = Rule("one boolean, true or false", _is_boolean)
IRIS = Rule("an IRI", _is_iri, repeats=True)
NODES = Rule("an IRI or a blank node", _is_node, repeats=True)
BOUND = Rule("one literal", _is_literal)
TEXTS = Rule("a string", _is_text, repeats=True)
SHAPE_LIST = Rule("a list of shapes", _is_list_of_nodes, repeats=True)

RULES: Mapping[NamedNode, Rule] = {
    SH[name]: rule
    for name, rule in {
        "and": SHAPE_LIST,
        "class": IRIS,
        "closed": BOOLEAN,
        "datatype": Rule("one IRI", _is_iri),
        "deactivated": BOOLEAN,
        "disjoint": IRIS,
        "equals": IRIS,
        "flags": Rule("one string", _is_text),
        "ignoredProperties": Rule("one list of IRIs", _is_list_of_iris),
        "in": Rule("one list", _is_list),
        "languageIn": Rule("one list of language tags", _is_list_of_texts),
        "lessThan": IRIS,
        "lessThanOrEquals": IRIS,
        "maxCount": COUNT,
        "maxExclusive": BOUND,
        "maxInclusive": BOUND,
        "maxLength": COUNT,
        "message": TEXTS,
        "minCount": COUNT,
        "minExclusive": BOUND,
        "minInclusive": BOUND,
        "minLength": COUNT,
        "node": NODES,
        "nodeKind": Rule("one of sh:IRI, sh:BlankNode, sh:Literal and their unions", _is_node_kind),
        "not": NODES,
        "or": SHAPE_LIST,
        "pattern": TEXTS,
        "property": NODES,
        "qualifiedMaxCount": COUNT,
        "qualifiedMinCount": COUNT,
        "qualifiedValueShape": NODES,
        "qualifiedValueShapesDisjoint": BOOLEAN,
        "severity": Rule("one IRI", _is_iri),
        "targetClass": IRIS,
        "targetNode": Rule("an IRI or a literal", _is_iri_or_literal, repeats=True),
        "targetObjectsOf": IRIS,
        "targetSubjectsOf": IRIS,
        "uniqueLang": BOOLEAN,
        "xone": SHAPE_LIST,
    }.items()
}
