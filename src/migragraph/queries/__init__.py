"""Questions to the dataset: query scripts, their parameters bound as terms, run safely, shown in many formats."""

from migragraph.queries.binding import bind
from migragraph.queries.guard import check_query
from migragraph.queries.parameters import TYPES, Column, Parameter, read_term
from migragraph.queries.parsing import Results
from migragraph.queries.results import FORMATS, render_results
from migragraph.queries.scripts import Query, find_query, load_queries, load_query, parse_query, run_query
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
    "load_queries",
    "load_query",
    "parse_query",
    "read_term",
    "render_results",
    "run_query",
]
