"""Validation: the checks of a project put together, and SHACL on anybody's files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal

from migragraph.conformance import validate_files
from migragraph.errors import CallError, ProjectError, ShapeError
from migragraph.layout import load_layout
from migragraph.namespaces import SH
from migragraph.report import Report, Severity, render_json, render_text, render_turtle
from migragraph.validation import CHECKS, validate

EX = "https://example.org/"
MARKET = "https://example.org/town/law/market"
PREFIXES = f"@prefix ex: <{EX}> .\n@prefix sh: <{SH}> .\n"
SHAPES = f"{PREFIXES}ex:LawShape a sh:NodeShape ; sh:targetClass ex:Law ; sh:property ex:LawShape-number ."
NUMBER = "ex:LawShape-number sh:path ex:number ; sh:maxCount 1 ; sh:message 'A law has one number.'@en ."
LAW_SHAPE = """
@prefix mg: <https://w3id.org/migragraph/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
<https://example.org/shapes#StateShape> a sh:NodeShape ; sh:targetClass mg:InstrumentState ;
    sh:property <https://example.org/shapes#StateShape-place> .
<https://example.org/shapes#StateShape-place> sh:path mg:place ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "A state has a place."@en .
"""


def check(root: Path, *only: str, stated_only: bool = False) -> Report:
    return validate(load_layout(root), only=only or None, stated_only=stated_only)


def places(report: Report, root: Path, kind: str) -> list[tuple[str | None, int | None, int | None]]:
    found = [finding for finding in report.findings if finding.kind == kind and finding.file]
    return [
        (finding.file.relative_to(root).as_posix(), finding.line, finding.column) for finding in found if finding.file
    ]


def test_a_good_project_conforms(project_copy: Path) -> None:
    report = check(project_copy, "syntax", "shacl")
    assert (report.findings, report.conforms, report.notes) == ((), True, ())
    assert report.checked.endswith(" in 7 files; syntax, shacl")
    assert render_text(report).startswith("conforms: ")


def test_a_finding_of_shacl_has_the_place_of_its_node(project_copy: Path) -> None:
    (project_copy / "data" / "party.ttl").write_text(
        "@prefix event: <https://example.org/town/event/> .\n"
        "@prefix mg: <https://w3id.org/migragraph/ontology#> .\n\n  event:party a mg:Event ."
    )
    report = check(project_copy, "shacl")
    (finding,) = report.findings
    assert not report.conforms
    assert finding.message == "An event has a date."
    assert finding.rule == "EventShape-startDate"
    assert finding.path == "schema:startDate"
    assert places(report, project_copy, "shacl") == [("data/party.ttl", 4, 3)]


def test_a_nested_node_has_the_place_of_its_thing(project_copy: Path) -> None:
    (project_copy / "shapes" / "State.ttl").write_text(LAW_SHAPE)
    report = check(project_copy, "shacl")
    assert [finding.severity for finding in report.findings] == [Severity.WARNING, Severity.WARNING]
    assert all((finding.focus or "").startswith(f"{MARKET}#instrumentstate-") for finding in report.findings)
    assert places(report, project_copy, "shacl") == [("data/laws.ttl", 9, 1)] * 2


def test_a_passage_has_the_place_of_the_thing_that_it_is_evidence_for(project_copy: Path) -> None:
    shape = "<https://example.org/shapes#P> sh:targetObjectsOf oa:hasTarget ; sh:nodeKind sh:Literal ."
    prefixes = "@prefix oa: <http://www.w3.org/ns/oa#> ." + LAW_SHAPE.strip().splitlines()[0]
    (project_copy / "shapes" / "Passage.ttl").write_text(f"{prefixes}\n{shape}")
    found = places(check(project_copy, "shacl"), project_copy, "shacl")
    assert ("data/laws.ttl", 9, 1) in found
    assert all(line is not None for _, line, _ in found)


def test_the_ontology_is_judged_too_and_has_places(project_copy: Path) -> None:
    (project_copy / "shapes" / "Class.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<https://example.org/shapes#C> sh:targetNode <https://w3id.org/migragraph/ontology#Law> ;\n"
        "    sh:nodeKind sh:Literal ."
    )
    assert places(check(project_copy, "shacl"), project_copy, "shacl") == [("ontology/terms.ttl", 15, 1)]


def test_evidence_findings_have_the_place_of_the_property(project_copy: Path) -> None:
    report = check(project_copy, "evidence")
    (finding,) = [found for found in report.findings if found.path == "mg:nickname" and found.value == '"the fair"']
    assert finding.file == project_copy / "data" / "events.ttl"
    lines = finding.file.read_text().splitlines()
    assert finding.line is not None
    assert lines[finding.line - 1].strip().startswith("mg:nickname")


BROKEN = {
    "syntax": ("@prefix a: <https://example.org/> .\na:b a:c .", (2, 9)),
    "space in an IRI": ("\n<https://example.org/a b> <https://example.org/p> 1 .", (2, 22)),
    "merge conflict": ("<<<<<<< HEAD\n", (1, 1)),
}


@pytest.mark.parametrize(("text", "place"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("only", [(), ("syntax",), ("shacl",), ("evidence",), ("consistency",), ("statistics",)])
def test_a_data_file_that_does_not_parse_is_a_finding_whatever_is_checked(
    project_copy: Path, text: str, place: tuple[int, int], only: tuple[str, ...]
) -> None:
    (project_copy / "data" / "bad.ttl").write_text(text)
    report = check(project_copy, *only)
    assert [at[:2] for at in places(report, project_copy, "syntax")] == [("data/bad.ttl", place[0])]
    assert report.conforms is None
    assert report.fails()
    assert {note.split()[0] for note in report.notes} == (CHECKS.keys() - {"syntax", "terms"}) & {*(only or CHECKS)}
    assert report.checks == tuple(name for name in ("syntax", "terms") if name in (only or CHECKS))


def test_each_file_that_does_not_parse_is_a_finding(project_copy: Path) -> None:
    for name in ("data/a.ttl", "data/b.nt", "ontology/c.ttl"):
        (project_copy / name).write_text("broken")
    (project_copy / "data" / "e.ttl").write_bytes(b"# \xff")
    found = [file for file, _, _ in places(check(project_copy, "syntax"), project_copy, "syntax")]
    assert found == ["data/a.ttl", "data/b.nt", "data/e.ttl", "ontology/c.ttl"]


def test_terms_are_left_out_where_the_ontology_does_not_parse(project_copy: Path) -> None:
    (project_copy / "ontology" / "bad.ttl").write_text("broken")
    report = check(project_copy, "terms")
    assert [finding.kind for finding in report.findings] == ["syntax"]
    assert report.notes == ("terms was left out: a file of the ontology does not parse.",)


@pytest.mark.parametrize("only", ["syntax", "terms", "shacl", "evidence"])
def test_a_shapes_file_that_does_not_parse_is_the_fault_of_the_call(project_copy: Path, only: str) -> None:
    (project_copy / "shapes" / "bad.ttl").write_text("broken")
    with pytest.raises(ShapeError) as raised:
        check(project_copy, only)
    assert raised.value.place == f"{project_copy / 'shapes' / 'bad.ttl'}:1:1"


def test_a_dataset_that_cannot_be_built_is_a_finding(project_copy: Path) -> None:
    (project_copy / "data" / "a.ttl").write_text("[] <https://example.org/p> 1 .")
    (finding,) = check(project_copy, "syntax").findings
    assert (finding.kind, finding.file) == ("syntax", project_copy / "data" / "a.ttl")
    assert "blank node" in finding.message


def test_a_shape_that_cannot_be_used_is_an_error_with_its_place(project_copy: Path) -> None:
    (project_copy / "shapes" / "bad.ttl").write_text(f"{PREFIXES}\nex:S sh:node ex:S .")
    with pytest.raises(ShapeError) as raised:
        check(project_copy)
    assert raised.value.place == f"{project_copy / 'shapes' / 'bad.ttl'}:4:1"


def test_checks_run_in_their_order_and_findings_come_by_file(project_copy: Path) -> None:
    (project_copy / "shapes" / "State.ttl").write_text(LAW_SHAPE)
    report = check(project_copy, "evidence", "shacl")
    assert report.checked.endswith("; shacl, evidence")
    files = [str(finding.file) for finding in report.findings]
    assert files == sorted(files)
    assert {finding.kind for finding in report.findings} == {"shacl", "evidence"}


def test_an_unknown_check_is_an_error(project_copy: Path) -> None:
    with pytest.raises(CallError, match=r"no check 'shapes'.*syntax, terms, shacl, evidence"):
        check(project_copy, "shapes")


@pytest.mark.parametrize("folder", ["ontology", "data", "shapes"])
def test_a_missing_folder_is_an_error(project_copy: Path, folder: str) -> None:
    (project_copy / folder).rename(project_copy / "elsewhere")
    with pytest.raises(ProjectError, match=f"no folder '{folder}'"):
        check(project_copy)


def test_a_project_needs_no_folder_of_queries(project_copy: Path) -> None:
    """One that is empty is not kept by git."""
    before = check(project_copy)
    (project_copy / "queries").rename(project_copy / "elsewhere")
    assert {finding.rule for finding in check(project_copy).findings} <= {finding.rule for finding in before.findings}


def test_a_project_without_data_is_an_error(project_copy: Path) -> None:
    for path in [*(project_copy / "data").rglob("*.*")]:
        if path.is_file():
            path.unlink()
    with pytest.raises(ProjectError, match="no data"):
        check(project_copy)


def test_stated_only_judges_what_is_stated(project_copy: Path) -> None:
    (project_copy / "shapes" / "State.ttl").write_text(LAW_SHAPE)
    assert len(check(project_copy, "shacl").findings) == 2
    assert len(check(project_copy, "shacl", stated_only=True).findings) == 1


def test_two_runs_give_the_same_bytes(project_copy: Path) -> None:
    (project_copy / "shapes" / "State.ttl").write_text(LAW_SHAPE)
    for render in (render_text, render_json, render_turtle):
        assert len({render(check(project_copy)) for _ in range(2)}) == 1


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


Write = Callable[[str, str], Path]


def judge(write: Write, data: str, name: str = "data.ttl") -> Report:
    return validate_files([write(name, data)], [write("shapes.ttl", f"{SHAPES} {NUMBER}")])


def test_files_of_anybody_are_judged_by_their_shapes_alone(write: Write) -> None:
    report = judge(write, f"{PREFIXES}ex:a a ex:Law ;\n  ex:number 1, 2 .")
    (finding,) = report.findings
    assert (finding.kind, finding.focus, finding.line, finding.column) == ("shacl", f"{EX}a", 4, 3)
    assert finding.path == "ex:number"
    assert (report.conforms, report.checked) == (False, "3 triples in 1 file; shacl")
    assert report.prefixes == {"ex": EX, "sh": str(SH)}


def test_files_that_conform(write: Write) -> None:
    report = judge(write, f"{PREFIXES}ex:a a ex:Law ; ex:number 1 .")
    assert (report.findings, report.conforms) == ((), True)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("ex:a ex:b [ a ex:Law ; ex:number 1, 2 ] .", (3, 1)),
        ("ex:b ex:b 1 .\nex:a ex:b [ ex:c ( 1 [ a ex:Law ; ex:number 1, 2 ] ) ] .", (4, 1)),
        ("[ a ex:Law ; ex:number 1, 2 ] .", (3, 1)),
    ],
)
def test_a_blank_node_has_the_place_of_the_node_that_it_is_nested_in(
    write: Write, data: str, place: tuple[int, int]
) -> None:
    (finding,) = judge(write, PREFIXES + data).findings
    assert (finding.focus or "").startswith("_:b")
    assert (finding.line, finding.column) == place


def test_a_named_graph_is_part_of_the_data(write: Write) -> None:
    report = judge(write, f"{PREFIXES}ex:a a ex:Law ; ex:number 1 .\nex:g {{ ex:a ex:number 2 }}", "data.trig")
    assert [(finding.focus, finding.line) for finding in report.findings] == [(f"{EX}a", 3)]


def test_relative_iris_belong_to_their_file(write: Write) -> None:
    report = judge(write, f"{PREFIXES}\n<#a> a ex:Law ; ex:number 1, 2 .")
    (finding,) = report.findings
    assert (finding.focus or "").endswith("/data.ttl#a")
    assert (finding.line, finding.column) == (4, 17)


def test_several_files_are_one_graph(write: Write) -> None:
    first, second = write("a.ttl", f"{PREFIXES}ex:a ex:number 1 ."), write("b.nt", f'<{EX}a> <{EX}number> "2" .')
    types = write("c.ttl", f"{PREFIXES}ex:a a ex:Law .")
    shapes = [write("s.ttl", SHAPES), write("t.ttl", PREFIXES + NUMBER)]
    report = validate_files([first, second, types], shapes)
    assert [finding.file for finding in report.findings] == [first]
    assert report.checked == "3 triples in 3 files; shacl"


def test_blank_nodes_of_two_files_are_two(write: Write) -> None:
    files = [write(name, f"{PREFIXES}_:x a ex:Law ; ex:number {name[0]} .") for name in ("1.ttl", "2.ttl")]
    assert validate_files(files, [write("s.ttl", f"{SHAPES} {NUMBER}")]).conforms


def test_a_data_file_that_does_not_parse_is_a_finding_beside_the_others(write: Write) -> None:
    good, bad = write("a.ttl", f"{PREFIXES}ex:a a ex:Law ; ex:number 1, 2 ."), write("b.ttl", "ex:broken")
    report = validate_files([good, bad], [write("s.ttl", f"{SHAPES} {NUMBER}")])
    assert [(finding.kind, finding.file) for finding in report.findings] == [("shacl", good), ("syntax", bad)]
    assert report.fails()
    assert report.notes == ("SHACL judged the data without the files that do not parse.",)


@pytest.mark.parametrize(
    ("data", "shapes", "said"),
    [
        ("none.ttl", "good.ttl", "none.ttl: there is no such file"),
        ("good.ttl", "none.ttl", "none.ttl: there is no such file"),
        ("good.ttl", "folder", "folder: it is a folder"),
        ("good.txt", "good.ttl", "no RDF format has the suffix '.txt'"),
        ("good.ttl", "bad.ttl", "bad.ttl:1:"),
        ("good.ttl", "cycle.ttl", "cycle.ttl:3:1: The shape leads back to itself"),
    ],
)
def test_what_cannot_be_used_is_an_error_of_the_call(
    write: Write, tmp_path: Path, data: str, shapes: str, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    files = {"good.ttl": SHAPES, "good.txt": "", "bad.ttl": "bad", "cycle.ttl": f"{PREFIXES}ex:S sh:node ex:S ."}
    for name, text in files.items():
        write(name, text)
    with pytest.raises(CallError) as raised:
        validate_files([tmp_path / data], [tmp_path / shapes])
    assert said in str(raised.value)
    assert raised.value.exit_code == 2
    assert isinstance(raised.value, ShapeError) == (shapes in {"bad.ttl", "cycle.ttl"})


def test_a_byte_order_mark_and_a_literal_of_ten_megabytes_are_good(write: Write) -> None:
    report = judge(write, f"\ufeff{PREFIXES}ex:a a ex:Law ; ex:text '{'x' * 10_000_000}' ; ex:number 1 .")
    assert report.conforms


def test_the_finding_of_a_huge_value_is_shown_short(write: Write) -> None:
    shapes = f"{PREFIXES}ex:S sh:targetClass ex:Law ; sh:property [ sh:path ex:text ; sh:maxLength 9 ] ."
    data = write("data.ttl", f"{PREFIXES}ex:a a ex:Law ; ex:text '{'x' * 1_000_000}' .")
    report = validate_files([data], [write("s.ttl", shapes)])
    assert report.findings[0].value == str(Literal("x" * 1_000_000))
    assert len(render_text(report)) < 1000


@pytest.mark.parametrize("only", ["syntax", "shacl"])
def test_a_literal_that_does_not_fit_its_datatype_is_a_finding(project_copy: Path, only: str) -> None:
    """No engine is asked to add it up: pyshacl would blame the shape."""
    path = project_copy / "data" / "laws.ttl"
    path.write_text(path.read_text("utf-8").replace('"2020"', '"20x0"'), encoding="utf-8")
    report = check(project_copy, only)
    findings = [finding for finding in report.findings if finding.rule == "literal-fits-datatype"]
    assert findings
    assert {(finding.kind, finding.file) for finding in findings} == {("syntax", path)}
    assert all(finding.line for finding in findings)
    assert report.conforms is None


@pytest.mark.parametrize("name", ["data.ttl", "data.trig"])
def test_a_blank_node_stands_at_its_label_or_its_bracket(write: Write, name: str) -> None:
    shapes = f"{PREFIXES}ex:S sh:targetClass ex:Law ; sh:property [ sh:path ex:number ; sh:maxCount 0 ] ."
    text = (
        "[ ex:p [ ex:q 1 ] ] ex:r () .\n"
        "() ex:p 1 .\n"
        "(1 2) ex:p 1 .\n"
        "[] a ex:Law ;\n  ex:number 1 .\n"
        "_:b0 a ex:Law ;\n  ex:number 2 .\n"
        "ex:x ex:p [ a ex:Law ; ex:number 3 ] .\n"
        "[ a ex:Law ; ex:number 4 ] .\n"
    )
    report = validate_files([write(name, PREFIXES + text)], [write("s.ttl", shapes)])
    lines = [PREFIXES.count("\n") + line for line in (5, 7, 8, 9)]
    assert [finding.line for finding in report.findings] == lines
    assert {finding.file for finding in report.findings} == {report.findings[0].file} != {None}
