"""The disagreements are listed a block for each point: the sides with their words, and which is preferred and why."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from migragraph.cli.disagreements import LISTED_KINDS, LISTING_FORMATS
from migragraph.consistency import KINDS
from migragraph.explain import DIFFERENCES
from migragraph.explain.differences import ASKED
from migragraph.layout import bundled_root
from migragraph.project import Project

Call = Callable[..., tuple[int, str, str]]

DATES = """
@prefix event: <https://example.org/town/event/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix reference: <https://example.org/town/reference/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
event:feast a mg:Event ; rdfs:label "=Feast"@en ; schema:startDate "2020"^^xsd:gYear, "2021"^^xsd:gYear ;
    skos:altLabel "Feast"@en, "Banquet"@en .
"""

# The sides of a point stand together: each with value, hedge, phrase, source and speaker; then which is preferred.
BLOCKS = {
    "figures of one indicator": (
        "1. members of a body, indicator:members; Bali Process; countries and organisations; World",
        "value: one side says less exactly what the other says",
        "- more than 45 members, observation:members-bali-process-2024-07-baoquocte-278827-en",
        "“involving more than 45 member countries and organizations”",
        "- 49 members, observation:members-undated-bali-process-about referenced The Bali Process on itself",
        "none is preferred",
    ),
    "a hedge that one place drops": (
        "2. Vietnamese workers abroad under contract, July 2024, observation:contract-workers-abroad-2024-07-",
        "- approximately 650,000 people (preferred) stated, says Phan Thi Minh Giang",
        "“Currently, there are approximately 650,000 Vietnamese workers employed abroad under contract”",
        "- 650,000 people stated “650,000 Vietnamese workers abroad”",
        "Words that leave the hedge out do not make the figure exact.",
    ),
    "dates that cannot both be so": (
        "Working Group of the Bali Process on criminal networks, actor:bali-process-working-group",
        "founding date: the sides cannot all be so",
        "- 2009 stated “the Working Group (established in 2009)”",
        "- 2014 referenced The Bali Process on its Working Group",
        "none is preferred",
    ),
    "a date that says more exactly": (
        "date (passed): one side says less exactly what the other says",
        "- 13 November 2020 (preferred)",
        "- 2020 stated, says Kendra Rinas",
        "It says more exactly what the other says.",
    ),
    "actors who may act for one another": (
        "brought about by (signed): the sides can all be so",
        "- Prime Minister of Viet Nam stated, says Phan Thi Minh Giang",
        "- Pham Binh Minh referenced",
        "none is preferred",
    ),
}


def list_rows(call: Call, *arguments: str | Path) -> list[dict[str, str]]:
    code, out, err = call("disagreements", "--format", "csv", *arguments)
    assert (code, err) == (0, "")
    return list(csv.DictReader(io.StringIO(out)))


@pytest.fixture
def disputed(project_copy: Path) -> Path:
    """Give the small project with a feast that has two dates and two names."""
    (project_copy / "data" / "dates.ttl").write_text(DATES, encoding="utf-8")
    return project_copy


def test_the_names_offered_are_those_of_the_library() -> None:
    assert set(LISTED_KINDS) == set(KINDS)
    assert set(LISTING_FORMATS) == set(DIFFERENCES)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_all_its_sides(name: str, call: Call) -> None:
    code, out, err = call("disagreements", "--project", bundled_root())
    assert (code, err) == (0, "")
    assert max(len(line) for line in out.splitlines() if "https://" not in line) <= 100
    (block,) = [
        text for one in out.split("\n\n") if all(part in (text := " ".join(one.split())) for part in BLOCKS[name])
    ]
    places = [block.index(part) for part in BLOCKS[name]]
    assert places == sorted(places)


def test_lines_are_as_wide_as_the_terminal(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = call("disagreements", "--kind", "date")[1]
    monkeypatch.setenv("COLUMNS", "60")
    assert call("disagreements", "--kind", "date")[1] == piped
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = call("disagreements", "--kind", "date")[1]
    assert piped.split() == shown.split()
    assert 50 < max(len(line) for line in shown.splitlines() if "://" not in line) <= 60


def test_the_table_joins_the_sides_of_each_point(call: Call) -> None:
    rows = list_rows(call, "--project", bundled_root())
    found = Project.load(bundled_root()).disagreements()
    points = [one for one in found if one.kind != "name"]
    assert {row["number"] for row in rows} == {str(number) for number in range(1, len(points) + 1)}
    for number, one in enumerate(points, 1):
        own = [row for row in rows if row["number"] == str(number)]
        assert {(row["kind"], row["relation"]) for row in own} == {(one.kind, one.relation.value)}
        assert len({(row["thing"], row["value"], row["hedge"]) for row in own}) == len(one.sides)
        assert {row["phrase"] for row in own} - {""} == {phrase for side in one.sides for phrase in side.phrases}
        assert {row["preferred"] for row in own} == ({"true", "false"} if one.preferred else {"false"})
        assert {row["reason"] for row in own if row["preferred"] == "true"} == (
            {one.reason} if one.preferred else set()
        )
    figures = {(row["value"], row["hedge"]) for row in rows if row["number"] == "1"}
    assert figures == {("45", "more than"), ("49", "exact")}
    assert {"by 2024-12-18", "2024-11-28"} <= {row["value"] for row in rows}


def test_kinds_are_chosen_and_names_stand_apart(call: Call, disputed: Path) -> None:
    kinds = {kind: list_rows(call, "--project", bundled_root(), "--kind", kind) for kind in KINDS}
    assert all({row["kind"] for row in rows} == {kind} for kind, rows in kinds.items())
    without = call("disagreements", "--project", disputed)[1]
    assert "Banquet" not in without
    assert without.endswith("\n\nNames that are printed in several forms: 1. `--kind name` lists them.\n")
    both = call("disagreements", "--project", disputed, "--kind", "name", "--kind", "date")[1]
    assert both.index("- 2021 (without support)") < both.index("- Banquet (without support)")
    assert "--kind name" not in both
    assert tuple(kind for kind in KINDS if kind != "name") == ASKED


def test_json_has_the_fields_of_the_classes(call: Call, disputed: Path) -> None:
    found = json.loads(call("disagreements", "--project", disputed, "--format", "json")[1])
    assert found["names_left_out"] == 1
    (point,) = found["points"]
    assert point["about"]["curie"] == "event:feast"
    assert point["dispute"]["relation"] == "contradicts"
    assert [(side["value"], side["is_preferred"]) for side in point["dispute"]["sides"]] == [
        ("2020", False),
        ("2021", False),
    ]


def test_markdown_escapes_and_vietnamese_speaks_vietnamese(call: Call, disputed: Path) -> None:
    (disputed / "data" / "dates.ttl").write_text(DATES.replace("=Feast", "*Feast*"), encoding="utf-8")
    out = call("disagreements", "--project", disputed, "--format", "md", "--lang", "vi")[1]
    assert out.startswith("## 1. \\*Feast\\*, event:feast\n\nbắt đầu: các bên không thể cùng đúng\n\n- **2020 (")
    assert "\nkhông bên nào được ưu tiên\n" in out


def test_a_spreadsheet_runs_nothing_of_the_table(call: Call, disputed: Path) -> None:
    assert Counter(row["label"] for row in list_rows(call, "--project", disputed)) == {"'=Feast": 2}


def test_nothing_disagrees(call: Call, project_copy: Path) -> None:
    assert call("disagreements", "--project", project_copy) == (0, "Nothing disagrees.\n", "")
    assert list_rows(call, "--project", project_copy) == []
