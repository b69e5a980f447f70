"""The results of a SHACL validation as findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode

from migragraph.iris import local_name
from migragraph.namespaces import SH
from migragraph.report import Finding, Severity
from migragraph.shacl.results import ShaclReport, ShaclResult, pick_message
from migragraph.shacl.shapes import Resource, Term, find_parents, name_shape, write_path

__all__ = ["find_results", "name_node"]

SEVERITIES = {SH["Info"]: Severity.INFO, SH["Warning"]: Severity.WARNING}


def find_results(report: ShaclReport, prefixes: Mapping[str, str]) -> Iterator[Finding]:
    """Give a finding for each result, once; a severity that SHACL does not define counts as a violation."""
    parents = find_parents(report.shapes)
    yield from dict.fromkeys(_find(result, report, parents, prefixes) for result in report.results)


def name_node(node: Term, ranks: Mapping[BlankNode, int]) -> str:
    """Give an IRI or, for a blank node, a label that is the same in each run."""
    return f"_:b{ranks.get(node, -1)}" if isinstance(node, BlankNode) else node.value


def _find(
    result: ShaclResult, report: ShaclReport, parents: Mapping[Term, Resource], prefixes: Mapping[str, str]
) -> Finding:
    shape = name_shape(parents, result.shape)
    component = local_name(result.component.value).removesuffix("ConstraintComponent")
    message = pick_message(result.messages)
    focus = result.focus if isinstance(result.focus, NamedNode | BlankNode) else None
    value = result.focus if focus is None and result.value is None else result.value
    return Finding(
        kind="shacl",
        rule=local_name(shape) if shape else component,
        severity=SEVERITIES.get(result.severity, Severity.VIOLATION),
        message=message.value if message else f"The node does not conform ({component}).",
        focus=None if focus is None else name_node(focus, report.ranks),
        path=None if result.path is None else write_path(report.shapes, result.path, prefixes),
        value=None if value is None else name_node(value, report.ranks) if isinstance(value, BlankNode) else str(value),
        shape=shape,
        component=result.component.value,
    )
