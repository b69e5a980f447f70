from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migragraph.passages import Span, find_phrase, fold, split_sentences

QUOTES = {"'": "'‘’", '"': '"“”'}
WORDS = st.text(alphabet="abcđẾậựÀ9.*+?()[]\\|^$-'\"", min_size=1, max_size=6)
SPACES = st.text(alphabet=" \n\t\u00a0\u2003", min_size=1, max_size=3)


def spell(word: str, choose: st.DataObject) -> str:
    """Write a word with other quotes, and with its letters composed or not."""
    quoted = "".join(choose.draw(st.sampled_from(QUOTES[letter])) if letter in QUOTES else letter for letter in word)
    return unicodedata.normalize("NFC" if choose.draw(st.booleans()) else "NFD", quoted)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(words=st.lists(WORDS, min_size=1, max_size=5), choose=st.data())
def test_a_phrase_is_found_however_it_is_spelt(words: list[str], choose: st.DataObject) -> None:
    spelt = "".join(spell(word, choose) + choose.draw(SPACES) for word in words)
    exact = choose.draw(SPACES) + "".join(spell(word, choose) + choose.draw(SPACES) for word in words)
    before, after = "«start» ", "«end»"
    text = before + spelt + after
    (span,) = find_phrase(text, exact, "«start»", "«end»")
    assert text[span.start : span.end] == spelt.rstrip()
    assert fold(text[span.start : span.end]) == fold(exact)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(text=st.text(alphabet="ab \n'’e\u0301\u0302ếé", max_size=12), exact=st.text(alphabet="ab '’éếe", max_size=4))
@example(text="ê\u0301", exact="ế")
@example(text="e\u0301", exact="e")
@example(text="aa", exact="")
def test_what_is_found_is_the_phrase(text: str, exact: str) -> None:
    for span in find_phrase(text, exact):
        assert fold(exact)
        assert fold(text[span.start : span.end]) == fold(exact)


@settings(deadline=None, derandomize=True)
@given(text=st.text(), exact=st.text(max_size=3))
def test_whatever_stands_in_the_text_is_found(text: str, exact: str) -> None:
    if fold(exact):
        assert find_phrase(f"{text} {exact} {text}", exact) or unicodedata.combining((text + " ")[0])


@pytest.mark.parametrize(
    ("text", "exact", "spans"),
    [
        ("one two one", "one", [(0, 3), (8, 11)]),
        ("one  \n two", "one two", [(0, 10)]),
        ("one two", "one  \n two", [(0, 7)]),
        ("“Viet Nam’s”", '"Viet Nam\'s"', [(0, 12)]),
        ("a.c abc", "a.c", [(0, 3)]),
        ("Abc", "abc", []),
        ("one", "two", []),
        ("", "one", []),
        ("one", "", []),
        ("one", " \n", []),
        ("cafe\u0301 cafe", "cafe", [(6, 10)]),
        (
            "a\u0302\u0323 \u1ead a\u0323\u0302 \u00e2\u0323 \u1ea1\u0302",
            "ậ",
            [(0, 3), (4, 5), (6, 9), (10, 12), (13, 15)],
        ),
    ],
)
def test_find(text: str, exact: str, spans: list[tuple[int, int]]) -> None:
    assert find_phrase(text, exact) == [Span(*span) for span in spans]


@pytest.mark.parametrize(
    ("prefix", "suffix", "starts"),
    [
        ("", "", [6, 15, 21]),
        ("a", "", [6, 21]),
        ("b ", "", [15]),
        ("the\na", "", [6]),
        ("", "b", [6]),
        ("", " a", [15]),
        ("a", "b", [6]),
        ("a", "a", []),
        ("“the a", "”", []),
    ],
)
def test_prefix_and_suffix(prefix: str, suffix: str, starts: list[int]) -> None:
    text = "the a one\nb  b one a one"
    assert [span.start for span in find_phrase(text, "one", prefix, suffix)] == starts


SENTENCES = {
    "One. Two! Three? “Four.” Five…": ["One.", "Two!", "Three?", "“Four.”", "Five…"],
    "A heading\n\n  A line. \n": ["A heading", "A line."],
    "Ms. Vu met Dr. Ly. No. 402 is new.": ["Ms. Vu met Dr. Ly.", "No. 402 is new."],
    "It grew by 3.5 per cent. 23 objectives.": ["It grew by 3.5 per cent.", "23 objectives."],
    "It is e.g. small": ["It is e.g. small"],
    'He said: "Yes." "No."': ['He said: "Yes."', '"No."'],
    "": [],
    " \n \n": [],
}


@pytest.mark.parametrize("text", SENTENCES)
def test_split(text: str) -> None:
    assert [text[span.start : span.end] for span in split_sentences(text)] == SENTENCES[text]


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet='aA1.!? \n"“”', max_size=40))
def test_sentences_hold_the_whole_text_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    outside = list(text)
    for span in spans:
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        outside[span.start : span.end] = [""] * (span.end - span.start)
    assert not "".join(outside).strip()
