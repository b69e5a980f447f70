"""The words that a testimony quotes: the figures in them, what stands beside each, and the things that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pyoxigraph import NamedNode

from migragraph.fidelity.context import Context
from migragraph.fidelity.names import Mention, split_words
from migragraph.fidelity.vocabulary import SpeakerWords, Vocabulary, load_vocabulary
from migragraph.figures import LANGUAGES, Figure, read_figures
from migragraph.passages import fold
from migragraph.quotations import Quotation

__all__ = ["Words", "read_words"]

_PHRASES_KEPT = 65_536
_BRACKET = re.compile(r"[()\[\];]")


@dataclass(frozen=True)
class Words:
    """The words of one quotation, in the language of their source; ``around`` has its prefix and suffix too."""

    text: str
    around: str
    language: str
    figures: tuple[Figure, ...]
    context: Context

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Give the words, folded."""
        return split_words(self.text)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Give the names in the words."""
        return self.context.names.find(self.folded)

    @cached_property
    def named(self) -> frozenset[NamedNode]:
        """Give everything that the words name, or could."""
        return frozenset(thing for mention in self.mentions for thing in mention.things)

    @cached_property
    def whole_mentions(self) -> tuple[Mention, ...]:
        """Give the names in the words that are no part of a longer name."""
        return tuple(name for name in self.mentions if not any(_holds(other, name) for other in self.mentions))

    @property
    def is_name(self) -> bool:
        """Tell whether the words are nothing but a name: several, each with a capital letter but for small ones."""
        words, small = self.text.split(), self.vocabulary.small if self.vocabulary else ()
        return len(words) > 1 and words[0][0].isupper() and all(word[0].isupper() or word in small for word in words)

    def is_speaking(self, mention: Mention) -> bool:
        """Tell whether a name stands beside a verb of saying: "Quinn said", "according to Quinn"."""
        if self.vocabulary is None:
            return False
        speaker = self.vocabulary.speaker
        is_before = _ends_with(self.folded[: mention.start], speaker)
        return is_before or is_printed(speaker.after, self.folded[mention.end : mention.end + 1])

    @property
    def is_readable(self) -> bool:
        """Tell whether there are rules for the figures of the language."""
        return self.language in LANGUAGES and self.vocabulary is not None

    @property
    def vocabulary(self) -> Vocabulary | None:
        """Give the words of the language that tell something beside a number."""
        return load_vocabulary(self.language)

    def look_beside(self, figure: Figure) -> str:
        """Give the words that belong to a figure: up to the figures, and the brackets, on both sides of it."""
        before = max((other.end for other in self.figures if other.end <= figure.start), default=0)
        after = min((other.start for other in self.figures if other.start >= figure.end), default=len(self.text))
        head = _BRACKET.split(self.text[before : figure.start])[-1]
        return f"{head}{self.text[figure.start : figure.end]}{_BRACKET.split(self.text[figure.end : after])[0]}"


def read_words(quotation: Quotation, context: Context) -> Words:
    """Read the words of a quotation."""
    language = context.find_language(quotation.source)
    around = f"{quotation.prefix} {quotation.exact} {quotation.suffix}"
    return Words(fold(quotation.exact), around, language, _read(quotation.exact, language), context)


@lru_cache(maxsize=_PHRASES_KEPT)
def _read(text: str, language: str) -> tuple[Figure, ...]:
    """Read the figures of a phrase, which many facts quote, once; none where no rules are there for its language."""
    return tuple(read_figures(fold(text), language)) if language in LANGUAGES else ()


def is_printed(names: Iterable[str], words: Sequence[str]) -> bool:
    """Tell whether one of some names, folded, stands whole in words that are folded."""
    line = f" {' '.join(words)} "
    return any(f" {name} " in line for name in names)


def _ends_with(words: Sequence[str], speaker: SpeakerWords) -> bool:
    """Tell whether words end with what stands before a speaker, an article or a title after it left out."""
    end = len(words)
    while end and words[end - 1] in speaker.titles:
        end -= 1
    line = f" {' '.join(words[:end])}"
    return any(line.endswith(f" {phrase}") for phrase in speaker.before)


def _holds(other: Mention, mention: Mention) -> bool:
    whole = other.start <= mention.start and mention.end <= other.end
    return whole and (other.start, other.end) != (mention.start, mention.end)
