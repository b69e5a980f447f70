"""What bears on an objective: the things that name it, or a topic or an indicator that the ontology relates to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import local_name
from migragraph.namespaces import MG, QB, RDF

__all__ = ["find_bearing", "list_bearing"]

_BEARING = frozenset((MG.objective, MG.topic, MG.indicator))
"""The properties by which a thing bears on an objective, as the view of the objectives has it."""

_KINDS = (MG.Instrument, MG.Provision, MG.Event, MG.Measure, QB.Observation, MG.Statement)


def find_bearing(dataset: Dataset, objective: NamedNode) -> Iterator[NamedNode]:
    """Find what bears on an objective, each once; nothing of what is none."""
    if MG.Objective not in (triple.object for triple in dataset.connections.terms.get(objective, ())):
        return
    connections = dataset.connections
    named = (objective, *connections.related.get(objective, ()))
    facts = (fact for one in named for fact in connections.incoming.get(one, ()))
    yield from dict.fromkeys(fact.subject for fact in facts if fact.predicate in _BEARING)


def list_bearing(dataset: Dataset, objective: NamedNode) -> Mapping[str, Sequence[NamedNode]]:
    """List what bears on an objective by its kind: the local name of the class, in the order of the view."""
    found: dict[NamedNode, list[NamedNode]] = {kind: [] for kind in _KINDS}
    for thing in find_bearing(dataset, objective):
        types = [one for one in dataset.index[thing].get(RDF.type, ()) if isinstance(one, NamedNode)]
        classes = {*types, *(above for one in types for above in dataset.rules.classes.get(one, ()))}
        for kind in _KINDS:
            if kind in classes:
                found[kind].append(thing)
    return {local_name(kind.value): sorted(some, key=str) for kind, some in found.items() if some}
