"""What an explanation is made of: facts with the witnesses that bear them out, what is unknown, and what disagrees."""

from __future__ import annotations

from dataclasses import dataclass, field

from migragraph.bibliography import Authority, Source

__all__ = [
    "Dispute",
    "DisputeSide",
    "Explanation",
    "Figure",
    "Mention",
    "Name",
    "NotStated",
    "Quote",
    "Row",
    "Value",
    "Witness",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A thing, term or concept: its IRI, its CURIE and its label."""

    iri: str
    curie: str
    label: str


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a fact: ``text`` for a reader, then its IRI and CURIE, or its lexical form with what it is."""

    text: str
    iri: str = ""
    curie: str = ""
    lexical: str = ""
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, where they are read, and the IRI of the passage; ``url`` is empty where none is known."""

    exact: str
    source: Source
    url: str
    is_translation: bool
    passage: str


@dataclass(frozen=True, slots=True)
class Witness:
    """One evidence: its basis (stated, referenced, inferred), why, who says it in which post, words, authorities.

    ``reason_language`` is the tag of the language in which the reason is given.
    ``is_acting`` tells whether the speaker holds the post for the time being, ``is_speaker_inferred`` whether all
    evidence for who speaks is inferred. ``speech_mode`` is how the source gives what is said, ``speech_remark`` its
    label where the source neither quotes nor reports the speaker, or the empty string.
    """

    basis: str
    reason: str
    reason_language: str
    speaker: Name | None
    post: Name | None
    is_acting: bool
    is_speaker_inferred: bool
    speech_mode: Name | None
    speech_remark: str
    quotes: tuple[Quote, ...]
    authorities: tuple[Authority, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: the property, the value, what bears it out, and, where the value is a nested node, its own facts.

    ``need`` is "evidence" where the fact needs some, "none" for bookkeeping, "ontology" for what the ontology defines.
    """

    property: Name
    value: Value
    need: str
    witnesses: tuple[Witness, ...]
    nested: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as one reads it, and its parts; what it does not have is the empty string, and null in JSON."""

    text: str
    value: str
    lower: str
    upper: str
    hedge: str
    unit: str
    indicator: str
    population: str
    area: str
    period: str
    status: str


@dataclass(frozen=True, slots=True)
class NotStated:
    """A value that a reader would look for and that nobody gives: why, and the words that stand in its place."""

    unknown: Name
    property: Name | None
    wording: tuple[str, ...]
    reason: str
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class DisputeSide:
    """One side of a disagreement: the thing, its value as one reads it, what bears it out, whether it is preferred.

    ``value`` is the value alone, as it is written in the data, and ``hedge`` that of a figure, or the empty string.
    """

    thing: Name
    text: str
    value: str
    hedge: str
    witnesses: tuple[Witness, ...]
    is_preferred: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A point on which sides differ, how they bear on one another, and why one is preferred, where one is."""

    kind: str
    point: Name
    relation: str
    sides: tuple[DisputeSide, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A property by which other things name this one, and those things, sorted by CURIE."""

    property: Name
    things: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing, what is said of it and by whom, what is not, and what disagrees.

    ``memberships`` are the posts and memberships that name the thing as their member, each with its own facts.
    """

    thing: Name
    types: tuple[Name, ...]
    figure: Figure | None
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    unknowns: tuple[NotStated, ...]
    disputes: tuple[Dispute, ...]
    memberships: tuple[Row, ...] = field(default=())
    mentions: tuple[Mention, ...] = field(default=())
