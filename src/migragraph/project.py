"""A graph project as a user meets it: its dataset, its validation, its queries and its exports."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from migragraph.errors import DataError, UnreadableDataError
from migragraph.iris import expand_curie
from migragraph.layout import Layout, find_layout, load_layout

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Store

    from migragraph.dataset import Dataset
    from migragraph.inventory import Inventory
    from migragraph.queries import Query, Results
    from migragraph.report import Report

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
        self, *, only: Collection[str] | None = None, stated_only: bool = False, engine: str = "fast"
    ) -> Report:
        """Run every check, or only those named: syntax, terms, shacl (by this engine), evidence."""
        from migragraph.validation import validate

        return validate(self.layout, only=only, stated_only=stated_only, engine=engine)

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
        from migragraph.export import write_export

        return write_export(self.dataset(stated_only=stated_only), formats, Path(folder))

    def dump(self, format_: str, *, stated_only: bool = False) -> bytes:
        """Give the dataset in one format."""
        from migragraph.export import dump

        return dump(self.dataset(stated_only=stated_only), format_)

    def export_resource(self, resource: str, format_: str, *, stated_only: bool = False) -> bytes:
        """Give the description of one resource, named by its IRI or CURIE."""
        from migragraph.export import dump_resource

        return dump_resource(
            self.dataset(stated_only=stated_only), expand_curie(resource, self.layout.prefixes), format_
        )

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
            advice=f"{error.advice or ''} `migragraph validate` lists every such place.".strip(),
        ) from error
