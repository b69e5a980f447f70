"""Names: which things the words of a source name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.labels import Labels
from migragraph.lookup import fold_name

__all__ = ["Mention", "Names", "list_names", "split_words"]

_TEXTS_KEPT = 65_536
_WORD = re.compile(r"[a-z0-9]+")


class Mention(NamedTuple):
    """A name in a list of words: its first word, the word after its last, and the things that are called so."""

    start: int
    end: int
    things: frozenset[NamedNode]


@dataclass(frozen=True)
class Names:
    """The names of things, folded; and, for the first word of each, the number of words that the longest has."""

    things: Mapping[str, frozenset[NamedNode]]
    longest: Mapping[str, int]

    def find(self, words: Sequence[str]) -> tuple[Mention, ...]:
        """Find every name in words that are folded, those within a longer name included."""
        return tuple(self._find(words))

    def _find(self, words: Sequence[str]) -> Iterator[Mention]:
        for start, word in enumerate(words):
            for end in range(start + 1, min(len(words), start + self.longest.get(word, 0)) + 1):
                things = self.things.get(" ".join(words[start:end]))
                if things:
                    yield Mention(start, end, things)


def list_names(labels: Labels, languages: Collection[str]) -> Names:
    """List the names of all things in some languages; a name without a language belongs to each."""
    things: dict[str, set[NamedNode]] = {}
    longest: dict[str, int] = {}
    for thing, names in labels.names.items():
        for _, literal in names:
            if not literal.language or literal.language.partition("-")[0] in languages:
                words = split_words(literal.value)
                things.setdefault(" ".join(words), set()).add(thing)
                if words:
                    longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Names({name: frozenset(named) for name, named in things.items() if name}, longest)


@lru_cache(maxsize=_TEXTS_KEPT)
def split_words(text: str) -> tuple[str, ...]:
    """Split a text into words, folded; what follows an apostrophe is a word of its own."""
    return tuple(_WORD.findall(text.lower()) if text.isascii() else fold_name(text).split())
