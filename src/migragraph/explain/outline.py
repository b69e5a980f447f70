"""The outline: an explanation as sections of items and numbered footnotes, before it takes a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from migragraph.bibliography import Authority, Source
from migragraph.explain.explanation import Dispute, Explanation, Figure, Mention, NotStated, Quote, Row, Witness
from migragraph.spelling import write_date
from migragraph.wording import say

__all__ = ["Footnote", "Item", "Line", "Mark", "Outline", "Section", "make_outline", "write_witness"]

_HEADINGS = {"contradicts": "disagreements", "less-precise": "precisions", "compatible": "compatible differences"}
"""Under which heading a difference stands, by how its sides bear on one another: only some of them disagree."""

_SHOWN = 5
"""How many of the things that name a thing by one property are listed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A basis, and the numbers of the footnotes that rest on it."""

    basis: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a section: how deep it lies, what it is called (or the empty string), its text, its footnotes."""

    depth: int
    label: str
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its items."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a footnote, with the address to which it leads or the empty string."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """What bears facts out: its basis and speaker or reason, then words, sources and authorities."""

    number: int
    head: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """An explanation before it takes a form; sections that would be empty are left out."""

    title: str
    kinds: str
    curie: str
    iri: str
    figure: str
    sections: tuple[Section, ...]
    evidence: str
    footnotes: tuple[Footnote, ...]


def make_outline(explanation: Explanation, language: str) -> Outline:
    """Lay an explanation out in a language; footnotes are numbered in the order in which they are first named."""
    writer = _Writer(language)
    is_defined = any(row.need == "ontology" for row in explanation.rows)
    disputes = {
        heading: writer.list_disputes([one for one in explanation.disputes if one.relation == relation])
        for relation, heading in _HEADINGS.items()
    }
    parts = {
        "defined" if is_defined else "facts": writer.list_rows(explanation.rows),
        "unknowns": writer.list_unknowns(explanation.unknowns),
        **disputes,
        "memberships": writer.list_memberships(explanation.memberships),
        "notes": (Item(0, "", note) for note in explanation.notes),
        "named by": writer.list_mentions(explanation.mentions),
    }
    sections = [Section(say(word, language), tuple(items)) for word, items in parts.items()]
    return Outline(
        title=explanation.thing.label,
        kinds=", ".join(kind.label for kind in explanation.types),
        curie=explanation.thing.curie,
        iri=explanation.thing.iri,
        figure=_write_figure(explanation.figure) if explanation.figure else "",
        sections=tuple(section for section in sections if section.items),
        evidence=say("evidence", language),
        footnotes=tuple(writer.footnotes()),
    )


def write_witness(witness: Witness, language: str) -> Footnote:
    """Write one witness by itself, each source in full."""
    writer = _Writer(language)
    writer.mark((witness,))
    return next(writer.footnotes())


def _write_figure(figure: Figure) -> str:
    parts = (figure.population, figure.area, figure.period, figure.status)
    return "; ".join(part for part in (figure.text, *parts) if part)


class _Writer:
    """Write items in a language, and number the witnesses that they name."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._numbers: dict[Witness, int] = {}
        self._described: dict[Source, int] = {}

    def say(self, word: str, **parts: object) -> str:
        return say(word, self.language, **parts)

    def mark(self, witnesses: Iterable[Witness]) -> tuple[Mark, ...]:
        """Number witnesses, those of one basis together, in the order in which the bases come first."""
        bases: dict[str, list[int]] = {}
        for one in witnesses:
            bases.setdefault(one.basis, []).append(self._numbers.setdefault(one, len(self._numbers) + 1))
        return tuple(Mark(self.say(basis), tuple(numbers)) for basis, numbers in bases.items())

    def list_rows(self, rows: Iterable[Row], depth: int = 0) -> Iterator[Item]:
        """Write facts; bookkeeping comes last, a line for each property."""
        kept: list[Row] = []
        quiet: list[Row] = []
        for row in rows:
            (quiet if row.need != "evidence" and not row.nested and not row.witnesses else kept).append(row)
        for row in kept:
            text = row.value.text
            if row.need == "evidence" and not row.witnesses:
                text = f"{text} ({self.say('unsupported')})"
            yield Item(depth, row.property.label, text, self.mark(row.witnesses))
            yield from self.list_rows(row.nested, depth + 1)
        told = [
            (label, ", ".join(row.value.text for row in same))
            for label, same in groupby(quiet, key=lambda row: row.property.label)
        ]
        if quiet and quiet[0].need == "ontology":
            yield from (Item(depth, label, text) for label, text in told)
        elif quiet:
            yield Item(depth, self.say("bookkeeping"), "; ".join(f"{label}: {text}" for label, text in told))

    def list_memberships(self, memberships: Iterable[Row]) -> Iterator[Item]:
        for one in memberships:
            yield Item(0, "", f"{one.value.text}, {one.value.curie}")
            yield from self.list_rows(one.nested, 1)

    def list_unknowns(self, unknowns: Iterable[NotStated]) -> Iterator[Item]:
        for one in unknowns:
            instead = "; ".join(f"“{words}”" for words in one.wording)
            told = f"{one.unknown.label}; {self.say('in its place')} {instead}" if instead else one.unknown.label
            label = one.property.label if one.property else ""
            yield Item(0, label, f"{told}. {one.reason}".strip(), self.mark(one.witnesses))

    def list_disputes(self, disputes: Iterable[Dispute]) -> Iterator[Item]:
        for one in disputes:
            yield Item(0, one.point.label, self.say(one.relation))
            several = len({side.thing for side in one.sides}) > 1
            for side in one.sides:
                text = f"{side.text} ({self.say('preferred')})" if side.is_preferred else side.text
                yield Item(1, "", f"{text}, {side.thing.curie}" if several else text, self.mark(side.witnesses))
            yield Item(1, "", self.say(one.reason or "not preferred"))

    def list_mentions(self, mentions: Iterable[Mention]) -> Iterator[Item]:
        for one in mentions:
            yield Item(0, one.property.label, str(len(one.things)))
            for thing in one.things[:_SHOWN]:
                yield Item(1, "", f"{thing.label}, {thing.curie}")
            if len(one.things) > _SHOWN:
                yield Item(1, "", self.say("and more", count=len(one.things) - _SHOWN))

    def footnotes(self) -> Iterator[Footnote]:
        """Write the footnotes of all that was numbered so far."""
        for one, number in self._numbers.items():
            quoted = self._quoted(one.quotes, number)
            yield Footnote(number, self._head(one), (*quoted, *map(self._read_in, one.authorities)))

    def _head(self, one: Witness) -> str:
        parts = [self.say(one.basis)]
        if one.speaker:
            post = f", {one.post.label}" if one.post else ""
            parts.append(f"{self.say('says')} {one.speaker.label}{post}{self._remark(one)}")
        if one.reason:
            parts.append(f"{self.say('because')}: {one.reason}")
        return ", ".join(parts)

    def _remark(self, one: Witness) -> str:
        """Say in brackets how the speaker holds the post, and how it is known who speaks."""
        acting = self.say("acting") if one.is_acting else ""
        inferred = self.say("speaker inferred") if one.is_speaker_inferred and not one.speech_remark else ""
        told = "; ".join(part for part in (acting, one.speech_remark, inferred) if part)
        return f" ({told})" if told else ""

    def _quoted(self, quotes: Iterable[Quote], number: int) -> Iterator[Line]:
        """Write the words of each source, each with its own address, then the source, in full where it comes first."""
        for source, group in groupby(quotes, key=lambda quote: quote.source):
            for quote in group:
                yield Line(f"“{quote.exact}”", "" if quote.is_translation else quote.url)
            first = self._described.setdefault(source, number)
            if first != number:
                yield Line(f"{self._describe(source)} ({self.say('as in', number=first)})")
            else:
                yield from self._introduce(source)

    def _introduce(self, source: Source) -> Iterator[Line]:
        yield Line(self._describe(source), source.url if source.is_translation else "")
        if source.is_translation:
            page, phrase = self.say(source.page_language), self.say(source.language)
            yield Line(self.say("translated", page=page, phrase=phrase))
        elif not source.url:
            yield Line(self.say("no link"))

    def _describe(self, source: Source) -> str:
        title = f"[{source.title}]" if source.is_description else f"“{source.title}”"
        date = write_date(source.date, self.language) if source.date else self.say("no date")
        return ", ".join(part for part in (title, source.publisher, date) if part)

    def _read_in(self, authority: Authority) -> Line:
        places = f", {self.say('read in')}: {'; '.join(authority.read_in)}" if authority.read_in else ""
        return Line(f"{authority.title}{places}")
