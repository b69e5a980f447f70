"""Reading: the figures of a phrase, in the order of their places, by the rules of its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from migragraph.errors import CallError
from migragraph.figures.amounts import make_amount, make_ordinal, make_ratio, make_share, make_unknown
from migragraph.figures.chunks import Cut, Finding, cut_into_chunks
from migragraph.figures.figure import Figure
from migragraph.figures.periods import make_date, make_days, make_decade, make_interval, make_part_of_year
from migragraph.figures.ruleset import Rules, load_rules

__all__ = ["LANGUAGES", "find_figures", "find_rules", "read_figures"]

_FOLDER = Path(__file__).with_name("rules")

LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""The languages that have rules, by their tags."""

_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")
_WORD = re.compile(r"[^\W\d_]+")


def read_figures(phrase: str, language: str = "en") -> list[Figure]:
    """Read the figures of a phrase, in the order of their places, none overlapping another.

    Raise CallError for a language without rules; no phrase raises anything.
    """
    return find_figures(phrase, find_rules(language))


@cache
def find_rules(language: str) -> Rules:
    """Give the rules of a language, loaded once; raise CallError where it has none."""
    if language not in LANGUAGES:
        advice = f"There are rules for: {', '.join(LANGUAGES)}."
        raise CallError(f"there are no rules for figures in {language!r}.", advice=advice)
    return load_rules(_FOLDER / f"{language}.toml")


def find_figures(phrase: str, rules: Rules) -> list[Figure]:
    """Read the figures of a phrase by rules that are loaded."""
    if not _DIGIT.search(phrase) and rules.triggers.isdisjoint(_WORD.findall(phrase.casefold())):
        return []
    cut = cut_into_chunks(phrase, rules)
    return list(_read(cut, 0, len(cut.items)))


def _read(cut: Cut, place: int, end: int) -> Iterator[Figure]:
    """Read what the last level finds from a place to an end; where a make declines, its find is read in two parts."""
    level = cut.rules.figures
    for match in level.pattern.finditer(cut.codes, place, end):
        finding = Finding(cut, match, level.cases[match.lastindex or 0])
        make = MAKES.get(finding.case.rule.make)
        figures = make(finding) if make else []
        middle = finding.stretch("lowunit") or finding.stretch("low")
        if figures or middle is None:
            yield from figures
        else:
            yield from _read(cut, match.start(), middle[1])
            yield from _read(cut, middle[1], match.end())


MAKES: Mapping[str, Callable[[Finding], list[Figure]]] = {
    "amount": make_amount,
    "date": make_date,
    "days": make_days,
    "decade": make_decade,
    "interval": make_interval,
    "ordinal": make_ordinal,
    "part-of-year": make_part_of_year,
    "ratio": make_ratio,
    "share": make_share,
    "unknown": make_unknown,
}
"""What a form's figures are made by; "each" makes none of its own, so that its parts are read, and "nothing" none."""
