"""Put a wrong value in the place of a right one: the thing and its evidence agree on it, the words do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import NamedNode

from benchmarks.mutations.mutants import Material, Mutant, Mutate, Node, show
from migragraph.namespaces import MG
from migragraph.quotations import Testimony
from migragraph.support import Fact, Term

__all__ = ["Change", "change_values"]


Change = Callable[[Fact, Material], Iterable[Term]]
"""Give the wrong values that could stand in the place of a fact's value."""


def change_values(change: Change, *properties: NamedNode, named: bool | None = None) -> Mutate:
    """Make the mutants in which one stated value, of these properties or of any, is another.

    With ``named``, only those where the words name the right value, or only those where they do not.
    """

    def mutate(material: Material, kind: str) -> Iterator[Mutant]:
        for testimony in material.stated:
            for fact in testimony.facts:
                if properties and fact.predicate not in properties:
                    continue
                if named is not None and material.names(testimony, fact.object) != named:
                    continue
                present = material.index[fact.subject][fact.predicate]
                for value in dict.fromkeys(change(fact, material)):
                    if value not in present:
                        yield _exchange(kind, testimony, fact, value, material)

    return mutate


def _exchange(kind: str, testimony: Testimony, fact: Fact, value: Term, material: Material) -> Mutant:
    """Put a value in the place of another, in the thing and wherever its evidence names it."""
    about = material.index[fact.subject]
    changes: dict[NamedNode, Node] = {fact.subject: _with(about, fact.predicate, fact.object, value)}
    for node in about.get(MG.evidence, ()):
        old = material.index.get(node, {}) if isinstance(node, NamedNode) else {}
        if isinstance(node, NamedNode) and fact.predicate in old.get(MG.property, ()):
            changes[node] = _with(old, MG.value, fact.object, value)
    reason = "the words print it too" if material.prints(testimony, value) else ""
    return Mutant(kind, testimony, changes, show(fact.object), show(value), borne_out=reason)


def _with(node: Node, property_: NamedNode, old: Term, new: Term) -> Node:
    return {
        name: [new if name == property_ and value == old else value for value in values]
        for name, values in node.items()
    }
