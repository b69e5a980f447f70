"""The engines by name, and which of them runs what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, Triple

from migragraph.namespaces import RDF, SH
from migragraph.shacl.agreement import find_disagreement
from migragraph.shacl.limits import EngineError
from migragraph.shacl.reference import run_reference
from migragraph.shacl.results import ShaclResult
from migragraph.shacl.shapes import Shapes

__all__ = ["DEFAULT_ENGINE", "ENGINES", "Job", "run_engine"]

DEFAULT_ENGINE = "fast"
# https://www.w3.org/TR/shacl-af/
ADVANCED = {SH[name] for name in ("rule", "target", "expression", "filterShape")}
ADVANCED_TYPES = {SH[name] for name in ("SPARQLFunction", "SPARQLTargetType", "TripleRule", "SPARQLRule")}
ADVANCED_NOTE = "The shapes use SHACL Advanced Features, which were run by pyshacl (https://www.w3.org/TR/shacl-af/)."

Found: TypeAlias = tuple[list[ShaclResult], list[str]]


class Job(NamedTuple):
    """Hold what an engine is given: the two graphs, the second also by subject, and a time limit in seconds."""

    data: tuple[Triple, ...]
    shapes: tuple[Triple, ...]
    by_subject: Shapes
    time_limit: float


def run_engine(name: str, job: Job) -> Found:
    """Give results and notes of the engine of that name; raise EngineError where it cannot run the shapes.

    Advanced features go to pyshacl whatever the name, and a note says so.
    """
    if _needs_advanced(job.by_subject):
        return _run_reference(job, advanced=True), [ADVANCED_NOTE]
    return ENGINES[name](job)


def _run_fast(job: Job) -> Found:
    from migragraph.shacl.fast import run_fast

    return run_fast(job.data, job.shapes, job.by_subject, time_limit=job.time_limit)


def _run_pyshacl(job: Job) -> Found:
    return _run_reference(job, advanced=False), []


def _run_both(job: Job) -> Found:
    results, notes = _run_fast(job)
    others, _ = _run_pyshacl(job)
    literals = [triple.object for triple in (*job.data, *job.shapes) if isinstance(triple.object, Literal)]
    fault, agreed = find_disagreement(results, others, job.by_subject, literals)
    if fault:
        raise EngineError(fault)
    return results, [*notes, *agreed]


def _run_reference(job: Job, *, advanced: bool) -> list[ShaclResult]:
    return run_reference(job.data, job.shapes, job.by_subject, advanced=advanced, time_limit=job.time_limit)


ENGINES: Mapping[str, Callable[[Job], Found]] = MappingProxyType(
    {"fast": _run_fast, "pyshacl": _run_pyshacl, "both": _run_both}
)
"""The engines; ``both`` gives the results of the fast one, and fails where the two disagree."""


def _needs_advanced(index: Shapes) -> bool:
    return any(
        not ADVANCED.isdisjoint(facts) or not ADVANCED_TYPES.isdisjoint(facts.get(RDF["type"], ()))
        for facts in index.values()
    )
