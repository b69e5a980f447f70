"""The ontology is written in one style: one block to a term, in one order, with labels and a definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode

from migragraph import namespaces
from migragraph.dataset import Dataset, build
from migragraph.iris import shorten_iri
from migragraph.layout import Layout, load_layout
from migragraph.namespaces import MG, OWL, RDF, RDFS, SKOS, Namespace
from migragraph.positions import scan_text
from migragraph.prefixes import check_prefixes
from migragraph.reading import read_quads
from migragraph.uses import read_query_uses, read_uses

LAYOUT = load_layout(Path(__file__).parents[2])
ONTOLOGY = LAYOUT.folder("ontology")
TERMS = ONTOLOGY / "migragraph.ttl"
REUSED = ONTOLOGY / "reused.ttl"
EXAMPLES = tuple(sorted((ONTOLOGY / "examples").glob("*.ttl")))
SCHEMES = tuple(sorted((ONTOLOGY / "schemes").glob("*.ttl")))

HEADER = NamedNode(f"{LAYOUT.base}ontology")
TYPE = RDF["type"]
DEFINED = RDFS["isDefinedBy"]
LABELS = {RDFS["label"], SKOS["prefLabel"]}
SENTENCE = re.compile(r"[A-Z][^.]*\.")
# Of a pair, a term has the one or the other.
TERM_ORDER = (
    "rdf:type",
    "rdfs:subClassOf rdfs:subPropertyOf",
    "rdfs:domain",
    "rdfs:range",
    "qb:codeList",
    "rdfs:label skos:prefLabel",
    "skos:definition",
    "skos:scopeNote",
    "vann:example",
    "mg:supportExempt",
    "rdfs:isDefinedBy",
)
CONCEPT_ORDER = (
    "rdf:type",
    "skos:inScheme",
    "skos:topConceptOf",
    "skos:notation",
    "skos:prefLabel",
    "skos:altLabel",
    "skos:definition",
    "dcterms:source mg:directProperty mg:indicatorType mg:stage",
    "skos:hasTopConcept",
    "skos:broader",
    "skos:related",
    "rdfs:isDefinedBy",
)
# What is said of a term beside its block: axioms and the list of what is bookkeeping.
BESIDE = {("owl:disjointWith",), ("mg:supportExempt",)}


class Block(NamedTuple):
    """What a file says of a subject in one place: the predicates in their order, as CURIEs."""

    subject: str
    predicates: tuple[str, ...]


def read_blocks(path: Path, layout: Layout = LAYOUT) -> list[Block]:
    """Scan the text for its blocks; what stands about blank nodes is left out."""
    blocks: list[tuple[str, list[str]]] = []
    for mention in scan_text(path.read_text("utf-8")):
        if mention.role == "subject":
            blocks.append((mention.iri, []))
        elif mention.role == "predicate" and mention.subject is not None:
            blocks[-1][1].append(shorten_iri(mention.iri, layout.prefixes))
    return [Block(subject, tuple(predicates)) for subject, predicates in blocks]


def follows(predicates: Sequence[str], order: Sequence[str]) -> bool:
    """Tell whether the predicates are of an order, each written once and none before an earlier one."""
    places = [place for name in predicates for place, names in enumerate(order) if name in names.split()]
    return len(places) == len(predicates) and places == sorted(set(places))


def read_about(path: Path, predicate: NamedNode) -> dict[NamedNode, list[Literal]]:
    """Give the texts that a file gives each subject with a predicate, in their order."""
    found: dict[NamedNode, list[Literal]] = {}
    for subject, value in (
        (quad.subject, quad.object) for quad in read_quads(path).quads if quad.predicate == predicate
    ):
        if isinstance(subject, NamedNode) and isinstance(value, Literal):
            found.setdefault(subject, []).append(value)
    return found


def list_defined(path: Path) -> list[NamedNode]:
    quads = read_quads(path).quads
    return [quad.subject for quad in quads if quad.predicate == DEFINED and isinstance(quad.subject, NamedNode)]


def read_labels(path: Path) -> dict[NamedNode, list[Literal]]:
    return {term: labels for predicate in LABELS for term, labels in read_about(path, predicate).items()}


def languages(texts: Sequence[Literal]) -> list[str | None]:
    return [text.language for text in texts]


def read_scheme(path: Path) -> tuple[NamedNode, set[NamedNode]]:
    """Read a scheme, the one thing in its file that our ontology defines, and its concepts: all others."""
    (scheme,) = list_defined(path)
    quads = read_quads(path).quads
    concepts = {quad.subject for quad in quads if quad.predicate == SKOS["inScheme"] and quad.object == scheme}
    assert {quad.subject for quad in quads} == {scheme, *concepts}
    return scheme, {concept for concept in concepts if isinstance(concept, NamedNode)}


def is_taken_from_elsewhere(path: Path, scheme: NamedNode) -> bool:
    """Tell whether the concepts of a scheme are somebody else's.

    So are the objectives of the Compact: their titles are those of the resolution, which has no Vietnamese text, and a
    definition of ours beside them would be a second text of what states agreed.
    """
    source = namespaces.DCTERMS["source"]
    return any(quad.subject == scheme and quad.predicate == source for quad in read_quads(path).quads)


def find_uses() -> Iterator[str]:
    """Give the terms that the project's files and queries use, other than as the subject of a triple."""
    paths = [path for part in ("ontology", "data", "shapes") for path in LAYOUT.files(part)]
    for path in (*paths, *EXAMPLES):
        yield from (use.iri for use in read_uses(read_quads(path), LAYOUT.prefixes) if use.role != "term")
    for path in LAYOUT.folder("queries").glob("*.rq"):
        yield from (use.iri for use in read_query_uses(path.read_text("utf-8"), LAYOUT.prefixes))


def list_test_files() -> list[Path]:
    """List the tests' files of RDF and SPARQL; the unit tests have a project with prefixes of its own."""
    tests = LAYOUT.root / "tests"
    found = (path for path in tests.rglob("*") if path.suffix in {".ttl", ".trig", ".rq", ".ru"})
    return sorted(path for path in found if tests / "unit" not in path.parents)


def read_prefixes(path: Path) -> set[tuple[str, str]]:
    mentions = scan_text(path.read_text("utf-8"))
    return {(mention.name or "", mention.iri) for mention in mentions if mention.role == "prefix"}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return build(LAYOUT)


@pytest.fixture(scope="module")
def definitions() -> dict[NamedNode, list[Literal]]:
    return read_about(TERMS, SKOS["definition"])


def test_each_term_is_one_block_in_one_order() -> None:
    blocks = [block for block in read_blocks(TERMS) if "rdfs:isDefinedBy" in block.predicates]
    assert blocks
    assert [block for block in blocks if not follows(block.predicates, TERM_ORDER)] == []
    assert len(blocks) == len({block.subject for block in blocks})


def test_nothing_but_axioms_stands_beside_the_blocks() -> None:
    blocks = [block for block in read_blocks(TERMS) if "rdfs:isDefinedBy" not in block.predicates]
    assert [block for block in blocks[1:] if block.predicates not in BESIDE] == []
    assert blocks[0].subject == HEADER.value


def test_only_our_own_terms_are_defined() -> None:
    quads = read_quads(TERMS).quads
    typed = {quad.subject for quad in quads if quad.predicate == TYPE and isinstance(quad.subject, NamedNode)}
    assert typed - {HEADER} == set(list_defined(TERMS))
    assert [term for term in list_defined(TERMS) if not term.value.startswith(str(MG))] == []
    assert [term for term in list_defined(REUSED) if term.value.startswith(LAYOUT.base)] == []


def test_each_term_has_a_label_in_each_language() -> None:
    labels = read_labels(TERMS)
    assert set(labels) == set(list_defined(TERMS))
    assert {term: texts for term, texts in labels.items() if languages(texts) != list(LAYOUT.languages)} == {}


def test_each_term_has_one_definition_that_is_one_sentence(definitions: Mapping[NamedNode, list[Literal]]) -> None:
    assert set(definitions) == set(list_defined(TERMS))
    assert {term: texts for term, texts in definitions.items() if languages(texts) != ["en"]} == {}
    assert [texts[0].value for texts in definitions.values() if not SENTENCE.fullmatch(texts[0].value)] == []


def test_no_definition_goes_in_a_circle(definitions: Mapping[NamedNode, list[Literal]]) -> None:
    """A definition that holds the whole label of its term says of it what the reader already knows."""
    labels = {term: texts[0].value for term, texts in read_labels(TERMS).items()}
    circles = {
        labels[term]: texts[0].value
        for term, texts in definitions.items()
        if re.search(rf"\b{re.escape(labels[term])}\b", texts[0].value, re.IGNORECASE)
    }
    assert circles == {}


def test_header_says_version_licence_and_prefix() -> None:
    quads = read_quads(TERMS).quads
    header = {
        shorten_iri(quad.predicate.value, LAYOUT.prefixes): quad.object for quad in quads if quad.subject == HEADER
    }
    assert header["rdf:type"] == OWL["Ontology"]
    assert header["owl:versionIRI"] == NamedNode(f"{HEADER.value}/{LAYOUT.version}")
    assert header["owl:versionInfo"] == Literal(LAYOUT.version)
    assert header["dcterms:license"] == NamedNode(LAYOUT.licence)
    assert header["vann:preferredNamespacePrefix"] == Literal("mg")
    assert header["vann:preferredNamespaceUri"] == Literal(LAYOUT.prefixes["mg"]) == Literal(str(MG))


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_scheme_has_a_title_and_a_definition(path: Path) -> None:
    scheme, _ = read_scheme(path)
    assert scheme.value == f"{LAYOUT.prefixes['scheme']}{path.stem}"
    assert languages(read_about(path, SKOS["prefLabel"])[scheme]) == list(LAYOUT.languages)
    (definition,) = read_about(path, SKOS["definition"])[scheme]
    assert SENTENCE.fullmatch(definition.value)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_each_concept_has_labels_and_a_definition(path: Path) -> None:
    scheme, concepts = read_scheme(path)
    labels, definitions = read_about(path, SKOS["prefLabel"]), read_about(path, SKOS["definition"])
    elsewhere = is_taken_from_elsewhere(path, scheme)
    assert concepts
    wanted = ["en"] if elsewhere else list(LAYOUT.languages)
    assert {term for term in concepts if languages(labels[term]) != wanted} == set()
    assert set(definitions) - {scheme} == (set() if elsewhere else concepts)
    assert {term for term, texts in definitions.items() if languages(texts) != ["en"]} == set()
    assert [texts[0].value for texts in definitions.values() if not texts[0].value.endswith(".")] == []


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_each_concept_is_one_block_in_one_order(path: Path) -> None:
    blocks = read_blocks(path)
    assert [block for block in blocks if not follows(block.predicates, CONCEPT_ORDER)] == []
    assert len(blocks) == len({block.subject for block in blocks})


def test_each_foreign_term_in_use_is_listed() -> None:
    listed = {term.value for term in list_defined(REUSED)}
    vocabularies = read_about(REUSED, NamedNode(f"{LAYOUT.prefixes['vann']}preferredNamespaceUri"))
    foreign = tuple(uri.value for uris in vocabularies.values() for uri in uris)
    used = {iri for iri in find_uses() if iri.startswith(foreign) and iri not in {term.value for term in vocabularies}}
    assert used
    assert used - listed - set(foreign) == set()
    assert [term for term in listed if not term.startswith(foreign)] == []


def test_each_class_has_instances_and_each_property_facts(dataset: Dataset) -> None:
    """A term that stands above others has theirs."""
    kinds = {triple.subject: triple.object for triple in dataset.ontology if triple.predicate == TYPE}
    types = {triple.object for triple in dataset.default if triple.predicate == TYPE}
    predicates = {triple.predicate for triple in dataset.default}
    own = [term for term in list_defined(TERMS) if kinds[term] != MG["Basis"]]
    assert [term for term in own if term not in (types if kinds[term] == OWL["Class"] else predicates)] == []


def test_each_example_is_an_instance_of_its_class(dataset: Dataset) -> None:
    example = NamedNode(f"{LAYOUT.prefixes['vann']}example")
    named = [(triple.object, triple.subject) for triple in dataset.ontology if triple.predicate == example]
    types = {(triple.subject, triple.object) for triple in dataset.default if triple.predicate == TYPE}
    assert named
    assert [pair for pair in named if pair not in types] == []


def test_each_prefix_means_one_thing_in_the_project() -> None:
    paths = [path for part in ("ontology", "data", "shapes") for path in LAYOUT.files(part)]
    files = [read_quads(path) for path in (*paths, *EXAMPLES)]
    queries = {path: path.read_text("utf-8") for path in LAYOUT.folder("queries").glob("*.rq")}
    assert files
    assert queries
    assert list(check_prefixes(LAYOUT, files, queries)) == []


def test_each_prefix_means_the_same_in_the_tests_and_in_the_code() -> None:
    """Tests have prefixes of their own too, for things that only they know."""
    names = {iri: name for name, iri in LAYOUT.prefixes.items()}
    declared = [(path, *pair) for path in list_test_files() for pair in sorted(read_prefixes(path))]
    assert declared
    wrong = [
        (path, name)
        for path, name, iri in declared
        if names.get(iri, name) != name or LAYOUT.prefixes.get(name, iri) != iri
    ]
    assert wrong == []
    known = {
        name.lower().replace("_", "-"): str(value)
        for name, value in vars(namespaces).items()
        if isinstance(value, Namespace)
    }
    assert known.items() <= LAYOUT.prefixes.items()
