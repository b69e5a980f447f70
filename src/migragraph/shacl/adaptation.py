"""A shapes graph as pyshacl takes it: the same shapes, without what it misreads or what makes it slow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Triple

from migragraph.namespaces import OWL, RDF, SH, XSD
from migragraph.shacl.shapes import Resource, Shapes, objects

__all__ = ["adapt_shapes"]

# What holds by the specification only where the value is "true", which "1"^^xsd:boolean is not.
SWITCHES = {SH[name] for name in ("closed", "deactivated", "qualifiedValueShapesDisjoint", "uniqueLang")}
TRUE = Literal("true", datatype=XSD["boolean"])
TARGETS = tuple(SH[name] for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf"))
# A closed shape looks at its property shapes, a deactivated one runs none, and one with other targets keeps them.
HOLDING = {SH[name] for name in ("closed", "deactivated", "path", "target")}
# Such a property shape looks at those beside it, or has targets of its own.
HELD = {SH["qualifiedValueShapesDisjoint"], SH["target"], *TARGETS}


def adapt_shapes(triples: Iterable[Triple], shapes: Shapes) -> Iterator[Triple]:
    """Give shapes that mean the same; ``shapes`` are the triples again, by subject."""
    movable = set(_find_movable(shapes))
    for subject, predicate, value in triples:
        if predicate == SH["property"] and value in movable:
            for kind in TARGETS:
                yield from (Triple(value, kind, target) for target in objects(shapes, subject, kind))
        elif predicate not in SWITCHES or value == TRUE:
            yield Triple(subject, predicate, value)
    yield from _declare_imported(shapes)


def _find_movable(shapes: Shapes) -> Iterator[Resource]:
    """Give the property shapes that can take over the targets of the one node shape that they belong to.

    pyshacl runs a property shape of a node shape once for each focus node, and one with targets of its own once for
    all, which is many times as fast. The results are those of the property shape in both cases.
    """
    uses = Counter(value for facts in shapes.values() for values in facts.values() for value in values)
    for shape, facts in shapes.items():
        # A class that is a shape has its instances for targets.
        kinds = {SH["NodeShape"], *facts.get(RDF["type"], [])}
        if uses[shape] == 0 and HOLDING.isdisjoint(facts) and len(kinds) == 1:
            parts = (part for part in facts.get(SH["property"], []) if not isinstance(part, Literal))
            yield from (part for part in parts if uses[part] == 1 and HELD.isdisjoint(shapes.get(part, ())))


def _declare_imported(shapes: Shapes) -> Iterator[Triple]:
    """Spell out the prefixes that are declared behind owl:imports: https://www.w3.org/TR/shacl/#sparql-prefixes."""
    users = {value for facts in shapes.values() for value in facts.get(SH["prefixes"], [])}
    for user in (value for value in users if not isinstance(value, Literal)):
        waiting, seen = [user], {user}
        while waiting:
            for value in objects(shapes, waiting.pop(), OWL["imports"]):
                if not isinstance(value, Literal) and value not in seen:
                    seen.add(value)
                    waiting.append(value)
                    yield from (Triple(user, SH["declare"], entry) for entry in objects(shapes, value, SH["declare"]))
