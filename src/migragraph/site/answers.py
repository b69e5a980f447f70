"""The answers of queries that the pages show, each asked once, and the store that gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from migragraph.dataset import Dataset
from migragraph.errors import QueryError
from migragraph.queries import Query, find_query, run_query
from migragraph.store import load_store

__all__ = ["LARGE", "Answers", "Row"]

Row = Mapping[str, NamedNode | Literal | None]
"""An answer of a query: the value of each variable, None where it has none."""

LARGE = 200_000
"""Above how many facts a store lies on the disk: in memory it takes as much as all the rest."""


class Answers:
    """Answer queries about a dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._given: dict[tuple[object, ...], Sequence[Row]] = {}

    @cached_property
    def store(self) -> Store:
        """Give the dataset as a store."""
        if len(self._dataset.asserted) > LARGE:
            return load_store(self._dataset, Path(self._scratch.name))
        store = Store()
        store.bulk_extend(self._dataset.quads)
        return store

    @cached_property
    def _scratch(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="migragraph-", ignore_cleanup_errors=True)

    def close(self) -> None:
        """Let the store go, and the answers; it is loaded again where it is asked for."""
        self._given.clear()
        self.__dict__.pop("store", None)
        if (scratch := self.__dict__.pop("_scratch", None)) is not None:
            scratch.cleanup()

    def ask(self, name: str, values: Mapping[str, str] | None = None) -> Sequence[Row]:
        """Run a query, and give its rows; raise QueryError where it is no SELECT.

        It is a script of the project by that name, or else one of ours.
        """
        key = (name, *sorted((values or {}).items()))
        if key not in self._given:
            self._given[key] = self._ask(self.find_query(name), values or {})
        return self._given[key]

    def _ask(self, query: Query, values: Mapping[str, str]) -> list[Row]:
        results = run_query(self.store, query, values, self._dataset.prefixes)
        if not isinstance(results, QuerySolutions):
            raise QueryError("the query gives no rows.", path=query.path, advice="A view needs a SELECT.")
        names = [variable.value for variable in results.variables]
        return [dict(zip(names, solution, strict=True)) for solution in results]

    def find_query(self, name: str) -> Query:
        """Find a query script of the project, or else one of ours; raise QueryError where there is none."""
        layout = self._dataset.layout
        folder = layout.root / layout.folders["queries"]
        if (folder / f"{name}.rq").is_file():
            return find_query(folder, name)
        return find_query(Path(str(files("migragraph.site").joinpath("queries"))), name)
