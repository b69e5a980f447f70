"""SPARQL text comes apart into tokens as the parser sees them, and together again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migragraph.queries.tokens import find_position, is_iri, read_tokens

MARKS = "{ } ( ) [ ] ; , . = < > ! + - * / | ^ ? ~ != <= >= && || ^^ << >> <<( )>> {| |}"

KINDS = [
    ("<http://example.org/a?b#c>", "iri"),
    (r"<http://example.org/\u0041>", "iri"),
    ("<>", "iri"),
    ("ex:name", "name"),
    (":", "name"),
    ("ex:", "name"),
    (":name", "name"),
    ("sdmx-code:sex-F", "name"),
    ("a.b:c.d.e", "name"),
    (r"ex:a\,b\'c", "name"),
    ("ex:%41:b", "name"),
    ("ex:người-di-cư", "name"),
    ("?x", "variable"),
    ("$x", "variable"),
    ("?_x_iri", "variable"),
    ("?1", "variable"),
    ("_:b1", "blank"),
    ('"a"', "string"),
    ("'a'", "string"),
    ('""', "string"),
    (r'"a\"b"', "string"),
    (r"'\u0041\U0001F600\t'", "string"),
    ('"""a\n"b" ""c"""', "string"),
    ("'''a\n'b' ''c'''", "string"),
    ('"#no comment ?x <http://a> SERVICE"', "string"),
    ("@vi", "language"),
    ("@zh-Hant-TW", "language"),
    ("12", "number"),
    ("1.5", "number"),
    (".5", "number"),
    ("1e6", "number"),
    ("1.e-6", "number"),
    ("SELECT", "word"),
    ("GROUP_CONCAT", "word"),
    ("SHA256", "word"),
    ("a", "word"),
    ("# a comment ?x", "comment"),
    (" \t\r\n", "space"),
    *((mark, "mark") for mark in MARKS.split()),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_terminal_is_one_token(text: str, kind: str) -> None:
    assert [(token.kind, token.text) for token in read_tokens(text)] == [(kind, text)]


SEQUENCES = [
    ("?x<?y", ["?x", "<", "?y"]),
    ("?x<= 5", ["?x", "<=", " ", "5"]),
    ("?s<http://a/>?o", ["?s", "<http://a/>", "?o"]),
    ("<a b>", ["<", "a", " ", "b", ">"]),
    ("ex:a.", ["ex:a", "."]),
    ("ex:a...", ["ex:a", ".", ".", "."]),
    ("_:b.", ["_:b", "."]),
    ("1.ex:a", ["1", ".", "ex:a"]),
    ('"a"@en-GB.', ['"a"', "@en-GB", "."]),
    ('"1"^^xsd:integer', ['"1"', "^^", "xsd:integer"]),
    ("ex:p??o", ["ex:p", "?", "?o"]),
    ("'a'#b'c'\n'd'", ["'a'", "#b'c'", "\n", "'d'"]),
    ("#a\r'd'", ["#a", "\r", "'d'"]),
    ("{?s a?o}", ["{", "?s", " ", "a", "?o", "}"]),
    ("-1", ["-", "1"]),
]


@pytest.mark.parametrize(("text", "tokens"), SEQUENCES)
def test_a_text_comes_apart_where_the_grammar_says(text: str, tokens: list[str]) -> None:
    assert [token.text for token in read_tokens(text)] == tokens


@pytest.mark.parametrize(
    "text",
    [
        r"'\q'",
        r"'\ud800'",
        r"'\U00110000'",
        r"'''a' \q'''",
        "'a\nb'",
        '"a',
        r"\u0053ERVICE",
        "$",
        "&",
        "é",
        "\ufeff",
    ],
)
def test_what_no_terminal_is_shows_as_other(text: str) -> None:
    """A wrong escape ends a string early for the parser too: no quote here may hide what follows it."""
    tokens = list(read_tokens(text))
    assert "other" in {token.kind for token in tokens}
    assert "".join(token.text for token in tokens) == text


PIECES = [text for text, _ in KINDS] + list("?$'\"\\<>#.:@_&é\x00\n")


@settings(deadline=None, derandomize=True)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_tokens_joined_are_the_text(text: str) -> None:
    tokens = list(read_tokens(text))
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [text.index(token.text, token.start) for token in tokens]


@pytest.mark.parametrize(
    "text", ["a." * 30_000, "a-" * 30_000, ":" + ".a" * 30_000, "'''" + "'a" * 20_000, "<a" * 30_000]
)
def test_no_text_takes_long(text: str) -> None:
    """Texts on which a careless pattern goes back and forth: by the square of their length it would take minutes."""
    assert sum(len(token.text) for token in read_tokens(text)) == len(text)


def test_positions_count_from_one() -> None:
    assert [find_position("ab\ncd", offset) for offset in (0, 1, 3, 4)] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_an_iri_is_seen_at_an_offset() -> None:
    assert is_iri("?a <http://b>", 3)
    assert not is_iri("?a < b>", 3)
