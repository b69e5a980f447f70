"""Run SHACL on anybody's files, with nothing of ours added, and report what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from migragraph.collection import pause_collection
from migragraph.inputs import Reader, make_fault, open_lines, read_shapes, require_file
from migragraph.reading import ParsedFile, read_quads
from migragraph.wrapping import count_things

if TYPE_CHECKING:
    from migragraph.errors import DataError
    from migragraph.lines import Lines
    from migragraph.report import Finding, Report
    from migragraph.shacl import ShaclReport
    from migragraph.shacl.fast import NumberedGraph

__all__ = ["merge_files", "validate_files"]


@pause_collection()
def validate_files(
    data: Sequence[Path],
    shapes: Sequence[Path],
    *,
    engine: str = "fast",
    time_limit: float = 60,
    read: Reader | None = None,
) -> Report:
    """Run SHACL on any files, with nothing of ours added; the graphs of all data files make one data graph.

    A relative IRI is resolved with the IRI of its file, a blank node stays its file's own, a named graph is merged with
    the others, and ``owl:imports`` is not followed. A data file that does not parse is a finding, and SHACL judges the
    rest. Without ``read`` large files are never in memory as a whole. Raises CallError for a file that is not there, or
    whose suffix names no RDF format, and ShapeError for a shapes file that does not parse or a shape that cannot be
    used.
    """
    for path in (*data, *shapes):
        require_file(path)
    with open_lines(data, read) as files:
        # While a second process parses the data, this one reads the shapes and imports all that is needed then.
        shape_files = tuple(read_shapes(path, read or read_quads, with_base=True) for path in shapes)
        from migragraph.origins import list_origins
        from migragraph.report import Report, sort_findings
        from migragraph.shacl import UNMET, find_results, validate_shacl

        graph, errors = _number(files)
    triples = merge_files(shape_files)
    report = validate_shacl(graph, triples, sources=list_origins(shape_files), engine=engine, time_limit=time_limit)
    declared = [file.prefixes for file in shape_files] + [file.prefixes for file in files]
    prefixes = {name: iri for own in reversed(declared) for name, iri in own.items()}
    findings = list(find_results(report, prefixes))
    faults = [make_fault(error) for error in errors]
    notes = ("SHACL judged the data without the files that do not parse.",) if faults else ()
    return Report(
        findings=sort_findings([*faults, *_place(findings, graph, report, prefixes)]),
        conforms=report.conforms,
        shacl_graph=report.graph,
        prefixes=prefixes,
        checked=f"{count_things(graph.count(), 'triple')} in {count_things(len(graph.paths), 'file')}; shacl",
        notes=(*notes, *report.notes),
        # In what does not parse there may be what a target is meant to meet.
        hints=tuple(hint for hint in report.hints if not faults or hint.rule != UNMET),
        completed=frozenset() if faults else frozenset({"shacl"}),
        is_whole=not faults,
    )


def _number(files: Sequence[Lines]) -> tuple[NumberedGraph, list[DataError]]:
    from migragraph.shacl.fast import number_files

    return number_files(files)


def _place(
    findings: Sequence[Finding], graph: NumberedGraph, report: ShaclReport, prefixes: Mapping[str, str]
) -> list[Finding]:
    if not findings:
        return []
    from migragraph.origins import trace_origins
    from migragraph.places import add_ends, place_findings

    origins = trace_origins(graph, report)
    return add_ends(
        place_findings(findings, origins.files, origins.parents, prefixes, labels=origins.labels, with_base=True)
    )


def merge_files(files: Iterable[ParsedFile]) -> tuple[Triple, ...]:
    """Give the triples of all graphs of the files as one graph, each once, in the order of the files."""
    return tuple(dict.fromkeys(quad.triple for file in files for quad in file.quads))
