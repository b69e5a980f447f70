"""Speech: who says the facts that an evidence is for, in which post, and how the source gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.iris import document_of
from migragraph.namespaces import MG, Namespace
from migragraph.quotations import Testimony, read_testimony
from migragraph.support import Fact, Index, list_claims

__all__ = ["Speech", "find_speech", "find_speech_of"]

_MODE = Namespace("https://w3id.org/migragraph/scheme/speech-mode/")
_PLAIN = (_MODE.quoted, _MODE.reported)
_FRAME = frozenset((MG.speaker, MG.inPost, MG.madeAt, MG.speechMode))
"""What a source tells of a statement; the speaker does not say this of his or her own words."""


class Speech(NamedTuple):
    """Who says something, in which post, and the mode of speech (a concept of mg:speechMode), where these are known.

    ``is_inferred`` tells that all evidence for the speaker of a statement is inferred; an evidence that names its
    speaker by context only says so by its mode.
    """

    speaker: NamedNode
    post: NamedNode | None
    mode: NamedNode | None
    is_inferred: bool

    @property
    def remark(self) -> NamedNode | None:
        """Give the mode where a reader must be told of it: the source neither quotes nor reports the speaker."""
        return None if self.mode in _PLAIN else self.mode


def find_speech(testimony: Testimony, index: Index) -> Speech | None:
    """Find who says the facts of an evidence: the speaker of the evidence, or else of the statement that it is for.

    None where the source says it of its own, as it does of a statement who makes it, in which post and where.
    """
    if testimony.speaker is not None:
        return Speech(testimony.speaker, testimony.post, testimony.speech, is_inferred=False)
    if testimony.facts and all(fact.predicate in _FRAME for fact in testimony.facts):
        return None
    statement = NamedNode(document_of(testimony.subject))
    properties = index.get(statement, {})
    speaker = _node(properties.get(MG.speaker, ()))
    if speaker is None:
        return None
    post, mode = (_node(properties.get(name, ())) for name in (MG.inPost, MG.speechMode))
    return Speech(speaker, post, mode, _is_inferred(statement, speaker, index))


def find_speech_of(fact: Fact, evidence: NamedNode, index: Index) -> Speech | None:
    """Find who says one fact by an evidence for it, some facts of which may be told of the speaker, not by the speaker.

    None as for ``find_speech``.
    """
    return find_speech(replace(read_testimony(fact.subject, evidence, index), facts=(fact,)), index)


def _is_inferred(statement: NamedNode, speaker: NamedNode, index: Index) -> bool:
    """Tell whether every evidence for the speaker of a statement is inferred."""
    proofs = (one for one in index[statement].get(MG.evidence, ()) if isinstance(one, NamedNode))
    bases = [
        MG.inferred in index.get(proof, {}).get(MG.basis, ())
        for proof in proofs
        if any(fact.predicate == MG.speaker and fact.object == speaker for fact in list_claims(statement, proof, index))
    ]
    return bool(bases) and all(bases)


def _node(values: Iterable[object]) -> NamedNode | None:
    return next((value for value in values if isinstance(value, NamedNode)), None)
