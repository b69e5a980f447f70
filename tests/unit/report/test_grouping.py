"""Grouping: what says the same stands together, the gravest first."""

from __future__ import annotations

from tests.unit.report import ROOT, finding

from migragraph.report import Severity
from migragraph.report.grouping import group_alike, group_by_file


def test_findings_that_differ_in_their_node_and_value_alone_are_alike() -> None:
    found = [
        finding(focus="_:a", line=1),
        finding(focus="_:b", value='"1"', line=2),
        finding(message="Another.", line=3),
    ]
    assert [len(group.findings) for group in group_alike(found)] == [2, 1]


def test_the_gravest_come_first_then_those_that_stand_first() -> None:
    found = [
        finding(severity=Severity.INFO, line=1),
        finding(message="b", line=2),
        finding(severity=Severity.WARNING, line=3),
        finding(message="a", line=4),
    ]
    assert [group.first.line for group in group_alike(found)] == [2, 4, 3, 1]


def test_groups_do_not_reach_over_files() -> None:
    found = [finding(file=ROOT / "a.ttl"), finding(file=ROOT / "b.ttl"), finding()]
    assert [(file and file.name, len(groups)) for file, groups in group_by_file(found)] == [
        ("a.ttl", 1),
        ("b.ttl", 1),
        (None, 1),
    ]
