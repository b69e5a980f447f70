"""Explain: why the graph says what it says of a thing, and who says so; what is not told; and what disagrees."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.explain.differences import Difference, Differences, list_differences
from migragraph.explain.explainer import Explainer
from migragraph.explain.explanation import Explanation
from migragraph.explain.listing import DIFFERENCES, render_listing
from migragraph.explain.markdown import render_markdown
from migragraph.explain.text import render_json, render_text
from migragraph.labels import Labels
from migragraph.wording import LANGUAGES

__all__ = [
    "DIFFERENCES",
    "EXPLANATIONS",
    "Difference",
    "Differences",
    "Explainer",
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
    return Explainer(dataset, labels, language).explain(thing, property_)
