"""Phrases: what is wrong with the words quoted, and what is proposed."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from migragraph.evidence.phrases import Flaw, ReadText, find_flaw, is_long
from migragraph.quotations import Quotation

TEXT = ReadText(
    "The fair\n\nThe fair opened on 1 May. It was “a great day”. Ten stalls stood in the square, and ten in the hall.\n"
    "Ten stalls stood in the street. Did it rain? The fair closed."
)


def quote(exact: str, prefix: str = "", suffix: str = "") -> Quotation:
    return Quotation(NamedNode("urn:passage"), NamedNode("urn:source"), exact, prefix, suffix)


def flaw_of(quotation: Quotation) -> Flaw | None:
    return find_flaw(quotation, TEXT.find(quotation), TEXT)


@pytest.mark.parametrize(
    "quotation",
    [
        quote("opened on 1 May"),
        quote('was "a great day"'),
        quote("Ten stalls stood", prefix="day”."),
        quote("Ten stalls stood", suffix="in the street"),
        quote("The fair opened"),
        quote("was “a great day"),
        quote("square, and ten in the hall.\nTen stalls"),
    ],
)
def test_good_words(quotation: Quotation) -> None:
    assert flaw_of(quotation) is None


@pytest.mark.parametrize(
    ("quotation", "rule", "advice"),
    [
        pytest.param(quote("opened on 2 May"), "quote-found", "“opened on 1 May.”", id="a digit"),
        pytest.param(quote("oppened on"), "quote-found", "“opened on”", id="a spelling"),
        pytest.param(quote("on 1 may"), "quote-found", "“on 1 May.”", id="a capital"),
        pytest.param(quote("   "), "quote-found", "that the source prints.", id="nothing"),
        pytest.param(quote("opened on", prefix="The show"), "quote-found", "but not between", id="a wrong prefix"),
        pytest.param(quote("opened on", suffix="2 May"), "quote-found", "but not between", id="a wrong suffix"),
        pytest.param(
            quote("Ten stalls stood in the"), "quote-once", r'oa:prefix "day\"." for number 1', id="before the first"
        ),
        pytest.param(quote("Ten stalls stood in the"), "quote-once", 'oa:prefix "hall." for number 2', id="the second"),
        pytest.param(
            quote("The fair"), "quote-once", 'oa:suffix "The" for number 1, oa:prefix "fair" for number 2', id="after"
        ),
        pytest.param(quote("The fair opened on 1 May."), "quote-short", "a part of it", id="a sentence"),
        pytest.param(quote("It was “a great day"), "quote-short", "a part of it", id="a sentence but for its marks"),
        pytest.param(quote("Did it rain?"), "quote-short", "a part of it", id="a question"),
        pytest.param(
            quote("It was “a great day”."), "quote-short", "a part of it", id="a sentence that ends in a quote"
        ),
    ],
)
def test_flaws(quotation: Quotation, rule: str, advice: str) -> None:
    flaw = flaw_of(quotation)
    assert flaw is not None
    assert flaw.rule == rule
    assert advice in flaw.advice


def test_a_proposed_prefix_or_suffix_does() -> None:
    assert flaw_of(quote("Ten stalls stood in the", prefix="hall.")) is None
    assert flaw_of(quote("The fair", suffix="opened")) is None


def test_a_phrase_that_nothing_tells_apart_gets_no_proposal() -> None:
    text = ReadText("na " * 400)
    quotation = quote("na na")
    flaw = find_flaw(quotation, text.find(quotation)[100:103], text)
    assert flaw == Flaw(
        "quote-once",
        "The text of the source has these words 3 times.",
        "Add oa:prefix or oa:suffix, or quote more words.",
    )


def test_help_can_be_left_out() -> None:
    for words in ("opened on 2 May", "Ten stalls stood"):
        quotation = quote(words)
        flaw = find_flaw(quotation, TEXT.find(quotation), TEXT, with_help=False)
        assert flaw is not None
        assert "“" not in flaw.advice
        assert "number" not in flaw.advice


@pytest.mark.parametrize(("count", "long"), [(1, False), (12, False), (13, True)])
def test_a_phrase_has_at_most_twelve_words(count: int, long: bool) -> None:
    assert is_long(quote(" ".join(["word"] * count))) is long
