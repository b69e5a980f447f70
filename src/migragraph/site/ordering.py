"""The order of facts on a page, and what their properties are called there, as the shapes of the project have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.dataset import Dataset
from migragraph.namespaces import RDF, RDFS, SH
from migragraph.shacl.shapes import Resource, Shapes, Term, index_shapes, list_members, objects

__all__ = ["LAST", "Group", "Ordering", "Place", "list_supertypes"]

_FAR = Decimal("Infinity")
_DEEPEST = 50

Names = Mapping[str, str]


class Group(NamedTuple):
    """A group of properties (https://www.w3.org/TR/shacl/#group): its order, its IRI, and its names by language."""

    order: Decimal
    iri: str
    names: Names


_UNGROUPED = Group(Decimal("-Infinity"), "", {})


class Place(NamedTuple):
    """The place of a property among those of a thing: its group, its order in it, and its names by language."""

    group: Group
    order: Decimal
    names: Names

    def called(self, language: str) -> str:
        """Give the name in a language, or the empty string: a name in another is no better than the term's label."""
        return self.names.get(language) or self.names.get("", "")


LAST = Place(_UNGROUPED, _FAR, {})
"""The place of a property of which no shape speaks: after all others."""

Places = Mapping[str, Place]


class Ordering:
    """The shapes of a project, read once: for each class the places of properties, by the IRI of the property."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._found: dict[tuple[str, ...], Places] = {}

    def of(self, types: Iterable[NamedNode]) -> Places:
        """Give the places of the properties of a thing of some types, those of their super-classes included.

        Where two shapes speak of one property, that of the nearer class counts; of one shape, what stands first.
        """
        asked = tuple(types)
        key = tuple(one.value for one in asked)
        if key not in self._found:
            self._found[key] = self._merge(asked)
        return self._found[key]

    @cached_property
    def supertypes(self) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
        """Give the super-classes of each class of the ontology, the nearer first."""
        return list_supertypes(self._dataset.ontology)

    def _merge(self, types: Iterable[NamedNode]) -> Places:
        own = list(types)
        above = [term for one in own for term in self.supertypes.get(one, ())]
        places: dict[str, Place] = {}
        for class_ in dict.fromkeys([*own, *above]):
            for iri, place in self._classes.get(class_, {}).items():
                places.setdefault(iri, place)
        return places

    @cached_property
    def _classes(self) -> Mapping[Term, Places]:
        quads = (quad for file in self._dataset.shapes for quad in file.quads)
        shapes = index_shapes(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
        found: dict[Term, dict[str, Place]] = {}
        for shape in shapes:
            targets = objects(shapes, shape, SH.targetClass)
            if RDFS.Class in shapes[shape].get(RDF.type, ()):
                targets.append(shape)
            for class_ in targets:
                for iri, place in sorted(_list_places(shapes, shape), key=lambda pair: pair[1][:2]):
                    found.setdefault(class_, {}).setdefault(iri, place)
        return found


def list_supertypes(ontology: Iterable[Triple]) -> dict[NamedNode, tuple[NamedNode, ...]]:
    """List the super-classes of each class, the nearer first, each once, itself left out."""
    direct: dict[NamedNode, list[NamedNode]] = {}
    for triple in ontology:
        subject, predicate, above = triple.subject, triple.predicate, triple.object
        if predicate == RDFS.subClassOf and isinstance(subject, NamedNode) and isinstance(above, NamedNode):
            direct.setdefault(subject, []).append(above)
    return {class_: tuple(_climb(class_, direct)) for class_ in direct}


def _climb(class_: NamedNode, direct: Mapping[NamedNode, list[NamedNode]]) -> Iterator[NamedNode]:
    seen, level = {class_}, direct.get(class_, [])
    while level:
        fresh = [term for term in dict.fromkeys(level) if term not in seen]
        yield from fresh
        seen.update(fresh)
        level = [above for term in fresh for above in direct.get(term, ())]


def _list_places(shapes: Shapes, shape: Resource, depth: int = 0) -> Iterator[tuple[str, Place]]:
    """Give the properties of which a shape, or one that it names by sh:node or sh:and, speaks in a plain path."""
    if depth > _DEEPEST or _is_off(shapes, shape):
        return
    for node in objects(shapes, shape, SH.property):
        paths = objects(shapes, node, SH.path)
        if not _is_off(shapes, node) and paths and isinstance(paths[0], NamedNode):
            yield paths[0].value, _read_place(shapes, node)
    lists = (list_members(shapes, head) or [] for head in objects(shapes, shape, SH["and"]))
    for inner in [*objects(shapes, shape, SH.node), *(one for members in lists for one in members)]:
        if isinstance(inner, NamedNode | BlankNode):
            yield from _list_places(shapes, inner, depth + 1)


def _read_place(shapes: Shapes, node: Term) -> Place:
    groups = [one for one in objects(shapes, node, SH.group) if isinstance(one, NamedNode)]
    group = _UNGROUPED
    if groups:
        group = Group(_order(shapes, groups[0]), groups[0].value, _names(shapes, groups[0], RDFS.label))
    return Place(group, _order(shapes, node), _names(shapes, node, SH.name))


def _order(shapes: Shapes, node: Term) -> Decimal:
    try:
        order = min((Decimal(value.value) for value in objects(shapes, node, SH.order)), default=_FAR)
    except InvalidOperation:
        return _FAR
    return _FAR if order.is_nan() else order


def _names(shapes: Shapes, node: Term, property_: NamedNode) -> Names:
    values = sorted(
        (value for value in objects(shapes, node, property_) if isinstance(value, Literal)), key=lambda one: one.value
    )
    return {value.language or "": value.value for value in reversed(values)}


def _is_off(shapes: Shapes, node: Term) -> bool:
    return any(value.value == "true" for value in objects(shapes, node, SH.deactivated))
