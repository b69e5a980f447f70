"""Regular expressions of XPath: other forms of them mean what XPath says, and which are found in every text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple
from tests.unit.test_shacl import LAW, judge, shape

from migragraph.errors import ShapeError
from migragraph.namespaces import SH
from migragraph.shacl import validate_shacl
from migragraph.shacl.fast.patterns import ask_engine, match_pattern
from migragraph.shacl.regex import compile_simple, is_universal, translate_pattern

# https://www.w3.org/TR/xml/#NT-NameStartChar and NameChar, as they stand there.
START = """":" | [A-Z] | "_" | [a-z] | [#xC0-#xD6] | [#xD8-#xF6] | [#xF8-#x2FF] | [#x370-#x37D] | [#x37F-#x1FFF] |
[#x200C-#x200D] | [#x2070-#x218F] | [#x2C00-#x2FEF] | [#x3001-#xD7FF] | [#xF900-#xFDCF] | [#xFDF0-#xFFFD] |
[#x10000-#xEFFFF]"""
NAME = f"""{START} | "-" | "." | [0-9] | #xB7 | [#x0300-#x036F] | [#x203F-#x2040]"""


def find(pattern: str, texts: list[str], flags: str = "") -> list[str]:
    """Give the texts in which a pattern is found."""
    found = match_pattern(dict(enumerate(texts)), pattern, flags)
    assert found is not None
    return [texts[number] for number in sorted(found.tolist())]


def read_production(text: str) -> Iterator[range]:
    for part in text.replace("\n", " ").split(" | "):
        ends = [int(end[2:], 16) if end.startswith("#x") else ord(end) for end in part.strip('[]" ').split("-") if end]
        first, last = ends[0] if ends else ord("-"), ends[-1] if ends else ord("-")
        yield range(first, last + 1)


@pytest.mark.parametrize(("letter", "production"), [("i", START), ("c", NAME)])
def test_characters_of_names_are_those_of_xml(letter: str, production: str) -> None:
    ranges = list(read_production(production))
    edges = {edge + step for one in ranges for edge in (one.start, one.stop - 1) for step in (-1, 0, 1)}
    codes = sorted({*range(1, 0x400), *edges, 0x10FFFF} - {0, *range(0xD800, 0xE000)})
    texts = [chr(code) for code in codes]
    expected = [chr(code) for code in codes if any(code in one for one in ranges)]
    assert find(f"^\\{letter}$", texts) == expected
    assert find(f"^[\\{letter}]$", texts) == expected
    assert find(f"^[^\\{letter.upper()}]$", texts) == expected
    rest = [text for text in texts if text not in set(expected)]
    assert find(f"^\\{letter.upper()}$", texts) == rest
    assert find(f"^[\\{letter.upper()}]$", texts) == rest


CHARACTERS = [chr(code) for code in range(0x20, 0x7F)] + ["é", "Đ", "ư", "中"]
EVERY = frozenset(CHARACTERS)
NAMES = frozenset(char for char in CHARACTERS if any(ord(char) in one for one in read_production(NAME)))
STARTS = frozenset(char for char in CHARACTERS if any(ord(char) in one for one in read_production(START)))
SETS = {
    **{char: frozenset(char) for char in "abcdexyzAZ059_: ,~"},
    **{f"\\{char}": frozenset(char) for char in "-[]^\\."},
    **{f"{a}-{b}": frozenset(map(chr, range(ord(a), ord(b) + 1))) for a, b in ("az", "AZ", "09", "bd", " ~")},
    r"\i": STARTS, r"\c": NAMES, r"\I": EVERY - STARTS, r"\C": EVERY - NAMES,
    r"\d": frozenset("0123456789"), r"\p{Lu}": frozenset(char for char in CHARACTERS if char.isupper()),
}  # fmt: skip


@st.composite
def draw_class(draw: st.DrawFn, depth: int = 2) -> tuple[str, frozenset[str]]:
    """Draw a class, and the set that it is: https://www.w3.org/TR/xmlschema11-2/#charcter-classes."""
    members = draw(st.lists(st.sampled_from(sorted(SETS)), min_size=1, max_size=3))
    text, found = "".join(members), frozenset[str]().union(*(SETS[member] for member in members))
    if draw(st.booleans()):
        text, found = f"^{text}", EVERY - found
    if depth and draw(st.booleans()):
        minus, taken = draw(draw_class(depth - 1))
        text, found = f"{text}-{minus}", found - taken
    return f"[{text}]", found


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(draw_class())
def test_classes_are_the_sets_of_xml_schema(drawn: tuple[str, frozenset[str]]) -> None:
    text, expected = drawn
    assert find(f"^{text}$", CHARACTERS) == [char for char in CHARACTERS if char in expected]


@pytest.mark.parametrize(
    ("pattern", "flags", "good", "bad"),
    [
        ("[a-z-[aeiou]]", "", ["b", "zz"], ["a", "", "-", "]"]),
        ("^[a-z-[aeiou]]$", "i", ["B"], ["A"]),
        ("^[^a-z-[0-9]]$", "", ["A", "-"], ["a", "5"]),
        ("^[a-z-[aeiou-[e]]]$", "", ["e", "b"], ["a"]),
        (r"^[\i-[:]][\c-[:]]*$", "", ["a", "_b-1"], ["a:b", "1", ":"]),
        (r"^(\i\c*\s?){2}$", "", ["ab cd"], ["1 2"]),
        (r"^ \i \c + $", "x", ["ab"], ["a b", "a"]),
        (r"\i", "q", [r"a\ib"], ["a"]),
        (r"\\i", "", [r"a\ib"], ["a"]),
        ("[a-]-[b]", "", ["--b", "a-b"], ["b"]),
        ("[a&&b]", "", ["a", "&"], ["c"]),
    ],
)
def test_what_only_xpath_has(pattern: str, flags: str, good: list[str], bad: list[str]) -> None:
    assert find(pattern, [*good, *bad], flags) == good


@pytest.mark.parametrize("pattern", [r"^\i\c*$", "^[0-9-[7]]+$"])
def test_a_shape_may_have_such_a_pattern_and_pyshacl_refuses_it(pattern: str) -> None:
    name = NamedNode("https://example.org/shape")
    shapes = [
        Triple(name, SH["targetNode"], Literal("402")),
        Triple(name, SH["targetNode"], Literal("a7")),
        Triple(name, SH["pattern"], Literal(pattern)),
    ]
    assert len(validate_shacl([], shapes).results) == 1
    with pytest.raises(ShapeError, match="Python can run"):
        validate_shacl([], shapes, engine="pyshacl")


def test_what_no_engine_reads_as_xpath_does_is_refused() -> None:
    with pytest.raises(ShapeError, match="not a regular expression"):
        judge(LAW, shape("sh:property [ sh:path ex:number ; sh:pattern '(?=4)[0-9-[7]]' ]"))


@pytest.mark.parametrize("pattern", ["abc", "^[a-z]+$", "a--[b]", "[a-z&&[^b]]", "[[:alpha:]]", "(?=a)-[", "[a-[b"])
def test_other_patterns_stay_as_they_are(pattern: str) -> None:
    assert translate_pattern(pattern) == pattern


UNIVERSAL = [
    ("", ""), ("a*", ""), ("^", ""), ("$", ""), ("^a?", ""), ("a*$", ""), (".*", ""), ("x|", ""), ("(a*|b)", ""),
    ("(^a?)b*", ""), ("^.*$", "s"), ("^(.*)$", "s"), ("^(a|.*)$", "s"), ("^.*$", "m"), (r"^[\s\S]*$", ""),
    (r"^(.|\n)*$", ""), (r"^[\W\w]*b?$", ""), (r"^(\d|\D)*$", ""), ("a{0,3}", ""), ("^ .* $", "sx"), ("", "q"),
    ("(?:a?){3}", ""),
]  # fmt: skip
NOT_UNIVERSAL = [
    ("a", ""), ("^.*$", ""), ("^$", ""), ("$^", ""), ("^.+$", "s"), (r"^\s*$", ""), ("^a*$", ""), ("^a*b", ""),
    ("a*b$", ""), ("[a-z]*x", ""), ("a+", ""), ("a{1,}", ""), ("(a|b)", ""), ("^[^a]*$", "s"), ("a*", "q"),
    ("(?=a)*", ""), (r"^[\s\w]*$", ""), ("^(.{2})*$", "s"), ("^.{0,3}$", "s"), ("[a-z]", ""),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "flags"), UNIVERSAL)
def test_patterns_that_are_found_in_every_text(pattern: str, flags: str) -> None:
    assert is_universal(pattern, flags)


@pytest.mark.parametrize(("pattern", "flags"), NOT_UNIVERSAL)
def test_patterns_that_are_not(pattern: str, flags: str) -> None:
    assert not is_universal(pattern, flags)


ATOMS = ["a", "b", ".", r"\s", r"\S", "^", "$", "[ab]", r"[\s\S]", "[^a]", r"\n", ""]
TEXTS = ["", "a", "b", "ab", "ba", "\n", "a\nb", "\na", "b\n", " ", "aaa", "é"]


@st.composite
def draw_pattern(draw: st.DrawFn, depth: int = 2) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        group = depth and draw(st.booleans())
        atom = f"({draw(draw_pattern(depth - 1))})" if group else draw(st.sampled_from(ATOMS))
        repeats = not group and (not atom or atom in "^$")
        parts.append(atom + ("" if repeats else draw(st.sampled_from(["", "", "*", "?", "+", "{0,2}", "{2}", "*?"]))))
    return "".join(parts) + (f"|{draw(draw_pattern(depth - 1))}" if depth and draw(st.booleans()) else "")


@settings(max_examples=2000, deadline=None, database=None, derandomize=True)
@given(draw_pattern(), st.sampled_from(["", "s", "m", "sm"]))
def test_what_is_said_to_be_found_everywhere_is(pattern: str, flags: str) -> None:
    if is_universal(pattern, flags):
        given_flags = (re.DOTALL if "s" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
        assert [text for text in TEXTS if not re.search(pattern, text, given_flags)] == []


SIMPLE = [
    "abc", "^[A-Z]{3}$", "^https?://", "^[^ ]+$", "^.+[.]$", "^(a|b){2}$", "[0-9]", "", "^a{0,9}b*$", r"^\\\\\n",
    "x|^y+$", "^$", "[#/]$", "a{1000}",
]  # fmt: skip
NOT_SIMPLE = [
    ("a+", ""), ("^a+b+", ""), ("^(a+)$", ""), (r"^\d$", ""), (r"[\s]", ""), ("(a|b){0,9}", ""), ("a{0,200}", ""),
    ("a?b?c?d?e?f?g?", ""), ("a", "i"), ("[a-z&&[^b]]", ""), ("(?=a)", ""), ("[a", ""), ("[a-z-[b]]", ""), ("(a)+", ""),
    (r"(a)\1", ""), ("a{1001}", ""), ("[a&&b]", ""), ("((a?){7}){7}", ""), ("a" * 1001, ""),
]  # fmt: skip


@pytest.mark.parametrize("pattern", SIMPLE)
def test_patterns_that_python_runs_at_once(pattern: str) -> None:
    assert compile_simple(pattern)


@pytest.mark.parametrize(("pattern", "flags"), NOT_SIMPLE)
def test_patterns_that_only_the_engine_runs(pattern: str, flags: str) -> None:
    assert compile_simple(pattern, flags) is None


@settings(max_examples=2000, deadline=None, database=None, derandomize=True)
@given(draw_pattern(), st.lists(st.text("ab \né\r.", max_size=6), max_size=4))
def test_simple_patterns_find_what_the_engine_finds(pattern: str, texts: list[str]) -> None:
    if compile_simple(pattern):
        numbered = dict(enumerate([*TEXTS, *texts]))
        for chosen in (numbered, {number: text for number, text in numbered.items() if "\n" not in text}):
            found = match_pattern(chosen, pattern, "")
            assert found is not None
            assert sorted(found.tolist()) == sorted(ask_engine(chosen, pattern, "").tolist())
