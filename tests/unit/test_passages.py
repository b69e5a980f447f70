from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migragraph.passages import Span, find_in, find_phrase, find_words, fold, fold_text, split_sentences

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
    ("text", "exact", "starts"),
    [
        ("on May 1", "on May 1", [0]),
        ("migration on May 1", "on on May 1", []),
        ("a fair, fairs", "fair", [2]),
        ("unfair", "fair", []),
        ("1,250 guests, 250 guests", "250 guests", [14]),
        ("650,000 workers", "50,000 workers", []),
        ("3.5 per cent", "5 per cent", []),
        ("3.5 per cent", "3", []),
        ("in 2011, 2016", "2011", [3]),
        ("it ended.5 came", "5 came", [9]),
        ("Hồ Chí Minh", "Chí", [3]),
        ("Hồ Chí Minh", "Ch", []),
        ("他在河内", "河内", [2]),
        ("(one)", "one", [1]),
        ("one-two", "one", [0]),
    ],
)
def test_find_whole_words(text: str, exact: str, starts: list[int]) -> None:
    assert [span.start for span in find_words(fold_text(text), exact)] == starts


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


# --- the reference: what find_phrase was before it folded texts, a pattern for each phrase, here tried at every place

WHOLE_LETTER = r"(?![\u0300-\u036f])"


def find_by_pattern(text: str, exact: str, prefix: str, suffix: str) -> list[Span]:
    if not fold(exact):
        return []
    words = ("".join(letter_pattern(letter) for letter in word) for word in fold(exact).split(" "))
    pattern = re.compile(r"\s+".join(words) + WHOLE_LETTER)
    matches = (pattern.match(text, start) for start in range(len(text)))
    spans = [Span(*match.span()) for match in matches if match]
    before, after = fold(prefix), fold(suffix)
    return [
        span for span in spans if fold(text[: span.start]).endswith(before) and fold(text[span.end :]).startswith(after)
    ]


def letter_pattern(letter: str) -> str:
    if letter in "'\"":
        return "['‘’]" if letter == "'" else '["“”]'
    base, *marks = list(unicodedata.normalize("NFD", letter))
    forms = {
        unicodedata.normalize("NFC", base + "".join(order[:composed])) + "".join(order[composed:])
        for order in itertools.permutations(marks)
        for composed in range(len(order) + 1)
    }
    return f"(?:{'|'.join(re.escape(form) for form in sorted(forms) if unicodedata.normalize('NFC', form) == letter)})"


LETTERS = (
    "a",
    "b",
    "'",
    "’",
    "e",
    "é",
    "e\u0301",
    "ê",
    "ế",
    "ê\u0301",
    "e\u0302\u0301",
    "ệ",
    "e\u0323\u0302",
    "đ",
    ".",
)
TEXTS = st.lists(st.sampled_from((*LETTERS, " ", "\n", "\u00a0", "\u2000")), max_size=14).map("".join)
PHRASES = st.lists(st.sampled_from((*LETTERS, " ")), max_size=4).map("".join)
CONTEXTS = st.lists(st.sampled_from((*LETTERS, " ")), max_size=2).map("".join)


@settings(deadline=None, derandomize=True, max_examples=2000)
@given(text=TEXTS, exact=PHRASES, prefix=CONTEXTS, suffix=CONTEXTS)
@example(text="aaa", exact="aa", prefix="", suffix="")
@example(text="a \u2000 b", exact="a b", prefix="", suffix="")
def test_the_same_is_found_as_by_a_pattern(text: str, exact: str, prefix: str, suffix: str) -> None:
    assert find_phrase(text, exact, prefix, suffix) == find_by_pattern(text, exact, prefix, suffix)


@settings(deadline=None, derandomize=True, max_examples=500)
@given(
    st.text(alphabet="ab \n\u00a0\u2000'’e\u0301\u0323\u0302éậ\u1100\u1161\u11a8한\u09c7\u09be\u0958\u212b\u0f73\u0f74")
)
@example(" \u2000a")
@example("\u09c7\u09be")
@example("\n\u0323\u0301")
def test_a_folded_text_knows_where_everything_was(text: str) -> None:
    folded = fold_text(text)
    assert folded.text.strip() == fold(text)
    if folded.text:
        assert folded.locate(0, len(folded.text)) == Span(0, len(text))
    for at in range(len(folded.text)):
        span = folded.locate(at, at + 1)
        assert fold(folded.text[at]) in fold(text[span.start : span.end])


def test_finding_takes_time_in_proportion_to_the_text() -> None:
    """A phrase that nearly matches everywhere, a run of spaces and a run of marks cost no more than their length."""
    for part in ("a", " ", "\u0301", "e\u0301", "aab ", "\u1100\u1161\u11a8"):
        text = part * (200_000 // len(part)) + "the end"
        folded = fold_text(text)
        assert find_in(folded, "a" * 50 + "b" * 50) == []
        assert find_in(folded, "the end")[-1] == Span(len(text) - 7, len(text))
