"""The explainer: one thing after another of a dataset explained in a language, by tables that are made once."""

from __future__ import annotations

from functools import cached_property

from pyoxigraph import NamedNode

from migragraph.consistency import find_disagreements
from migragraph.dataset import Dataset
from migragraph.explain.disputes import Disagreements, group_disagreements, list_disputes
from migragraph.explain.explanation import Explanation
from migragraph.explain.facts import Facts
from migragraph.explain.naming import Naming, read_figure
from migragraph.explain.witnesses import Witnesses
from migragraph.iris import document_of
from migragraph.labels import Labels
from migragraph.lookup import find_properties
from migragraph.namespaces import RDF
from migragraph.wording import LANGUAGES

__all__ = ["Explainer"]


class Explainer:
    """Explain the things of a dataset in one language.

    ``disagreements`` are those of the dataset, where they are known already, as they are to the explainer of another
    language; otherwise they are found when they are first asked for.
    """

    def __init__(
        self,
        dataset: Dataset,
        labels: Labels,
        language: str = LANGUAGES[0],
        disagreements: Disagreements | None = None,
    ) -> None:
        self.naming = Naming(dataset, labels, language)
        self.witnesses = Witnesses(self.naming)
        self.facts = Facts(self.naming, self.witnesses)
        self._known = disagreements

    @cached_property
    def disagreements(self) -> Disagreements:
        """Give what disagrees in the dataset, by document."""
        return group_disagreements(find_disagreements(self.naming.dataset)) if self._known is None else self._known

    def explain(self, thing: NamedNode, property_: str | None = None, *, with_mentions: bool = True) -> Explanation:
        """Explain a thing, or one property of it, named by an IRI, a CURIE, a local name or a label.

        Without mentions they are left empty: what a hundred thousand things name is told by ``facts.list_incoming``.
        Raises CallError where the thing has no such property, nor is it known to be unknown.
        """
        naming, facts = self.naming, self.facts
        asked = None
        if property_ is not None:
            present, subject = facts.list_properties(thing), naming.labels.shorten(thing)
            asked = find_properties(property_, present, naming.labels, subject)
        found = self.disagreements.get(document_of(thing), ())
        return Explanation(
            thing=naming.name(thing),
            types=tuple(naming.name(one) for one in self._list_types(thing)),
            figure=read_figure(thing, naming),
            rows=facts.list_rows(thing, asked),
            notes=facts.list_notes(thing) if asked is None else (),
            unknowns=facts.list_unknowns(thing, asked),
            disputes=list_disputes(found, naming, self.witnesses, asked),
            memberships=facts.list_memberships(thing) if asked is None else (),
            mentions=facts.list_mentions(thing) if asked is None and with_mentions else (),
        )

    def _list_types(self, thing: NamedNode) -> list[NamedNode]:
        dataset = self.naming.dataset
        own = dataset.index.get(thing, {}).get(RDF.type, [])
        defined = [one.object for one in dataset.connections.terms.get(thing, ()) if one.predicate == RDF.type]
        return [term for term in [*own, *defined] if isinstance(term, NamedNode)]
