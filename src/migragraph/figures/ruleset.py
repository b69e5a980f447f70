"""Rules of a language: its rules file, read, checked and compiled. Nothing of a language stands in Python."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from migragraph.errors import CallError
from migragraph.figures.atoms import FormError
from migragraph.figures.forms import Form, Level, Rule, compile_level, expand_macros, list_literals, read_form
from migragraph.figures.lexicon import Lexicon, build_lexicon, split_entry
from migragraph.figures.tokens import Marks, Tokenizer, build_tokenizer

__all__ = ["CHUNK_MAKES", "FIGURE_MAKES", "Chunker", "Rules", "RulesError", "load_rules"]

CHUNK_MAKES = frozenset(("date", "fraction", "number", "ordinal", "words"))
"""What a level before the last can make of what its forms find."""

FIGURE_MAKES = frozenset(
    (
        "amount",
        "date",
        "days",
        "decade",
        "each",
        "interval",
        "nothing",
        "ordinal",
        "part-of-year",
        "ratio",
        "share",
        "unknown",
    )
)
"""What the last level can make of what its forms find."""

LEADING = ("month", "symbol")
"""The roles of words that may touch the number after them; what else does makes a name with it, as in "G20"."""

_ORDERS = ("ambiguous", "day-month", "month-day")
_DURATION = re.compile(r"P(?:\d+[YMD]|T\d+[HMS])")
_Value = TypeVar("_Value")
NAMES: Mapping[type, str] = {dict: "table", int: "whole number", list: "list", str: "text"}


class RulesError(CallError):
    """A rules file cannot be used."""


@dataclass(frozen=True, slots=True)
class Chunker:
    """A level that replaces what it finds by one token: the role of that token, and the compiled level."""

    role: str
    level: Level


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one language: its words with what they mean by role, and its levels of forms.

    ``date_order`` tells what 3/4 is; ``durations`` give one of each unit of time as ISO 8601 writes it; a phrase
    without a digit and without one of the ``triggers`` has no figure.
    """

    language: str
    date_order: str
    values: Mapping[str, Mapping[str, str | Decimal]]
    durations: Mapping[str, str]
    triggers: frozenset[str]
    tokenizer: Tokenizer
    chunkers: tuple[Chunker, ...]
    figures: Level

    @property
    def lexicon(self) -> Lexicon:
        """Give the words and their codes."""
        return self.tokenizer.lexicon

    def mean(self, role: str, key: str) -> str | Decimal | None:
        """Give what a word means in a role, or None where it has not that role."""
        meanings = self.values.get(role, {})
        found = meanings.get(key)
        return meanings.get(key.casefold()) if found is None else found


def load_rules(path: Path) -> Rules:
    """Load a rules file; raise RulesError, which names the file and the key, where it cannot be used."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return _build(document)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"the rules cannot be read: {error}.", path=path, advice="Mend the file.") from error
    except FormError as error:
        raise RulesError(f"{error}.", path=path, advice="docs/figures.md tells how rules are written.") from error


def _build(document: Mapping[str, Any]) -> Rules:
    values = _read_words(document)
    entries = _read_entries(document, values)
    macros = expand_macros(_take(document, "macros", dict, {}))
    chunks = [
        (_take(table, "role", str, None, place), _read_rules(table, place, macros))
        for place, table in _tables(document, "chunks")
    ]
    figures = [rule for place, table in _tables(document, "figures") for rule in _read_rules(table, place, macros)]
    rules = [*(rule for _, rules in chunks for rule in rules), *figures]
    lexicon = build_lexicon(
        entries, list_literals([*macros.values(), *(rule.form for rule in rules)]), [role for role, _ in chunks]
    )
    triggers = _take_words(_take(document, "triggers", dict, {}), "roles", "triggers")
    return Rules(
        language=_take(document, "language", str),
        date_order=_choose(document, "numeric-dates", _ORDERS),
        values=values,
        durations=_read_durations(document),
        triggers=frozenset(word.split(" ")[0].casefold() for role in triggers for word in entries.get(role, ())),
        tokenizer=_read_tokenizer(document, lexicon, values),
        chunkers=tuple(Chunker(role, compile_level(rules, lexicon)) for role, rules in chunks),
        figures=compile_level(figures, lexicon),
    )


def _take(
    table: Mapping[str, Any], key: str, kind: type[_Value], default: _Value | None = None, where: str = ""
) -> _Value:
    value = table.get(key, default)
    if not isinstance(value, kind):
        name = f"{where}.{key}" if where else key
        raise FormError(f"{name}: a {NAMES[kind]} is needed" + ("" if key in table else ", and there is none"))
    return value


def _take_words(table: Mapping[str, Any], key: str, where: str) -> list[str]:
    words = _take(table, key, list, [], where)
    for word in words:
        if not isinstance(word, str):
            raise FormError(f"{where}.{key}: {word!r} is no text")
    return words


def _choose(table: Mapping[str, Any], key: str, among: Collection[str], where: str = "") -> str:
    value = table.get(key)
    if not isinstance(value, str) or value not in among:
        raise FormError(f"{where}.{key}: it is one of {', '.join(sorted(among))}".removeprefix("."))
    return value


def _tables(document: Mapping[str, Any], key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, table in enumerate(_take(document, key, list, []), 1):
        if not isinstance(table, dict):
            raise FormError(f"{key}[{number}]: a table is needed")
        yield f"{key}[{number}]", table


def _read_words(document: Mapping[str, Any]) -> dict[str, dict[str, str | Decimal]]:
    """Read what the words of each role mean: word = number, or meaning = [words]."""
    values: dict[str, dict[str, str | Decimal]] = {}
    words = _take(document, "words", dict)
    for role in words:
        values[role] = {}
        for key, value in _take(words, role, dict, None, "words").items():
            for word, meaning in _pair(key, value, f"words.{role}.{key}"):
                values[role][word] = meaning
    return values


def _pair(key: str, value: object, where: str) -> Iterator[tuple[str, str | Decimal]]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield _fold(key, where), Decimal(str(value))
    elif isinstance(value, list):
        for word in value:
            yield _fold(word, where), key
    else:
        raise FormError(f"{where}: a number or a list of words is needed")


def _fold(word: object, where: str) -> str:
    keys = split_entry(word) if isinstance(word, str) else ()
    if not keys:
        raise FormError(f"{where}: {word!r} is no word")
    return " ".join(keys)


def _read_entries(document: Mapping[str, Any], values: Mapping[str, Mapping[str, object]]) -> dict[str, list[str]]:
    """Give the words of each role, and of each group of roles."""
    entries = {role: list(words) for role, words in values.items()}
    groups = _take(document, "groups", dict, {})
    for name in groups:
        group = _take(groups, name, dict, None, "groups")
        chosen, left_out = (_take_words(group, key, f"groups.{name}") for key in ("any", "not"))
        for role in (*chosen, *left_out):
            if role not in values:
                raise FormError(f"groups.{name}: no word has the role {role!r}")
        without = {word for role in left_out for word in entries[role]}
        entries[name] = [word for role in chosen for word in entries[role] if word not in without]
    return entries


def _read_rules(table: Mapping[str, Any], where: str, macros: Mapping[str, Form]) -> list[Rule]:
    make = _choose(table, "make", CHUNK_MAKES if where.startswith("chunks") else FIGURE_MAKES, where)
    months = _take(table, "months", int, 1, where)
    places = ((f"{where}.forms[{number}]", form) for number, form in enumerate(_take_words(table, "forms", where), 1))
    return [Rule(read_form(form, macros, place), make, months, place) for place, form in places]


def _read_durations(document: Mapping[str, Any]) -> dict[str, str]:
    durations: dict[str, str] = _take(document, "durations", dict, {})
    for unit, duration in durations.items():
        if not isinstance(duration, str) or not _DURATION.fullmatch(duration):
            raise FormError(f"durations.{unit}: one duration of ISO 8601 is needed, such as P1D or PT1H")
    return durations


def _read_tokenizer(
    document: Mapping[str, Any], lexicon: Lexicon, values: Mapping[str, Mapping[str, object]]
) -> Tokenizer:
    table = _take(document, "marks", dict)
    lists = ("plural-endings", "singular-endings", "ordinal-endings", "leading")
    plurals, singulars, nth, leading = (_take_words(table, key, "marks") for key in lists)
    marks = Marks(
        grouping=_take(table, "grouping", str, where="marks"),
        decimal=_take(table, "decimal", str, where="marks"),
        plurals=tuple(plurals),
        singulars=tuple(singulars),
        nth=frozenset(nth),
        decade=_take(table, "decade-ending", str, "", "marks"),
    )
    skip = _take_words(_take(document, "skip", dict, {}), "patterns", "skip")
    for number, pattern in enumerate(skip, 1):
        try:
            re.compile(pattern)
        except re.error as error:
            raise FormError(f"skip.patterns[{number}]: {error}") from None
    return build_tokenizer(
        marks, skip, lexicon, [*leading, *(word for role in LEADING for word in values.get(role, ()))]
    )
