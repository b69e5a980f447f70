"""The engines by name, and which of them runs what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, TypeAlias, cast

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.namespaces import RDF, SH
from migragraph.shacl.limits import EngineError
from migragraph.shacl.results import TRIPLE_TERMS, Found, Unmet, rank_blank_nodes
from migragraph.shacl.shapes import Resource, Shapes, Term

__all__ = ["DEFAULT_ENGINE", "ENGINES", "Job", "run_engine"]

DEFAULT_ENGINE = "fast"
# https://www.w3.org/TR/shacl-af/
ADVANCED = {SH[name] for name in ("rule", "target", "expression", "filterShape")}
ADVANCED_TYPES = {SH[name] for name in ("SPARQLFunction", "SPARQLTargetType", "TripleRule", "SPARQLRule")}
ADVANCED_NOTE = "The shapes use SHACL Advanced Features, which were run by pyshacl (https://www.w3.org/TR/shacl-af/)."


Statement: TypeAlias = tuple[Resource, NamedNode, Term | Triple]
"""A triple taken apart, which the fast engine reads in less time."""


class Job(NamedTuple):
    """Hold what an engine is given: the two graphs, the second also by subject, and a time limit in seconds.

    The fast engine goes through the data once, and never holds them as triples.
    """

    data: Iterable[Triple | Statement]
    shapes: tuple[Triple, ...]
    by_subject: Shapes
    time_limit: float


def run_engine(name: str, job: Job) -> Found:
    """Give results and notes of the engine of that name; raise EngineError where it cannot run the shapes.

    Advanced features go to pyshacl whatever the name, and a note says so.
    """
    if _needs_advanced(job.by_subject):
        found = _run_reference(job, advanced=True)
        return found._replace(notes=[ADVANCED_NOTE, *found.notes])
    return ENGINES[name](job)


def _run_fast(job: Job) -> Found:
    from migragraph.shacl.fast import run_fast

    # It only takes each apart.
    data = cast("Iterable[Triple]", job.data)
    return run_fast(data, job.shapes, job.by_subject, time_limit=job.time_limit)


def _run_pyshacl(job: Job) -> Found:
    return _run_reference(job, advanced=False)


def _run_both(job: Job) -> Found:
    from migragraph.shacl.agreement import STOPS, find_disagreement

    triples = _make_triples(job.data)
    job = job._replace(data=triples)
    found = _run_fast(job)
    try:
        other = _run_pyshacl(job)
    except EngineError as error:
        if not any(text in error.fault.message for text in STOPS):
            raise
        return found._replace(notes=[*found.notes, f"pyshacl gave nothing to compare with: {error.fault.message}"])
    literals = [triple.object for triple in (*triples, *job.shapes) if isinstance(triple.object, Literal)]
    fault, agreed = find_disagreement(found.results, other.results, job.by_subject, literals)
    if fault:
        raise EngineError(fault)
    return found._replace(notes=[*found.notes, *agreed])


def _run_reference(job: Job, *, advanced: bool) -> Found:
    from migragraph.shacl.reference import run_reference

    data = _make_triples(job.data)
    results = run_reference(data, job.shapes, job.by_subject, advanced=advanced, time_limit=job.time_limit)
    notes = [TRIPLE_TERMS] if Triple in set(map(type, chain.from_iterable(data))) else []
    # Where rules add to the data, what targets meet is for the engine that runs the rules to say.
    unmet = () if advanced else _find_unmet(data, job.by_subject)
    return Found(results, notes, rank_blank_nodes(data, job.shapes), unmet)


def _find_unmet(data: Iterable[Triple], shapes: Shapes) -> tuple[Unmet, ...]:
    from migragraph.shacl.fast import find_unmet

    return find_unmet(data, shapes)


def _make_triples(data: Iterable[Triple | Statement]) -> tuple[Triple, ...]:
    return tuple(one if isinstance(one, Triple) else Triple(*one) for one in data)


ENGINES: Mapping[str, Callable[[Job], Found]] = MappingProxyType(
    {"fast": _run_fast, "pyshacl": _run_pyshacl, "both": _run_both}
)
"""The engines; ``both`` gives the results of the fast one, and fails where the two disagree."""


def _needs_advanced(index: Shapes) -> bool:
    return any(
        not ADVANCED.isdisjoint(facts) or not ADVANCED_TYPES.isdisjoint(facts.get(RDF["type"], ()))
        for facts in index.values()
    )
