"""Links lead to words by text fragments, encoded as the specification has it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migragraph.links import link_to_words

PAGE = "https://example.org/a"


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "fragment"),
    [
        ("fair", "", "", "text=fair"),
        ("the first of May", "", "", "text=the%20first%20of%20May"),
        ("402/QD-TTg", "", "", "text=402%2FQD%2DTTg"),
        ("1,5 & more", "", "", "text=1%2C5%20%26%20more"),
        ("fair", "the ", "", "text=the-,fair"),
        ("fair", "", " of May", "text=fair,-of%20May"),
        ("fair", "a-b", "c,d", "text=a%2Db-,fair,-c%2Cd"),
        ("Bộ Ngoại giao’s", "", "", "text=B%E1%BB%99%20Ngo%E1%BA%A1i%20giao%E2%80%99s"),
        ("two\n lines", "", "", "text=two%20lines"),
        ("a#b?c%d", "", "", "text=a%23b%3Fc%25d"),
    ],
)
def test_words_are_encoded(exact: str, prefix: str, suffix: str, fragment: str) -> None:
    assert link_to_words(PAGE, exact, prefix, suffix) == f"{PAGE}#:~:{fragment}"


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        (f"{PAGE}#part", f"{PAGE}#part:~:text="),
        (f"{PAGE}?q=1", f"{PAGE}?q=1#:~:text="),
        (f"{PAGE}#:~:text=old", f"{PAGE}#:~:text="),
    ],
)
def test_an_address_keeps_its_own_parts(url: str, begins: str) -> None:
    assert link_to_words(url, "fair") == f"{begins}fair"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_come_back(words: str) -> None:
    term = link_to_words(PAGE, words).partition("text=")[2]
    assert unquote(term) == " ".join(words.split())
    assert not set("-,& #") & set(term)
