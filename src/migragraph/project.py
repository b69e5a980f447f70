"""A graph project as a user meets it: its dataset, its validation, its queries and its exports."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from migragraph.collection import pause_collection
from migragraph.errors import DataError, UnreadableDataError
from migragraph.iris import expand_curie
from migragraph.layout import Layout, find_layout, load_layout

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Store

    from migragraph.audit import Audit
    from migragraph.consistency import Disagreement
    from migragraph.dataset import Dataset
    from migragraph.evidence import Coverage
    from migragraph.explain import Differences, Explanation
    from migragraph.inventory import Inventory
    from migragraph.queries import Query, Results
    from migragraph.report import Report
    from migragraph.site import Built

__all__ = ["Project"]


class Project:
    """Hold a project, with its dataset built once for each way of building it.

    ``Project.load(folder)`` opens one; ``Project.find()`` opens the nearest upward, or else the bundled graph.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._datasets: dict[bool, Dataset] = {}
        self._stores: dict[bool, Store] = {}

    @classmethod
    def load(cls, folder: Path | str) -> Project:
        """Open the project in a folder; raise ProjectError where there is none."""
        return cls(load_layout(Path(folder)))

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Open the nearest project upward from a folder, by default the working directory, or else the bundled one."""
        return cls(find_layout(start))

    def dataset(self, *, stated_only: bool = False) -> Dataset:
        """Give the built dataset; raise ProjectError without data, UnreadableDataError where a file cannot be read."""
        from migragraph.dataset import build

        if stated_only not in self._datasets:
            self.layout.require_data()
            with _readable():
                self._datasets[stated_only] = build(self.layout, stated_only=stated_only)
        return self._datasets[stated_only]

    def store(self, *, stated_only: bool = False) -> Store:
        """Give the dataset as an Oxigraph store, which answers in canonical lexical forms."""
        from migragraph.store import open_store

        if stated_only not in self._stores:
            self.layout.require_data()
            with _readable():
                self._stores[stated_only] = open_store(self.layout, stated_only=stated_only)
        return self._stores[stated_only]

    def graph(self, *, stated_only: bool = False) -> rdflib.Dataset:
        """Give the dataset as an rdflib Dataset, lexical forms as written."""
        from migragraph.rdflib_view import make_dataset

        return make_dataset(self.dataset(stated_only=stated_only))

    def validate(
        self,
        *,
        only: Collection[str] | None = None,
        stated_only: bool = False,
        texts: Path | None = None,
        engine: str = "fast",
        time_limit: float = 60,
        baseline: Path | None = None,
        changed_since: str | None = None,
    ) -> Report:
        """Run every check of ``validation.CHECKS``, or only those named; ``texts`` is the folder of the texts.

        ``engine`` runs SHACL: one of ``shacl.ENGINES``; ``time_limit`` is how many seconds a constraint may take. What
        the file ``baseline`` knows or waives is left out, and what the git revision ``changed_since`` had too.
        """
        from migragraph.baseline import read_baseline
        from migragraph.comparison import compare_report, validate_project_at
        from migragraph.validation import validate

        report = validate(
            self.layout, only=only, stated_only=stated_only, texts=texts, engine=engine, time_limit=time_limit
        )
        if baseline is None and changed_since is None:
            return report
        past = changed_since and validate_project_at(
            self.layout,
            changed_since,
            only=only,
            stated_only=stated_only,
            texts=texts,
            engine=engine,
            time_limit=time_limit,
        )
        known = None if baseline is None else read_baseline(baseline)
        return compare_report(report, self.layout.root, baseline=known, past=past or None)

    def check_evidence(self, texts: Path | None = None, *, stated_only: bool = False) -> Report:
        """Check the evidence, its lock, and its words in the texts of a folder, by default that of the project."""
        from migragraph.evidence import report_evidence
        from migragraph.texts import find_folder

        return report_evidence(self.dataset(stated_only=stated_only), find_folder(self.layout, texts))

    def lock(self, texts: Path | None = None) -> Report:
        """Check the evidence and, where nothing is wrong with it, write the lock; raise OutputError where it cannot."""
        from migragraph.evidence import lock_evidence
        from migragraph.lock import LOCK
        from migragraph.texts import find_folder
        from migragraph.writing import write_files

        with _readable():
            report, data = lock_evidence(self.dataset(), find_folder(self.layout, texts))
        if data is not None:
            write_files(self.layout.folder("data"), {LOCK: data})
        return report

    def coverage(self, *, stated_only: bool = False) -> Coverage:
        """Count by what the facts are supported."""
        from migragraph.evidence import measure_coverage

        return measure_coverage(self.dataset(stated_only=stated_only))

    @cached_property
    def queries(self) -> tuple[Query, ...]:
        """Give the query scripts of the project, by name."""
        from migragraph.queries import load_queries

        return tuple(load_queries(self.layout.folder("queries")))

    def query(
        self,
        query: Query | str,
        values: Mapping[str, str] | None = None,
        *,
        as_of: str | None = None,
        stated_only: bool = False,
        allow_service: bool = False,
    ) -> Results:
        """Run a query, given itself or by the name of its script, with a text value for each parameter.

        ``as_of`` is the day, month or year at which the answer is to hold, for a query that declares such a parameter.
        """
        from migragraph.queries import add_time, find_query, run_query

        script = find_query(self.layout.folder("queries"), query) if isinstance(query, str) else query
        if as_of is not None:
            values = add_time(script, values or {}, as_of, self.queries if script.as_of is None else ())
        store = self.store(stated_only=stated_only)
        return run_query(store, script, values or {}, self.layout.prefixes, allow_service=allow_service)

    def export(self, formats: Sequence[str], folder: Path | str, *, stated_only: bool = False) -> list[Path]:
        """Write the dataset into a folder in the formats named; give the files written."""
        from migragraph.publications import render_format
        from migragraph.writing import order_files, write_files

        dataset = self.dataset(stated_only=stated_only)
        return write_files(Path(folder), order_files(render_format(dataset, format_) for format_ in formats))

    def export_facts(self, path: Path | str, *, stated_only: bool = False) -> list[Path]:
        """Write the table of facts under a name that ends in .csv, its description beside it, or in .xlsx."""
        from migragraph.facts import render_facts
        from migragraph.writing import write_files

        path = Path(path)
        return write_files(path.parent, render_facts(self.dataset(stated_only=stated_only), path.name))

    def dump(self, format_: str, *, stated_only: bool = False) -> bytes:
        """Give the dataset in one format."""
        from migragraph.publications import render_format

        return next(iter(render_format(self.dataset(stated_only=stated_only), format_).values()))

    def export_resource(self, resource: str, format_: str, *, stated_only: bool = False) -> bytes:
        """Give the description of one resource, named by its IRI or CURIE."""
        from migragraph.export import dump_resource

        return dump_resource(
            self.dataset(stated_only=stated_only), expand_curie(resource, self.layout.prefixes), format_
        )

    def audit(self, *, stated_only: bool = False) -> Audit:
        """Audit the statistics: breakdowns, parts and wholes, shares and counts, derived figures."""
        from migragraph.audit import take_audit

        return take_audit(self.dataset(stated_only=stated_only))

    def disagreements(self, *, stated_only: bool = False) -> list[Disagreement]:
        """Find the points on which the authorities differ, each side with its testimonies."""
        from migragraph.consistency import find_disagreements

        return find_disagreements(self.dataset(stated_only=stated_only))

    def list_differences(
        self, kinds: Collection[str] | None = None, *, language: str = "en", stated_only: bool = False
    ) -> Differences:
        """List the disagreements for a reader, with the words of each side; by default of all kinds but names."""
        from migragraph.explain import list_differences
        from migragraph.explain.differences import ASKED
        from migragraph.labels import collect_labels

        dataset = self.dataset(stated_only=stated_only)
        return list_differences(dataset, collect_labels(dataset), kinds or ASKED, language)

    def explain(
        self, thing: str, property_: str | None = None, *, language: str = "en", stated_only: bool = False
    ) -> Explanation:
        """Explain a thing, or a property of it, each named as people name it; raise CallError where it is not one."""
        from migragraph.explain import explain_thing
        from migragraph.labels import collect_labels
        from migragraph.lookup import Lookup

        dataset = self.dataset(stated_only=stated_only)
        labels = collect_labels(dataset)
        return explain_thing(dataset, labels, Lookup(dataset, labels).find(thing), property_, language)

    def cite(
        self, thing: str | None = None, *, style: str = "text", language: str = "en", stated_only: bool = False
    ) -> str:
        """Cite the sources behind a thing and the graph, or the graph alone: text, bibtex, csl-json, wikipedia."""
        from migragraph.cite import STYLES, collect_citations
        from migragraph.labels import collect_labels
        from migragraph.lookup import Lookup

        dataset = self.dataset(stated_only=stated_only)
        labels = collect_labels(dataset)
        found = None if thing is None else Lookup(dataset, labels).find(thing)
        return STYLES[style](collect_citations(dataset, labels, found, language), language)

    def build(
        self, folder: Path | str, *, stated_only: bool = False, report: Callable[[int, int], None] | None = None
    ) -> Built:
        """Build the site of the project into a folder, in which only what changed is made again.

        ``report`` is told how many documents are done, and of how many. Raises OutputError where the folder holds what
        is no site of ours.
        """
        from migragraph.looking import look_beside
        from migragraph.validated import validate_beside

        self.layout.require_data()
        folder = Path(folder)
        # The site shows what validation finds, and is made beside it; what makes it is imported meanwhile.
        with validate_beside(self.layout) as validation, pause_collection():
            from migragraph.site import build_site, list_missing

            with look_beside(folder, list_missing) as look:
                dataset = self.dataset(stated_only=stated_only)
                return build_site(dataset, folder, report, validation=validation, look=look)

    def inventory(self, *, stated_only: bool = False) -> Inventory:
        """Count what the project holds."""
        from migragraph.inventory import take_inventory

        return take_inventory(self.dataset(stated_only=stated_only))


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """Turn a fault of the data into one of the call: only `validate` reports the data's own."""
    try:
        yield
    except DataError as error:
        raise UnreadableDataError(
            error.message,
            path=error.path,
            line=error.line,
            column=error.column,
            advice=_advise(error),
        ) from error


def _advise(error: DataError) -> str:
    from migragraph.lock import LOCK

    if error.path is not None and Path(error.path).name == LOCK:
        return "Take the lock back from your history, or delete it; then run `migragraph evidence`."
    return f"{error.advice or ''} `migragraph validate` lists every such place.".strip()
