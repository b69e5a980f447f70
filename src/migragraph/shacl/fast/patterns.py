"""Regular expressions over many texts at once, in linear time where they can run so.

SPARQL's REGEX (https://www.w3.org/TR/sparql11-query/#func-regex) is asked of the embedded Oxigraph, whose expressions
take linear time. It has no answer for look-ahead and references to groups: these are for Python, which may take for
ever. The simplest patterns, which are most, Python runs at once, in linear time and with the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from migragraph.namespaces import SH
from migragraph.queries.binding import bind
from migragraph.shacl.fast.terms import ID, Ids
from migragraph.shacl.regex import compile_pattern, compile_simple, translate_pattern
from migragraph.shacl.shapes import Shapes
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["ask_engine", "find_pattern_fault", "match_pattern"]

MATCHING = "SELECT ?number { ?number ?is ?text FILTER (REGEX(?text, ?pattern, ?flags)) }"
PROBE = 'SELECT (REGEX("", ?pattern, ?flags) AS ?answer) {}'
TEXT = NamedNode("urn:text")
NUMBER = "urn:number:"
ADVICE = "Write it as https://www.w3.org/TR/xpath-functions-31/#regex-syntax says."


def find_pattern_fault(shapes: Shapes) -> ShapeFault | None:
    """Give the first pattern (sh:pattern) that is no regular expression of SPARQL and none of Python."""
    for node, facts in shapes.items():
        flags = "".join(flag.value for flag in facts.get(SH["flags"], ()))
        for pattern in facts.get(SH["pattern"], ()):
            if not _is_linear(pattern.value, flags) and compile_pattern(pattern.value, flags) is None:
                message = f"{pattern} with the flags {flags!r} is not a regular expression."
                return ShapeFault(node, message, ADVICE)
    return None


def match_pattern(texts: Mapping[int, str], pattern: str, flags: str) -> Ids | None:
    """Give the keys of the texts in which the pattern is found, or None where it cannot be run in linear time."""
    simple = compile_simple(pattern, flags)
    if simple is not None and "\n" not in "".join(texts.values()):
        return np.array([number for number, text in texts.items() if simple.search(text)], ID)
    return ask_engine(texts, pattern, flags) if _is_linear(pattern, flags) else None


def ask_engine(texts: Mapping[int, str], pattern: str, flags: str) -> Ids:
    """Give the keys of the texts in which Oxigraph finds the pattern."""
    pattern, store = translate_pattern(pattern, flags), Store()
    store.bulk_extend(Quad(NamedNode(f"{NUMBER}{number}"), TEXT, Literal(text)) for number, text in texts.items())
    numbers = (answer.value.removeprefix(NUMBER) for answer in _select(store, MATCHING, pattern, flags))
    return np.fromiter(map(int, numbers), ID)


@cache
def _is_linear(pattern: str, flags: str) -> bool:
    """Tell whether the pattern runs in linear time: it is a simple one, or Oxigraph takes it."""
    if compile_simple(pattern, flags) is not None:
        return True
    return _select(Store(), PROBE, translate_pattern(pattern, flags), flags) != [None]


def _select(store: Store, query: str, pattern: str, flags: str) -> list[Any]:
    """Give the one column that a query selects."""
    answers = store.query(bind(query, {"pattern": Literal(pattern), "flags": Literal(flags)}))
    assert isinstance(answers, QuerySolutions)
    return [answer[0] for answer in answers]
