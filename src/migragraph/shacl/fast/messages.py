"""What is said where a shape has no message of its own."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import SH
from migragraph.shacl.fast.model import Constraint

__all__ = ["write_message"]

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
        "MaxCount": "There are more than {count} values.",
        "MaxExclusive": "The value is not less than {value}.",
        "MaxInclusive": "The value is not less than or equal to {value}.",
        "MaxLength": "The value is longer than {count} characters.",
        "MinCount": "There are fewer than {count} values.",
        "MinExclusive": "The value is not greater than {value}.",
        "MinInclusive": "The value is not greater than or equal to {value}.",
        "MinLength": "The value is shorter than {count} characters.",
        "Node": "The value does not conform to its shape.",
        "NodeKind": "The value is not of the kind {value}.",
        "Not": "The value conforms to a shape that it must not conform to.",
        "Or": "The value conforms to none of the shapes listed.",
        "Pattern": "The value does not match {value}.",
        "QualifiedMaxCount": "More than {count} values conform to the shape.",
        "QualifiedMinCount": "Fewer than {count} values conform to the shape.",
        "UniqueLang": "Two values have the same language.",
        "Xone": "The value does not conform to exactly one of the shapes listed.",
    }.items()
}


def write_message(constraint: Constraint) -> Literal:
    """Say in English what a constraint asks for."""
    text = MESSAGES.get(constraint.component, "The node does not conform.")
    members = ", ".join(member.value for member in constraint.members)
    return Literal(text.format(value=constraint.value, count=constraint.count, members=members))
