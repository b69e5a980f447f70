"""The examples of the SPARQL page: the query scripts, their parameters filled with what they have by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import dropwhile

from migragraph.queries import Query, bind, read_term
from migragraph.site.scripts import make_script

__all__ = ["EXAMPLES", "render_examples"]

EXAMPLES = "assets/sparql-examples.js"
"""Where the examples lie in the site."""


def render_examples(queries: Iterable[Query], prefixes: Mapping[str, str]) -> dict[str, bytes]:
    """Render the examples as a script, in the order given; raise QueryError where a default cannot be bound."""
    examples = [
        {
            "name": query.name,
            "title": dict(query.title),
            "question": dict(query.question),
            "text": _write(query, prefixes),
        }
        for query in queries
    ]
    return {EXAMPLES: make_script("MigragraphExamples", examples)}


def _write(query: Query, prefixes: Mapping[str, str]) -> str:
    """Write a query without its header, the parameters that have a default bound, the others left free."""
    terms = {one.variable: read_term(one, one.default, prefixes) for one in query.parameters if one.default is not None}
    text = bind(query.text, terms, path=query.path)
    lines = dropwhile(_is_header, text.splitlines(keepends=True))
    return "".join(lines).strip() + "\n"


def _is_header(line: str) -> bool:
    return line.startswith(("#!", "#+")) or not line.strip()
