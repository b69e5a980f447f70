from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from migragraph.dataset import Dataset, build
from migragraph.errors import DataError
from migragraph.export import dump
from migragraph.layout import Layout
from migragraph.namespaces import MG, OA, OWL, PROV, RDF, RDFS, SCHEMA, XSD
from migragraph.support import Fact

TOWN = "https://example.org/town/"
CONCEPT = "https://example.org/concept/"
HEAD = f"""
@prefix mg: <{MG}> .
@prefix oa: <{OA}> .
@prefix rdf: <{RDF}> .
@prefix : <{TOWN}> .
"""


class ProjectWriter(Protocol):
    def __call__(self, data: dict[str, str | bytes], ontology: str = "") -> Layout: ...


def thing(name: str) -> NamedNode:
    return NamedNode(TOWN + name)


FAIR = thing("event/fair")


def graph_of(dataset: Dataset, graph: NamedNode) -> set[tuple[object, object, object]]:
    return {(quad.subject, quad.predicate, quad.object) for quad in dataset.named if quad.graph_name == graph}


def passage_of(dataset: Dataset, words: str) -> NamedNode:
    (selector,) = [fact.subject for fact in dataset.asserted if fact.object == Literal(words)]
    (passage,) = [fact.subject for fact in dataset.asserted if fact.object == selector]
    return passage


def test_two_builds_are_equal(dataset: Dataset, layout: Layout) -> None:
    again = build(layout)
    assert again.quads == dataset.quads
    assert again.support == dataset.support


def test_each_fact_once(dataset: Dataset) -> None:
    assert len(set(dataset.quads)) == len(dataset.quads)


def test_lexical_forms_are_kept(dataset: Dataset) -> None:
    values = {triple.object for triple in dataset.default if triple.subject == FAIR}
    assert values >= {
        Literal("01", datatype=XSD.integer),
        Literal("0100", datatype=XSD.integer),
        Literal("1.50", datatype=XSD.decimal),
        Literal("1E2", datatype=XSD.double),
        Literal("1", datatype=XSD.boolean),
        Literal("true", datatype=XSD.boolean),
        Literal("Fair", language="en"),
        Literal("Fête", language="fr-be"),
    }


def test_the_ontology_is_in_and_its_examples_are_not(dataset: Dataset) -> None:
    assert Triple(MG.Event, RDF.type, OWL["Class"]) in dataset.default
    assert thing("event/example") not in {triple.subject for triple in dataset.default}


def test_super_types_are_implied_and_not_asserted(dataset: Dataset) -> None:
    types = {triple.object for triple in dataset.default if triple.subject == FAIR and triple.predicate == RDF.type}
    assert types == {MG.Event, MG.Happening, SCHEMA.Event, PROV.Activity}
    assert {fact.object for fact in dataset.asserted if fact.subject == FAIR and fact.predicate == RDF.type} == {
        MG.Event
    }


def test_the_data_have_no_blank_nodes(dataset: Dataset) -> None:
    assert not [term for fact in dataset.asserted for term in fact if isinstance(term, BlankNode)]


def test_passages_and_inferences_are_typed(dataset: Dataset) -> None:
    passages = {f.subject for f in dataset.asserted if f.predicate == RDF.type and f.object == MG.Passage}
    assert passages == {f.object for f in dataset.asserted if f.predicate == OA.hasTarget}
    inferences = {f.subject for f in dataset.asserted if f.predicate == RDF.type and f.object == MG.Inference}
    assert inferences == {f.subject for f in dataset.asserted if f.object == MG.inferred}


def test_a_passage_graph_holds_what_its_words_state(dataset: Dataset) -> None:
    assert graph_of(dataset, passage_of(dataset, "on 1 May 2024")) == {
        (FAIR, SCHEMA.startDate, Literal("2024-05-01", datatype=XSD.date)),
        (FAIR, MG.topic, NamedNode(CONCEPT + "trade")),
    }
    assert graph_of(dataset, passage_of(dataset, "the guild came")) == {(FAIR, SCHEMA.attendee, thing("actor/guild"))}


def test_a_passage_graph_holds_the_link_to_the_nested_node(dataset: Dataset) -> None:
    graph = graph_of(dataset, passage_of(dataset, "passed in 2020"))
    assert {str(predicate).rpartition("#")[2] for _, predicate, _ in graph} == {"state>", "status>", "date>"}


def test_a_reference_graph_holds_what_it_vouches_for(dataset: Dataset) -> None:
    assert graph_of(dataset, thing("reference/register")) == {
        (thing("actor/guild"), SCHEMA.identifier, Literal("G")),
        (thing("actor/council"), SCHEMA.identifier, Literal("C")),
    }


def test_inferred_facts_stand_only_in_the_graphs_of_inferences(dataset: Dataset) -> None:
    inferences = {f.subject for f in dataset.asserted if f.object == MG.Inference}
    graphs: dict[Triple, set[object]] = {}
    for quad in dataset.named:
        graphs.setdefault(Triple(quad.subject, quad.predicate, quad.object), set()).add(quad.graph_name)
    inferred = Triple(FAIR, MG.fee, Literal("1.50", datatype=XSD.decimal))
    assert len(graphs[inferred]) == 1
    assert graphs[inferred] < inferences
    assert {Triple(*f) for f, by in dataset.support.supporters.items() if all(b.basis == MG.inferred for b in by)} == {
        triple for triple, names in graphs.items() if names <= inferences
    }


def test_named_graphs_are_the_support_and_the_content(dataset: Dataset) -> None:
    supported = {Quad(*fact, by.graph) for fact, supporters in dataset.support.supporters.items() for by in supporters}
    content = {
        Quad(FAIR, MG.praisedAs, NamedNode(CONCEPT + "trade"), thing("statement/praise")),
        Quad(FAIR, MG.haunted, Literal(True), thing("statement/rumour")),
    }
    assert set(dataset.named) == supported | content
    assert supported.isdisjoint(content)


def test_what_a_statement_says_is_no_fact_of_the_publisher(dataset: Dataset) -> None:
    assert {MG.praisedAs, MG.haunted}.isdisjoint(triple.predicate for triple in dataset.default)


def test_unsupported_facts_are_known(dataset: Dataset) -> None:
    unsupported = {str(fact.predicate).rpartition("#")[2] for fact in dataset.support.unsupported}
    assert unsupported == {"nickname>", "visitors>", "fee>", "free>"}
    assert len(dataset.support.unsupported) == 8
    assert not dataset.support.faults


def test_origin(dataset: Dataset, layout: Layout) -> None:
    assert dataset.origin[FAIR] == layout.root / "data" / "events.ttl"
    assert dataset.origin[thing("observation/all")] == layout.root / "data" / "more" / "figures.ttl"
    assert set(dataset.origin) == {fact.subject for fact in dataset.asserted}


def test_prefixes(dataset: Dataset, layout: Layout) -> None:
    assert dataset.prefixes == layout.prefixes


def test_one_content_of_two_statements(write_project: ProjectWriter) -> None:
    text = ":s1 mg:content :c . :s2 mg:content :c . :c rdf:subject :a ; rdf:predicate :p ; rdf:object 01 ."
    dataset = build(write_project({"a.ttl": HEAD + text}))
    said = (thing("a"), thing("p"), Literal("01", datatype=XSD.integer))
    assert graph_of(dataset, thing("s1")) == graph_of(dataset, thing("s2")) == {said}
    assert Triple(*said) not in dataset.default


def test_what_is_told_more_than_once_is_one_fact(write_project: ProjectWriter) -> None:
    same = ":a :p 1, 2, 1 ; :q :b . :a :q :b . :a :r [ :p 1 ], [ :p 1 ] . :c :p 3 ."
    dataset = build(write_project({"a.ttl": HEAD + same, "b.ttl": HEAD + same.replace(":c :p 3", ":c :p 4")}))
    assert len(dataset.asserted) == len({*dataset.asserted}) == dataset.size == 7
    index = dataset.index[thing("a")]
    assert [value.value for value in index[thing("p")]] == ["1", "2"]
    assert len(index[thing("r")]) == 1


def test_types_that_are_stated_somewhere_stand_before_those_that_are_added(write_project: ProjectWriter) -> None:
    files = {
        "a.ttl": ":n oa:hasTarget :t .",
        "b.ttl": ":n a :Other .",
        "c.ttl": ":n mg:basis mg:inferred .",
    }
    dataset = build(write_project({name: HEAD + text for name, text in files.items()}))
    assert dataset.index[thing("n")][RDF.type] == [thing("Other"), OA.Annotation, MG.Inference]
    dataset = build(write_project({name: HEAD + text for name, text in (files | {"b.ttl": ""}).items()}))
    properties = dataset.index[thing("n")]
    assert (list(properties)[-1], properties[RDF.type]) == (RDF.type, [OA.Annotation, MG.Inference])


@pytest.mark.parametrize("part", ["rdf:subject 'a'", "rdf:predicate 'p'", "rdf:predicate :p ; rdf:subject 1"])
def test_content_that_is_no_triple_is_in_no_graph(write_project: ProjectWriter, part: str) -> None:
    text = f":s mg:content [ rdf:subject :a ; rdf:object 1 ; {part} ] ."
    dataset = build(
        write_project(
            {"a.ttl": HEAD + text.replace("rdf:subject :a ; ", "" if "subject" in part else "rdf:subject :a ; ")}
        )
    )
    assert dataset.named == ()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.trig", "GRAPH :nobody { :a :p 1 }", "nobody> is no statement"),
        ("a.trig", "[] { :a :p 1 }", "is no statement"),
        ("a.trig", "_:g { :a :p 1 } :a :q 1 .", "is no statement"),
        (
            "a.trig",
            ":r { :a :q 1 } :r :p 1 . :a :p 1 ; mg:evidence [ mg:property :p ; oa:hasTarget :r ].",
            "no statement",
        ),
        ("a.ttl", ":a :p <<( :b :q 1 )>> .", "plain triples"),
        ("a.ttl", ":a :p _:x . :b :p _:x .", "used in 2 places"),
        ("a.ttl", ":a :p ", "a.ttl"),
    ],
)
def test_bad_data(write_project: ProjectWriter, name: str, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        build(write_project({name: HEAD + text}))


@pytest.mark.parametrize("text", [":a :p <<( :b :q 1 )>> .", ":a :p _:x . :b :p _:x .", "_:x :p _:y . _:y :p _:x ."])
def test_bad_ontology(write_project: ProjectWriter, text: str) -> None:
    with pytest.raises(DataError, match=r"terms\.ttl"):
        build(write_project({}, HEAD + text))


def test_empty_project(write_project: ProjectWriter) -> None:
    dataset = build(write_project({}))
    assert dataset.quads == ()
    assert dataset.support.unsupported == ()


def test_a_trig_file_may_hold_facts_of_the_default_graph(write_project: ProjectWriter) -> None:
    dataset = build(write_project({"a.trig": HEAD + ":s :p 1 . :s { :a :q 1 }"}))
    assert [quad.graph_name for quad in dataset.quads] == [DefaultGraph(), thing("s")]


def test_each_graph_of_the_bundled_graph_holds_what_its_evidence_is_for_and_no_more(bundled: Dataset) -> None:
    """Worked out from the triples of the evidence alone; TriG and N-Quads carry the same."""
    expected = {quad for subject in bundled.index for quad in quads_of_evidence(subject, bundled)}
    content = {fact.subject for fact in bundled.asserted if fact.predicate == MG.content}
    assert len(expected) > 1000
    assert {quad for quad in bundled.named if quad.graph_name not in content} == expected
    for name, format_ in {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}.items():
        quads = [quad for quad in parse(dump(bundled, name), format=format_) if quad.graph_name != DefaultGraph()]
        assert {quad for quad in quads if quad.graph_name not in content} == expected


def quads_of_evidence(subject: NamedNode, dataset: Dataset) -> Iterator[Quad]:
    """Give what the evidence of a subject supports, and that it leads to the subject where this is a nested node."""
    properties, document = dataset.index[subject], subject.value.partition("#")[0]
    leading = [fact for fact in dataset.asserted if fact.object == subject and subject.value != document]
    for evidence in properties.get(MG.evidence, ()):
        assert isinstance(evidence, NamedNode)
        node = dataset.index[evidence]
        targets = {MG.stated: node.get(OA.hasTarget), MG.referenced: node.get(MG.reference), MG.inferred: [evidence]}
        graphs = [graph for basis, nodes in targets.items() if node[MG.basis] == [basis] for graph in nodes or ()]
        facts = [fact for fact in leading if fact.subject.value.partition("#")[0] == document]
        for property_ in node[MG.property]:
            assert isinstance(property_, NamedNode)
            values = [value for value in properties[property_] if value in node.get(MG.value, [value])]
            facts += [Fact(subject, property_, value) for value in values]
        for graph in graphs:
            assert isinstance(graph, NamedNode)
            yield from (Quad(*fact, graph) for fact in facts)


def test_bundled_graph(bundled: Dataset) -> None:
    assert bundled.support.unsupported == ()
    assert bundled.support.faults == ()
    supported = {Quad(*fact, by.graph) for fact, supporters in bundled.support.supporters.items() for by in supporters}
    content = set(bundled.named) - supported
    statements = {fact.subject for fact in bundled.asserted if fact.predicate == MG.content}
    assert content
    assert {quad.graph_name for quad in content} <= statements
    assert {by.graph for supporters in bundled.support.supporters.values() for by in supporters}.isdisjoint(statements)


@pytest.mark.parametrize("among", [{RDF.type}, {RDFS.label, MG.speaker}, {SCHEMA.organizer, RDF.type}, set()])
def test_what_is_said_by_some_predicates_is_a_part_of_what_is_said(bundled: Dataset, among: set[NamedNode]) -> None:
    supers = {super_ for supers in bundled.rules.properties.values() for super_ in supers}
    for predicates in (among, among | supers):
        some = dict(bundled.stream_subjects(predicates))
        for subject, pairs in bundled.stream_subjects():
            assert list(some[subject]) == [pair for pair in pairs if pair[0] in predicates]
