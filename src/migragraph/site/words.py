"""The words of the pages, in each language that the tool speaks; they are data, in ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from migragraph.wording import LANGUAGES, WORDS
from migragraph.wording import say as say_elsewhere

__all__ = ["list_words", "name_column", "read_columns", "read_words", "say"]


@cache
def read_words() -> Mapping[str, Mapping[str, str]]:
    """Read the words: for each key the text by language."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


@cache
def read_columns() -> Mapping[str, Mapping[str, str]]:
    """Read what the columns of query scripts are called, by language and name; English is left out."""
    return tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))


def name_column(name: str, language: str) -> str:
    """Give what a column is called in another language than English, or the empty string where nobody knows."""
    return read_columns().get(language, {}).get(name, "")


@cache
def list_words(language: str) -> Mapping[str, str]:
    """List all words, the tool's other words too, in a language, else in English; their parts are not filled in."""
    return {key: say(key, language) for key in (*WORDS, *read_words())}


def say(key: str, language: str, **parts: object) -> str:
    """Say something in a language, else in English, with its parts filled in; the tool's other words serve too."""
    forms = read_words().get(key)
    if forms is None:
        return say_elsewhere(key, language, **parts)
    text = forms.get(language) or forms[LANGUAGES[0]]
    return text.format(**parts) if parts else text
