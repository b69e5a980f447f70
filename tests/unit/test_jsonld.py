"""Our trees are what pyld's framing gives, and our documents read back as the same graph."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from pyoxigraph import Dataset as QuadSet

from migragraph.dataset import Dataset
from migragraph.describe import index_subjects, tree_of
from migragraph.jsonld import Context, make_context, make_document, make_tree
from migragraph.namespaces import MG, OWL, RDF, RDFS, SCHEMA, XSD

Json = Any
E = "https://e.org/"
PREFIXES = {"ex": E, "mg": str(MG), "rdf": str(RDF), "xsd": str(XSD)}


def node(name: str) -> NamedNode:
    return NamedNode(E + name)


def canonical(quads: Iterable[Quad]) -> str:
    graph = QuadSet(quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, graph)))


def canonical_triples(triples: Iterable[Triple]) -> str:
    return canonical(Quad(*triple) for triple in triples)


def read_back(document: Json) -> str:
    return canonical(parse(json.dumps(document), format=RdfFormat.JSON_LD))


def without_doubles(triples: Iterable[Triple]) -> list[Triple]:
    """Leave out what pyld writes in canonical form though only a JSON number is to be."""
    return [t for t in triples if not (isinstance(t.object, Literal) and t.object.datatype == XSD.double)]


def read_back_by_pyld(document: Json) -> str:
    from pyld import FrozenDocumentLoader, jsonld

    options = {"format": "application/n-quads", "documentLoader": FrozenDocumentLoader({})}
    quads = parse(jsonld.to_rdf(document, options), format=RdfFormat.N_QUADS)
    return canonical_triples(without_doubles(Triple(quad.subject, quad.predicate, quad.object) for quad in quads))


def frame(triples: Iterable[Triple], root: NamedNode, context: Context) -> Json:
    """Frame a tree by pyld; booleans are native as in our trees, which pyld leaves to those who give it the JSON."""
    from pyld import FrozenDocumentLoader, jsonld

    lines = serialize([Quad(*triple) for triple in triples], format=RdfFormat.N_QUADS)
    assert lines is not None
    expanded = make_booleans_native(jsonld.from_rdf(lines.decode(), {}))
    options = {"embed": "@always", "documentLoader": FrozenDocumentLoader({})}
    framed = jsonld.frame(expanded, {"@context": context.json(), "@id": root.value}, options)
    framed.pop("@context")
    return framed


def make_booleans_native(value: Json) -> Json:
    if isinstance(value, list):
        return [make_booleans_native(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("@type") == XSD.boolean.value and value["@value"] in ("true", "false"):
        return {**value, "@value": value["@value"] == "true"}
    return {key: make_booleans_native(item) for key, item in value.items()}


def normalize(value: Json, key: str = "") -> Json:
    """Sort arrays, which are sets but in a list, and write one of one item as the item."""
    if isinstance(value, dict):
        return {name: normalize(item, name) for name, item in value.items()}
    if not isinstance(value, list):
        return value
    items = [normalize(item) for item in value]
    if key == "@list":
        return items
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) if len(items) > 1 else items[0]


def things_of_each_class(dataset: Dataset) -> list[NamedNode]:
    found: dict[object, NamedNode] = {}
    for triple in dataset.default:
        if triple.predicate == RDF.type and isinstance(triple.subject, NamedNode):
            found.setdefault(triple.object, triple.subject)
    return list(dict.fromkeys(found.values()))


def assert_framed_alike(dataset: Dataset, roots: Iterable[NamedNode]) -> None:
    index = index_subjects(dataset.default)
    context = make_context(dataset.ontology, dataset.default, dataset.prefixes)
    for root in roots:
        tree = make_tree(index, root, context)
        assert normalize(tree) == normalize(frame(tree_of(index, root), root, context)), root


def test_trees_are_those_of_pyld(dataset: Dataset) -> None:
    subjects = {triple.subject for triple in dataset.default}
    roots = [subject for subject in subjects if isinstance(subject, NamedNode)]
    assert len(roots) > 60
    assert_framed_alike(dataset, roots)


def test_trees_of_the_bundled_graph_are_those_of_pyld(bundled: Dataset) -> None:
    roots = things_of_each_class(bundled)
    assert len(roots) > 60
    assert_framed_alike(bundled, roots)


def test_the_document_reads_back(dataset: Dataset) -> None:
    document = make_document(dataset.default, make_context(dataset.ontology, dataset.default, dataset.prefixes))
    assert read_back(document) == canonical_triples(dataset.default)
    assert read_back_by_pyld(document) == canonical_triples(without_doubles(dataset.default))


def test_the_context_is_valid(dataset: Dataset, bundled: Dataset) -> None:
    from pyld import FrozenDocumentLoader, jsonld

    for graph in (dataset, bundled):
        context = make_context(graph.ontology, graph.default, graph.prefixes)
        assert jsonld.expand({"@context": context.json()}, {"documentLoader": FrozenDocumentLoader({})}) == []
        names = {name: term for name, term in context.json().items() if name != "@version"}
        expanded = jsonld.expand({"@context": context.json(), "@id": "x:y", **{name: [] for name in names}})
        iris = {term if isinstance(term, str) else term["@id"] for term in names.values()}
        assert set(expanded[0]) - {"@id"} == iris


def test_a_thing_is_one_tree(dataset: Dataset) -> None:
    context = make_context(dataset.ontology, dataset.default, dataset.prefixes)
    tree = make_tree(index_subjects(dataset.default), NamedNode("https://example.org/town/law/market"), context)
    assert tree["@id"] == "law:market"
    assert tree["label"] == {"en": "Market law"}
    passed = next(state for state in tree["state"] if state["status"] == "concept:passed")
    assert passed["date"] == {"@value": "2020", "@type": "xsd:gYear"}
    passage = passed["evidence"]["hasTarget"]
    assert passage["hasSource"] == "source:gazette"
    assert passage["hasSelector"]["exact"] == "passed in 2020"


def test_nested_nodes_are_in_no_other_place(dataset: Dataset) -> None:
    context = make_context(dataset.ontology, dataset.default, dataset.prefixes)
    roots = make_document(dataset.default, context)["@graph"]
    assert not [tree["@id"] for tree in roots if "#" in tree.get("@id", "") and not tree["@id"].startswith("mg:")]


S, P, Q = node("s"), node("p"), node("q")
HEAD = f"""
@prefix : <{E}> . @prefix mg: <{MG}> . @prefix owl: <{OWL}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> .
@prefix xsd: <{XSD}> . @prefix state: <{E}s#state-> . @prefix passage: <{E}source#passage-> .
@prefix selector: <{E}source#fragmentselector-> .
"""
NODES = ":p a owl:ObjectProperty . "
TEXTS = ":p rdfs:range rdf:langString . "
INTEGERS = ":p rdfs:range xsd:integer . "
BOOLEANS = ":p rdfs:range xsd:boolean . "

CASES = {
    "language map": TEXTS + ":s :p 'a'@en, 'b'@en, 'c'@vi .",
    "no language in a language map": TEXTS + ":s :p 'a', 'b'@en .",
    "list of nodes": NODES + ":s :p (:a :b :a) .",
    "list of literals": ":s :q (01 'x') .",
    "list of literals in a property of nodes": NODES + ":s :p ('x' :a) .",
    "list of integers": INTEGERS + ":s :p (01) .",
    "list of languages": TEXTS + ":s :p ('x'@en) .",
    "list of booleans": BOOLEANS + ":s :p (true false) .",
    "list of other things in a list": NODES + ":s :p ((true) :a) .",
    "empty list": NODES + ":s :p () ; :q () .",
    "list beside a node": NODES + ":s :p (:a), :b .",
    "booleans": BOOLEANS + ":s :p true, '1'^^xsd:boolean ; :q false, '0'^^xsd:boolean, 'true' .",
    "integers": INTEGERS + ":s :p 1, 01, +1, 'x'^^xsd:integer, ''^^xsd:integer .",
    "numbers": ":s :q 1.0E0, '1'^^xsd:double, 'NaN'^^xsd:double, 1.50 .",
    "values that do not fit": INTEGERS + ":s :p 1, '1'^^xsd:long, '1', '1'@en, :a .",
    "literals where nodes are": NODES + ":s :p 'ex:a', :a .",
    "mixed values": ":s :q :a, 'https://e.org/a', 'ex:a' .",
    "two properties of one local name": "mg:p a owl:ObjectProperty . :s mg:p :a ; :p 'x' .",
    "two types": ":s a mg:Event, :Event .",
    "other scripts": ":s :sự-kiện 'Đợt 1\\n\\'\\\\' .",
    "long local names": ":s :q <https://e.org/a/b#c?d=e>, <https://e.org/> .",
    "nested nodes": ":s :p state:0000000001 . state:0000000001 :q :s, state:0000000002 . state:0000000002 :p 'y' .",
    "a node nested in two places": ":s :p state:0123456789 ; :q state:0123456789 . state:0123456789 :p 'x' .",
    "a selector of another kind": """
        :s :p passage:0123456789 . passage:0123456789 :q selector:0123456789 . selector:0123456789 :p 'x' .
    """,
}

# What framing has no root for, or pyld does not read or write as the specification says.
UNFRAMED = {
    "direction in a language map": TEXTS + ":s :p 'b'@en, 'b'@en--rtl .",
    "a line separator, which pyld's reader of N-Quads does not know": ":s :q 'a\u2028b' .",
    "a list in a list, whose text value compaction writes bare, to be read as an IRI": ":s :q (('x')) .",
    "a ring of nested nodes": "state:0000000001 :p state:0000000002 . state:0000000002 :p state:0000000001 . :s :p 1 .",
    "a nested node in itself": "state:0123456789 :p state:0123456789 . :s :p 'x' .",
    "blank roots": "[] :p ('x' 'y') . [] :p 'z' .",
    "blank nodes in one another": ":s :p [ :p [ :p 'x' ] ] .",
    "a class expression as type": ":s a [ :p 'x' ] .",
    "a literal as type": ":s a 'x', :p .",
    "list with a type": ":s :p [ a rdf:List ; rdf:first :a ; rdf:rest () ] .",
    "list without an end": ":s :p [ rdf:first :a ] .",
    "list with two ends": ":s :p [ rdf:first :a ; rdf:rest (), :b ] .",
    "list that forks": ":s :p [ rdf:first :a, :b ; rdf:rest () ] .",
    "list whose cells have names": ":s :p :l . :l rdf:first :a ; rdf:rest () .",
    "an IRI whose scheme is a prefix": ":s :p <ex:10,106> . <mg:1> :q :s .",
    "an address whose scheme is a prefix": ":s :p <ex://host/a> .",
}


def read_case(text: str) -> list[Triple]:
    quads = parse(HEAD + text, format=RdfFormat.TURTLE)
    return [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


@pytest.mark.parametrize("case", CASES | UNFRAMED)
def test_cases_read_back(case: str) -> None:
    triples = read_case((CASES | UNFRAMED)[case])
    document = make_document(triples, make_context(triples, triples, PREFIXES))
    assert read_back(document) == canonical_triples(triples)
    if "direction" not in case:
        assert read_back_by_pyld(document) == canonical_triples(without_doubles(triples))


@pytest.mark.parametrize("case", CASES)
def test_cases_are_framed_alike(case: str) -> None:
    triples = read_case(CASES[case])
    index = index_subjects(triples)
    context = make_context(triples, triples, PREFIXES)
    tree = make_tree(index, S, context)
    assert normalize(tree) == normalize(frame(tree_of(index, S), S, context))


@pytest.mark.parametrize(
    ("prefixes", "iri"),
    [
        ({"x": "https://e.org/x_"}, "https://e.org/x_1"),
        ({"": E, "ex": E}, "https://e.org/a"),
        ({"p": E}, "https://e.org/a"),
        ({"s": "https://e.org/a/", "longer": "https://e.org/a/b/"}, "https://e.org/a/b/c"),
    ],
)
def test_prefixes_of_any_kind(prefixes: dict[str, str], iri: str) -> None:
    triples = [Triple(S, P, NamedNode(iri)), Triple(S, P, Literal("x"))]
    context = make_context([], triples, prefixes)
    document = make_document(triples, context)
    assert read_back(document) == canonical_triples(triples)
    assert read_back_by_pyld(document) == canonical_triples(triples)
    assert normalize(make_tree(index_subjects(triples), S, context)) == normalize(frame(triples, S, context))


def test_context_prefers_our_names() -> None:
    used = [Triple(S, SCHEMA.date, Literal("x")), Triple(S, MG.date, Literal("y"))]
    assert {term.iri: term.name for term in make_context([], used, PREFIXES).terms.values()} == {MG.date.value: "date"}


def test_a_prefix_gives_way_to_a_term_of_its_name() -> None:
    context = make_context([], [Triple(S, node("mg"), Literal("x"))], PREFIXES)
    assert [term.name for term in context.terms.values()] == ["mg"]
    assert context.json()["mg-id"] == PREFIXES["mg"]
    assert context.shorten(MG.date.value) == "mg-id:date"


def test_a_tree_begins_with_what_it_is(dataset: Dataset) -> None:
    context = make_context(dataset.ontology, dataset.default, dataset.prefixes)
    for tree in make_document(dataset.default, context)["@graph"]:
        first = [name for name in ("@id", "@type", "label") if name in tree]
        assert list(tree)[: len(first)] == first


def test_ranges_go_before_values_in_use() -> None:
    used = [Triple(S, P, Literal("1", datatype=XSD.integer)), Triple(S, Q, Literal("1", datatype=XSD.integer))]
    terms = make_context([Triple(P, RDFS.range, XSD.decimal)], used, PREFIXES).terms
    assert terms[P.value].coercion == XSD.decimal.value
    assert terms[Q.value].coercion == XSD.integer.value


def test_the_order_of_triples_does_not_matter(dataset: Dataset) -> None:
    backwards = dataset.default[::-1]
    context = make_context(dataset.ontology, dataset.default, dataset.prefixes)
    assert make_context(dataset.ontology, backwards, dataset.prefixes).json() == context.json()
    assert make_document(backwards, context) == make_document(dataset.default, context)
