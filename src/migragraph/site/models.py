"""The models of views: what a template needs that no query gives, by the name that a row of the table uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.errors import ProjectError
from migragraph.explain import list_differences
from migragraph.explain.differences import ASKED, Differences
from migragraph.explain.explanation import Figure, Witness
from migragraph.explain.naming import MEASURES, read_figure
from migragraph.iris import expand_curie
from migragraph.layout import DESCRIPTION
from migragraph.namespaces import MG, QB, RDF
from migragraph.site.asking import list_scripts
from migragraph.site.browser import describe_search, describe_sparql
from migragraph.site.browsing import list_shelves
from migragraph.site.drawings import draw_happenings, draw_participations
from migragraph.site.modelling import (
    describe_context,
    list_citations,
    measure_support,
    read_changes,
    validate_site,
)
from migragraph.site.pages import Page
from migragraph.site.site import Site
from migragraph.site.statistics import list_tables, rank_figures
from migragraph.site.views import View

__all__ = ["MODELS", "CoverageTable", "Headline", "SourceCoverage", "fill", "list_headlines"]

MOST_FIGURES = 200
"""How many figures the profile gives."""

Model = Callable[[Site, Page], object]


class Headline(NamedTuple):
    """A figure of the first page: the observation, the figure as one reads it, and what bears it out."""

    observation: NamedNode
    figure: Figure
    witnesses: Sequence[Witness]


class SourceCoverage(NamedTuple):
    """How many facts the words of a source state, how many are inferred from them, how many hang on it alone."""

    stated: int
    inferred: int
    only_here: int


class CoverageTable(NamedTuple):
    """How many facts there are by what supports them, and what each source gives, by its IRI."""

    total: Mapping[str, int]
    by_source: Mapping[str, SourceCoverage]


def fill(site: Site, view: View, page: Page) -> dict[str, object]:
    """Give what the template of a view is filled with: the rows of its queries, the values of its models."""
    rows = {name: site.ask(query, view.values.get(query)) for name, query in view.queries.items()}
    return {**rows, **{name: MODELS[name](site, page) for name in view.models}}


def list_headlines(site: Site, page: Page) -> list[Headline]:
    """Give the figures that the project names for its first page; raise ProjectError for one that is no figure."""
    return [_find_headline(site, page, curie) for curie in site.settings.headline]


def _find_headline(site: Site, page: Page, curie: str) -> Headline:
    headline = _read_headline(site, page, expand_curie(curie, site.layout.prefixes))
    if headline is None:
        path = site.layout.root / DESCRIPTION
        raise ProjectError(
            f"site.headline names {curie}, which is no figure.", path=path, advice="Name an observation."
        )
    return headline


def _read_headline(site: Site, page: Page, observation: NamedNode) -> Headline | None:
    figure = read_figure(observation, site.namings[page.language])
    if figure is None:
        return None
    measures = (site.labels.shorten(name) for name in MEASURES)
    told = [one for name in measures for one in site.find_witnesses(observation, name, page.language)]
    return Headline(observation, figure, tuple(dict.fromkeys(told)))


def _list_figures(site: Site, page: Page) -> list[tuple[NamedNode | None, list[Headline]]]:
    """Give the figures by their indicators, in the order of their tables: the first of them, where there are many."""
    places = rank_figures(site)
    found: dict[NamedNode | None, list[Headline]] = {}
    for subject in site.once(_list_observations)[:MOST_FIGURES]:
        indicators = site.dataset.index[subject].get(MG.indicator, ())
        indicator = next((one for one in indicators if isinstance(one, NamedNode)), None)
        if (headline := _read_headline(site, page, subject)) is not None:
            found.setdefault(indicator, []).append(headline)
    for headlines in found.values():
        headlines.sort(key=lambda one: places.get(one.observation, len(places)))
    return sorted(found.items(), key=lambda pair: site.name(pair[0], page.language) if pair[0] else "~")


def _list_observations(dataset: Dataset) -> list[NamedNode]:
    return [subject for subject, properties in dataset.index.items() if QB.Observation in properties.get(RDF.type, ())]


def _list_differences(site: Site, page: Page) -> Differences:
    return list_differences(site.dataset, site.labels, ASKED, page.language, site.disagreements)


def _measure_coverage(site: Site, page: Page) -> CoverageTable:
    found = site.coverage
    prefixes = site.layout.prefixes
    sole = {one.source: len(one.facts) for one in found.sole}
    by_source = {
        expand_curie(name, prefixes).value: SourceCoverage(counts["passage"], counts["inference"], sole.get(name, 0))
        for name, counts in found.sources.items()
        if ":" in name
    }
    return CoverageTable(found.total, by_source)


def _count_things(site: Site, page: Page) -> Mapping[str, int]:
    """Count the documents, the figures, the facts that something supports, and the rest of the facts."""
    supported = len(site.dataset.support.supporters)
    return {
        "documents": len(site.documents),
        "figures": len(site.once(_list_observations)),
        "supported": supported,
        "rest": site.dataset.size - supported,
    }


MODELS: Mapping[str, Model] = {
    "changelog": read_changes,
    "citations": list_citations,
    "context": describe_context,
    "counts": _count_things,
    "coverage": _measure_coverage,
    "differences": _list_differences,
    "figures": _list_figures,
    "headlines": list_headlines,
    "most_figures": lambda site, page: MOST_FIGURES,
    "network_drawing": draw_participations,
    "scripts": lambda site, page: list_scripts(site),
    "search": describe_search,
    "shelves": lambda site, page: list_shelves(site),
    "sparql": describe_sparql,
    "statistics": list_tables,
    "support": measure_support,
    "timeline_drawing": draw_happenings,
    "validation": validate_site,
}
"""The models, by name; a template finds the value of each under that name."""
