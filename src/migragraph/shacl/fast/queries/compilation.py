"""The queries of a shapes graph, judged and compiled once for as long as neither they nor what compiles them change.

Parsing SPARQL takes much longer than running it on the columns. So the algebra is kept in the cache, under a hash of
the queries, of our code, and of that of the parser: then rdflib is not even imported.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from migragraph.cache import cache_key, find_cached, keep_cached
from migragraph.errors import DataError
from migragraph.shacl.declarations import Query
from migragraph.shacl.fast.queries.algebra import OutsideError, Select
from migragraph.shacl.fast.queries.encoding import decode_part, encode_part
from migragraph.shacl.fast.queries.syntax import read_query
from migragraph.shacl.limits import EngineError
from migragraph.shacl.shapes import Shapes
from migragraph.shacl.sparql import Question, find_query_fault, list_questions

__all__ = ["compile_queries"]

FILE = "queries.json"
# What the parse of a query runs through: rdflib's terms and its parser, and the library under that.
PARSERS = (("rdflib", ("__init__.py", "term.py", "plugins/sparql/*.py")), ("pyparsing", ("*.py",)))

Asked: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""The text of a query, and the prefixes that it knows."""
Algebra: TypeAlias = Select | str
"""The algebra of a query, or what of it lies outside of the fragment."""


def compile_queries(shapes: Shapes) -> Callable[[Query], Select]:
    """Judge the queries of a shapes graph, and give what reads one; raise EngineError for the first that is not good.

    What it gives raises OutsideError where a query leaves the fragment.
    """
    places = [questions for _, questions in list_questions(shapes)]
    name = _name(places) if places else None
    known = _load(name) if name else {}
    if known is None:
        known = _compile(shapes, places)
        if name:
            _keep(name, known)

    def read(query: Query) -> Select:
        found = known.get((query.text, query.prefixes))
        if isinstance(found, str):
            raise OutsideError(found)
        return found or read_query(query.text, query.prefixes)

    return read


def _name(places: list[list[Question]]) -> str | None:
    """Name what is kept by all that it depends on; a place with two queries is a fault, so the places are told."""
    try:
        return f"queries-{cache_key(_list_parsers(), sys.version, json.dumps(sorted(places)))}"
    except DataError:
        return None


def _list_parsers() -> Iterator[Path]:
    """List the code of the parser; nothing is imported to find it."""
    for library, patterns in PARSERS:
        for folder in spec.submodule_search_locations or () if (spec := find_spec(library)) else ():
            for pattern in patterns:
                yield from sorted(Path(folder).glob(pattern))


def _compile(shapes: Shapes, places: list[list[Question]]) -> dict[Asked, Algebra]:
    if fault := find_query_fault(shapes):
        raise EngineError(fault)
    found: dict[Asked, Algebra] = {}
    for question in (question for questions in places for question in questions):
        asked = question.text, question.prefixes
        try:
            found[asked] = read_query(*asked)
        except OutsideError as reason:
            found[asked] = str(reason)
    return found


def _load(name: str) -> Mapping[Asked, Algebra] | None:
    """Give what is kept, or None where nothing is or it cannot be read."""
    folder = find_cached(name)
    if folder is None:
        return None
    try:
        entries = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {(text, decode_part(prefixes)): decode_part(algebra) for text, prefixes, algebra in entries}
    except (OSError, KeyError, TypeError, ValueError, RecursionError):
        return None


def _keep(name: str, found: Mapping[Asked, Algebra]) -> None:
    # What cannot be encoded is compiled each time.
    with contextlib.suppress(TypeError, RecursionError):
        entries: list[Any] = [[text, prefixes, encode_part(algebra)] for (text, prefixes), algebra in found.items()]
        data = json.dumps(entries, ensure_ascii=False)
        keep_cached(name, lambda folder: _write(folder / FILE, data))


def _write(path: Path, data: str) -> None:
    path.write_text(data, encoding="utf-8")
