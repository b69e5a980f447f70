"""Run the checks of a project, and report what they find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal

from migragraph.audit import check_statistics
from migragraph.collection import pause_collection
from migragraph.conformance import merge_files
from migragraph.consistency import check_consistency
from migragraph.dataset import Dataset, assemble
from migragraph.errors import CallError, DataError
from migragraph.evidence import check_evidence
from migragraph.inputs import Reader, make_fault, read_files, read_shapes
from migragraph.iris import shorten_iri
from migragraph.layout import Layout
from migragraph.literals import is_well_typed
from migragraph.origins import list_origins, list_parents
from migragraph.places import add_ends, place_findings
from migragraph.reading import ParsedFile, read_quads
from migragraph.report import Finding, Report, sort_findings
from migragraph.shacl import DEFAULT_ENGINE, TIME_LIMIT, ShaclReport, find_results, validate_shacl
from migragraph.terms import check_terms
from migragraph.texts import find_folder
from migragraph.wrapping import count_things

__all__ = ["CHECKS", "validate"]

PARTS = ("ontology", "data")


@dataclass(frozen=True)
class Material:
    """What the checks of a project look at: its files as far as they parse, and its dataset where all of them do."""

    layout: Layout
    files: Mapping[str, tuple[ParsedFile, ...]]
    faults: tuple[Finding, ...]
    dataset: Dataset | None
    ill_typed: tuple[Finding, ...] = ()
    texts: Path | None = None
    engine: str = DEFAULT_ENGINE
    time_limit: float = TIME_LIMIT


@dataclass(frozen=True)
class Outcome:
    """What one check found, and what the reader should know of how it was run."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    shacl: ShaclReport | None = None
    is_complete: bool = True


@pause_collection()
def validate(
    layout: Layout,
    *,
    only: Collection[str] | None = None,
    stated_only: bool = False,
    texts: Path | None = None,
    engine: str = DEFAULT_ENGINE,
    time_limit: float = TIME_LIMIT,
    read: Reader = read_quads,
) -> Report:
    """Run the checks of a project, or those named in ``only``, and give one report; ``engine`` runs SHACL.

    ``time_limit`` is how many seconds a constraint of SHACL may take.

    ``texts`` is the folder of the sources' texts, by default the one that MIGRAGRAPH_TEXTS or the project names;
    ``read`` reads a file, and may remember it.

    A file that does not parse is a finding whatever ``only`` says, since nothing of it was looked at; what needs the
    dataset is then left out, and a note says so. A literal that does not fit its datatype is one too, and SHACL is
    left out. Raises CallError for an unknown check, ProjectError for a project without data, and ShapeError for a
    shapes file that does not parse or a shape that cannot be used.
    """
    names = _choose(only)
    material = _read_material(layout, read, stated_only=stated_only)
    material = replace(material, texts=find_folder(layout, texts), engine=engine, time_limit=time_limit)
    outcomes = {name: CHECKS[name](material) for name in names}
    findings = dict.fromkeys(
        [*material.faults, *material.ill_typed, *(found for outcome in outcomes.values() for found in outcome.findings)]
    )
    shacl = next((outcome.shacl for outcome in outcomes.values() if outcome.shacl), None)
    return Report(
        findings=sort_findings(add_ends(findings)),
        conforms=shacl.conforms if shacl else None,
        shacl_graph=shacl.graph if shacl else (),
        prefixes=layout.prefixes,
        checked=f"{_measure(material)}; {', '.join(names)}",
        notes=tuple(note for outcome in outcomes.values() for note in outcome.notes),
        hints=shacl.hints if shacl else (),
        completed=frozenset(name for name in names if outcomes[name].is_complete and not stated_only),
        is_whole=len(names) == len(CHECKS) and not stated_only and not material.faults and not material.ill_typed,
    )


def _choose(only: Collection[str] | None) -> list[str]:
    for name in only or ():
        if name not in CHECKS:
            raise CallError(f"there is no check {name!r}.", advice=f"The checks are {', '.join(CHECKS)}.")
    return [name for name in CHECKS if only is None or name in only]


def _read_material(layout: Layout, read: Reader, *, stated_only: bool) -> Material:
    layout.require_data()
    files: dict[str, tuple[ParsedFile, ...]] = {}
    faults: list[Finding] = []
    for part in PARTS:
        files[part], unread = read_files(layout.files(part), read)
        faults += unread
    files["shapes"] = tuple(read_shapes(path, read) for path in layout.files("shapes"))
    dataset = None
    if not any(fault.file in {*layout.files("ontology"), *layout.files("data")} for fault in faults):
        try:
            dataset = assemble(layout, files["ontology"], files["data"], stated_only=stated_only)
        except DataError as error:
            faults.append(make_fault(error))
    return Material(layout, MappingProxyType(files), tuple(faults), dataset, _find_ill_typed(layout, dataset))


def _find_ill_typed(layout: Layout, dataset: Dataset | None) -> tuple[Finding, ...]:
    """Find literals of the data that do not fit their datatypes: no engine can compare or add them up."""
    if dataset is None:
        return ()
    findings = [
        Finding(
            kind="syntax",
            rule="literal-fits-datatype",
            message=f"The text is not one of {shorten_iri(fact.object.datatype.value, layout.prefixes)}.",
            focus=fact.subject.value,
            path=shorten_iri(fact.predicate.value, layout.prefixes),
            value=str(fact.object),
            advice="Correct the text, or the datatype.",
        )
        for fact in dataset.asserted
        if isinstance(fact.object, Literal) and not is_well_typed(fact.object)
    ]
    return tuple(place_findings(findings, _name_origins(dataset), {}, layout.prefixes))


def _measure(material: Material) -> str:
    files = [file for part in material.files.values() for file in part]
    triples = len(material.dataset.default) if material.dataset else sum(len(file.quads) for file in files)
    return f"{count_things(triples, 'triple')} in {count_things(len(files), 'file')}"


def _check_syntax(material: Material) -> Outcome:
    return Outcome(material.faults, is_complete=not material.faults)


def _check_terms(material: Material) -> Outcome:
    if any(fault.file in material.layout.files("ontology") for fault in material.faults):
        return Outcome(notes=("terms was left out: a file of the ontology does not parse.",), is_complete=False)
    described = {subject.value for subject in material.dataset.origin} if material.dataset else None
    return Outcome(tuple(check_terms(material.layout, material.files, described)), is_complete=described is not None)


def _check_shacl(material: Material) -> Outcome:
    if material.dataset is None:
        return Outcome(notes=("shacl was left out: a file that it needs does not parse.",), is_complete=False)
    if material.ill_typed:
        return Outcome(notes=("shacl was left out: a literal does not fit its datatype.",), is_complete=False)
    sources = list_origins(material.files["shapes"])
    shapes = merge_files(material.files["shapes"])
    report = validate_shacl(
        material.dataset.default, shapes, sources=sources, engine=material.engine, time_limit=material.time_limit
    )
    findings = list(find_results(report, material.layout.prefixes))
    parents = list_parents(material.dataset.default, report) if findings else {}
    origins = list_origins(material.files["ontology"]) | _name_origins(material.dataset)
    return Outcome(tuple(place_findings(findings, origins, parents, material.layout.prefixes)), report.notes, report)


def _check_evidence(material: Material) -> Outcome:
    if material.dataset is None:
        return Outcome(notes=("evidence was left out: a file that it needs does not parse.",), is_complete=False)
    check = check_evidence(material.dataset, material.texts)
    return Outcome(check.findings, check.notes, is_complete=not check.notes)


def _check_consistency(material: Material) -> Outcome:
    return _check_built("consistency", check_consistency, material)


def _check_statistics(material: Material) -> Outcome:
    return _check_built("statistics", check_statistics, material)


def _check_built(name: str, check: Callable[[Dataset], list[Finding]], material: Material) -> Outcome:
    """Run a check of the built dataset, and put what it finds where the thing stands in which a node is nested."""
    if material.dataset is None:
        return Outcome(notes=(f"{name} was left out: a file that it needs does not parse.",), is_complete=False)
    findings = check(material.dataset)
    things = {one.focus: one.focus.partition("#")[0] for one in findings if one.focus and "#" in one.focus}
    return Outcome(tuple(place_findings(findings, _name_origins(material.dataset), things, material.layout.prefixes)))


CHECKS: Mapping[str, Callable[[Material], Outcome]] = MappingProxyType(
    {
        "syntax": _check_syntax,
        "terms": _check_terms,
        "shacl": _check_shacl,
        "evidence": _check_evidence,
        "consistency": _check_consistency,
        "statistics": _check_statistics,
    }
)
"""The checks of a project by name, in the order in which they run."""


def _name_origins(dataset: Dataset) -> dict[str, Path]:
    return {subject.value: path for subject, path in dataset.origin.items()}
