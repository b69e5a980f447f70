"""The answers of queries that the pages show, each asked once, and the store that gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from migragraph.dataset import Dataset
from migragraph.errors import QueryError
from migragraph.memo import Memo
from migragraph.queries import Query, find_query, run_query
from migragraph.queries.reach import join_reaches, keep_reached, read_reach
from migragraph.store import load_quads, load_store

__all__ = ["Answers", "Row"]

Row = Mapping[str, NamedNode | Literal | None]
"""An answer of a query: the value of each variable, None where it has none."""


class Answers:
    """Answer queries about a dataset.

    A large dataset is loaded only as far as the queries that are expected can match it, unless others are asked, and
    its store lies on the disk: in memory it takes as much as all the rest.
    """

    def __init__(self, dataset: Dataset, *, is_large: bool) -> None:
        self._dataset = dataset
        self._is_large = is_large
        self._expected: frozenset[str] = frozenset()
        self._given: dict[tuple[object, ...], Sequence[Row]] = {}

    def expect(self, names: Iterable[str]) -> None:
        """Tell which queries are going to be asked, without values."""
        self._expected = frozenset(names)

    @cached_property
    def store(self) -> Store:
        """Give the dataset as a store."""
        if self._is_large:
            return load_store(self._dataset, self._make_folder())
        return load_quads(iter(self._dataset.quads))

    @cached_property
    def _narrow_store(self) -> Store | None:
        """Give what the expected queries can match; None where the dataset is small, or that is not known of one."""
        reaches = [read_reach(self.find_query(name).text) for name in sorted(self._expected)] if self._is_large else []
        known = [reach for reach in reaches if reach is not None]
        if not known or len(known) < len(reaches):
            return None
        reach = join_reaches(known)
        triples = keep_reached(self._dataset.stream_subjects(reach), reach)
        return load_quads((Quad(*triple) for triple in triples), self._make_folder())

    @cached_property
    def _scratch(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="migragraph-", ignore_cleanup_errors=True)

    def _make_folder(self) -> Path:
        return Path(mkdtemp(dir=self._scratch.name))

    def close(self) -> None:
        """Let the stores of a large dataset go, and the answers; they are loaded again where they are asked for."""
        if not self._is_large:
            return
        self._given.clear()
        for name in ("store", "_narrow_store"):
            self.__dict__.pop(name, None)
        if (scratch := self.__dict__.pop("_scratch", None)) is not None:
            scratch.cleanup()

    def ask(self, name: str, values: Mapping[str, str] | None = None) -> Sequence[Row]:
        """Run a query, and give its rows; raise QueryError where it is no SELECT.

        It is a script of the project by that name, or else one of ours.
        """
        key = (name, *sorted((values or {}).items()))
        if key not in self._given:
            narrow = None if values or name not in self._expected else self._narrow_store
            store = self.store if narrow is None else narrow
            self._given[key] = self._ask(store, self.find_query(name), values or {})
        return self._given[key]

    def _ask(self, store: Store, query: Query, values: Mapping[str, str]) -> list[Row]:
        results = run_query(store, query, values, self._dataset.prefixes)
        if not isinstance(results, QuerySolutions):
            raise QueryError("the query gives no rows.", path=query.path, advice="A view needs a SELECT.")
        names = [variable.value for variable in results.variables]
        return [dict(zip(names, solution, strict=True)) for solution in results]

    def find_query(self, name: str) -> Query:
        """Find a query script of the project, or else one of ours; raise QueryError where there is none."""
        return self._queries[name]

    @cached_property
    def _queries(self) -> Memo[str, Query]:
        return Memo(self._find_query)

    def _find_query(self, name: str) -> Query:
        layout = self._dataset.layout
        folder = layout.root / layout.folders["queries"]
        if (folder / f"{name}.rq").is_file():
            return find_query(folder, name)
        return find_query(Path(str(files("migragraph.site").joinpath("queries"))), name)
