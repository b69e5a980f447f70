"""Valid cases give no SHACL result and meet every target; each invalid one gives the results that its first lines name.

A case is data as the files of ``data/`` are. It is built as they are. What cannot change the results is left out,
for speed: terms of the ontology that the case does not lead to, and shapes without a focus node.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from migragraph.closure import imply
from migragraph.dataset import assemble
from migragraph.iris import expand_curie, local_name
from migragraph.layout import Layout, load_layout
from migragraph.namespaces import OWL, RDF, RDFS, SH, SKOS
from migragraph.nesting import label_blanks
from migragraph.reading import read_quads
from migragraph.shacl import validate_shacl
from migragraph.shacl.shapes import Shapes, Term, index_shapes, objects
from migragraph.shacl.vocabulary import VOCABULARY

HERE = Path(__file__).parent
LAYOUT = load_layout(HERE.parents[1])
SHAPE_FILES = LAYOUT.files("shapes")
SHAPED = tuple(path for path in SHAPE_FILES if path.stem != "prefixes")
CASES = tuple(sorted(HERE.glob("*/*.ttl")))
VALID = tuple(path for path in CASES if path.name.startswith("valid."))
INVALID = tuple(path for path in CASES if path.name.startswith("invalid."))

TYPE = RDF["type"]
HIERARCHY = {RDFS["subClassOf"], RDFS["subPropertyOf"]}
META = (str(OWL), str(RDF), str(RDFS))
TARGETS = tuple(SH[f"target{name}"] for name in ("Class", "Node", "SubjectsOf", "ObjectsOf"))
# What may stand on a node shape beside constraints of its own.
HEADINGS = {
    TYPE,
    *TARGETS,
    *(SH[name] for name in ("property", "sparql", "message", "severity", "name", "description")),
}
SENTENCE = re.compile(r"[A-Z].*\.", re.DOTALL)

Graph: TypeAlias = tuple[Triple, ...]
Description: TypeAlias = dict[object, list[Triple]]


def name_file(path: Path) -> str:
    return path.stem


def name_case(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read_shapes(*paths: Path) -> Graph:
    quads = [quad for path in paths for quad in label_blanks(read_quads(path).quads, path)]
    return tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


@functools.cache
def read_all_shapes() -> Graph:
    return read_shapes(*SHAPE_FILES)


@functools.cache
def index_all_shapes() -> Shapes:
    return index_shapes(read_all_shapes())


@functools.cache
def read_ontology() -> Graph:
    return read_shapes(*LAYOUT.files("ontology"))


@functools.cache
def describe_terms() -> Description:
    """Give the triples of the ontology by their subjects."""
    terms: Description = {}
    for triple in read_ontology():
        terms.setdefault(triple.subject, []).append(triple)
    return terms


@functools.cache
def find_top_concepts() -> dict[object, object]:
    """Give one top concept of each scheme."""
    return {triple.object: triple.subject for triple in read_ontology() if triple.predicate == SKOS["topConceptOf"]}


@functools.cache
def read_hierarchy() -> Graph:
    return tuple(triple for triple in read_ontology() if triple.predicate in HIERARCHY)


def read_case(path: Path) -> Graph:
    return tuple(Triple(*fact) for fact in assemble(LAYOUT, (), (read_quads(path),)).asserted)


def follow_terms(case: Iterable[Triple], *, vocabularies: bool) -> Iterator[Triple]:
    """Give what the ontology says of the concepts that a case has as values, and of those that these lead to.

    With ``vocabularies`` it gives the classes, the properties and the vocabularies too.
    """
    seen: set[object] = set()
    waiting: list[object] = [triple.object for triple in case]
    while waiting:
        term = waiting.pop()
        found = [] if term in seen else describe_terms().get(term, [])
        seen.add(term)
        if vocabularies or not any(triple.predicate == TYPE and is_meta(triple.object) for triple in found):
            yield from found
            waiting += [triple.object for triple in found]
            waiting += [find_top_concepts()[term]] if term in find_top_concepts() else []


def is_meta(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(META)


def build_case(path: Path, *, whole: bool = False) -> Graph:
    """Build the graph that SHACL sees, with the whole ontology or with what touches the case."""
    case = read_case(path)
    near = follow_terms(case, vocabularies=path.parent.name == "ontology")
    asserted = dict.fromkeys([*(read_ontology() if whole else (*read_hierarchy(), *near)), *case])
    return (*asserted, *imply(asserted))


def prune_shapes(data: Graph) -> Graph:
    """Leave out the shapes that have no focus node in the data, and so no result, nor are used by one that has."""
    index = index_all_shapes()
    waiting: list[Term] = [
        shape
        for shape, facts in index.items()
        if any(meets(data, kind, value) for kind in TARGETS for value in facts.get(kind, ()))
    ]
    kept: set[Term] = set()
    while waiting:
        node = waiting.pop()
        if node not in kept and not isinstance(node, Literal):
            kept.add(node)
            waiting += [value for values in index.get(node, {}).values() for value in values]
    return tuple(triple for triple in read_all_shapes() if triple.subject in kept)


def read_expectations(path: Path, layout: Layout = LAYOUT) -> set[str]:
    """Read the shapes and constraints that a case is to break from its lines ``# expects: mgsh:LawShape-number``."""
    text = path.read_text("utf-8")
    named = re.findall(r"^# expects: (.+)$", text, re.MULTILINE)
    return {expand_curie(curie, layout.prefixes).value for line in named for curie in re.split(r"[\s,]+", line.strip())}


def find_sources(data: Graph, shapes: Graph) -> dict[str, list[str]]:
    """Give the shapes that have results, or the SPARQL constraints where they are named, each with its focus nodes."""
    found: dict[str, list[str]] = {}
    for result in validate_shacl(data, shapes).results:
        source = result.constraint if isinstance(result.constraint, NamedNode) else result.shape
        found.setdefault(source.value, []).append(f"{result.focus} {result.value}")
    return found


def list_sources(index: Shapes) -> set[str]:
    """Give what is to be the source of a result: property shapes, SPARQL constraints, constrained node shapes."""
    used = {value for facts in index.values() for name in ("property", "sparql") for value in facts.get(SH[name], ())}
    typed = {
        shape
        for shape, facts in index.items()
        if not {SH["PropertyShape"], SH["SPARQLConstraint"]}.isdisjoint(facts.get(TYPE, ()))
        or (SH["NodeShape"] in facts.get(TYPE, ()) and not HEADINGS.issuperset(facts))
    }
    return {str(getattr(source, "value", source)) for source in used | typed}


def list_targets(index: Shapes) -> set[tuple[NamedNode, Term]]:
    return {(kind, value) for facts in index.values() for kind in TARGETS for value in facts.get(kind, ())}


def meets(graph: Graph, kind: NamedNode, value: Term) -> bool:
    """Tell whether a target (https://www.w3.org/TR/shacl/#targets) has a focus node."""
    if kind == SH["targetClass"]:
        return any(triple.predicate == TYPE and triple.object == value for triple in graph)
    if kind == SH["targetNode"]:
        return any(value in (triple.subject, triple.object) for triple in graph)
    return any(triple.predicate == value for triple in graph)


@pytest.mark.parametrize("path", VALID, ids=name_case)
def test_valid_case_gives_no_result(path: Path) -> None:
    data = build_case(path)
    assert find_sources(data, prune_shapes(data)) == {}


@pytest.mark.parametrize("path", INVALID, ids=name_case)
def test_invalid_case_gives_the_results_that_it_names(path: Path) -> None:
    expected = read_expectations(path)
    assert expected
    data = build_case(path)
    found = find_sources(data, prune_shapes(data))
    assert set(found) == expected, found


def test_ontology_itself_gives_no_result() -> None:
    ontology = read_ontology()
    assert find_sources((*ontology, *imply(ontology)), read_all_shapes()) == {}


@pytest.mark.parametrize("path", INVALID[:: max(1, len(INVALID) // 3)], ids=name_case)
def test_all_shapes_upon_the_whole_ontology_give_the_same_results(path: Path) -> None:
    data = build_case(path)
    assert find_sources(build_case(path, whole=True), read_all_shapes()) == find_sources(data, prune_shapes(data))


def test_each_folder_of_cases_has_its_shapes() -> None:
    stems = {path.stem for path in SHAPE_FILES if list_sources(index_shapes(read_shapes(path)))}
    assert stems == {path.stem for path in SHAPED}
    assert {path.parent.name for path in VALID} == stems
    assert {path.parent.name for path in INVALID} == stems
    assert set(CASES) == {*VALID, *INVALID}


@pytest.mark.parametrize("path", SHAPED, ids=name_file)
def test_each_shape_is_broken_by_an_invalid_case(path: Path) -> None:
    sources = list_sources(index_shapes(read_shapes(path)))
    expected = [read_expectations(case) for case in INVALID if case.parent.name == path.stem]
    assert sources - set().union(*expected) == set()


@pytest.mark.parametrize("path", SHAPED, ids=name_file)
def test_each_target_is_met_by_a_valid_case(path: Path) -> None:
    graphs = [build_case(case) for case in VALID if case.parent.name == path.stem]
    targets = list_targets(index_shapes(read_shapes(path)))
    assert {target for target in targets if not any(meets(graph, *target) for graph in graphs)} == set()


@pytest.mark.parametrize("path", SHAPED, ids=name_file)
def test_each_shape_is_named_and_says_its_rule(path: Path) -> None:
    index = index_shapes(read_shapes(path))
    for name in sorted(list_sources(index)):
        shape = NamedNode(name)
        assert "Shape" in local_name(name), name
        assert has_sentence(objects(index, shape, SH["message"])), f"{name} has no message that is a sentence"
        if SH["path"] in index[shape]:
            assert objects(index, shape, TYPE) == [SH["PropertyShape"]], name
            assert {label.language for label in literals(index, shape, "name")} >= {"en", "vi"}, name
        severed = shape if SH["select"] not in index[shape] else find_owner(index, shape)
        assert len(objects(index, severed, SH["severity"])) == 1, f"{severed} has no severity"


@pytest.mark.parametrize("path", [path for path in SHAPED if path.stem != "ontology"], ids=name_file)
def test_each_file_is_named_for_the_class_that_it_targets(path: Path) -> None:
    index = index_shapes(read_shapes(path))
    names = {value.value for shape in index for value in objects(index, shape, SH["targetClass"]) if named(value)}
    assert path.stem in {local_name(name) for name in names}
    owners = {local_name(name) for name in list_sources(index)}
    assert {name for name in owners if not name.startswith(f"{path.stem}Shape")} == set()


def test_each_term_of_shacl_exists() -> None:
    used = {term.value for triple in read_all_shapes() for term in triple if isinstance(term, NamedNode)}
    terms = {iri.removeprefix(str(SH)) for iri in used if iri.startswith(str(SH))}
    assert terms
    assert terms - VOCABULARY == set()


def literals(index: Shapes, shape: NamedNode, name: str) -> list[Literal]:
    return [value for value in objects(index, shape, SH[name]) if isinstance(value, Literal)]


def has_sentence(messages: Iterable[Term]) -> bool:
    return any(
        isinstance(item, Literal) and item.language == "en" and SENTENCE.fullmatch(item.value) for item in messages
    )


def find_owner(index: Shapes, constraint: NamedNode) -> NamedNode:
    """Find the shape that has a SPARQL constraint: its severity is that of the results."""
    return next(
        shape for shape in index if isinstance(shape, NamedNode) and constraint in objects(index, shape, SH["sparql"])
    )


def named(term: Term) -> bool:
    return isinstance(term, NamedNode)
