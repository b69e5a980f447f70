"""The words of a language that tell something beside a figure's number: rules as data, a file for each language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["SpeakerWords", "UnitWords", "Vocabulary", "load_vocabulary"]


class UnitWords(NamedTuple):
    """What a source prints for a unit: the units that the reader of figures gives, and words beside the figure."""

    read: frozenset[str]
    words: tuple[str, ...]


class SpeakerWords(NamedTuple):
    """What stands before the name of whoever speaks, what may stand between, and what stands after it."""

    before: tuple[str, ...]
    titles: tuple[str, ...]
    after: tuple[str, ...]


class Vocabulary(NamedTuple):
    """The words of one language: for a sex, what recurs, a unit by its label, a speaker, a name."""

    sexes: Mapping[str, tuple[str, ...]]
    periods: Mapping[str, tuple[str, ...]]
    units: Mapping[str, UnitWords]
    speaker: SpeakerWords
    small: tuple[str, ...]
    denials: tuple[str, ...]
    told: Mapping[str, tuple[str, ...]]


@cache
def load_vocabulary(language: str) -> Vocabulary | None:
    """Load the words of a language by its tag, such as ``en``; None where there is no file for it."""
    path = Path(__file__).parent / "rules" / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        return None
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    units = {
        label: UnitWords(frozenset(unit.get("read", ())), tuple(unit.get("words", ())))
        for label, unit in table["units"].items()
    }
    return Vocabulary(
        sexes=_lists(table["sexes"]),
        periods=_lists(table["periods"]),
        units=units,
        speaker=SpeakerWords(**_lists(table["speaker"])),
        small=tuple(table["name"]["small"]),
        denials=tuple(table["denial"]["words"]),
        told=_lists(table["told"]),
    )


def _lists(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in table.items()}
