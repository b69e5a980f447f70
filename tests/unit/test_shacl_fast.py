"""The fast engine: what the comparison with other engines does not reach."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from tests.unit.test_shacl import EX, LAW, judge, messages, read, shape

from migragraph.errors import ShapeError
from migragraph.namespaces import SH
from migragraph.shacl import ShaclReport, validate_shacl
from migragraph.shacl.results import Found

DEEP = 1000


def chain(length: int, *, closed: bool) -> str:
    links = [f"ex:n{step} ex:next ex:n{step + 1} ." for step in range(length)]
    return " ".join([*links, f"ex:n{length} ex:next ex:n0 ." if closed else "", "ex:n0 a ex:Start ."])


@pytest.mark.parametrize(
    ("closed", "operator", "values"),
    [(False, "zeroOrMorePath", DEEP + 1), (False, "oneOrMorePath", DEEP), (True, "oneOrMorePath", DEEP + 1)],
)
def test_paths_of_any_length_and_circles_are_walked(closed: bool, operator: str, values: int) -> None:
    path = f"sh:property [ sh:path [ sh:{operator} ex:next ] ; sh:nodeKind sh:Literal ]"
    report = judge(chain(DEEP, closed=closed), f"ex:S sh:targetClass ex:Start ; {path} .")
    assert len(report.results) == values


def test_a_class_tree_may_be_deep_and_lead_back() -> None:
    classes = " ".join(f"ex:C{step} rdfs:subClassOf ex:C{step + 1} ." for step in range(DEEP))
    data = f"{classes} ex:C{DEEP} rdfs:subClassOf ex:C0 . ex:x a ex:C5 ."
    assert len(judge(data, "ex:S sh:targetClass ex:C0 ; sh:nodeKind sh:Literal .").results) == 1


def test_a_large_literal_is_a_value_like_others() -> None:
    text = "x" * 10_000_000
    data = [Triple(NamedNode(f"{EX}a"), NamedNode(f"{EX}p"), Literal(text))]
    shapes = read("ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:maxLength 9 ; sh:pattern 'y$' ] .")
    assert len(validate_shacl(data, shapes).results) == 2


def test_a_value_that_is_reached_twice_gives_its_results_twice() -> None:
    data = "ex:a a ex:T ; ex:to ex:c . ex:b a ex:T ; ex:to ex:c ."
    nested = "sh:property [ sh:path ex:to ; sh:property [ sh:path ex:no ; sh:minCount 1 ] ]"
    report = judge(data, f"ex:S sh:targetClass ex:T ; {nested} .", engine="both")
    assert [result.focus for result in report.results] == [NamedNode(f"{EX}c")] * 2


SELECT = "SELECT $this ?value {{ $this <https://example.org/number> ?value {extra} }} {modifier}"
BEYOND = {
    "limitoffset": SELECT.format(extra="", modifier="LIMIT 5"),
    "the function MD5": SELECT.format(extra="FILTER (MD5(?value) != 'x')", modifier=""),
}


@pytest.mark.parametrize(("reason", "query"), BEYOND.items(), ids=BEYOND)
def test_queries_beyond_the_fragment_run_node_by_node_with_a_note(reason: str, query: str) -> None:
    report = judge(LAW, shape(f'sh:sparql [ sh:select "{query}" ]'))
    assert [result.value for result in report.results] == [Literal("402")]
    assert [f"node by node: {reason} is beyond" in note for note in report.notes] == [True]


@pytest.mark.parametrize("modifier", ["", "LIMIT 9"], ids=["compiled", "node by node"])
def test_queries_see_blank_nodes_the_path_and_literals_as_written(modifier: str) -> None:
    select = f"SELECT $this ?value {{ $this $PATH ?value FILTER (STR(?value) = '01') }} {modifier}"
    body = f'sh:property [ sh:path [ sh:inversePath ex:of ] ; sh:sparql [ sh:select "{select}" ] ]'
    data = "[] a ex:Law . ex:y ex:of _:b . _:b a ex:Law ; ex:p '01'^^xsd:integer ."
    forward = body.replace("[ sh:inversePath ex:of ]", "ex:p")
    assert judge(data, shape(body)).conforms
    assert [result.value for result in judge(data, shape(forward)).results] == [
        read("ex:a ex:p '01'^^xsd:integer .")[0].object
    ]


@pytest.mark.parametrize("modifier", ["ORDER BY ?value", ""])
def test_all_columns_and_their_order_are_in_the_fragment(modifier: str) -> None:
    select = f"SELECT * {{ $this <https://example.org/number> ?value FILTER (?other = 1 || true) }} {modifier}"
    report = judge(LAW, shape(f'sh:sparql [ sh:message "{{?value}}"@en ; sh:select "{select}" ]'))
    assert messages(report) == ['"402"@en']
    assert report.notes == ()


def test_each_solution_is_a_result() -> None:
    data = "ex:law a ex:Law ; ex:number 1, 2 ."
    select = "SELECT {} $this {{ $this <https://example.org/number> ?n }}"
    counts = [
        len(judge(data, shape(f'sh:sparql [ sh:select "{select.format(word)}" ]')).results) for word in ("", "DISTINCT")
    ]
    assert counts == [2, 1]


COMPONENT = """
ex:Longest a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longest ], [ sh:path ex:least ; sh:optional true ] ;
    sh:validator [ sh:message "{$value} is longer than {$longest}."@en ;
        sh:ask "ASK { FILTER (STRLEN(STR($value)) <= $longest && COALESCE(STRLEN(STR($value)) >= $least, true)) }" ] ;
    sh:nodeValidator [ sh:message "No."@en ; sh:select "SELECT $this { FILTER (STRLEN(STR($this)) > $longest) }" ] .
"""


def test_declared_components_choose_their_validator_by_the_kind_of_shape() -> None:
    property_shape = "sh:property [ sh:path ex:number ; ex:longest 2 ]"
    report = judge(LAW, COMPONENT + shape(f"{property_shape} ; ex:longest 5"))
    found = [(result.component.value.removeprefix(EX), str(result.value)) for result in report.results]
    assert found == [("Longest", f"<{EX}law>"), ("Longest", '"402"')]
    assert messages(report) == ['"No."@en', '"402 is longer than 2."@en']


def test_an_optional_parameter_counts_where_it_is_given() -> None:
    assert judge(LAW, COMPONENT + shape("sh:property [ sh:path ex:number ; ex:longest 5 ]")).conforms
    assert not judge(LAW, COMPONENT + shape("sh:property [ sh:path ex:number ; ex:longest 5 ; ex:least 4 ]")).conforms


def test_a_query_can_report_a_failure() -> None:
    with pytest.raises(ShapeError, match="reports a failure"):
        judge(LAW, shape('sh:sparql [ sh:select "SELECT $this (true AS ?failure) { $this ?p ?o }" ]'))


def test_a_query_whose_parts_nothing_connects_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migragraph.shacl.fast.columns.MOST_ROWS", 1000)
    data = LAW + " ".join(f"ex:n{number} ex:p ex:n{number + 1} ." for number in range(40))
    with pytest.raises(ShapeError, match="more memory"):
        judge(data, shape('sh:sparql [ sh:select "SELECT $this { ?a ?p ?b . ?c ?q ?d }" ]'))


def test_without_a_message_the_result_says_what_is_asked_for() -> None:
    report = judge(LAW, shape("sh:property [ sh:path ex:number ; sh:maxLength 2 ; sh:in ( 1 ) ]"))
    assert messages(report) == ['"The value is not in the list."', '"The value is longer than 2 characters."']


def test_mistakes_of_the_reference_are_passed_over_with_a_note() -> None:
    report = judge("ex:law a ex:Law ; ex:p [] .", shape("sh:property [ sh:path ex:p ; sh:minLength 0 ]"), engine="both")
    assert len(report.results) == 1
    assert ["sh:minLength 0" in note for note in report.notes] == [True]


def test_an_inverted_sequence_is_walked_from_its_end() -> None:
    body = "sh:targetNode ex:a ; sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:nodeKind sh:Literal"
    report = judge("ex:x ex:p ex:y . ex:y ex:q ex:a .", f"ex:S {body} .", engine="both")
    assert [result.value for result in report.results] == [NamedNode(f"{EX}x")]
    assert ["inverted sequence" in note for note in report.notes] == [True]


def test_where_the_reference_stops_there_is_a_note() -> None:
    data = "ex:law a ex:Law ; ex:p [] ; ex:q 1 ."
    report = judge(data, shape("sh:property [ sh:path ex:p ; sh:lessThan ex:q ]"), engine="both")
    assert len(report.results) == 1
    assert ["nothing to compare with" in note for note in report.notes] == [True]


def test_other_differences_fail_and_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migragraph.shacl.engines._run_reference", lambda *_, **__: Found([], [], {}))
    with pytest.raises(ShapeError, match=r"disagree\. fast alone \(1 times\): NodeKind.* of .*LawShape.* on .*law"):
        judge(LAW, shape("sh:nodeKind sh:Literal"), engine="both")


COMPARED = {
    "two zones": ("'2020-01-01T10:00:00+10:00'^^xsd:dateTime", "'2020-01-01T00:00:00Z'^^xsd:dateTime", True),
    "midnight at the end of a day": (
        "'2020-01-01T24:00:00'^^xsd:dateTime",
        "'2020-01-02T00:00:00'^^xsd:dateTime",
        True,
    ),
    "within fourteen hours": ("'2020-01-02T00:00:00'^^xsd:dateTime", "'2020-01-01T20:00:00Z'^^xsd:dateTime", False),
    "beyond fourteen hours": ("'2020-01-03T00:00:00'^^xsd:dateTime", "'2020-01-01T20:00:00Z'^^xsd:dateTime", True),
    "a year before 0": ("'-0044-03-15'^^xsd:date", "'-0045-12-31'^^xsd:date", True),
    "a year with five digits": ("'12024-01-01'^^xsd:date", "'9999-12-31'^^xsd:date", True),
    "beyond doubles": ("9007199254740993", "9007199254740993.0", True),
    "beyond doubles, less": ("9007199254740992", "9007199254740993", False),
    "very many digits": ("1" * 5000, "1" * 4999, True),
    "a decimal that no double is": ("0.1", "0.1000000000000000001", False),
    "not a number": ("'NaN'^^xsd:double", "'NaN'^^xsd:double", False),
    "infinite": ("'INF'^^xsd:double", "'1E400'^^xsd:double", True),
    "an integer and a double": ("9007199254740992", "9007199254740993.0E0", True),
    "singles": ("'0.1'^^xsd:float", "0.1", True),
    "text and number": ("'2'", "1", False),
    "ill-typed": ("'300'^^xsd:byte", "1", False),
    "years": ("'2021'^^xsd:gYear", "'2020'^^xsd:gYear", True),
    "a year and a date": ("'2021'^^xsd:gYear", "'2020-01-01'^^xsd:date", False),
}


@pytest.mark.parametrize(("value", "bound", "fits"), COMPARED.values(), ids=COMPARED)
def test_a_value_is_at_least_its_bound(value: str, bound: str, fits: bool) -> None:
    assert judge("", f"ex:S sh:targetNode {value} ; sh:minInclusive {bound} .").conforms == fits


def test_rows_of_all_engines_are_counted_alike() -> None:
    """Two values that are out of order with two others each give four results, as the W3C case lessThan-002 has it."""
    data = "ex:law a ex:Law ; ex:p 3, 4 ; ex:q 1, 2 ."
    report: ShaclReport = judge(data, shape("sh:property [ sh:path ex:p ; sh:lessThan ex:q ]"), engine="both")
    assert Counter(result.component for result in report.results) == {SH["LessThanConstraintComponent"]: 4}
