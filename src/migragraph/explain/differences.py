"""Differences: all the points on which authorities differ, each told as one block, with what bears out each side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from migragraph.consistency import KINDS, SEX, Disagreement, find_disagreements
from migragraph.dataset import Dataset
from migragraph.explain.disputes import tell_dispute
from migragraph.explain.explanation import Dispute, Name
from migragraph.explain.naming import Naming
from migragraph.explain.witnesses import Witnesses
from migragraph.labels import Labels
from migragraph.namespaces import MG, SCHEMA, SDMX_DIMENSION
from migragraph.wording import LANGUAGES

__all__ = ["ASKED", "NAME", "Difference", "Differences", "list_differences"]

NAME = "name"
"""The kind of difference between the names of one thing, which contradict nothing."""

ASKED = tuple(kind for kind in KINDS if kind != NAME)
"""The kinds that are listed where none is named."""

_FIGURE = "figure"
_NO_SEX = SEX.N


@dataclass(frozen=True, slots=True)
class Difference:
    """A point on which authorities differ, and what it is about: a thing, or the indicator of several figures.

    ``setting`` says who and where the figures of an indicator are of; it is empty for a thing.
    """

    about: Name
    setting: str
    dispute: Dispute


@dataclass(frozen=True, slots=True)
class Differences:
    """The points on which authorities differ, and how many things have names in several forms that are not listed."""

    points: tuple[Difference, ...]
    names_left_out: int


def list_differences(
    dataset: Dataset,
    labels: Labels,
    kinds: Collection[str] = ASKED,
    language: str = LANGUAGES[0],
    found: Collection[Disagreement] | None = None,
) -> Differences:
    """List the points of some kinds on which authorities differ, sorted by kind; names are counted where not asked.

    ``found`` are all the disagreements of the dataset, where they have been found already.
    """
    naming = Naming(dataset, labels, language)
    witnesses = Witnesses(naming)
    if found is None:
        found = find_disagreements(dataset, {*kinds, NAME})
    points = tuple(_tell(one, naming, witnesses) for one in found if one.kind in kinds)
    return Differences(points, 0 if NAME in kinds else sum(one.kind == NAME for one in found))


def _tell(one: Disagreement, naming: Naming, witnesses: Witnesses) -> Difference:
    dispute = tell_dispute(one, naming, witnesses)
    properties = naming.dataset.index.get(one.things[0], {})
    indicators = [value for value in properties.get(MG.indicator, ()) if isinstance(value, NamedNode)]
    if one.kind != _FIGURE or not indicators:
        return Difference(naming.name(one.things[0]), "", dispute)
    return Difference(naming.name(indicators[0]), _write_setting(one.things, naming), dispute)


def _write_setting(figures: Sequence[NamedNode], naming: Naming) -> str:
    """Write what some figures of one subject are about, and whom and where they count."""
    index = naming.dataset.index
    about = {value for figure in figures for value in index[figure].get(SCHEMA.about, ())}
    words = sorted(naming.label([thing]) for thing in about)
    properties = index[figures[0]]
    for name in (MG.population, SDMX_DIMENSION.refArea, SDMX_DIMENSION.sex):
        words.append(naming.label(value for value in properties.get(name, ()) if value != _NO_SEX))
    return "; ".join(filter(None, words))
