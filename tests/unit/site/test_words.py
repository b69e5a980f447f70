"""The words of the pages: each in both languages, each used."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

from migragraph.site.words import read_words, say
from migragraph.wording import LANGUAGES, WORDS

SITE = Path(str(files("migragraph.site")))
KINDS = "chart check coverage defines finding graph menu matrix own-name search severity sparql style support term"
COMPUTED = re.compile(rf"(?:{'|'.join(KINDS.split())})-.+")


def test_each_word_is_there_in_both_languages_with_the_same_parts() -> None:
    for key, forms in read_words().items():
        assert tuple(forms) == LANGUAGES, key
        assert all(forms.values()), key
        first, second = ({part for _, part, _, _ in Formatter().parse(forms[one]) if part} for one in LANGUAGES)
        assert first == second, key


def test_the_words_are_sorted_and_say_nothing_that_the_tool_says_elsewhere() -> None:
    assert list(read_words()) == sorted(read_words())
    assert read_words().keys().isdisjoint(WORDS)


def test_each_word_is_used() -> None:
    paths = [*SITE.rglob("*.jinja"), *SITE.rglob("*.py"), *SITE.rglob("*.toml"), *SITE.rglob("*.js")]
    sources = "".join(
        path.read_text("utf-8") for path in paths if path.name != "words.toml" and "vendor" not in path.parts
    )
    unused = [
        key
        for key in read_words()
        if not COMPUTED.fullmatch(key) and f"'{key}'" not in sources and f'"{key}"' not in sources
    ]
    assert unused == []


def test_each_word_that_a_template_says_is_known() -> None:
    for path in SITE.rglob("*.jinja"):
        for key in re.findall(r"""\bsay\(['"]([^'"]+)['"](?=[,)])""", path.read_text("utf-8")):
            assert key in read_words() or key in WORDS, (path.name, key)


def test_a_word_is_said_in_the_language_or_else_in_english() -> None:
    assert say("date", "vi") == "Ngày"
    assert say("date", "fr") == "Date"
    assert say("page-of", "en", number=2, count=3) == "Page 2 of 3"
    assert say("evidence", "vi") == "Bằng chứng"
