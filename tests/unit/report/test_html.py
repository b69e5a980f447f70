"""The page: it needs nothing but itself, nothing in a finding becomes markup, and it is sound for assistive tools."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from tests.unit.report import FULL, PREFIXES, REPORTS_OF_ANYTHING, ROOT, finding

from migragraph.report import Report, Severity, render_html
from migragraph.wrapping import show_line

VOID = {"meta"}


class Page(HTMLParser):
    """What a page is made of; every element that is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_a_finding_is_shown_with_its_line_value_shape_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "law.ttl"
    path.write_text("ex:law a ex:Law ;\n  ex:number ex:x .\n")
    facts = {"file": path, "line": 2, "column": 3, "end_column": 12}
    one = finding(**(FULL.__dict__ | facts))
    page = Page(render_html(Report(findings=(one,), prefixes=PREFIXES, notes=("A note.",)), start=tmp_path))
    assert (
        "law.ttl 1 violation Violation: must be mended A law has a number. What to do: Add one. "
        "Property ex:number Shape ex:LawShape-number Line 2 , column 3 ex:number ex:x . About ex:law Value ex:x"
    ) in page.text
    assert "1 violation: must be mended 0 warnings: should be mended 0 infos: good to know Note: A note." in page.text
    assert "mark" in dict(page.elements)


def test_a_good_project_has_nothing_to_mend() -> None:
    assert Page(render_html(Report(findings=(), checked="1 triple"), start=ROOT)).text.endswith(
        "Checked: 1 triple There is nothing to mend."
    )


def test_alike_findings_share_their_advice_and_files_are_listed_on_top() -> None:
    found = tuple(finding(file=ROOT / name, line=line, advice="Mend it.") for name in "ab" for line in (1, 2))
    page = Page(render_html(Report(findings=found), start=ROOT))
    assert page.text.count("What to do: Mend it.") == 2
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    anchors = [attributes["id"] for tag, attributes in page.elements if "id" in attributes]
    assert links == [f"#{anchor}" for anchor in anchors]


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    text = render_html(Report(findings=(FULL,)), start=ROOT)
    tags = {tag for tag, _ in Page(text).elements}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    assert not re.search(r"url\(|@import|\bon\w+=|src=", text)
    assert "default-src 'none'" in text


def test_headings_go_down_by_one_and_the_page_has_a_language_and_a_title() -> None:
    page = Page(render_html(Report(findings=(FULL, finding(severity=Severity.INFO))), start=ROOT))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels == [1, 2, 3, 2, 3]
    assert ("html", {"lang": "en"}) in page.elements
    assert [tag for tag, _ in page.elements].count("main") == 1
    assert "title" in dict(page.elements)


@given(REPORTS_OF_ANYTHING)
def test_nothing_in_a_finding_becomes_markup(report: Report) -> None:
    page = Page(render_html(report, start=ROOT))
    plain = Page(render_html(Report(findings=()), start=ROOT))
    allowed = {tag for tag, _ in plain.elements} | {"nav", "a", "section", "h2", "h3", "ol", "dl", "dt", "dd", "pre"}
    assert {tag for tag, _ in page.elements} <= allowed | {"code", "mark", "strong", "details", "summary"}
    assert all(" ".join(show_line(one.message).split()) in page.text for one in report.findings)
