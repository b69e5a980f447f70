"""Advice: a result of SHACL says what to do by the constraint that it breaks."""

from __future__ import annotations

import pytest
from tests.unit.report import finding

from migragraph.report.advice import ADVICE, advise

SH = "http://www.w3.org/ns/shacl#"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"component": f"{SH}MinCountConstraintComponent", "path": "ex:p"},
            "Add ex:p: there are too few values of it.",
        ),
        ({"component": f"{SH}ClosedConstraintComponent"}, ADVICE["Closed"].replace("{path}", "the property")),
        ({"component": f"{SH}SPARQLConstraintComponent"}, None),
        ({"component": f"{SH}MinCountConstraintComponent", "advice": "Its own."}, "Its own."),
        ({"advice": "Its own."}, "Its own."),
        ({}, None),
    ],
)
def test_a_finding_has_its_own_advice_or_that_of_its_component(facts: dict[str, str], expected: str | None) -> None:
    assert advise(finding(**facts)) == expected


def test_every_advice_is_a_sentence() -> None:
    assert all(text[0].isupper() and text.endswith(".") for text in ADVICE.values())
