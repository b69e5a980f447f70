"""Shapes as values: what a shapes graph says, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import RDF, RDFS, SH
from migragraph.shacl.declarations import TRUE, Query, find_subclasses, list_components, read_constraint_query
from migragraph.shacl.shapes import Resource, Shapes, Term, list_members, objects, read_path

__all__ = ["Constraint", "Model", "Path", "Shape", "list_parameters"]

Facts: TypeAlias = Mapping[NamedNode, list[Term]]

TARGETS = {SH[name] for name in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")}
SHAPE_TYPES = (SH["NodeShape"], SH["PropertyShape"])


@dataclass(frozen=True, slots=True)
class Path:
    """Hold a property path: a predicate, or an operator as SPARQL writes it and its parts."""

    predicate: NamedNode | None = None
    operator: str = ""
    parts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """Hold one constraint of a shape: its component, the value of its parameter, and what goes with that.

    ``members`` are those of a list, the predicates that a closed shape allows, or the siblings of a qualified shape.
    """

    component: NamedNode
    value: Term
    members: tuple[Term, ...] = ()
    flags: str = ""
    count: int = 0
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold a shape (https://www.w3.org/TR/shacl/#shapes); a node shape has no path."""

    node: Resource
    path_node: Resource | None
    path: Path | None
    constraints: tuple[Constraint, ...]
    targets: Mapping[NamedNode, tuple[Term, ...]]
    severity: NamedNode
    messages: tuple[Literal, ...]
    deactivated: bool


class Model:
    """Read the shapes of a well-formed shapes graph, each once."""

    def __init__(self, index: Shapes) -> None:
        self.index = index
        self._shapes: dict[Resource, Shape] = {}
        self._components = list_components(index)
        self._classes = find_subclasses(index, RDFS["Class"])

    def list_targeted(self) -> list[Shape]:
        """List the shapes that have targets, classes that are shapes among them."""
        nodes = (node for node, facts in self.index.items() if self._is_class(facts) or not TARGETS.isdisjoint(facts))
        return [self.shape(node) for node in nodes]

    def shape(self, node: Term) -> Shape:
        """Give the shape that a node of the shapes graph is."""
        assert not isinstance(node, Literal), "a well-formed shapes graph has no literal for a shape"
        if node not in self._shapes:
            self._shapes[node] = self._read(node)
        return self._shapes[node]

    def _is_class(self, facts: Facts) -> bool:
        """Tell whether a node is a class and a shape: https://www.w3.org/TR/shacl/#implicit-targetClass."""
        types = facts.get(RDF["type"], [])
        if self._classes.isdisjoint(types):
            return False
        return any(kind in types for kind in SHAPE_TYPES) or not list_parameters().keys().isdisjoint(facts)

    def _read(self, node: Resource) -> Shape:
        facts = self.index.get(node, {})
        paths = [path for path in facts.get(SH["path"], []) if not isinstance(path, Literal)]
        severities = [value for value in facts.get(SH["severity"], []) if isinstance(value, NamedNode)]
        return Shape(
            node=node,
            path_node=paths[0] if paths else None,
            path=_read_path(self.index, paths[0]) if paths else None,
            constraints=(*_read_constraints(self.index, node, facts), *self._read_declared(node)),
            targets=MappingProxyType(self._read_targets(node, facts)),
            severity=severities[0] if severities else SH["Violation"],
            messages=tuple(value for value in facts.get(SH["message"], []) if isinstance(value, Literal)),
            deactivated=TRUE in facts.get(SH["deactivated"], []),
        )

    def _read_declared(self, node: Resource) -> Iterator[Constraint]:
        for component in self._components:
            for query in component.read(node):
                yield Constraint(component.node, component.node, query=query)

    def _read_targets(self, node: Resource, facts: Facts) -> dict[NamedNode, tuple[Term, ...]]:
        targets = {kind: tuple(values) for kind, values in facts.items() if kind in TARGETS}
        if self._is_class(facts):
            targets[SH["targetClass"]] = (*targets.get(SH["targetClass"], ()), node)
        return targets


def _read_path(index: Shapes, path: Term) -> Path:
    if isinstance(path, NamedNode):
        return Path(predicate=path)
    operator, parts = read_path(index, path)
    return Path(operator=operator, parts=tuple(_read_path(index, part) for part in parts))


def _read_constraints(index: Shapes, node: Resource, facts: Facts) -> Iterator[Constraint]:
    for parameter, values in facts.items():
        if read := list_parameters().get(parameter):
            for value in values:
                yield from read(index, node, parameter, value)


Reader: TypeAlias = Callable[[Shapes, Resource, NamedNode, Term], Iterable[Constraint]]


def _name_component(parameter: NamedNode) -> NamedNode:
    name = parameter.value.removeprefix(str(SH))
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


def _read_plain(_: Shapes, __: Resource, parameter: NamedNode, value: Term) -> Iterator[Constraint]:
    yield Constraint(_name_component(parameter), value)


def _read_sparql(index: Shapes, _: Resource, __: NamedNode, value: Term) -> Iterator[Constraint]:
    for query in read_constraint_query(index, value):
        yield Constraint(SH["SPARQLConstraintComponent"], value, query=query)


def _read_switch(_: Shapes, __: Resource, parameter: NamedNode, value: Term) -> Iterator[Constraint]:
    if value == TRUE:
        yield Constraint(_name_component(parameter), value)


def _read_count(_: Shapes, __: Resource, parameter: NamedNode, value: Term) -> Iterator[Constraint]:
    yield Constraint(_name_component(parameter), value, count=int(value.value))


def _read_list(index: Shapes, _: Resource, parameter: NamedNode, value: Term) -> Iterator[Constraint]:
    yield Constraint(_name_component(parameter), value, members=tuple(list_members(index, value) or ()))


def _read_pattern(index: Shapes, node: Resource, parameter: NamedNode, value: Term) -> Iterator[Constraint]:
    flags = "".join(flag.value for flag in objects(index, node, SH["flags"]))
    yield Constraint(_name_component(parameter), value, flags=flags)


def _read_closed(index: Shapes, node: Resource, parameter: NamedNode, value: Term) -> Iterator[Constraint]:
    if value == TRUE:
        ignored = [term for head in objects(index, node, SH["ignoredProperties"]) for term in _members(index, head)]
        paths = [path for part in objects(index, node, SH["property"]) for path in objects(index, part, SH["path"])]
        yield Constraint(_name_component(parameter), value, members=tuple(dict.fromkeys([*paths, *ignored])))


def _members(index: Shapes, head: Term) -> list[Term]:
    return list_members(index, head) or []


def _read_qualified(index: Shapes, node: Resource, parameter: NamedNode, value: Term) -> Iterator[Constraint]:
    disjoint = TRUE in objects(index, node, SH["qualifiedValueShapesDisjoint"])
    for shape in objects(index, node, SH["qualifiedValueShape"]):
        siblings = _find_siblings(index, node, shape) if disjoint else ()
        yield Constraint(_name_component(parameter), shape, members=tuple(siblings), count=int(value.value))


def _find_siblings(index: Shapes, node: Resource, own: Term) -> list[Term]:
    """Give the sibling shapes: https://www.w3.org/TR/shacl/#dfn-sibling-shapes."""
    groups = [facts[SH["property"]] for facts in index.values() if node in facts.get(SH["property"], [])]
    parts = [part for group in groups for part in group]
    shapes = dict.fromkeys(shape for part in parts for shape in objects(index, part, SH["qualifiedValueShape"]))
    return [shape for shape in shapes if shape != own]


@cache
def list_parameters() -> Mapping[NamedNode, Reader]:
    """Give for each parameter how it is read; those that only go with another are not here."""
    plain = (
        "class", "datatype", "disjoint", "equals", "hasValue", "lessThan", "lessThanOrEquals", "maxExclusive",
        "maxInclusive", "minExclusive", "minInclusive", "node", "nodeKind", "not", "property",
    )  # fmt: skip
    readers: dict[str, Reader] = dict.fromkeys(plain, _read_plain)
    readers |= dict.fromkeys(("minCount", "maxCount", "minLength", "maxLength"), _read_count)
    readers |= dict.fromkeys(("and", "in", "languageIn", "or", "xone"), _read_list)
    readers |= dict.fromkeys(("qualifiedMinCount", "qualifiedMaxCount"), _read_qualified)
    readers |= {"closed": _read_closed, "pattern": _read_pattern, "sparql": _read_sparql, "uniqueLang": _read_switch}
    return {SH[name]: reader for name, reader in readers.items()}
