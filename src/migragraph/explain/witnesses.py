"""Witnesses: each evidence told for a reader, with who says it in which post, the words, and where they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from migragraph.explain.explanation import Quote, Witness
from migragraph.explain.naming import Naming
from migragraph.iris import local_name
from migragraph.memo import Memo
from migragraph.namespaces import MG
from migragraph.posts import find_acting
from migragraph.quotations import Quotation, Testimony
from migragraph.speech import find_speech
from migragraph.support import Fact

__all__ = ["Witnesses"]

_KEPT = 1_000
"""Of how many things the evidence is kept once it was told: one page tells of a thing and of those around it."""


class Witnesses:
    """Tell the evidence of a dataset; what is read once of a thing is kept."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.acting = find_acting(naming.dataset.index)
        self._read = Memo(self._read_all, _KEPT)
        self._told = Memo(self._tell_all, _KEPT)

    def find(self, fact: Fact) -> tuple[Witness, ...]:
        """Give the witnesses of a fact, each once, in the order in which the data name them."""
        return tuple(self._told[fact.subject].get(fact, ()))

    def list(self, subject: NamedNode) -> Sequence[tuple[Testimony, Witness]]:
        """List all evidence of a thing, each as it is read and as it is told."""
        return self._read[subject]

    def tell(self, testimony: Testimony) -> Witness:
        """Tell one testimony."""
        naming = self.naming
        node = naming.dataset.index.get(testimony.evidence, {})
        reasons = sorted((one for one in node.get(MG.reason, ()) if isinstance(one, Literal)), key=self._by_language)
        speech = find_speech(testimony, naming.dataset.index)
        speaker, post, mode = (speech.speaker, speech.post, speech.mode) if speech else (None, None, None)
        return Witness(
            basis=local_name(testimony.basis.value),
            reason=reasons[0].value if reasons else "",
            reason_language=(reasons[0].language or "") if reasons else "",
            speaker=naming.name(speaker) if speaker else None,
            post=naming.name(post) if post else None,
            is_acting=self.is_acting(speaker, post),
            is_speaker_inferred=speech is not None and speech.is_inferred,
            speech_mode=naming.name(mode) if mode else None,
            speech_remark=naming.name(speech.remark).label if speech and speech.remark else "",
            quotes=tuple(self._quote(quotation) for quotation in testimony.quotations),
            authorities=tuple(
                naming.bibliography.describe_authority(reference)
                for reference in node.get(MG.reference, ())
                if isinstance(reference, NamedNode)
            ),
        )

    def tell_each(self, testimonies: Iterable[Testimony]) -> tuple[Witness, ...]:
        """Tell some testimonies, each once."""
        return tuple(dict.fromkeys(self.tell(testimony) for testimony in testimonies))

    def is_acting(self, person: object, post: object) -> bool:
        """Tell whether a person holds a post for the time being, by every source that shows the person there."""
        return (person, post) in self.acting

    def _tell_all(self, subject: NamedNode) -> dict[Fact, dict[Witness, None]]:
        told: dict[Fact, dict[Witness, None]] = {}
        for testimony, witness in self._read[subject]:
            for fact in testimony.facts:
                told.setdefault(fact, {})[witness] = None
        return told

    def _read_all(self, subject: NamedNode) -> Sequence[tuple[Testimony, Witness]]:
        return [(testimony, self.tell(testimony)) for testimony in self.naming.dataset.told[subject]]

    def _quote(self, quotation: Quotation) -> Quote:
        bibliography = self.naming.bibliography
        link = bibliography.link(quotation)
        source = bibliography.describe(quotation.source)
        return Quote(quotation.exact, source, link.url, link.is_translation, quotation.passage.value)

    def _by_language(self, literal: Literal) -> tuple[bool, str]:
        return literal.language != self.naming.language, literal.value
