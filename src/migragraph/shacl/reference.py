"""The reference engine: pyshacl, over plain rdflib graphs whose literals keep their lexical forms."""

from __future__ import annotations

import logging
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from migragraph.namespaces import SH
from migragraph.shacl.adaptation import adapt_shapes
from migragraph.shacl.limits import DEEPEST_SHAPE, EngineError, limit_time
from migragraph.shacl.regex import compile_pattern
from migragraph.shacl.results import ShaclResult
from migragraph.shacl.shapes import Shapes
from migragraph.shacl.sparql import find_query_fault
from migragraph.shacl.translation import Translation, read_report
from migragraph.shacl.wellformed import ShapeFault

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["run_reference"]

# rdflib logs a traceback for each ill-typed literal, pyshacl each fault that it also raises.
LOGGERS = ("rdflib", "rdflib.term", "pyshacl-validate")
LONGEST_REASON = 300


def run_reference(
    data: Iterable[Triple], shapes: Iterable[Triple], index: Shapes, *, advanced: bool, time_limit: float
) -> list[ShaclResult]:
    """Run pyshacl: no inference, no imports, no JavaScript; raise EngineError where it cannot.

    ``index`` is the shapes graph again, by subject. The time limit (seconds) holds on the main thread of a POSIX
    system.
    """
    import pyshacl
    import rdflib

    terms = Translation()
    try:
        with _quiet(), limit_time(time_limit):
            if fault := find_query_fault(index) or _find_limit(index):
                raise EngineError(fault)
            _, report, _ = pyshacl.validate(
                terms.load(data),
                shacl_graph=terms.load(adapt_shapes(shapes, index)),
                advanced=advanced,
                max_validation_depth=DEEPEST_SHAPE,  # its own limit of 15 is low
            )
    except EngineError:
        raise
    except Exception as error:
        raise EngineError(_explain(error, terms, time_limit)) from error
    # A failure as SHACL defines it comes back in the place of the report.
    if not isinstance(report, rdflib.Graph):
        raise EngineError(_explain(report, terms, time_limit))
    return list(read_report(report, terms, index))


def _find_limit(index: Shapes) -> ShapeFault | None:
    """Refuse flags of a pattern but i and m, which pyshacl would pass over in silence, and what Python cannot run."""
    for node, facts in index.items():
        for flags in facts.get(SH["flags"], []):
            if other := sorted(set(flags.value) - {"i", "m"}):
                message = f"sh:flags has {other[0]!r}, and pyshacl knows i and m alone."
                return ShapeFault(node, message, "Write the pattern without it, or take the fast engine.")
        for pattern in facts.get(SH["pattern"], []):
            if compile_pattern(pattern.value) is None:
                message = f"{pattern} is not a regular expression that Python can run."
                return ShapeFault(node, message, "Correct the pattern, or take the fast engine.")
    return None


@contextmanager
def _quiet() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _explain(error: Exception, terms: Translation, time_limit: float) -> ShapeFault:
    shape = _find_shape(error)
    node = None if shape is None else terms.back(shape)
    if isinstance(error, TimeoutError):
        advice = "Look for a regular expression (sh:pattern) or a query (sh:select) without end."
        return ShapeFault(node, f"The shapes were not done after {time_limit:g} seconds.", advice)
    if isinstance(error, RecursionError) or "too deep" in str(error):
        return ShapeFault(node, "The shape is nested too deeply.", "Write it flatter.")
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reason = " ".join(lines[:2])[:LONGEST_REASON] or type(error).__name__
    return ShapeFault(node, f"The shape cannot be run: {reason}", "Correct the shape: https://www.w3.org/TR/shacl/")


def _find_shape(error: BaseException) -> Node | None:
    """Find the shape that was being run: pyshacl's errors do not name it, the innermost frame that holds one does."""
    import pyshacl

    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        owner = frame.f_locals.get("self")
        shape = owner if isinstance(owner, pyshacl.Shape) else getattr(owner, "shape", None)
        if isinstance(shape, pyshacl.Shape):
            return shape.node
    return None
