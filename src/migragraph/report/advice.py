"""What to do about a result of SHACL, by the constraint that it breaks, where the finding itself does not say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from migragraph.iris import local_name
from migragraph.report.findings import Finding

__all__ = ["advise"]

# The components of https://www.w3.org/TR/shacl/#core-components; {path} is the property of the finding.
ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "Class": "Point to a thing of the class that the shape asks for, or give this one its type.",
        "Closed": "Remove {path}, or correct its name: the shape lists all properties that may be used.",
        "Datatype": "Write the value with the datatype that the shape asks for.",
        "Disjoint": "Remove the value from one of the two properties.",
        "Equals": "Give both properties the same values.",
        "HasValue": "Add the value that the shape asks for to {path}.",
        "In": "Use one of the values that the shape lists.",
        "LanguageIn": "Use one of the languages that the shape lists.",
        "LessThan": "Correct one of the two values, so that they stand in order.",
        "LessThanOrEquals": "Correct one of the two values, so that they stand in order.",
        "MaxCount": "Keep fewer values of {path}: there are too many.",
        "MaxExclusive": "Correct the value: the shape asks for a smaller one.",
        "MaxInclusive": "Correct the value: the shape asks for a smaller one.",
        "MaxLength": "Shorten the text.",
        "MinCount": "Add {path}: there are too few values of it.",
        "MinExclusive": "Correct the value: the shape asks for a greater one.",
        "MinInclusive": "Correct the value: the shape asks for a greater one.",
        "MinLength": "Write a longer text.",
        "NodeKind": "Write an IRI, a literal or a nested node, whichever the shape asks for.",
        "Not": "Change what the shape forbids.",
        "Or": "Make the node fit one of the shapes that it may have.",
        "Pattern": "Write the text in the form that the shape asks for.",
        "UniqueLang": "Keep one text of each language.",
        "Xone": "Make the node fit exactly one of the shapes that it may have.",
    }
)


def advise(finding: Finding) -> str | None:
    """Give what to do: the finding's own advice, or that for the component that its constraint is of."""
    if finding.advice is not None or finding.component is None:
        return finding.advice
    text = ADVICE.get(local_name(finding.component).removesuffix("ConstraintComponent"))
    return None if text is None else text.replace("{path}", finding.path or "the property")
