"""A header says what a query is, to us and to grlc, and a wrong one is told with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from migragraph.errors import QueryError
from migragraph.queries import Column, Parameter
from migragraph.queries.header import MAX_LENGTH, Header, read_header

GOOD = """\
#!/usr/bin/env -S migragraph query
#+ title:
#+   en: "Figures: who says them"
#+   vi: Số liệu theo người nêu
#+ question:
#+   en: &question Which figures does a speaker give?
#+   vi: Một người phát biểu nêu những số liệu nào?
#+ summary: *question
#+ description: >-
#+   One row for each figure,
#+   hedge included.
#+ tags: [statistics, speakers]
#+ method: GET
#+ params:
#+   speaker:
#+     type: iri
#+     description: The speaker.
#+   since:
#+     type: date
#+     description: The first day.
#+   sex:
#+     type: string
#+     description: The sex.
#+ defaults:
#+   - since: "2024-01-01"
#+   - sex: F
#+ enumerate:
#+   - sex:
#+     - F
#+     - M
#+ columns:
#+   figure: The figure.
#+   value: Its value.
# A comment of the author, no header.
SELECT ?figure ?value WHERE { ?figure ?_speaker_iri ?value }
"""


def read(text: str) -> Header:
    header = read_header(text, "queries/a.rq")
    assert header is not None
    return header


def test_a_header_describes_the_query() -> None:
    header = read(GOOD)
    assert header.title == {"en": "Figures: who says them", "vi": "Số liệu theo người nêu"}
    assert header.question["vi"] == "Một người phát biểu nêu những số liệu nào?"
    assert header.description == "One row for each figure, hedge included."
    assert header.tags == ("statistics", "speakers")
    assert header.parameters == (
        Parameter("speaker", "iri", "The speaker.", "_speaker_iri"),
        Parameter("since", "date", "The first day.", "_since_xsd_date", "2024-01-01"),
        Parameter("sex", "string", "The sex.", "_sex", "F", ("F", "M")),
    )
    assert header.columns == (Column("figure", "The figure."), Column("value", "Its value."))


def test_windows_line_ends_are_read() -> None:
    assert read(GOOD.replace("\n", "\r\n")) == read(GOOD)


def test_a_query_may_have_no_header() -> None:
    assert read_header("# title: none\nSELECT * {}", None) is None


def read_as_grlc(text: str) -> Mapping[str, Any]:
    """Read decorators as grlc's documentation says: the lines that begin with `#+`, without it, are YAML."""
    lines = (line.removeprefix("#+") for line in text.split("\n") if line.startswith("#+"))
    decorators: Mapping[str, Any] = yaml.safe_load("\n".join(lines))
    return decorators


def test_grlc_reads_it() -> None:
    decorators = read_as_grlc(GOOD)
    assert decorators["summary"] == "Which figures does a speaker give?"
    assert decorators["description"] == "One row for each figure, hedge included."
    assert decorators["tags"] == ["statistics", "speakers"]
    assert decorators["defaults"] == [{"since": "2024-01-01"}, {"sex": "F"}]
    assert decorators["enumerate"] == [{"sex": ["F", "M"]}]
    assert not decorators.keys() & {"parameters", "query", "type", "variables", "original_query"}, (
        "grlc sets these itself"
    )


def change(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


FAULTS = [
    (change("#+ tags: [statistics, speakers]", "#+ tags: [statistics"), "the header is not YAML", 13),
    (change('"Figures: who says them"', "Figures: who says them"), "the header is not YAML", 3),
    (change("#+ method: GET", "#+ \x07"), "the header is not YAML", 2),
    (change("#+ method: GET", "#+ methd: GET"), "an unknown key 'methd'", 13),
    (change("#+ method: GET", "#+ descriptoin: x"), "Is it 'description'?", 13),
    (change("#+ method: GET", "#+ tags: [a]"), "'tags' stands here twice", 13),
    (change("#+ summary: *question", "#+ summary: Something else"), "the summary is not the question", 8),
    (change("#+ summary: *question\n", ""), "no 'summary'", 2),
    (change("#+   vi: Số liệu theo người nêu", "#+   vi: 2023"), "there is no text here", 4),
    (change("#+   vi: Số liệu theo người nêu", "#+   vi: ''"), "the text is empty", 4),
    (change("#+   vi: Số liệu theo người nêu", "#+   vi:"), "there is no text here", 4),
    (change("#+     type: iri", "#+     type: uri"), "there is no type 'uri'", 16),
    (change("#+     type: iri\n", ""), "needs type and description", 16),
    (change("#+     type: iri", "#+     type: iri\n#+     default: a"), "needs type and description", 16),
    (change("#+   speaker:", "#+   the-speaker:"), "not letters and digits alone", 16),
    (change('"2024-01-01"', "2024-01-01"), "there is no text here", 25),
    (change('"2024-01-01"', '"1 January"'), "'1 January' is no value of the parameter 'since'", 19),
    (change("#+   - sex: F\n", "#+   - sex: X\n"), "'X' is no value of the parameter 'sex'", 22),
    (change("#+   - sex: F\n", "#+   - speaker: person:a\n"), "an IRI in full", 16),
    (change("#+   - sex: F\n", "#+   - gender: F\n"), "speaks of 'gender'", 26),
    (change("#+   - sex: F\n", "#+   - sex\n"), "something else where `name: value` belongs", 26),
    (change("#+ tags: [statistics, speakers]", "#+ tags: statistics"), "something else where a list belongs", 12),
    (change("#+ columns:\n", "#+ columns: [a]\n#+ pagination:\n"), "something else where `name: value` belongs", 31),
    ("#+\nSELECT * {}", "the header is empty", 1),
    ("#+ - a\nSELECT * {}", "something else where `name: value` belongs", 1),
    ("SELECT * {}\n#+ title: {en: a}", "no 'question'", 2),
    ("#+ " + "[" * MAX_LENGTH, "At most 8,000 characters", 1),
    ("#+ " + "[" * (MAX_LENGTH - 10), "the header is not YAML", 1),
]


@pytest.mark.parametrize(("text", "message", "line"), FAULTS)
def test_a_fault_names_its_line(text: str, message: str, line: int) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        read_header(text, "queries/a.rq")
    assert caught.value.place == f"queries/a.rq:{line}"
    assert caught.value.advice
