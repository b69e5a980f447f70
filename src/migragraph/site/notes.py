"""Notes: the evidence on a page, each witness numbered once, in the order in which facts name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import escape

from migragraph.bibliography import Source
from migragraph.explain.explanation import Quote, Witness
from migragraph.memo import Memo
from migragraph.site.words import list_words
from migragraph.wording import LANGUAGES

__all__ = ["Mark", "Note", "Notes", "Quoted"]


class Mark(NamedTuple):
    """A mark at a fact: the number of the note, its basis, whether it is the first that names the note, and its title.

    In a template ``{{ mark }}`` writes it as HTML.
    """

    number: int
    basis: str
    is_first: bool
    title: str

    def __html__(self) -> str:
        """Give the link to the note."""
        return _WRITTEN[self]


def _write(mark: Mark) -> str:
    number, name = mark.number, f' id="mark-{mark.number}"' if mark.is_first else ""
    kind, title = escape(mark.basis), escape(mark.title)
    return f'<a class="mark {kind}" href="#note-{number}"{name} title="{title}">{number}</a>'


_WRITTEN = Memo(_write)


class Quoted(NamedTuple):
    """The words of one source in a note; ``told_in`` is the number of the note that tells of the source in full."""

    source: Source
    quotes: Sequence[Quote]
    told_in: int


class Note(NamedTuple):
    """A note: its number, the witness, the anchors of the evidence that says this, and whether a mark leads to it."""

    number: int
    witness: Witness
    anchors: Sequence[str]
    is_marked: bool
    quoted: Sequence[Quoted]


class Notes:
    """The notes of one page, in its language."""

    def __init__(self, language: str = LANGUAGES[0]) -> None:
        self._words = list_words(language)
        self._numbers: dict[Witness, int] = {}
        self._marked: set[int] = set()
        self._anchors: dict[int, list[str]] = {}

    def mark(self, witnesses: Iterable[Witness]) -> list[Mark]:
        """Give the marks of some witnesses, and number those that are new."""
        marks = []
        for witness in witnesses:
            number = self._numbers.setdefault(witness, len(self._numbers) + 1)
            marks.append(Mark(number, witness.basis, number not in self._marked, self._words[witness.basis]))
            self._marked.add(number)
        return sorted(marks)

    def anchor(self, witness: Witness, name: str) -> None:
        """Let a link to an evidence lead to the note of its witness, which is made where no mark has made it."""
        number = self._numbers.setdefault(witness, len(self._numbers) + 1)
        self._anchors.setdefault(number, []).append(name)

    def list(self) -> list[Note]:
        """List what was numbered so far; a source is told in full in the first note that quotes it."""
        told: dict[str, int] = {}
        return [
            Note(
                number,
                witness,
                self._anchors.get(number, ()),
                number in self._marked,
                list(_quote(witness.quotes, number, told)) if witness.quotes else (),
            )
            for witness, number in self._numbers.items()
        ]


def _quote(quotes: Iterable[Quote], number: int, told: dict[str, int]) -> Iterator[Quoted]:
    for iri, group in groupby(quotes, key=lambda quote: quote.source.iri):
        same = list(group)
        yield Quoted(same[0].source, same, told.setdefault(iri, number))
