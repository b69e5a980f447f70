"""Questions to the dataset: query scripts, their parameters bound as terms, run safely, shown in many formats."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migragraph.queries.binding import bind
    from migragraph.queries.guard import check_query
    from migragraph.queries.parameters import TYPES, Column, Parameter, read_term
    from migragraph.queries.parsing import Results
    from migragraph.queries.results import FORMATS, render_results
    from migragraph.queries.scripts import (
        Query,
        find_query,
        list_scripts,
        load_queries,
        load_query,
        parse_query,
        run_query,
    )
    from migragraph.queries.valid_time import add_time

__all__ = [
    "FORMATS",
    "TYPES",
    "Column",
    "Parameter",
    "Query",
    "Results",
    "add_time",
    "bind",
    "check_query",
    "find_query",
    "list_scripts",
    "load_queries",
    "load_query",
    "parse_query",
    "read_term",
    "render_results",
    "run_query",
]

_HOMES = {
    "Column": "parameters",
    "FORMATS": "results",
    "Parameter": "parameters",
    "Query": "scripts",
    "Results": "parsing",
    "TYPES": "parameters",
    "add_time": "valid_time",
    "bind": "binding",
    "check_query": "guard",
    "find_query": "scripts",
    "list_scripts": "scripts",
    "load_queries": "scripts",
    "load_query": "scripts",
    "parse_query": "scripts",
    "read_term": "parameters",
    "render_results": "results",
    "run_query": "scripts",
}


def __getattr__(name: str) -> object:
    """Import a part only when it is asked for: SHACL binds terms, and needs nothing else from here."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
