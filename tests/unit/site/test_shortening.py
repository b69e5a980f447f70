"""Where a long text is cut: between words, and never so that it says another number or date."""

from __future__ import annotations

import pytest

from migragraph.site.charts.lettering import measure_text, wrap_text
from migragraph.site.shortening import shorten_text

CASES = [
    ("a text that fits", 16, "a text that fits"),
    ("a text that is cut between words", 20, "a text that is cut…"),
    ("a text that is cut between words", 19, "a text that is cut…"),
    ("a text that is cut between words", 18, "a text that is…"),
    ("the market, and others", 14, "the market…"),
    ("abcdef", 4, "abc…"),
    ("abcdef", 1, "…"),
    ("a note on 650,000 workers", 14, "a note on…"),
    ("a note on 19 000 000 workers", 17, "a note on…"),
    ("a note on 19 billion dollars", 15, "a note on…"),
    ("about 1200000000", 12, "about…"),
    ("東京1200年史", 5, "東京…"),
    ("Work under contract, July 2024", 28, "Work under contract…"),
    ("Work under contract, July 2024", 26, "Work under contract…"),
    ("Meeting, 16 July 2024, in Hanoi", 14, "Meeting…"),
    ("Meeting, 16 July 2024, in Hanoi", 23, "Meeting, 16 July 2024…"),
    ("Meeting, 16 to 18 July 2024", 20, "Meeting…"),
    ("Meeting, July 16-18, 2024, in Hanoi", 24, "Meeting…"),
    ("The workers may 2024 or not", 15, "The workers…"),
    ("Hội nghị, tháng 11 năm 2023", 24, "Hội nghị…"),
    ("Hội nghị, ngày 5 tháng 11 năm 2023", 19, "Hội nghị…"),
    ("Hội nghị, 5 tháng 11 năm 2023, ở Hà Nội", 34, "Hội nghị, 5 tháng 11 năm 2023, ở…"),
    ("Kết quả của năm 2023 và 2024", 17, "Kết quả của…"),
]


@pytest.mark.parametrize(("text", "length", "expected"), CASES)
def test_a_text_is_cut_between_words_and_not_in_a_number_or_a_date(text: str, length: int, expected: str) -> None:
    assert shorten_text(text, length) == expected
    assert len(expected) <= length


@pytest.mark.parametrize("length", range(12, 31))
def test_a_label_in_a_drawing_keeps_its_date_whole_or_not_at_all(length: int) -> None:
    (line,) = wrap_text("Networks, 16 July 2024, Hanoi", measure_text("n" * length), lines=1)
    assert line in {"Networks…", "Networks, 16 July 2024…", "Networks, 16 July 2024, Hanoi"}


@pytest.mark.parametrize("text", ["n" * 5000, "n 12 " * 1000, "\u0301" * 500, "a\u0301\u0302\u0303" * 500, ""])
def test_a_text_of_any_length_fits_its_lines(text: str) -> None:
    wrapped = wrap_text(text, 100, lines=3)
    assert len(wrapped) <= 3
    assert max(map(measure_text, wrapped)) <= 100
