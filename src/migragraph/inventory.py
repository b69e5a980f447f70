"""The inventory: what a project holds, counted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from migragraph.closure import Pair
from migragraph.collection import pause_collection
from migragraph.dataset import Dataset
from migragraph.describe import index_subjects
from migragraph.evidence import count_coverage
from migragraph.iris import is_minted, shorten_iri
from migragraph.namespaces import MG, OA, RDF, RDFS, SKOS

__all__ = ["INVENTORIES", "Inventory", "Objective", "SourceCount", "render_json", "render_text", "take_inventory"]


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source, how many passages of it are cited, and how many facts they state."""

    iri: str
    label: str
    passages: int
    facts: int


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective, and how many things bear on it, straight or by their topic."""

    notation: str
    label: str
    things: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """Counts over a dataset; ``evidence`` counts asserted facts by what supports them."""

    title: str
    root: str
    triples: int
    named_graphs: int
    classes: Mapping[str, int]
    sources: tuple[SourceCount, ...]
    objectives: tuple[Objective, ...]
    evidence: Mapping[str, int]


@pause_collection()
def take_inventory(dataset: Dataset) -> Inventory:
    """Count what a dataset holds."""
    return Inventory(
        title=dataset.layout.title,
        root=str(dataset.layout.root),
        triples=len(dataset.default),
        named_graphs=len({quad.graph_name for quad in dataset.named}),
        classes=_classes(dataset),
        sources=_sources(dataset),
        objectives=_objectives(dataset),
        evidence=count_coverage(dataset),
    )


def _classes(dataset: Dataset) -> dict[str, int]:
    """Count the things (nested nodes left out) of each class that the data assert."""
    counts = Counter(
        shorten_iri(fact.object.value, dataset.prefixes)
        for fact in dataset.asserted
        if fact.predicate == RDF.type and not is_minted(fact.subject.value)
    )
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _sources(dataset: Dataset) -> tuple[SourceCount, ...]:
    passages: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for fact in dataset.asserted:
        if fact.predicate == OA.hasSource and isinstance(fact.object, NamedNode):
            passages[fact.object].add(fact.subject)
    facts = Counter(quad.graph_name for quad in dataset.named)
    labels = _labels(dataset)
    return tuple(
        SourceCount(source.value, labels.get(source, ""), len(cited), sum(facts[passage] for passage in cited))
        for source, cited in sorted(passages.items(), key=lambda item: item[0].value)
    )


def _objectives(dataset: Dataset) -> tuple[Objective, ...]:
    index = index_subjects(dataset.default)
    related: dict[object, set[object]] = defaultdict(set)
    for subject, about in index.items():
        related[subject] |= {value for predicate, value in about if predicate == SKOS.related}
    bearing: dict[object, set[object]] = defaultdict(set)
    for fact in dataset.asserted:
        if fact.predicate == MG.objective:
            bearing[fact.object].add(fact.subject)
        elif fact.predicate in (MG.topic, MG.indicator):
            for objective in related.get(fact.object, ()):
                bearing[objective].add(fact.subject)
    rows = [
        _objective(about, len(bearing[subject]))
        for subject, about in index.items()
        if (RDF.type, MG.Objective) in about
    ]
    return tuple(sorted(rows, key=lambda row: Decimal(row.notation) if row.notation.isdecimal() else 0))


def _objective(about: Sequence[Pair], things: int) -> Objective:
    values = {
        predicate: value for predicate, value in about if isinstance(value, Literal) and value.language in (None, "en")
    }
    notation, label = values.get(SKOS.notation), values.get(SKOS.prefLabel)
    return Objective(notation.value if notation else "", label.value if label else "", things)


def _labels(dataset: Dataset) -> dict[NamedNode, str]:
    return {
        fact.subject: fact.object.value
        for fact in dataset.asserted
        if fact.predicate == RDFS.label and isinstance(fact.object, Literal) and fact.object.language in (None, "en")
    }


def render_text(inventory: Inventory) -> str:
    """Write an inventory as aligned text."""
    blocks: list[tuple[str, list[tuple[str, int | str]]]] = [
        ("", [(inventory.title, ""), (inventory.root, "")]),
        ("graph", [("triples", inventory.triples), ("named graphs", inventory.named_graphs)]),
        ("things", list(inventory.classes.items())),
        ("sources", [(row.label, f"{row.passages} passages, {row.facts} facts") for row in inventory.sources]),
        ("objectives of the Compact", [(f"{row.notation} {row.label}", row.things) for row in inventory.objectives]),
        ("asserted facts by support", list(inventory.evidence.items())),
    ]
    return "\n".join(_block(title, rows) for title, rows in blocks)


def _block(title: str, rows: list[tuple[str, int | str]]) -> str:
    width = max((len(name) for name, value in rows if value != ""), default=0)
    lines = [f"  {name:<{width}}  {value}".rstrip() if title else name for name, value in rows]
    return "".join(f"{line}\n" for line in ([title, *lines] if title else lines))


def render_json(inventory: Inventory) -> str:
    """Write an inventory as JSON."""
    return json.dumps(asdict(inventory), ensure_ascii=False, indent=2) + "\n"


INVENTORIES: dict[str, Callable[[Inventory], str]] = {"json": render_json, "text": render_text}
"""The forms in which an inventory is written, by name."""
