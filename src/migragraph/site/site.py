"""The site: what its pages are made from, opened once, and the rendering of a template into the bytes of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from pyoxigraph import Literal, NamedNode

from migragraph.consistency import Disagreement, Observation, find_disagreements, list_observations
from migragraph.dataset import Dataset
from migragraph.descriptions import Descriptions
from migragraph.evidence import Coverage, measure_coverage
from migragraph.explain import Explainer
from migragraph.explain.disputes import group_disagreements
from migragraph.explain.explanation import Witness
from migragraph.explain.naming import Naming, read_figure
from migragraph.iris import expand_curie
from migragraph.labels import FALLBACK, Labels, collect_labels
from migragraph.layout import DESCRIPTION
from migragraph.report import Report
from migragraph.site.answers import Answers, Row
from migragraph.site.characters import encode_page
from migragraph.site.documents import Document, list_definers, list_documents
from migragraph.site.downloads import Downloads
from migragraph.site.libraries import has_libraries
from migragraph.site.menus import Menus
from migragraph.site.notes import Notes
from migragraph.site.pages import Page, check_address
from migragraph.site.search import LIMIT
from migragraph.site.settings import Settings, read_settings
from migragraph.site.showing import Namer, Shown, Tongue, find_direction
from migragraph.site.views import View, list_views
from migragraph.site.words import name_column
from migragraph.spelling import write_number, write_value
from migragraph.support import Fact, Index
from migragraph.templates import is_ours, open_templates, tell_faults
from migragraph.validation import validate

if TYPE_CHECKING:
    from migragraph.templates import Environment, Template

__all__ = ["LARGE", "Row", "Site", "bunch_rows"]

LARGE = 200_000
"""Above how many facts a graph is large: then nothing is made that takes much memory or time more than once."""

Made = TypeVar("Made")


def bunch_rows(rows: Iterable[Row], *names: str) -> list[tuple[tuple[NamedNode | Literal | None, ...], list[Row]]]:
    """Put the rows together that have the same values of some variables, in the order in which these first come."""
    bunches: dict[tuple[NamedNode | Literal | None, ...], list[Row]] = {}
    for row in rows:
        bunches.setdefault(tuple(row[name] for name in names), []).append(row)
    return list(bunches.items())


class Site:
    """A site of a dataset: its documents, its views, and what they share."""

    def __init__(self, dataset: Dataset, validation: Callable[[], Report] | None = None) -> None:
        """Take the dataset, and what gives the report of its validation, where that is under way already."""
        self.dataset = dataset
        self.layout = dataset.layout
        self.settings: Settings = read_settings(dataset.layout)
        self.languages = dataset.layout.languages
        self._validation = validation
        self._made: dict[Callable[..., object], object] = {}
        self.views: list[View] = list_views(self.settings.views, dataset.layout.root / DESCRIPTION)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Give the documents by IRI, sorted."""
        return list_documents(self.dataset)

    @cached_property
    def has_libraries(self) -> bool:
        """Tell whether the browser libraries are there, without which there is neither search nor the SPARQL page."""
        return has_libraries()

    @cached_property
    def is_searchable(self) -> bool:
        """Tell whether the search page works, so that every page may lead to it."""
        return self.has_libraries and len(self.documents) <= LIMIT

    @cached_property
    def labels(self) -> Labels:
        """Give the names of all things, terms and concepts."""
        return collect_labels(self.dataset)

    @cached_property
    def _terms(self) -> Index:
        """Give what the ontology says, by subject and property."""
        found: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        for triple in self.dataset.ontology:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                found.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
        return found

    @cached_property
    def report(self) -> Report:
        """Give what every check of the project finds, once for all pages."""
        return validate(self.layout) if self._validation is None else self._validation()

    @cached_property
    def coverage(self) -> Coverage:
        """Give the count of the facts by what supports them."""
        return measure_coverage(self.dataset)

    @cached_property
    def observations(self) -> Sequence[Observation]:
        """Give the figures of the dataset."""
        return list(list_observations(self.dataset.index))

    @cached_property
    def disagreements(self) -> Sequence[Disagreement]:
        """Give all the points on which authorities differ."""
        return find_disagreements(self.dataset, observations=self.observations)

    @cached_property
    def explainers(self) -> Mapping[str, Explainer]:
        """Give, for each language, what explains things in it; what disagrees is found once for all."""
        found: dict[str, Explainer] = {}
        disagreements = group_disagreements(self.disagreements)
        for language in self.languages:
            found[language] = Explainer(self.dataset, self.labels, language, disagreements)
        return found

    def prepare(self) -> None:
        """Make now what else each process would make for itself, by going through the whole dataset."""
        _ = self.explainers, self.downloads, self.coverage

    @cached_property
    def namings(self) -> Mapping[str, Naming]:
        """Give, for each language, how things are called and values written."""
        return {language: explainer.naming for language, explainer in self.explainers.items()}

    @cached_property
    def namers(self) -> Mapping[str, Namer]:
        """Give, for each language, what names things in the templates."""
        return {language: Namer(Tongue(naming)) for language, naming in self.namings.items()}

    @cached_property
    def size(self) -> int:
        """Give the number of quads; those of a large graph are not kept."""
        if not self.is_large:
            return len(self.dataset.quads)
        subjects, named = self.dataset.stream_subjects(), self.dataset.stream_named()
        return sum(len(pairs) for _, pairs in subjects) + sum(1 for _ in named)

    @property
    def is_large(self) -> bool:
        """Tell whether the graph is so large that nothing is to hold it a second time, nor to validate it."""
        return self.dataset.size > LARGE

    @cached_property
    def descriptions(self) -> Descriptions:
        """Give what describes each document."""
        return Descriptions(self.dataset)

    @cached_property
    def downloads(self) -> Downloads:
        """Give what writes the descriptions into files."""
        return Downloads(self.dataset)

    @cached_property
    def answers(self) -> Answers:
        """Give what answers the queries of the views."""
        return Answers(self.dataset, is_large=self.is_large)

    @cached_property
    def environment(self) -> Environment:
        """Give the templates, the project's own before ours."""
        folders = [self.settings.templates] if self.settings.templates else []
        environment = open_templates("migragraph.site", folders)
        environment.filters |= {
            "address": check_address,
            "bunch": bunch_rows,
            "column": name_column,
            "counted": lambda count, language: write_number(str(count), language),
            "direction": find_direction,
        }
        environment.tests |= {
            "iri": lambda term: isinstance(term, NamedNode),
            "literal": lambda term: isinstance(term, Literal),
        }
        environment.globals["site"] = self
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        return environment

    @cached_property
    def _templates(self) -> dict[str, Template]:
        return {}

    @cached_property
    def definers(self) -> Mapping[str, str]:
        """Give the documents that define terms or shapes, by IRI, each with which of the two."""
        return list_definers(self.dataset, self.documents)

    @cached_property
    def menus(self) -> Menus:
        """Give the menus, for the templates to draw."""
        definers = [(self.documents[iri].path, kind) for iri, kind in self.definers.items()]
        return Menus(self.views, definers, self.environment)

    def page(self, path: str, language: str) -> Page:
        """Give the page at a path in a language."""
        return Page(path, language, self.languages, self.documents, self.settings.url)

    def title(self, language: str) -> Shown:
        """Give the title of the graph in a language, or else the project's, which is of the site's first language."""
        own = self.namings[language].bibliography.graph.iri
        found = self.labels.find(NamedNode(own), language)
        if found.language == language:
            return Shown(found.text, direction=find_direction(found.text))
        first = self.languages[0]
        text = self.layout.title
        return Shown(text, language="" if language == first else first, direction=find_direction(text))

    def name(self, term: NamedNode, language: str) -> str:
        """Give what a thing is called in a language."""
        return self.namings[language].name(term).label

    def called(self, iri: str, language: str) -> str:
        """Give what an IRI, or a node that has none, is called in a language."""
        return iri if iri.startswith("_:") else self.name(NamedNode(iri), language)

    def write(self, term: NamedNode | Literal | None, language: str) -> str:
        """Write a term for a reader: a thing by its name, a number or a date as people write it, nothing as nothing."""
        if term is None:
            return ""
        return self.name(term, language) if isinstance(term, NamedNode) else write_value(term, language)

    def find_text(self, subject: NamedNode, property_: str, language: str) -> Literal | None:
        """Give the text of a property of a thing in a language, or else in English, or else any, or None."""
        predicate = expand_curie(property_, self.layout.prefixes)
        places: tuple[Index, ...] = (self.dataset.index, self._terms)
        values = (value for place in places for value in place.get(subject, {}).get(predicate, ()))
        literals = [value for value in values if isinstance(value, Literal)]
        return min(literals, key=lambda one: (one.language != language, one.language != FALLBACK), default=None)

    def find_witnesses(
        self, subject: NamedNode, property_: str, language: str, value: NamedNode | Literal | None = None
    ) -> tuple[Witness, ...]:
        """Give what bears out the facts of a thing by a property, named by its CURIE, or one value of it, each once."""
        predicate = expand_curie(property_, self.layout.prefixes)
        values = self.dataset.index.get(subject, {}).get(predicate, ()) if value is None else (value,)
        told = (self.explainers[language].witnesses.find(Fact(subject, predicate, value)) for value in values)
        return tuple(dict.fromkeys(witness for some in told for witness in some))

    def once(self, make: Callable[..., Made], *arguments: object) -> Made:
        """Give what a function makes of the dataset and of what else there is of it, made once for all pages."""
        if make not in self._made:
            self._made[make] = make(self.dataset, *arguments)
        return cast(Made, self._made[make])

    def ask(self, name: str, values: Mapping[str, str] | None = None) -> Sequence[Row]:
        """Run a query once for all languages, as ``Answers.ask`` does."""
        return self.answers.ask(name, values)

    def require_template(self, name: str) -> None:
        """Raise ProjectError where there is no such template, or where it is the project's own and wrong."""
        with tell_faults(name):
            if not is_ours(self.environment, name):
                self.environment.get_template(name)

    def render(self, template: str, page: Page, **values: object) -> bytes:
        """Render a page by a template, which finds there the ``page``, the ``site``, and what else is given.

        In the template ``to``, ``link``, ``say``, ``words``, ``name`` and ``write`` are of the page's own place and
        language; ``told(thing, property)`` gives a text, ``figure(thing)`` the figure of an observation as one reads
        it, ``witnesses(thing, property)`` what ``notes.mark`` numbers, of one value where that is given too.
        """
        language = page.language
        with tell_faults(template):
            if template not in self._templates:
                self._templates[template] = self.environment.get_template(template)
            text = self._templates[template].render(
                page=page,
                to=page.to,
                link=lambda term: page.link(term.value if isinstance(term, NamedNode) else term),
                say=page.say,
                words=page.words,
                name=self.namers[language],
                write=lambda term: self.write(term, language),
                figure=lambda term: read_figure(term, self.namings[language]),
                told=lambda subject, property_: self.find_text(subject, property_, language),
                witnesses=lambda subject, property_, *value: self.find_witnesses(subject, property_, language, *value),
                **{"notes": Notes(language), **values},
            )
        return encode_page(text)
