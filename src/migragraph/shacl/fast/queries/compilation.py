"""The queries of a shapes graph, judged and compiled once for as long as neither they nor what compiles them change.

Parsing SPARQL takes much longer than running it on the columns. So the algebra is kept in the cache, under a hash of
the queries, of the code that compiles them, and of that of the parser: then rdflib is not even imported.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from migragraph.cache import find_cached, hash_files, keep_cached
from migragraph.errors import DataError
from migragraph.shacl.declarations import Query
from migragraph.shacl.fast.queries.algebra import OutsideError, Plan, Select
from migragraph.shacl.fast.queries.encoding import decode_part, encode_part
from migragraph.shacl.fast.queries.expressions import require_functions
from migragraph.shacl.fast.queries.scopes import plan_query
from migragraph.shacl.fast.queries.syntax import read_query
from migragraph.shacl.limits import EngineError
from migragraph.shacl.shapes import Shapes
from migragraph.shacl.sparql import Question, find_query_fault, list_questions

__all__ = ["Compiled", "compile_queries"]

FILE = "queries.json"
# All that this module imports of our own, and what that imports; a test holds the list.
MODULES = (
    "cache", "errors", "iris", "literals", "namespaces", "queries.binding", "queries.clauses", "queries.tokens",
    "shacl.declarations", "shacl.fast.comparison", "shacl.fast.model", "shacl.fast.patterns",
    "shacl.fast.queries.algebra", "shacl.fast.queries.compilation", "shacl.fast.queries.encoding",
    "shacl.fast.queries.expressions", "shacl.fast.queries.functions", "shacl.fast.queries.operators",
    "shacl.fast.queries.scopes", "shacl.fast.queries.syntax", "shacl.fast.terms", "shacl.limits",
    "shacl.parameters", "shacl.regex.__init__", "shacl.regex.python", "shacl.regex.reading",
    "shacl.regex.simplicity", "shacl.regex.translation", "shacl.regex.tree", "shacl.regex.universality",
    "shacl.shapes", "shacl.sparql", "shacl.wellformed",
)  # fmt: skip
PACKAGE = Path(__file__).parents[3]
# What the parse of a query runs through: rdflib's terms and its parser, and the library under that.
PARSERS = (("rdflib", ("__init__.py", "term.py", "plugins/sparql/*.py")), ("pyparsing", ("*.py",)))

Asked: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""The text of a query, and the prefixes that it knows."""
Algebra: TypeAlias = Select | str
"""The algebra of a query, or what of it lies outside of the fragment."""


class Compiled:
    """Hold the queries of a shapes graph, judged and compiled."""

    def __init__(self, known: Mapping[Asked, tuple[Algebra, Plan]]) -> None:
        self._known = known

    def __call__(self, query: Query) -> Select:
        """Give the algebra of a query; raise OutsideError where it leaves the fragment."""
        asked = query.text, query.prefixes
        found = self._known[asked][0] if asked in self._known else read_query(*asked)
        if isinstance(found, str):
            raise OutsideError(found)
        return found

    def plan(self, query: Query) -> Plan:
        """Say how a query may run outside of the fragment."""
        asked = query.text, query.prefixes
        return self._known[asked][1] if asked in self._known else plan_query(*asked)


def compile_queries(shapes: Shapes) -> Compiled:
    """Judge and compile the queries of a shapes graph; raise EngineError for the first that is not good."""
    places = [questions for _, questions in list_questions(shapes)]
    name = _name(places) if places else None
    known = _load(name) if name else {}
    if known is None:
        known = _compile(shapes, places)
        if name:
            _keep(name, known)

    return Compiled(known)


def _name(places: list[list[Question]]) -> str | None:
    """Name what is kept by all that it depends on; a place with two queries is a fault, so the places are told."""
    try:
        return f"queries-{hash_files([*_list_own(), *_list_parsers()], sys.version, json.dumps(sorted(places)))}"
    except DataError:
        return None


def _list_own() -> Iterator[Path]:
    for module in MODULES:
        yield PACKAGE.joinpath(*module.split(".")).with_suffix(".py")


def _list_parsers() -> Iterator[Path]:
    """List the code of the parser; nothing is imported to find it."""
    for library, patterns in PARSERS:
        for folder in spec.submodule_search_locations or () if (spec := find_spec(library)) else ():
            for pattern in patterns:
                yield from sorted(Path(folder).glob(pattern))


def _compile(shapes: Shapes, places: list[list[Question]]) -> dict[Asked, tuple[Algebra, Plan]]:
    if fault := find_query_fault(shapes):
        raise EngineError(fault)
    found: dict[Asked, tuple[Algebra, Plan]] = {}
    for question in (question for questions in places for question in questions):
        asked = question.text, question.prefixes
        try:
            select = read_query(*asked)
            require_functions(select)
            found[asked] = select, plan_query(*asked)
        except OutsideError as reason:
            found[asked] = str(reason), plan_query(*asked)
    return found


def _load(name: str) -> Mapping[Asked, tuple[Algebra, Plan]] | None:
    """Give what is kept, or None where nothing is or it cannot be read."""
    folder = find_cached(name)
    if folder is None:
        return None
    try:
        entries = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {
            (text, decode_part(prefixes)): (decode_part(algebra), decode_part(plan))
            for text, prefixes, algebra, plan in entries
        }
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        return None


def _keep(name: str, found: Mapping[Asked, tuple[Algebra, Plan]]) -> None:
    # What cannot be encoded is compiled each time.
    with contextlib.suppress(TypeError, RecursionError):
        entries: list[Any] = [[*asked, *map(encode_part, parts)] for asked, parts in found.items()]
        data = json.dumps(entries, ensure_ascii=False)
        keep_cached(name, lambda folder: _write(folder / FILE, data))


def _write(path: Path, data: str) -> None:
    path.write_text(data, encoding="utf-8")
