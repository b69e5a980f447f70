"""Tokens: a phrase cut into words, numbers and marks, each with its code; numbers are read as they are cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from migragraph.figures.lexicon import Lexicon

__all__ = ["Item", "Marks", "Tokenizer", "build_tokenizer", "cut_phrase"]

LONGEST_NUMBER = 18
"""A number of more digits than this is no figure of a text, and would only cost time."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LETTERS = rf"[^\W\d_{_FRACTIONS}]"
_SPACES = "\u00a0\u2007\u2009\u202f"  # No-break, figure, thin and narrow no-break space: they group digits.


class Item(NamedTuple):
    """A token or a chunk of tokens: its code, its key in the lexicon, its place in the phrase, what it means."""

    code: str
    key: str
    start: int
    end: int
    value: object
    parts: tuple[object, ...]


class Marks(NamedTuple):
    """How a language writes numbers: the marks that group digits, the decimal mark, the endings of a plural noun."""

    grouping: str
    decimal: str
    plurals: tuple[str, ...]
    singulars: tuple[str, ...]
    nth: frozenset[str]
    decade: str


class Tokenizer(NamedTuple):
    """How the phrases of a language are cut."""

    pattern: re.Pattern[str]
    number: re.Pattern[str]
    marks: Marks
    lexicon: Lexicon


def build_tokenizer(marks: Marks, skip: Iterable[str], lexicon: Lexicon, leading: Iterable[str]) -> Tokenizer:
    """Build a tokenizer; ``skip`` are patterns of what is no number, ``leading`` the words that may touch a number."""
    separators = re.escape(marks.grouping + marks.decimal)
    number = rf"\d*[{_FRACTIONS}]|\d++(?>(?:(?:[{separators}]|[{_SPACES}](?=\d{{3}}(?!\d))| (?=000(?!\d)))\d++)*)"
    leads = "|".join(sorted(map(re.escape, leading), key=len, reverse=True)) or r"(?!)"
    ways = (
        rf"(?P<plain>{_LETTERS}++(?![\w@:/.\u2011-]))",
        rf"(?P<skip>{'|'.join(f'(?:{pattern})' for pattern in skip) or '(?!)'})",
        rf"(?P<number>{number})(?P<suffix>{_LETTERS}+\w*)?",
        rf"(?P<name>(?!(?i:{leads})[-\u2011\u2013]?\d){_LETTERS}++(?:[-\u2011]?\d[\w/]*)(?:-\w*\d\w*)*)",
        rf"(?P<word>{_LETTERS}+)",
        rf"(?P<sign>(?<!\S)[-\u2212](?=[\d$€£¥]))|(?P<dash>[{_DASHES}])|(?P<mark>[^\w\s]|_)",
    )
    whole = rf"\d{{1,3}}(?:[{re.escape(marks.grouping)}{_SPACES} ]\d{{3}})+"
    return Tokenizer(
        pattern=re.compile(rf"(?!\s)(?:{'|'.join(ways)})"),
        number=re.compile(rf"(?:{whole}|\d+)(?:{re.escape(marks.decimal)}\d+)?"),
        marks=marks,
        lexicon=lexicon,
    )


def cut_phrase(phrase: str, tokenizer: Tokenizer) -> list[Item]:
    """Cut a phrase into its tokens, in order."""
    items: list[Item] = []
    words, shapes = tokenizer.lexicon.words, tokenizer.lexicon.shapes
    for match in tokenizer.pattern.finditer(phrase):
        group, text, (start, end) = match.lastgroup, match[0], match.span()
        if group in ("plain", "word"):
            code, key = words.get(text) or words.get(text.casefold()) or ("", text)
            items.append(Item(code or shapes[_shape_word(text, tokenizer.marks)], key, start, end, None, ()))
        elif group == "number":
            items.append(_read_number(text, start, tokenizer))
        elif group == "suffix":
            items += _read_suffixed(match["number"], match["suffix"], start, tokenizer)
        elif group == "dash":
            code, key = words.get("-") or ("", "-")
            items.append(Item(code or shapes["mark"], key, start, end, None, ()))
        else:
            shape = shapes[group if group in ("mark", "sign") else "name"]
            code, key = words.get(text) or words.get(text.casefold()) or ("", text)
            items.append(Item(shape if group == "sign" else code or shape, key, start, end, None, ()))
    return _join(items, tokenizer.lexicon)


def _join(items: list[Item], lexicon: Lexicon) -> list[Item]:
    """Join the tokens that make an entry of more than one word, the longest there is, into one."""
    joined: list[Item] = []
    after = 0
    for place, item in enumerate(items):
        if item.key in lexicon.sequences and place >= after:
            keys = _find_entry(items, place, lexicon)
            if keys:
                joined += items[after:place]
                after = place + len(keys)
                joined.append(Item(*lexicon.words[" ".join(keys)], item.start, items[after - 1].end, None, ()))
    return joined + items[after:] if joined else items


def _find_entry(items: list[Item], place: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Find the longest entry of more than one word that stands at a place; a capital may begin any of them."""
    for keys in lexicon.sequences.get(items[place].key, ()):
        found = items[place : place + len(keys)]
        if len(found) == len(keys) and all(
            key in (item.key, item.key.casefold()) for key, item in zip(keys, found, strict=True)
        ):
            return keys
    return ()


def _shape_word(text: str, marks: Marks) -> str:
    if text[0].isupper():
        return "capital"
    return "plural" if text.endswith(marks.plurals) and not text.endswith(marks.singulars) else "lower"


def _read_number(text: str, start: int, tokenizer: Tokenizer) -> Item:
    shape, value = _measure(text, tokenizer)
    return Item(tokenizer.lexicon.shapes[shape], text, start, start + len(text), value, ())


def _measure(text: str, tokenizer: Tokenizer) -> tuple[str, Decimal | None]:
    if text[-1] in _FRACTIONS:
        fraction = Decimal(unicodedata.numeric(text[-1])).quantize(Decimal("0.001")).normalize()
        return "amount", Decimal(text[:-1] or 0) + fraction if len(text) < LONGEST_NUMBER else None
    if len(text) > 2 * LONGEST_NUMBER or not tokenizer.number.fullmatch(text):
        return "malformed", None
    plain = text if text.isdigit() else re.sub(rf"[{re.escape(tokenizer.marks.grouping)}{_SPACES} ]", "", text)
    value = Decimal(plain.replace(tokenizer.marks.decimal, "."))
    if len(plain) > LONGEST_NUMBER:
        return "malformed", None
    if text.isdigit():
        return _shape_integer(text, int(value)), value
    return ("decimal" if plain == text else "amount"), value


def _shape_integer(text: str, value: int) -> str:
    if len(text) <= 2:
        if 1 <= value <= 31:
            return "day-two-digit" if len(text) == 2 else "day"
        return "two-digit" if len(text) == 2 else "integer"
    if len(text) == 4 and 1000 <= value < 2200:
        return "year" if value >= 1800 else "old-year"
    return "integer"


def _read_suffixed(text: str, suffix: str, start: int, tokenizer: Tokenizer) -> list[Item]:
    """Read a number that letters touch: "29th", "1990s", "4bn", "5kg"; with letters that are no word it is a name."""
    shape, value = _measure(text, tokenizer)
    key, middle, end = suffix.casefold(), start + len(text), start + len(text) + len(suffix)
    lexicon, marks = tokenizer.lexicon, tokenizer.marks
    if key in marks.nth:
        nth = "nth-day" if shape in ("day", "day-two-digit") else "nth"
        return [Item(lexicon.shapes[nth], text, start, end, value, ())]
    if (
        key == marks.decade
        and value is not None
        and value % 10 == 0
        and shape in ("year", "day-two-digit", "two-digit")
    ):
        return [Item(lexicon.shapes["decade" if shape == "year" else "tens-of-age"], text, start, end, value, ())]
    found = lexicon.words.get("+" + key) or lexicon.words.get(suffix) or lexicon.words.get(key)
    if found is None:
        return [Item(lexicon.shapes["name"], text + suffix, start, end, None, ())]
    return [_read_number(text, start, tokenizer), Item(*found, middle, end, None, ())]
