"""The shapes for readers: which things a shape judges, what it asks of each property, and the rules beside that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isnan

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from migragraph.iris import local_name
from migragraph.namespaces import RDF, SH
from migragraph.site.site import Site

__all__ = ["Demand", "Shape", "list_shapes"]

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple
Values = Mapping[NamedNode, Sequence[Term]]
Index = Mapping[Node, Values]

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_NOT_ASKED = frozenset(
    (RDF.type, SH.path, SH.name, SH.order, SH.group, SH.description, SH.message, SH.severity, SH.property, SH.sparql)
)
_STEPS = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


@dataclass(frozen=True, slots=True)
class Demand:
    """What a shape asks: of a property (``path`` is written as SPARQL writes it), or by a query (``path`` is empty).

    ``limits`` are the parameters by their local names, each with its values as a reader reads them.
    """

    iri: str
    anchor: str
    names: Mapping[str, str]
    path: str
    least: str
    most: str
    limits: Sequence[tuple[str, str]]
    messages: Mapping[str, str]
    severity: str
    query: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape: what it judges, and what it asks, in the order of ``sh:order``."""

    iri: str
    anchor: str
    targets: Sequence[tuple[str, NamedNode]]
    properties: Sequence[Demand]
    rules: Sequence[Demand]
    limits: Sequence[tuple[str, str]]
    severity: str


def list_shapes(site: Site) -> list[Shape]:
    """List the node shapes of the project that are named by an IRI, sorted."""
    index = _group(quad for file in site.dataset.shapes for quad in file.quads)
    shapes = (node for node, values in index.items() if SH.NodeShape in values.get(RDF.type, ()))
    named = sorted((node for node in shapes if isinstance(node, NamedNode)), key=lambda node: node.value)
    return [_read_shape(node, index, site) for node in named]


def _group(quads: Iterable[Quad]) -> Index:
    index: dict[Node, dict[NamedNode, list[Term]]] = {}
    for quad in quads:
        if not isinstance(quad.subject, Triple):
            index.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return index


def _read_shape(node: NamedNode, index: Index, site: Site) -> Shape:
    values = index[node]
    demands = [_read_demand(one, index, site) for one in _nodes(values, SH.property)]
    ordered = sorted(zip(demands, _nodes(values, SH.property), strict=True), key=lambda pair: _order(index, pair[1]))
    return Shape(
        iri=node.value,
        anchor=node.value.partition("#")[2],
        targets=[
            (local_name(kind.value), target)
            for kind in _TARGETS
            for target in values.get(kind, ())
            if isinstance(target, NamedNode)
        ],
        properties=[demand for demand, _ in ordered],
        rules=[_read_demand(one, index, site) for one in _nodes(values, SH.sparql)],
        limits=list(_limits(values, index, site)),
        severity=_severity(values),
    )


def _order(index: Index, node: Node) -> float:
    """Give what a property is sorted by; of those that have the same, the first in the file is the first."""
    try:
        order = float(_literal(index.get(node, {}), SH.order) or "inf")
    except ValueError:
        return inf
    return inf if isnan(order) else order


def _read_demand(node: Node, index: Index, site: Site) -> Demand:
    values = index.get(node, {})
    paths = values.get(SH.path, ())
    iri = node.value if isinstance(node, NamedNode) else ""
    return Demand(
        iri=iri,
        anchor=iri.partition("#")[2],
        names=_texts(values, SH.name),
        path=_write_path(paths[0], index, site) if paths else "",
        least=_literal(values, SH.minCount),
        most=_literal(values, SH.maxCount),
        limits=list(_limits(values, index, site)),
        messages=_texts(values, SH.message),
        severity=_severity(values),
        query=_literal(values, SH.select).strip("\n"),
    )


def _limits(values: Values, index: Index, site: Site) -> Iterator[tuple[str, str]]:
    left_out = {*_NOT_ASKED, *_TARGETS, SH.minCount, SH.maxCount, SH.select, SH.prefixes}
    for name in sorted(values.keys() - left_out, key=lambda one: one.value):
        written = ", ".join(_write(value, index, site) for value in values[name])
        yield local_name(name.value), written


def _write(term: Term, index: Index, site: Site) -> str:
    """Write a value: a list as its items, a nested shape as what it limits, anything else as Turtle would."""
    if isinstance(term, BlankNode):
        items = list(_items(term, index))
        if items:
            return f"({' '.join(_write(item, index, site) for item in items)})"
        inner = index.get(term, {})
        if SH.path in inner:
            told = (("path", _write_path(inner[SH.path][0], index, site)), *_limits(inner, index, site))
        else:
            told = tuple(_limits(inner, index, site))
        return f"[{'; '.join(f'{name} {value}' for name, value in told)}]"
    if isinstance(term, NamedNode):
        return site.labels.shorten(term)
    return term.value if isinstance(term, Literal) else str(term)


def _items(node: Term, index: Index) -> Iterator[Term]:
    seen = set()
    while isinstance(node, BlankNode) and node not in seen and RDF.first in index.get(node, {}):
        seen.add(node)
        yield index[node][RDF.first][0]
        node = next(iter(index[node].get(RDF.rest, ())), RDF.nil)


def _write_path(path: Term, index: Index, site: Site) -> str:
    if not isinstance(path, BlankNode):
        return _write(path, index, site)
    items = list(_items(path, index))
    if items:
        return "/".join(_write_path(item, index, site) for item in items)
    inner = index.get(path, {})
    for step, form in _STEPS.items():
        if step in inner:
            return form.format(_write_path(inner[step][0], index, site))
    choices = inner.get(SH.alternativePath, ())
    return f"({'|'.join(_write_path(one, index, site) for choice in choices for one in _items(choice, index))})"


def _nodes(values: Values, name: NamedNode) -> list[Node]:
    return [value for value in values.get(name, ()) if isinstance(value, NamedNode | BlankNode)]


def _literal(values: Values, name: NamedNode) -> str:
    return next((value.value for value in values.get(name, ()) if isinstance(value, Literal)), "")


def _texts(values: Values, name: NamedNode) -> dict[str, str]:
    return {value.language or "": value.value for value in values.get(name, ()) if isinstance(value, Literal)}


def _severity(values: Values) -> str:
    found = [local_name(value.value) for value in values.get(SH.severity, ()) if isinstance(value, NamedNode)]
    return found[0] if found else "Violation"
