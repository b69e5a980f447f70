"""What is said where a shape has no message of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import SH
from migragraph.shacl.fast.model import Constraint, Shape
from migragraph.shacl.fast.terms import NONE, Ids, Terms
from migragraph.shacl.results import PLACEHOLDER

__all__ = ["write_messages"]

MESSAGES: Mapping[NamedNode, str] = {
    SH[f"{name}ConstraintComponent"]: text
    for name, text in {
        "And": "The value does not conform to all of the shapes listed.",
        "Class": "The value is not an instance of {value}.",
        "Closed": "The shape is closed, and does not know this property.",
        "Datatype": "The value is not a literal of {value}.",
        "Disjoint": "The value is one of {value} too.",
        "Equals": "The values are not those of {value}.",
        "HasValue": "{value} is not among the values.",
        "In": "The value is not in the list.",
        "LanguageIn": "The language of the value is none of {members}.",
        "LessThan": "The value is not less than that of {value}.",
        "LessThanOrEquals": "The value is not less than or equal to that of {value}.",
        "MaxCount": "The number of values is greater than {count}.",
        "MaxExclusive": "The value is not less than {value}.",
        "MaxInclusive": "The value is not less than or equal to {value}.",
        "MaxLength": "The value is longer than {count} characters.",
        "MinCount": "The number of values is less than {count}.",
        "MinExclusive": "The value is not greater than {value}.",
        "MinInclusive": "The value is not greater than or equal to {value}.",
        "MinLength": "The value is shorter than {count} characters.",
        "Node": "The value does not conform to its shape.",
        "NodeKind": "The value is not of the kind {value}.",
        "Not": "The value conforms to a shape that it must not conform to.",
        "Or": "The value conforms to none of the shapes listed.",
        "Pattern": "The value does not match {value}.",
        "QualifiedMaxCount": "The number of values that conform to the shape is greater than {count}.",
        "QualifiedMinCount": "The number of values that conform to the shape is less than {count}.",
        "UniqueLang": "Two values have the same language.",
        "Xone": "The value does not conform to exactly one of the shapes listed.",
    }.items()
}


def write_messages(
    terms: Terms, shape: Shape, constraint: Constraint, bindings: Mapping[str, Ids], row: int
) -> tuple[Literal, ...]:
    """Give the messages of a result: of the query, else of the shape, else one that says what is asked for."""
    own = constraint.query.messages if constraint.query else ()
    templates = own or shape.messages
    if not templates:
        return (_describe(constraint),)
    filled = {_fill(template, terms, bindings, row) for template in templates} if bindings else set(templates)
    return tuple(sorted(filled, key=str))


def _fill(template: Literal, terms: Terms, bindings: Mapping[str, Ids], row: int) -> Literal:
    """Put values in the place of {?variables}; one without a value stays as it is."""

    def get(found: re.Match[str]) -> str:
        number = int(bindings[found[1]][row]) if found[1] in bindings else NONE
        return found[0] if number == NONE else terms[number].value

    text = PLACEHOLDER.sub(get, template.value)
    return Literal(text, language=template.language) if template.language else Literal(text)


def _describe(constraint: Constraint) -> Literal:
    """Say in English what a constraint asks for."""
    text = MESSAGES.get(constraint.component, "The node does not conform.")
    members = ", ".join(member.value for member in constraint.members)
    return Literal(text.format(value=constraint.value, count=constraint.count, members=members))
