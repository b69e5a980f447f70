"""The pages of the query scripts: each with its question, its answer as a table, and the same as CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
    parse_query_results,
)

from migragraph.dataset import Dataset
from migragraph.queries import Query, load_queries, render_results, run_query
from migragraph.site.pages import Page
from migragraph.site.site import Site
from migragraph.site.statistics import Chart, draw_figures
from migragraph.site.translations import translate_rows

__all__ = ["Answer", "ask_script", "draw_answer", "list_scripts", "render_scripts"]

FOLDER = "ask"
_LANGUAGE = "lang"
_TEMPLATE = "script.html.jinja"
MOST_ROWS = 500
"""How many rows a page shows; the files beside it hold them all."""

Term = NamedNode | BlankNode | Literal | Triple | None


class Answer(NamedTuple):
    """The answer of a script: its columns and rows, or the triples that it makes, and the files that hold it.

    It ``is_open`` where the script has a parameter that must be given and has no default.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Term]]
    turtle: str
    files: Mapping[str, bytes]
    is_open: bool = False


def list_scripts(site: Site) -> list[Query]:
    """List the query scripts of the project, by name; they are read once for all pages."""
    return site.once(_load_scripts)


def _load_scripts(dataset: Dataset) -> list[Query]:
    layout = dataset.layout
    folder = layout.root / layout.folders["queries"]
    return load_queries(folder) if folder.is_dir() else []


def ask_script(site: Site, query: Query, language: str) -> Answer:
    """Run a script with its defaults, and in a language where it has one to be chosen."""
    values = {one.name: language for one in query.parameters if one.name == _LANGUAGE}
    if any(one.default is None and not one.optional and one.name not in values for one in query.parameters):
        return Answer((), (), "", {}, is_open=True)
    results = run_query(site.answers.store, query, values, site.layout.prefixes)
    if isinstance(results, QueryTriples):
        turtle = render_results(results, "turtle", site.layout.prefixes)
        return Answer((), (), turtle, {".ttl": turtle.encode()})
    data = render_results(results, "json").encode()
    again = parse_query_results(data, format=QueryResultsFormat.JSON)
    files = {".csv": render_results(again, "csv").encode(), ".json": data}
    table = parse_query_results(data, format=QueryResultsFormat.JSON)
    if isinstance(table, QueryBoolean):
        return Answer(("answer",), ((Literal(bool(table)),),), "", files)
    assert isinstance(table, QuerySolutions)
    return Answer([one.value for one in table.variables], [list(row) for row in table], "", files)


def render_scripts(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render the page of each script in each language, and the files of its answer in the first."""
    for query in list_scripts(site):
        path = f"{FOLDER}/{query.name}"
        answer = ask_script(site, query, site.languages[0])
        for suffix, data in answer.files.items():
            yield path + suffix, data
        for language in site.languages:
            if language != site.languages[0] and _has_language(query):
                answer = ask_script(site, query, language)
            page = site.page(path, language)
            charts = draw_answer(site, page, answer)
            rows = translate_rows(site, query.text, answer.columns, answer.rows[:MOST_ROWS], language)
            values = {"query": query, "answer": answer, "rows": rows, "charts": charts}
            yield page.file, site.render(_TEMPLATE, page, **values)


def draw_answer(site: Site, page: Page, answer: Answer) -> list[Chart]:
    """Draw the figures that an answer names, where they may be compared; none where a page does not show them all."""
    if len(answer.rows) > MOST_ROWS:
        return []
    return draw_figures(site, page, {term for row in answer.rows for term in row if isinstance(term, NamedNode)})


def _has_language(query: Query) -> bool:
    return any(one.name == _LANGUAGE for one in query.parameters)
