"""Regular expressions over many texts at once, in linear time where they can run so.

SPARQL's REGEX (https://www.w3.org/TR/sparql11-query/#func-regex) is asked of the embedded Oxigraph, whose expressions
take linear time. It has no answer for look-ahead and references to groups; Python runs these, under the limit of the
whole run, and a note says so.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from migragraph.queries.binding import bind
from migragraph.shacl.fast.terms import ID, Ids
from migragraph.shacl.limits import EngineError
from migragraph.shacl.shapes import Term
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["match_pattern"]

MATCHING = "SELECT ?number { ?number ?is ?text FILTER (REGEX(?text, ?pattern, ?flags)) }"
PROBE = 'SELECT (REGEX("", ?pattern, ?flags) AS ?answer) {}'
TEXT = NamedNode("urn:text")
NUMBER = "urn:number:"
PYTHON_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def match_pattern(texts: Mapping[int, str], pattern: Term, flags: str) -> tuple[Ids, str | None]:
    """Give the keys of the texts in which the pattern is found, and a note where the run is not in linear time."""
    terms = {"pattern": Literal(pattern.value), "flags": Literal(flags)}
    store = Store()
    if _select(store, PROBE, terms)[0]["answer"] is None:
        return _match_slowly(texts, pattern, flags)
    store.bulk_extend(Quad(NamedNode(f"{NUMBER}{number}"), TEXT, Literal(text)) for number, text in texts.items())
    found = (row["number"].value.removeprefix(NUMBER) for row in _select(store, MATCHING, terms))
    return np.fromiter(map(int, found), ID), None


def _select(store: Store, query: str, terms: Mapping[str, Literal]) -> list[dict[str, Any]]:
    answers = store.query(bind(query, terms))
    assert isinstance(answers, QuerySolutions)
    names = [variable.value for variable in answers.variables]
    return [dict(zip(names, row, strict=True)) for row in answers]


def _match_slowly(texts: Mapping[int, str], pattern: Term, flags: str) -> tuple[Ids, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern.value, sum(PYTHON_FLAGS[flag] for flag in set(flags)))
    except (re.error, KeyError, RecursionError, OverflowError):
        fault = ShapeFault(pattern, f"No engine here takes the pattern {pattern} with the flags {flags!r}.", ADVICE)
        raise EngineError(fault) from None
    found = [number for number, text in texts.items() if compiled.search(text)]
    note = f"The pattern {pattern} does not run in linear time, and ran as Python has it, under the time limit."
    return np.array(found, ID), note


ADVICE = "Write it as https://www.w3.org/TR/xpath-functions-31/#regex-syntax says."
