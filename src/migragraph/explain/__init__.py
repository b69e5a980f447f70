"""Explain: why the graph says what it says of a thing, and who says so; what is not told; and what disagrees."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.explain.differences import Difference, Differences, list_differences
from migragraph.explain.disputes import list_disputes
from migragraph.explain.explanation import Explanation
from migragraph.explain.facts import Facts
from migragraph.explain.listing import DIFFERENCES, render_listing
from migragraph.explain.markdown import render_markdown
from migragraph.explain.naming import Naming, read_figure
from migragraph.explain.text import render_json, render_text
from migragraph.explain.witnesses import Witnesses
from migragraph.labels import Labels
from migragraph.lookup import find_properties
from migragraph.namespaces import RDF
from migragraph.wording import LANGUAGES

__all__ = [
    "DIFFERENCES",
    "EXPLANATIONS",
    "Difference",
    "Differences",
    "Explanation",
    "explain_thing",
    "list_differences",
    "render_listing",
    "render_text",
]

EXPLANATIONS: dict[str, Callable[[Explanation, str], str]] = {
    "json": render_json,
    "md": render_markdown,
    "text": render_text,
}
"""The forms in which an explanation is written, by name: each takes the explanation and a language."""


def explain_thing(
    dataset: Dataset, labels: Labels, thing: NamedNode, property_: str | None = None, language: str = LANGUAGES[0]
) -> Explanation:
    """Explain a thing, or one property of it, named by an IRI, a CURIE, a local name or a label.

    Raises CallError where the thing has no such property, nor is it known to be unknown.
    """
    naming = Naming(dataset, labels, language)
    witnesses = Witnesses(naming)
    facts = Facts(naming, witnesses)
    present = facts.list_properties(thing) if property_ is not None else ()
    asked = None if property_ is None else find_properties(property_, present, labels, labels.shorten(thing))
    return Explanation(
        thing=naming.name(thing),
        types=tuple(naming.name(one) for one in _list_types(dataset, thing)),
        figure=read_figure(thing, naming),
        rows=facts.list_rows(thing, asked),
        notes=facts.list_notes(thing) if asked is None else (),
        unknowns=facts.list_unknowns(thing, asked),
        disputes=list_disputes(thing, naming, witnesses, asked),
        memberships=facts.list_memberships(thing) if asked is None else (),
        mentions=facts.list_mentions(thing) if asked is None else (),
    )


def _list_types(dataset: Dataset, thing: NamedNode) -> list[NamedNode]:
    own = dataset.index.get(thing, {}).get(RDF.type, [])
    defined = [one.object for one in dataset.ontology if one.subject == thing and one.predicate == RDF.type]
    return [term for term in [*own, *defined] if isinstance(term, NamedNode)]
