from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from migragraph.namespaces import MG, OA, OWL, RDF, RDFS
from migragraph.support import Exemptions, Fact, Support, Supporter, compute_support, read_exemptions

NOTHING = Exemptions(frozenset(), frozenset())


def node(name: str) -> NamedNode:
    return NamedNode(f"https://e.org/{name}")


A, P, Q, X, Y = node("a"), node("p"), node("q"), node("x"), node("y")
E1, E2 = node("a#evidence-0000000001"), node("a#evidence-0000000002")
PASSAGE, OTHER, REFERENCE = node("source#passage-1"), node("source#passage-2"), node("reference")


def evidence(
    subject: NamedNode,
    name: NamedNode,
    *properties: NamedNode,
    values: tuple[NamedNode | Literal, ...] = (),
    basis: NamedNode = MG.stated,
    targets: tuple[NamedNode, ...] = (PASSAGE,),
    references: tuple[NamedNode, ...] = (),
) -> list[Fact]:
    return [
        Fact(subject, MG.evidence, name),
        Fact(name, MG.basis, basis),
        *(Fact(name, MG.property, property_) for property_ in properties),
        *(Fact(name, MG.value, value) for value in values),
        *(Fact(name, OA.hasTarget, target) for target in targets),
        *(Fact(name, MG.reference, reference) for reference in references),
    ]


def graphs(support: Support, fact: Fact) -> list[NamedNode]:
    return [by.graph for by in support.supporters.get(fact, ())]


def test_one_value_needs_no_value() -> None:
    fact = Fact(A, P, X)
    support = compute_support([fact, *evidence(A, E1, P)], NOTHING)
    assert support.supporters == {fact: (Supporter(PASSAGE, MG.stated, E1),)}
    assert fact not in support.unsupported
    assert not support.faults


def test_several_properties_and_passages() -> None:
    facts = [Fact(A, P, X), Fact(A, Q, Literal("1"))]
    support = compute_support([*facts, *evidence(A, E1, P, Q, targets=(PASSAGE, OTHER))], NOTHING)
    assert [graphs(support, fact) for fact in facts] == [[PASSAGE, OTHER], [PASSAGE, OTHER]]


def test_support_is_per_triple() -> None:
    named, other = Fact(A, P, X), Fact(A, P, Y)
    support = compute_support([named, other, *evidence(A, E1, P, values=(X,))], NOTHING)
    assert graphs(support, named) == [PASSAGE]
    assert graphs(support, other) == []
    assert other in support.unsupported


def test_value_is_compared_with_its_lexical_form() -> None:
    support = compute_support([Fact(A, P, Literal("01")), *evidence(A, E1, P, values=(Literal("1"),))], NOTHING)
    assert not support.supporters
    assert "does not have" in support.faults[0].message


@pytest.mark.parametrize(
    ("facts", "values", "message"),
    [
        ([], (), "for a property that its subject does not have"),
        ([Fact(A, P, X)], (Y,), "for a value that its subject does not have"),
        ([Fact(A, P, X), Fact(A, P, Y)], (), "names no value, and the property has more than one"),
    ],
)
def test_faults(facts: list[Fact], values: tuple[NamedNode, ...], message: str) -> None:
    support = compute_support([*facts, *evidence(A, E1, P, values=values)], NOTHING)
    (fault,) = support.faults
    assert message in fault.message
    assert (fault.subject, fault.evidence, fault.property) == (A, E1, P)
    assert not support.supporters
    assert set(facts) <= set(support.unsupported)


def test_of_several_values_those_present_are_supported() -> None:
    support = compute_support([Fact(A, P, X), *evidence(A, E1, P, values=(X, Y))], NOTHING)
    assert graphs(support, Fact(A, P, X)) == [PASSAGE]
    assert len(support.faults) == 1


def test_inference_is_its_own_graph_though_it_has_a_passage() -> None:
    support = compute_support([Fact(A, P, X), *evidence(A, E1, P, basis=MG.inferred)], NOTHING)
    assert support.supporters[Fact(A, P, X)] == (Supporter(E1, MG.inferred, E1),)


def test_reference_is_the_graph_though_there_is_a_passage() -> None:
    facts = [Fact(A, P, X), *evidence(A, E1, P, basis=MG.referenced, references=(REFERENCE,))]
    assert compute_support(facts, NOTHING).supporters[Fact(A, P, X)] == (Supporter(REFERENCE, MG.referenced, E1),)


def test_evidence_without_a_passage_or_reference_supports_nothing() -> None:
    for basis in (MG.stated, MG.referenced):
        support = compute_support([Fact(A, P, X), *evidence(A, E1, P, basis=basis, targets=())], NOTHING)
        assert not support.supporters
        assert Fact(A, P, X) in support.unsupported


def test_two_evidences_both_count() -> None:
    facts = [Fact(A, P, X), *evidence(A, E1, P), *evidence(A, E2, P, basis=MG.inferred)]
    assert graphs(compute_support(facts, NOTHING), Fact(A, P, X)) == [PASSAGE, E2]


def test_the_link_to_a_nested_node_has_the_support_of_the_node() -> None:
    state = node("a#state-0000000001")
    link = Fact(A, Q, state)
    support = compute_support([link, Fact(state, P, X), *evidence(state, E1, P)], NOTHING)
    assert graphs(support, link) == [PASSAGE]


def test_the_link_to_another_thing_has_not() -> None:
    link = Fact(A, Q, X)
    support = compute_support([link, Fact(X, P, Y), *evidence(X, E1, P)], NOTHING)
    assert link in support.unsupported


def test_exempt_facts_need_no_support() -> None:
    facts = [Fact(A, P, X), Fact(A, Q, Y), Fact(X, RDF.type, Y), Fact(X, P, Y)]
    support = compute_support(facts, Exemptions(frozenset({Q}), frozenset({Y})))
    assert support.unsupported == (Fact(A, P, X),)
    assert support.exempt == 3


def test_exemptions_are_read_from_the_ontology() -> None:
    true, false = Literal(True), Literal(False)
    triples = [
        Triple(P, MG.supportExempt, true),
        Triple(Q, MG.supportExempt, false),
        Triple(X, RDF.type, OWL["Class"]),
        Triple(X, MG.supportExempt, true),
        Triple(Y, RDF.type, OWL["Class"]),
        Triple(Y, RDFS.label, Literal("true")),
    ]
    assert read_exemptions(triples) == Exemptions(frozenset({P}), frozenset({X}))
