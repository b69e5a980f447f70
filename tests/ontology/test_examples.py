"""Each class has an example for a reader; what it says is in the data, supported and well-formed, and so true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from migragraph.closure import imply
from migragraph.dataset import Dataset, build
from migragraph.iris import local_name
from migragraph.layout import load_layout
from migragraph.namespaces import MG, OA, OWL, RDF, SH
from migragraph.nesting import label_blanks, name_nested
from migragraph.positions import scan_text
from migragraph.reading import read_quads
from migragraph.shacl import validate_shacl
from migragraph.support import Fact, compute_support, read_exemptions
from migragraph.terms import check_terms

LAYOUT = load_layout(Path(__file__).parents[2])
EXAMPLES = tuple(sorted((LAYOUT.folder("ontology") / "examples").glob("*.ttl")))
PARTS = ("ontology", "data", "shapes")

TYPE = RDF["type"]
# Every instance is one of a sub-class, whose example shows it: a law, a decision or a resolution; a compact or a plan;
# a claim, an evaluation, a recommendation, a commitment or a risk warning.
ABSTRACT = {"Instrument", "EnactedInstrument", "Statement"}
# The build alone gives these types: to evidence that gives a reason, and to what evidence has as its target.
GIVEN_BY_BUILD = {"Inference", "Passage"}
BOOKKEEPING = {MG["Evidence"], OA["SpecificResource"], OA["TextQuoteSelector"]}


def name_example(path: Path) -> str:
    return path.stem


def read_example(path: Path) -> list[Fact]:
    """Read the facts of an example, its nested nodes named as the build names them."""
    facts = []
    for quad in name_nested(read_quads(path).quads, path):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.predicate, NamedNode)
        facts.append(Fact(quad.subject, quad.predicate, quad.object))  # type: ignore[arg-type]
    return facts


def read_shapes() -> list[Triple]:
    """Read the shapes of data, without their queries, which relate things of which examples show only a part."""
    paths = [path for path in LAYOUT.files("shapes") if path.stem != "ontology"]
    quads = (quad for path in paths for quad in label_blanks(read_quads(path).quads, path))
    return [quad.triple for quad in quads if quad.predicate not in {SH["sparql"], SH["select"]}]


def drop_bookkeeping(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out the evidence, for speed: no shape of a thing looks at it."""
    facts = list(facts)
    nodes = {fact.subject for fact in facts if fact.predicate == TYPE and fact.object in BOOKKEEPING}
    return [fact for fact in facts if fact.subject not in nodes and fact.predicate != MG["evidence"]]


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return build(LAYOUT)


@pytest.fixture(scope="session")
def terms(dataset: Dataset) -> set[Fact]:
    """Give what the ontology says of its classes, properties and concepts."""
    return {Fact(*triple) for triple in dataset.ontology if isinstance(triple.subject, NamedNode)}


@pytest.fixture(scope="session")
def known(dataset: Dataset, terms: set[Fact]) -> set[Fact]:
    return {*dataset.asserted, *terms}


@pytest.fixture(scope="session")
def instances(known: set[Fact]) -> Mapping[str, set[NamedNode]]:
    """Give the direct instances of each of our classes, by its name."""
    found: dict[str, set[NamedNode]] = {}
    for subject, predicate, value in known:
        if predicate == TYPE and isinstance(value, NamedNode) and value.value.startswith(str(MG)):
            found.setdefault(local_name(value.value), set()).add(subject)
    return found


def test_each_class_has_an_example(terms: set[Fact]) -> None:
    classes = {fact.subject for fact in terms if fact[1:] == (TYPE, OWL["Class"])}
    own = {local_name(term.value) for term in classes if term.value.startswith(str(MG))}
    assert own >= ABSTRACT
    assert {path.stem for path in EXAMPLES} == own - ABSTRACT


@pytest.mark.parametrize("name", sorted(ABSTRACT))
def test_abstract_class_has_instances_of_its_sub_classes_only(
    name: str, dataset: Dataset, instances: Mapping[str, set[NamedNode]]
) -> None:
    assert name not in instances
    assert any(triple.predicate == TYPE and triple.object == MG[name] for triple in dataset.default)


@pytest.mark.parametrize("path", EXAMPLES, ids=name_example)
def test_example_holds_an_instance_of_its_class(path: Path, instances: Mapping[str, set[NamedNode]]) -> None:
    facts = read_example(path)
    shown = {fact.subject for fact in facts} & instances[path.stem]
    assert shown
    said = {fact.subject for fact in facts if fact[1:] == (TYPE, MG[path.stem])}
    assert said == (set() if path.stem in GIVEN_BY_BUILD else shown)


@pytest.mark.parametrize("path", EXAMPLES, ids=name_example)
def test_each_fact_of_an_example_stands_in_the_data_or_the_ontology(path: Path, known: set[Fact]) -> None:
    """The words of each passage are among these facts, so that a quote is always one of the data."""
    assert set(read_example(path)) - known == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=name_example)
def test_each_fact_of_an_example_is_supported(path: Path, dataset: Dataset, terms: set[Fact]) -> None:
    facts = [fact for fact in read_example(path) if fact not in terms]
    support = compute_support(facts, read_exemptions(dataset.ontology))
    assert support.unsupported == ()
    assert support.faults == ()


def test_examples_use_declared_terms_and_described_things(dataset: Dataset) -> None:
    files = {part: tuple(read_quads(path) for path in LAYOUT.files(part)) for part in PARTS}
    files["data"] = tuple(read_quads(path) for path in EXAMPLES)
    findings = check_terms(LAYOUT, files, {subject.value for subject in dataset.origin})
    assert [finding for finding in findings if finding.file in EXAMPLES] == []


def test_examples_conform_to_the_shapes(dataset: Dataset, instances: Mapping[str, set[NamedNode]]) -> None:
    """In the place of what the data say of the instances, only what the examples say of them stands in the graph."""
    examples = {path.stem: read_example(path) for path in EXAMPLES}
    shown = {fact.subject for name, facts in examples.items() for fact in facts if fact.subject in instances[name]}
    others = [fact for fact in drop_bookkeeping(dataset.asserted) if fact.subject not in shown]
    facts = [*others, *(fact for facts in examples.values() for fact in facts)]
    asserted = dict.fromkeys([*dataset.ontology, *(Triple(*fact) for fact in facts)])
    report = validate_shacl([*asserted, *imply(asserted)], read_shapes())
    assert [(result.focus, result.shape, result.value) for result in report.results if result.focus in shown] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=name_example)
def test_example_is_short_and_says_what_it_shows(path: Path) -> None:
    title, blank, *rest = path.read_text("utf-8").splitlines()
    assert title.startswith("# ")
    assert title.endswith(".")
    assert blank == ""
    body = [line for line in rest if line and not line.startswith("@prefix")]
    assert 5 <= len(body) <= 30


@pytest.mark.parametrize("path", EXAMPLES, ids=name_example)
def test_example_declares_the_prefixes_that_it_uses_in_order(path: Path) -> None:
    mentions = list(scan_text(path.read_text("utf-8")))
    declared = [mention.name for mention in mentions if mention.role == "prefix"]
    used = {mention.name for mention in mentions if mention.role != "prefix" and mention.name is not None}
    assert declared == sorted(used)
