"""The page of the validation: its sum in the language of the page, and in English what is there in English only."""

from __future__ import annotations

import pytest
from tests.unit.site import Reader

from migragraph.dataset import Dataset
from migragraph.report import Finding, Report, Severity
from migragraph.site import Site
from migragraph.site.models import fill

FOUND = Finding(kind="terms", rule="unknown", message="`a:b` is no term.", severity=Severity.INFO)
REPORT = Report(
    findings=(FOUND,) * 2,
    checked="no words of a page",
    triples=43871,
    files=113,
    checks=("syntax", "terms", "evidence"),
    notes=("A note.",),
)


@pytest.mark.parametrize(
    ("language", "told", "marked"),
    [
        (
            "en",
            (
                "Violations: 0 · Warnings: 0 · Good to know: 2",
                "Triples: 43,871; files: 113; checked: syntax, terms, evidence.",
                "Good to know (2)",
            ),
            0,
        ),
        (
            "vi",
            (
                "Vi phạm: 0 · Cảnh báo: 0 · Nên biết: 2",
                "Số bộ ba: 43.871; số tệp: 113; nội dung kiểm tra: cú pháp, thuật ngữ, bằng chứng.",
                "Nên biết (2)",
            ),
            2,
        ),
    ],
)
def test_the_sum_of_a_validation_is_in_the_language_of_the_page(
    dataset: Dataset, language: str, told: tuple[str, ...], marked: int
) -> None:
    site = Site(dataset, lambda: REPORT)
    (view,) = [view for view in site.views if view.path == "model/validation"]
    page = site.page(view.path, language)
    text = site.render(view.template, page, view=view, **fill(site, view, page)).decode()
    read = Reader(text)
    assert [part for part in told if part not in read.text] == []
    assert REPORT.checked not in read.text
    assert text.count("<code>a:b</code> is no term.") == 1
    # The note and the message.
    assert text.partition("<main")[2].partition("</main>")[0].count('<span lang="en">') == marked
