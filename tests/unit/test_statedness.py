from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, Triple

from migragraph.dataset import Dataset, build
from migragraph.namespaces import MG, OA, PROV, RDF, RDFS, SCHEMA
from migragraph.statedness import keep_stated
from migragraph.support import Exemptions, Fact, compute_support

TOWN = "https://example.org/town/"
CONCEPT = "https://example.org/concept/"


def thing(name: str) -> NamedNode:
    return NamedNode(TOWN + name)


def terms(dataset: Dataset) -> set[object]:
    return {term for quad in dataset.quads for term in quad}


FAIR, GUILD, COUNCIL, GHOST = thing("event/fair"), thing("actor/guild"), thing("actor/council"), thing("actor/ghost")


def test_it_is_a_subset(dataset: Dataset, stated: Dataset) -> None:
    assert set(stated.quads) < set(dataset.quads)


def test_inferred_facts_are_left_out(dataset: Dataset, stated: Dataset) -> None:
    inferred = {fact for fact, by in dataset.support.supporters.items() if all(one.basis == MG.inferred for one in by)}
    assert len(inferred) == 11
    assert inferred.isdisjoint(stated.asserted)


def test_stated_and_referenced_facts_stay(dataset: Dataset, stated: Dataset) -> None:
    kept = {fact for fact, by in dataset.support.supporters.items() if any(one.basis != MG.inferred for one in by)}
    assert kept <= set(stated.asserted)


def test_no_inference_is_left(stated: Dataset) -> None:
    assert MG.inferred not in {triple.object for triple in stated.default if triple.predicate == MG.basis}
    assert not [t for t in stated.default if t.predicate == RDF.type and t.object == MG.Inference]
    assert not [by for supporters in stated.support.supporters.values() for by in supporters if by.basis == MG.inferred]


def test_hollow_things_are_left_out(dataset: Dataset, stated: Dataset) -> None:
    for lost in ("actor/phantom", "observation/half", "statement/rumour"):
        assert thing(lost) in terms(dataset)
        assert thing(lost) not in terms(stated)


def test_hollow_things_that_a_stated_fact_names_stay(stated: Dataset) -> None:
    """Something is said of it: that it came to the fair."""
    assert Triple(FAIR, SCHEMA.attendee, GHOST) in stated.default
    about = {(triple.predicate, triple.object) for triple in stated.default if triple.subject == GHOST}
    assert about == {(RDF.type, MG.Actor), (RDFS.label, Literal("Ghost", language="en"))}


def test_derivations_are_left_out(dataset: Dataset, stated: Dataset) -> None:
    assert Triple(thing("derivation/half"), PROV.used, thing("observation/all")) in dataset.default
    assert thing("derivation/half") not in terms(stated)


def test_direct_properties_follow_their_participation(dataset: Dataset, stated: Dataset) -> None:
    for link in (SCHEMA.organizer, SCHEMA.contributor):
        assert {t.object for t in dataset.default if t.predicate == link} == {GUILD, COUNCIL}
        assert {t.object for t in stated.default if t.predicate == link} == {GUILD}


def test_super_types_follow_their_type(dataset: Dataset, stated: Dataset) -> None:
    def claims(dataset: Dataset) -> set[object]:
        return {t.subject for t in dataset.default if t.predicate == RDF.type and t.object == MG.Statement}

    assert claims(dataset) == {thing("statement/praise"), thing("statement/rumour")}
    assert claims(stated) == {thing("statement/praise")}


def test_the_inferred_state_goes_and_the_stated_one_stays(dataset: Dataset, stated: Dataset) -> None:
    def states(dataset: Dataset) -> set[object]:
        return {t.object for t in dataset.default if t.predicate == MG.status}

    assert states(dataset) - states(stated) == {NamedNode(CONCEPT + "in-force")}


def test_support_of_what_is_left_is_as_before(dataset: Dataset, stated: Dataset) -> None:
    assert not stated.support.faults
    for fact, supporters in stated.support.supporters.items():
        assert supporters == tuple(by for by in dataset.support.supporters[fact] if by.basis != MG.inferred)


def test_content_of_a_lost_statement_goes(dataset: Dataset, stated: Dataset) -> None:
    def haunted(dataset: Dataset) -> list[Quad]:
        return [quad for quad in dataset.named if quad.predicate == MG.haunted]

    assert len(haunted(dataset)) == 1
    assert not haunted(stated)


def test_named_graphs_hold_only_facts_that_are_left(stated: Dataset) -> None:
    default = set(stated.default)
    content = {quad.graph_name for quad in stated.named if "/statement/" in str(quad.graph_name)}
    assert content == {thing("statement/praise")}
    assert all(
        Triple(quad.subject, quad.predicate, quad.object) in default
        for quad in stated.named
        if quad.graph_name not in content
    )


def test_bundled_graph(bundled: Dataset) -> None:
    stated = build(bundled.layout, stated_only=True)
    assert 0 < len(stated.asserted) < len(bundled.asserted)
    assert not stated.support.faults
    assert not stated.support.unsupported
    for fact, supporters in stated.support.supporters.items():
        assert set(supporters) <= set(bundled.support.supporters[fact])
        assert all(by.basis != MG.inferred for by in supporters)


def test_what_was_never_nested_is_never_unreached() -> None:
    """A thing whose IRI has an anchor, and to which nothing leads, stays."""
    exempt = Exemptions(frozenset(), frozenset())
    facts = [Fact(thing("people#anna"), MG.knows, thing("people#bert"))]
    assert keep_stated(facts, compute_support(facts, exempt), exempt) == tuple(facts)


EXEMPT = Exemptions(frozenset({MG.evidence, MG.property, MG.value, MG.basis, RDF.type}), frozenset())


def evidence(subject: NamedNode, name: str, *properties: NamedNode) -> list[Fact]:
    node = thing(name)
    return [
        Fact(subject, MG.evidence, node),
        *(Fact(node, MG.property, property_) for property_ in properties),
        Fact(node, OA.hasTarget, thing("source#passage-1")),
    ]


def test_evidence_that_loses_one_property_keeps_the_other() -> None:
    """Nothing inferred is in the table, but for the derivation that it is drawn from."""
    table, sum_ = thing("table"), thing("sum")
    facts = [
        Fact(sum_, RDF.type, MG.Derivation),
        Fact(table, MG.from_, sum_),
        Fact(table, MG.on, thing("monday")),
        *evidence(table, "table#evidence-1", MG.from_, MG.on),
    ]
    kept = keep_stated(facts, compute_support(facts, EXEMPT), EXEMPT)
    assert set(facts) - set(kept) == {facts[0], facts[1], Fact(thing("table#evidence-1"), MG.property, MG.from_)}
    assert not compute_support(kept, EXEMPT).faults


def test_evidence_for_a_lost_value_does_not_turn_to_another() -> None:
    """Left without its value, it would seem to state the one other value that the property has."""
    table, sum_, survey = thing("table"), thing("sum"), thing("survey")
    facts = [
        Fact(sum_, RDF.type, MG.Derivation),
        Fact(table, MG.from_, sum_),
        Fact(table, MG.from_, survey),
        *evidence(table, "table#evidence-1", MG.from_),
        Fact(thing("table#evidence-1"), MG.value, sum_),
        *evidence(table, "table#evidence-2", MG.from_),
        Fact(thing("table#evidence-2"), MG.value, survey),
    ]
    kept = keep_stated(facts, compute_support(facts, EXEMPT), EXEMPT)
    (supporter,) = compute_support(kept, EXEMPT).supporters[Fact(table, MG.from_, survey)]
    assert supporter.evidence == thing("table#evidence-2")
    assert thing("table#evidence-1") not in {term for fact in kept for term in fact}
