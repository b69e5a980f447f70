"""Coverage: by what the asserted facts are supported, and which of them hang on one source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import Shortener, document_of, shorten_iri
from migragraph.memo import Memo
from migragraph.namespaces import MG, OA, RDF
from migragraph.support import Fact, Support, Supporter

__all__ = ["KINDS", "NO_CLASS", "NO_SOURCE", "Coverage", "SoleSource", "count_coverage", "measure_coverage"]

KINDS = ("passage", "reference", "inference", "exempt", "unsupported")
"""By what a fact is supported, the strongest first; a fact counts once, by the strongest that it has."""

NO_CLASS, NO_SOURCE = "no class", "no source"
"""What the rows are called of subjects without a class, and of facts for which no source is quoted."""

Counts = Mapping[str, int]
"""How many facts of each kind, in the order of the kinds."""

_TYPE, _INFERRED = RDF.type, MG.inferred
_EXEMPT, _UNSUPPORTED = KINDS[3:]
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
    counts = _Counting(dataset).total
    names = {"passage": "stated", "reference": "referenced", "inference": "inferred"}
    return {names.get(kind, kind): counts[kind] for kind in KINDS}


def measure_coverage(dataset: Dataset) -> Coverage:
    """Count the asserted facts of a dataset by what supports them."""
    counted, prefixes = _Counting(dataset), dataset.prefixes
    return Coverage(
        total={kind: counted.total[kind] for kind in KINDS},
        classes=_tally(counted.classes, prefixes),
        properties=_tally(counted.properties, prefixes),
        sources=_tally(counted.sources, prefixes),
        sole=tuple(counted.find_sole()),
        prefixes=prefixes,
    )


def _tally(counted: Mapping[tuple[NamedNode | str, str], int], prefixes: Mapping[str, str]) -> dict[str, Counts]:
    counters: dict[NamedNode | str, Counter[str]] = {}
    for (name, kind), number in counted.items():
        if number:
            counters.setdefault(name, Counter())[kind] += number
    rows = {
        name if isinstance(name, str) else shorten_iri(name.value, prefixes): {kind: counts[kind] for kind in KINDS}
        for name, counts in counters.items()
    }
    return dict(sorted(rows.items(), key=lambda row: (-sum(row[1].values()), row[0])))


class _Counting:
    """The asserted facts of a dataset, counted subject by subject: those are exempt that nothing else is said of."""

    def __init__(self, dataset: Dataset) -> None:
        self._index = dataset.index
        self._prefixes = dataset.prefixes
        self._support: Support = dataset.support
        self._quoted = Memo(self._list_quoted)
        self._inferred = Memo(self._list_inferred)
        self.total: Counter[str] = Counter()
        self.classes: Counter[tuple[NamedNode | str, str]] = Counter()
        self.properties: Counter[tuple[NamedNode | str, str]] = Counter()
        self.sources: Counter[tuple[NamedNode | str, str]] = Counter()
        self._count(_list_classes(dataset))

    def _count(self, terms: Mapping[object, Sequence[object]]) -> None:
        judged = [*self._judge()]
        # Most things have the same few classes, which are counted by a number.
        numbers: dict[tuple[object, ...], int] = {}
        classes: dict[NamedNode, int] = {}
        by_class: Counter[int] = Counter()
        by_property: Counter[NamedNode] = Counter(chain.from_iterable(self._index.values()))
        for subject, properties in self._index.items():
            own = tuple(properties.get(_TYPE) or terms.get(subject, (None,)))
            classes[subject] = number = numbers.setdefault(own, len(numbers))
            facts = sum(map(len, properties.values()))
            by_class[number] += facts
            if facts > len(properties):
                for property_, values in properties.items():
                    if len(values) > 1:
                        by_property[property_] += len(values) - 1
        by_kind = Counter((classes[fact[0]], kind) for fact, kind in judged)
        kinds = Counter((fact[1], kind) for fact, kind in judged)
        for (number, _), count in by_kind.items():
            by_class[number] -= count
        for (property_, _), count in kinds.items():
            by_property[property_] -= count
        self.properties.update(kinds)
        self.properties.update({(property_, _EXEMPT): count for property_, count in by_property.items()})
        by_kind.update({(number, _EXEMPT): count for number, count in by_class.items()})
        listed = list(numbers)
        for (number, kind), count in by_kind.items():
            self.total[kind] += count
            for class_ in listed[number]:
                self.classes[class_ if isinstance(class_, NamedNode) else NO_CLASS, kind] += count
        self.sources[NO_SOURCE, _EXEMPT] = self.total[_EXEMPT]

    def _judge(self) -> Iterator[tuple[Fact, str]]:
        """Give the facts that are not exempt, each with what supports it."""
        for fact, supporters in self._support.supporters.items():
            yield fact, self._count_sources(supporters)
        yield from zip(self._support.unsupported, repeat(_UNSUPPORTED))
        self.sources[NO_SOURCE, _UNSUPPORTED] += len(self._support.unsupported)

    def _count_sources(self, supporters: Sequence[Supporter]) -> str:
        """Count a fact for each source that it rests on, and give by what it is supported."""
        if len(supporters) == 1:
            # Most have no more.
            only = _BASES.get(supporters[0].basis, KINDS[0])
            for source in self._find_sources(supporters[0]) or (NO_SOURCE,):
                self.sources[source, only] += 1
            return only
        given: dict[NamedNode, set[str]] = {}
        kinds: set[str] = set()
        for by in supporters:
            kind = _BASES.get(by.basis, KINDS[0])
            kinds.add(kind)
            for source in self._find_sources(by):
                given.setdefault(source, set()).add(kind)
        strongest = _choose(kinds)
        for source, some in given.items():
            self.sources[source, _choose(some)] += 1
        if not given:
            self.sources[NO_SOURCE, strongest] += 1
        return strongest

    def _find_sources(self, by: Supporter) -> frozenset[NamedNode]:
        """Give the sources whose words a supporter rests on: of its passage, or of those that it infers from."""
        return self._inferred[by.evidence] if by.basis == _INFERRED else self._quoted[by.graph]

    def _list_quoted(self, passage: NamedNode) -> frozenset[NamedNode]:
        sources = self._index.get(passage, {}).get(OA.hasSource, ())
        return frozenset(source for source in sources if isinstance(source, NamedNode))

    def _list_inferred(self, evidence: NamedNode) -> frozenset[NamedNode]:
        targets = self._index.get(evidence, {}).get(OA.hasTarget, ())
        found = (self._quoted[target] for target in targets if isinstance(target, NamedNode))
        return frozenset(source for sources in found for source in sources)

    def find_sole(self) -> Iterator[SoleSource]:
        """Give for each source what hangs on it only, by the IRI of the source."""
        lost: dict[NamedNode, list[Fact]] = {}
        for fact, supporters in self._support.supporters.items():
            first = self._find_sources(supporters[0])
            if len(first) == 1 and all(self._find_sources(by) == first for by in supporters[1:]):
                lost.setdefault(next(iter(first)), []).append(fact)
        shorten = Shortener(self._prefixes).shorten
        held = Counter(document_of(fact[0]) for fact in self._support.supporters)
        for source in sorted(lost, key=lambda source: source.value):
            gone = Counter(document_of(fact[0]) for fact in lost[source])
            things = sorted(shorten(thing) for thing in gone if gone[thing] == held[thing])
            yield SoleSource(shorten(source.value), tuple(lost[source]), tuple(things))


def _choose(kinds: Container[str]) -> str:
    """Give the strongest of some kinds."""
    return next(kind for kind in KINDS if kind in kinds)


def _list_classes(dataset: Dataset) -> dict[object, list[object]]:
    """Give the classes of the concepts of the ontology: the data may say more of one."""
    terms: dict[object, list[object]] = {}
    for triple in dataset.ontology:
        if triple.predicate == RDF.type:
            terms.setdefault(triple.subject, []).append(triple.object)
    return terms
