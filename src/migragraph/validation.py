"""Run the checks of a project, and report what they find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal

from migragraph.collection import pause_collection
from migragraph.conformance import merge_files
from migragraph.contents import read_contents
from migragraph.dataset import Dataset, assemble
from migragraph.errors import CallError, DataError, MigragraphError
from migragraph.forking import do_apart
from migragraph.inputs import Reader, make_fault, read_files, read_shapes
from migragraph.iris import shorten_iri
from migragraph.layout import Layout
from migragraph.literals import is_well_typed
from migragraph.origins import list_files, list_origins, list_parents
from migragraph.places import add_ends, place_findings
from migragraph.reading import ParsedFile, read_quads
from migragraph.report import Finding, Report, sort_findings
from migragraph.shacl import (
    DEFAULT_ENGINE,
    TIME_LIMIT,
    ShaclReport,
    ShapesGraph,
    find_results,
    read_shapes_graph,
    validate_shacl,
)
from migragraph.support import Fact
from migragraph.texts import find_folder
from migragraph.wrapping import count_things

__all__ = ["CHECKS", "validate"]

PARTS = ("ontology", "data")
# Triples. A second process for fewer costs more than it spares; more would be in memory twice.
FEWEST, MOST = 2_000, 500_000
# These, and the others in a second process, take about as long.
HERE = frozenset(("shacl", "statistics"))


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
    is_left_out: bool = False


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
    alone: bool = False,
) -> Report:
    """Run the checks of a project, or those named in ``only``, and give one report; ``engine`` runs SHACL.

    ``time_limit`` is how many seconds a constraint of SHACL may take.

    ``texts`` is the folder of the sources' texts, by default the one that MIGRAGRAPH_TEXTS or the project names;
    ``read`` reads a file, and may remember it. With ``alone`` there is no second process, which would leave nothing in
    mind for a next run.

    A file that does not parse is a finding whatever ``only`` says, since nothing of it was looked at; what needs the
    dataset is then left out, and a note says so. A literal that does not fit its datatype is one too, and SHACL is
    left out. Raises CallError for an unknown check, ProjectError for a project without data, and ShapeError for a
    shapes file that does not parse or a shape that cannot be used.
    """
    names = _choose(only)
    material = _read_material(layout, read, stated_only=stated_only)
    material = replace(material, texts=find_folder(layout, texts), engine=engine, time_limit=time_limit)
    outcomes = _run_checks(names, material, alone=alone)
    findings = dict.fromkeys(
        [*material.faults, *material.ill_typed, *(found for outcome in outcomes.values() for found in outcome.findings)]
    )
    files = [file for part in material.files.values() for file in part]
    read_triples = sum(len(file.quads) for part in PARTS for file in material.files[part])
    triples = len(material.dataset.statements) if material.dataset else read_triples
    ran = tuple(name for name in names if not outcomes[name].is_left_out)
    shacl = next((outcome.shacl for outcome in outcomes.values() if outcome.shacl), None)
    return Report(
        findings=sort_findings(add_ends(findings)),
        conforms=shacl.conforms if shacl else None,
        shacl_graph=shacl.graph if shacl else (),
        prefixes=layout.prefixes,
        checked=f"{count_things(triples, 'triple')} in {count_things(len(files), 'file')}; {', '.join(ran)}",
        triples=triples,
        files=len(files),
        checks=ran,
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
    ill_typed = _find_ill_typed(layout, dataset, files["data"]) if dataset else ()
    return Material(layout, MappingProxyType(files), tuple(faults), dataset, ill_typed)


def _find_ill_typed(layout: Layout, dataset: Dataset, data: Iterable[ParsedFile]) -> tuple[Finding, ...]:
    """Find literals of the data that do not fit their datatypes: no engine can compare or add them up."""
    facts = [fact for file in data for fact in file.derive(_list_ill_typed)]
    if not facts:
        return ()
    findings = [
        Finding(
            kind="syntax",
            rule="literal-fits-datatype",
            message=f"The text is not one of {shorten_iri(value.datatype.value, layout.prefixes)}.",
            focus=subject.value,
            path=shorten_iri(predicate.value, layout.prefixes),
            value=str(value),
            advice="Correct the text, or the datatype.",
        )
        for subject, predicate, value in dict.fromkeys(facts)
        # Some may only be inferred, and left out.
        if isinstance(value, Literal) and dataset.asserts((subject, predicate, value))
    ]
    return tuple(place_findings(findings, dataset.places, {}, layout.prefixes))


def _list_ill_typed(file: ParsedFile) -> list[Fact]:
    return [
        Fact(subject, property_, value)
        for subject, properties in file.derive(read_contents).index.items()
        for property_, values in properties.items()
        for value in values
        if isinstance(value, Literal) and not is_well_typed(value)
    ]


def _run_checks(names: Sequence[str], material: Material, *, alone: bool) -> dict[str, Outcome]:
    """Run checks: some here, and the others at the same time in a second process, where there can be one."""
    others = [name for name in names if name not in HERE]
    is_worthwhile = not alone and "shacl" in names and bool(others) and _is_worthwhile(material)
    outcomes: dict[str, Outcome] = {}
    with do_apart(lambda: {name: CHECKS[name](material) for name in others}, is_worthwhile=is_worthwhile) as collect:
        for name in names:
            if name not in HERE and is_worthwhile:
                continue
            try:
                outcomes[name] = CHECKS[name](material)
            except MigragraphError:
                # What is raised is what the first check that cannot be made raises.
                for earlier in names[: names.index(name)]:
                    if earlier not in outcomes:
                        CHECKS[earlier](material)
                raise
        if is_worthwhile:
            outcomes |= collect()
    return {name: outcomes[name] for name in names}


def _is_worthwhile(material: Material) -> bool:
    dataset = material.dataset
    return dataset is not None and FEWEST <= len(dataset.ontology) + dataset.size <= MOST


def _leave_out(name: str, why: str = "the dataset cannot be built") -> Outcome:
    return Outcome(notes=(f"{name} was left out: {why}.",), is_complete=False, is_left_out=True)


def _check_syntax(material: Material) -> Outcome:
    return Outcome(material.faults, is_complete=not material.faults)


def _check_terms(material: Material) -> Outcome:
    from migragraph.terms import check_terms

    if any(fault.file in material.layout.files("ontology") for fault in material.faults):
        return _leave_out("terms", "a file of the ontology does not parse")
    described = material.dataset.places.keys() if material.dataset else None
    return Outcome(tuple(check_terms(material.layout, material.files, described)), is_complete=described is not None)


def _check_shacl(material: Material) -> Outcome:
    if material.dataset is None:
        return _leave_out("shacl")
    if material.ill_typed:
        return _leave_out("shacl", "a literal does not fit its datatype")
    files = material.files["shapes"]
    shapes = files[0].derive_together(files[1:], _read_shapes) if files else read_shapes_graph(())
    data = material.dataset.statements
    report = validate_shacl(
        data, shapes, sources=list_origins(files), engine=material.engine, time_limit=material.time_limit
    )
    findings = list(find_results(report, material.layout.prefixes))
    parents = list_parents(data, report)
    places = list_files(material.files["ontology"], material.dataset.places)
    return Outcome(tuple(place_findings(findings, places, parents, material.layout.prefixes)), report.notes, report)


def _read_shapes(files: Sequence[ParsedFile]) -> ShapesGraph:
    return read_shapes_graph(merge_files(files))


def _check_evidence(material: Material) -> Outcome:
    if material.dataset is None:
        return _leave_out("evidence")
    from migragraph.evidence import check_evidence

    check = check_evidence(material.dataset, material.texts)
    return Outcome(check.findings, check.notes, is_complete=not check.notes)


def _check_consistency(material: Material) -> Outcome:
    from migragraph.consistency import check_consistency

    return _check_built("consistency", check_consistency, material)


def _check_statistics(material: Material) -> Outcome:
    from migragraph.audit import check_statistics

    return _check_built("statistics", check_statistics, material)


def _check_built(name: str, check: Callable[[Dataset], list[Finding]], material: Material) -> Outcome:
    """Run a check of the built dataset, and put what it finds where the thing stands in which a node is nested."""
    if material.dataset is None:
        return _leave_out(name)
    findings = check(material.dataset)
    things = {one.focus: one.focus.partition("#")[0] for one in findings if one.focus and "#" in one.focus}
    return Outcome(tuple(place_findings(findings, material.dataset.places, things, material.layout.prefixes)))


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
