"""Coverage: by what the asserted facts are supported, and which of them hang on one source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import document_of, shorten_iri
from migragraph.namespaces import MG, OA, RDF
from migragraph.support import Fact, Support, Supporter

__all__ = ["KINDS", "NO_CLASS", "NO_SOURCE", "Coverage", "SoleSource", "count_coverage", "measure_coverage"]

KINDS = ("passage", "reference", "inference", "exempt", "unsupported")
"""By what a fact is supported, the strongest first; a fact counts once, by the strongest that it has."""

NO_CLASS, NO_SOURCE = "no class", "no source"
"""What the rows are called of subjects without a class, and of facts for which no source is quoted."""

Counts = Mapping[str, int]
"""How many facts of each kind, in the order of the kinds."""

_BASES = {MG.stated: KINDS[0], MG.referenced: KINDS[1], MG.inferred: KINDS[2]}


class SoleSource(NamedTuple):
    """What would be lost without a source: the facts that hang on it only, and the things of which no fact is left."""

    source: str
    facts: tuple[Fact, ...]
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The asserted facts by what supports them: all, and by class, property and source (CURIEs), the most facts first.

    A fact of a thing with two classes counts in both. In the row of a source a fact counts by what that source gives:
    its words, or a passage that an inference starts from; so a fact from two sources counts in both.
    """

    total: Counts
    classes: Mapping[str, Counts]
    properties: Mapping[str, Counts]
    sources: Mapping[str, Counts]
    sole: tuple[SoleSource, ...]
    prefixes: Mapping[str, str]


def count_coverage(dataset: Dataset) -> dict[str, int]:
    """Count the asserted facts: supported by a source, a reference alone, an inference alone; exempt; unsupported."""
    counts = _Facts(dataset).count()
    names = {"passage": "stated", "reference": "referenced", "inference": "inferred"}
    return {names.get(kind, kind): counts[kind] for kind in KINDS}


def measure_coverage(dataset: Dataset) -> Coverage:
    """Count the asserted facts of a dataset by what supports them."""
    facts, prefixes = _Facts(dataset), dataset.prefixes
    return Coverage(
        total=facts.count(),
        classes=_tally(facts.by_class(), prefixes),
        properties=_tally(((fact.predicate, kind) for fact, kind in facts.kinds.items()), prefixes),
        sources=_tally(facts.by_source(), prefixes),
        sole=tuple(facts.find_sole()),
        prefixes=prefixes,
    )


def _tally(pairs: Iterable[tuple[NamedNode | str, str]], prefixes: Mapping[str, str]) -> dict[str, Counts]:
    counters: dict[NamedNode | str, Counter[str]] = {}
    for name, kind in pairs:
        if name not in counters:
            counters[name] = Counter()
        counters[name][kind] += 1
    rows = {
        name if isinstance(name, str) else shorten_iri(name.value, prefixes): {kind: counts[kind] for kind in KINDS}
        for name, counts in counters.items()
    }
    return dict(sorted(rows.items(), key=lambda row: (-sum(row[1].values()), row[0])))


class _Facts:
    """The asserted facts of a dataset, with the sources that each of their supporters rests on."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.support: Support = dataset.support
        self.rests: dict[Supporter, frozenset[NamedNode]] = {}

    @cached_property
    def kinds(self) -> dict[Fact, str]:
        """Give by what each fact is supported: where not at all, it is exempt or unsupported."""
        unsupported = frozenset(self.support.unsupported)
        kinds = {}
        for fact in self.dataset.asserted:
            found = {_BASES.get(by.basis, KINDS[0]) for by in self.support.supporters.get(fact, ())}
            rest = KINDS[4] if fact in unsupported else KINDS[3]
            kinds[fact] = next((kind for kind in KINDS if kind in found), rest)
        return kinds

    def count(self) -> dict[str, int]:
        counts = Counter(self.kinds.values())
        return {kind: counts[kind] for kind in KINDS}

    @cached_property
    def terms(self) -> dict[object, list[object]]:
        """Give the classes of the concepts of the ontology: the data may say more of one."""
        terms: dict[object, list[object]] = {}
        for triple in self.dataset.ontology:
            if triple.predicate == RDF.type:
                terms.setdefault(triple.subject, []).append(triple.object)
        return terms

    def by_class(self) -> Iterator[tuple[NamedNode | str, str]]:
        for fact, kind in self.kinds.items():
            classes = self.dataset.index[fact.subject].get(RDF.type) or self.terms.get(fact.subject, [None])
            for class_ in classes:
                yield class_ if isinstance(class_, NamedNode) else NO_CLASS, kind

    def by_source(self) -> Iterator[tuple[NamedNode | str, str]]:
        for fact, kind in self.kinds.items():
            given: dict[NamedNode, set[str]] = {}
            for by in self.support.supporters.get(fact, ()):
                for source in self.find_sources(by):
                    given.setdefault(source, set()).add(_BASES.get(by.basis, KINDS[0]))
            for source, kinds in given.items():
                yield source, next(name for name in KINDS if name in kinds)
            if not given:
                yield NO_SOURCE, kind

    def find_sources(self, by: Supporter) -> frozenset[NamedNode]:
        """Give the sources whose words a supporter rests on: of its passage, or of those that it infers from."""
        if by not in self.rests:
            index = self.dataset.index
            targets = index.get(by.evidence, {}).get(OA.hasTarget, ()) if by.basis == MG.inferred else (by.graph,)
            self.rests[by] = frozenset(
                source
                for target in targets
                if isinstance(target, NamedNode)
                for source in index.get(target, {}).get(OA.hasSource, ())
                if isinstance(source, NamedNode)
            )
        return self.rests[by]

    def find_sole(self) -> Iterator[SoleSource]:
        """Give for each source what hangs on it only, by the IRI of the source."""
        lost: dict[NamedNode, list[Fact]] = {}
        for fact, supporters in self.support.supporters.items():
            sources = {self.find_sources(by) for by in supporters}
            if len(sources) == 1 and len(only := next(iter(sources))) == 1:
                lost.setdefault(next(iter(only)), []).append(fact)
        held = Counter(document_of(fact.subject) for fact in self.support.supporters)
        for source in sorted(lost, key=lambda source: source.value):
            gone = Counter(document_of(fact.subject) for fact in lost[source])
            things = sorted(shorten_iri(thing, self.dataset.prefixes) for thing in gone if gone[thing] == held[thing])
            yield SoleSource(shorten_iri(source.value, self.dataset.prefixes), tuple(lost[source]), tuple(things))
