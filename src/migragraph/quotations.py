"""Quotations: each evidence with the facts that it is for, who says them, and the words that it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import MG, OA
from migragraph.support import Fact, Index, list_claims

__all__ = [
    "Quotation",
    "Testimony",
    "list_testimonies",
    "read_quotation",
    "read_testimonies",
    "read_testimony",
]

_EVIDENCE, _BASIS, _STATED = MG.evidence, MG.basis, MG.stated
_SPEAKER, _POST, _SPEECH = MG.speaker, MG.inPost, MG.speechMode
_TARGET, _SOURCE, _SELECTOR = OA.hasTarget, OA.hasSource, OA.hasSelector
_EXACT, _PREFIX, _SUFFIX = OA.exact, OA.prefix, OA.suffix


class Quotation(NamedTuple):
    """Words of a source: the passage that they make, and what stands around them where that must be said."""

    passage: NamedNode
    source: NamedNode
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Testimony:
    """One evidence of a thing: the facts that it is for, its basis, who says them in which post, and the words quoted.

    ``speech`` is how the source gives what the speaker says, where the evidence has it: a concept of mg:speechMode.
    ``facts`` are those that the thing has; ``quotations`` is empty where the evidence is only a reference or a reason.
    """

    subject: NamedNode
    evidence: NamedNode
    basis: NamedNode
    facts: tuple[Fact, ...]
    speaker: NamedNode | None
    post: NamedNode | None
    speech: NamedNode | None
    quotations: tuple[Quotation, ...]


def list_testimonies(index: Index) -> Iterator[Testimony]:
    """Give every evidence of every thing, in the order of the index."""
    return (testimony for subject in index for testimony in read_testimonies(subject, index))


def read_testimonies(subject: NamedNode, index: Index) -> Iterator[Testimony]:
    """Give every evidence of one thing."""
    for evidence in index.get(subject, {}).get(_EVIDENCE, ()):
        if isinstance(evidence, NamedNode):
            yield read_testimony(subject, evidence, index)


def read_testimony(subject: NamedNode, evidence: NamedNode, index: Index) -> Testimony:
    """Read one evidence of a thing."""
    quotations = (
        read_quotation(target, index)
        for target in index.get(evidence, {}).get(_TARGET, ())
        if isinstance(target, NamedNode)
    )
    return Testimony(
        subject=subject,
        evidence=evidence,
        basis=_node(evidence, _BASIS, index) or _STATED,
        facts=tuple(list_claims(subject, evidence, index)),
        speaker=_node(evidence, _SPEAKER, index),
        post=_node(evidence, _POST, index),
        speech=_node(evidence, _SPEECH, index),
        quotations=tuple(quotation for quotation in quotations if quotation is not None),
    )


def read_quotation(passage: NamedNode, index: Index) -> Quotation | None:
    """Read the words of a passage; None where it has no source or no phrase, which the shapes report."""
    source = _node(passage, _SOURCE, index)
    for selector in index.get(passage, {}).get(_SELECTOR, ()):
        words = index.get(selector, {}) if isinstance(selector, NamedNode) else {}
        exact = words.get(_EXACT)
        if source is not None and exact and isinstance(exact[0], Literal):
            return Quotation(passage, source, exact[0].value, *(_text(words.get(name)) for name in (_PREFIX, _SUFFIX)))
    return None


def _node(subject: NamedNode, property_: NamedNode, index: Index) -> NamedNode | None:
    values = index.get(subject, {}).get(property_, ())
    return next((value for value in values if isinstance(value, NamedNode)), None)


def _text(values: list[NamedNode | Literal] | None) -> str:
    return next((value.value for value in values or () if isinstance(value, Literal)), "")
