"""The queries of shapes: SPARQL constraints, and constraint components that shapes graphs declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import OWL, RDF, RDFS, SH, XSD
from migragraph.shacl.shapes import Resource, Shapes, Term, objects

__all__ = [
    "TRUE",
    "Query",
    "find_subclasses",
    "list_components",
    "name_parameter",
    "read_constraint_query",
    "read_parameters",
    "read_prefixes",
]

TRUE = Literal("true", datatype=XSD["boolean"])


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a query that a constraint runs; ``bindings`` are the parameters that have a value before it runs.

    With ``asks`` it is asked of each value whether it is good; otherwise it selects what is wrong about a focus node.
    """

    node: Resource
    text: str
    asks: bool
    prefixes: tuple[tuple[str, str], ...]
    messages: tuple[Literal, ...]
    bindings: tuple[tuple[str, Term], ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """Hold a declared constraint component: https://www.w3.org/TR/shacl/#sparql-constraint-components."""

    node: NamedNode
    parameters: Mapping[NamedNode, bool]
    index: Shapes

    def read(self, shape: Resource) -> Iterator[Query]:
        """Give the queries of a shape that has a value for each parameter that has to have one."""
        facts = self.index.get(shape, {})
        if any(path not in facts for path, required in self.parameters.items() if required):
            return
        validator = self._choose_validator(is_property=SH["path"] in facts)
        if validator is None:
            return
        used = [path for path in self.parameters if path in facts]
        for values in product(*(facts[path] for path in used)):
            yield from _read_query(
                self.index, validator, tuple(zip((name_parameter(path) for path in used), values, strict=True))
            )

    def _choose_validator(self, *, is_property: bool) -> Term | None:
        """Choose as https://www.w3.org/TR/shacl/#constraint-components-validators says."""
        own = SH["propertyValidator"] if is_property else SH["nodeValidator"]
        return next(iter(objects(self.index, self.node, own, SH["validator"])), None)


def list_components(index: Shapes) -> list[Component]:
    """List the constraint components that a shapes graph declares."""
    types = find_subclasses(index, SH["ConstraintComponent"])
    return [
        Component(node, read_parameters(index, node), index)
        for node, facts in index.items()
        if isinstance(node, NamedNode) and not types.isdisjoint(facts.get(RDF["type"], [])) and SH["parameter"] in facts
    ]


def find_subclasses(index: Shapes, top: NamedNode) -> set[Term]:
    """Give a class and its subclasses in a shapes graph."""
    found: set[Term] = {top}
    while True:
        below = {node for node, facts in index.items() if not found.isdisjoint(facts.get(RDFS["subClassOf"], []))}
        if below <= found:
            return found
        found |= below


def read_constraint_query(index: Shapes, node: Term) -> Iterator[Query]:
    """Give the query of a SPARQL constraint: https://www.w3.org/TR/shacl/#sparql-constraints."""
    if TRUE not in objects(index, node, SH["deactivated"]):
        yield from _read_query(index, node, ())


def read_parameters(index: Shapes, component: Resource) -> dict[NamedNode, bool]:
    """Give the properties that are parameters, and whether a shape needs to have them."""
    return {
        path: TRUE not in objects(index, parameter, SH["optional"])
        for parameter in objects(index, component, SH["parameter"])
        for path in objects(index, parameter, SH["path"])
        if isinstance(path, NamedNode)
    }


def name_parameter(path: NamedNode) -> str:
    """Give the variable of a parameter, the local name of its property."""
    return path.value.replace("#", "/").rpartition("/")[2]


def _read_query(index: Shapes, node: Term, bindings: tuple[tuple[str, Term], ...]) -> Iterator[Query]:
    assert not isinstance(node, Literal)
    for kind in ("select", "ask"):
        for text in objects(index, node, SH[kind]):
            prefixes = tuple(sorted(read_prefixes(index, objects(index, node, SH["prefixes"])).items()))
            messages = tuple(value for value in objects(index, node, SH["message"]) if isinstance(value, Literal))
            yield Query(node, text.value, kind == "ask", prefixes, messages, bindings)


def read_prefixes(index: Shapes, owners: Iterable[Term]) -> dict[str, str]:
    """Give the prefixes declared at some nodes and at what they import: https://www.w3.org/TR/shacl/#sparql-prefixes."""
    waiting, seen = list(owners), set(owners)
    found: dict[str, str] = {}
    while waiting:
        owner = waiting.pop()
        for entry in objects(index, owner, SH["declare"]):
            names, spaces = objects(index, entry, SH["prefix"]), objects(index, entry, SH["namespace"])
            found |= {names[0].value: spaces[0].value} if names and spaces else {}
        fresh = [value for value in objects(index, owner, OWL["imports"]) if value not in seen]
        waiting += fresh
        seen.update(fresh)
    return found
