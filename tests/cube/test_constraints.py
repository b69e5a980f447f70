"""The project's statistics are well-formed cubes, by the 21 integrity constraints of the RDF Data Cube vocabulary.

https://www.w3.org/TR/vocab-data-cube/#wf-rules
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple, parse

HERE = Path(__file__).parent
REPO_ROOT = HERE.parents[1]
STEPS = ("normalise-1-closure", "normalise-2-attachment", "hierarchy")
NUMBERS = range(1, 22)
QB = "http://purl.org/linked-data/cube#"
OFFENDER = "https://example.org/offender"

Term = NamedNode | BlankNode | Literal | Triple


def prepare(quads: Iterable[Quad], steps: Iterable[str] = STEPS) -> Store:
    """Copy a cube into a store of its own, where it is normalised."""
    store = Store()
    store.extend(quads)
    for step in steps:
        store.update((HERE / f"{step}.ru").read_text("utf-8"))
    return store


def find_offenders(store: Store, number: int) -> set[Term | None]:
    """Find the nodes that break a constraint: the first column of its query."""
    solutions = store.query((HERE / f"ic-{number:02}.rq").read_text("utf-8"))
    assert isinstance(solutions, QuerySolutions)
    return {solution[0] for solution in solutions}


def read_valid() -> list[Quad]:
    return list(parse(path=HERE / "valid.ttl", rename_blank_nodes=True))


def read_broken(number: int) -> list[Quad]:
    """Read what breaks the valid cubes by one constraint, and by no other; the nodes that break it are named for it."""
    return list(parse(path=HERE / "broken" / f"ic-{number:02}.ttl", rename_blank_nodes=True))


def name_offenders(quads: Iterable[Quad]) -> set[Term | None]:
    terms: set[Term | None] = {term for quad in quads for term in (quad.subject, quad.object)}
    return {term for term in terms if isinstance(term, NamedNode) and term.value.startswith(OFFENDER)}


@pytest.fixture(scope="session")
def valid_cube() -> Store:
    return prepare(read_valid())


@pytest.fixture(scope="session")
def bundled_store() -> Store:
    from migragraph.dataset import build
    from migragraph.layout import load_layout
    from migragraph.store import load_store

    return load_store(build(load_layout(REPO_ROOT)))


@pytest.fixture(scope="session")
def bundled_cube(bundled_store: Store) -> Store:
    return prepare(bundled_store.quads_for_pattern(None, None, None, DefaultGraph()))


@pytest.mark.parametrize("number", NUMBERS)
def test_bundled_cube_keeps_the_constraint(bundled_cube: Store, number: int) -> None:
    assert find_offenders(bundled_cube, number) == set()


@pytest.mark.parametrize("name", ["DataSet", "DataStructureDefinition", "DimensionProperty", "Observation"])
def test_bundled_cube_has_what_the_constraints_judge(bundled_cube: Store, name: str) -> None:
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert any(bundled_cube.quads_for_pattern(None, rdf_type, NamedNode(QB + name)))


@pytest.mark.parametrize("number", NUMBERS)
def test_valid_cube_keeps_the_constraint(valid_cube: Store, number: int) -> None:
    assert find_offenders(valid_cube, number) == set()


@pytest.mark.parametrize("number", NUMBERS)
def test_broken_cube_breaks_only_the_constraint(number: int) -> None:
    quads = read_broken(number)
    expected = name_offenders(quads)
    assert expected
    store = prepare([*read_valid(), *quads])
    found = {other: find_offenders(store, other) for other in NUMBERS}
    assert {other: offenders for other, offenders in found.items() if offenders} == {number: expected}


@pytest.mark.parametrize(
    ("left_out", "broken"),
    [("normalise-1-closure", {3, 8}), ("normalise-2-attachment", {11, 13}), ("hierarchy", {20, 21})],
)
def test_abbreviated_cube_needs_each_step(left_out: str, broken: set[int]) -> None:
    store = prepare(read_valid(), [step for step in STEPS if step != left_out])
    assert {number for number in NUMBERS if find_offenders(store, number)} == broken
