"""Support: which evidence bears out which fact, and in whose named graph the fact therefore stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.iris import document_of
from migragraph.namespaces import MG, OA, RDF

__all__ = [
    "EvidenceFault",
    "Exemptions",
    "Fact",
    "Index",
    "Support",
    "Supporter",
    "compute_support",
    "find_faults",
    "index_facts",
    "list_claims",
    "list_facts",
    "read_exemptions",
    "support_index",
]

Term = NamedNode | Literal
Index = Mapping[NamedNode, Mapping[NamedNode, list[Term]]]
"""The values of each property of each subject."""

_TYPE = RDF.type
_EVIDENCE = MG.evidence
_BASIS, _STATED, _REFERENCED, _INFERRED = MG.basis, MG.stated, MG.referenced, MG.inferred
_PROPERTY, _VALUE, _REFERENCE, _TARGET = MG.property, MG.value, MG.reference, OA.hasTarget


class Fact(NamedTuple):
    """A triple of the data; no blank node is left in it."""

    subject: NamedNode
    predicate: NamedNode
    object: Term


_make_fact = partial(tuple.__new__, Fact)
"""Makes what ``Fact(*three)`` does, in half the time."""


class Supporter(NamedTuple):
    """What bears a fact out: the evidence, its basis, and the passage, reference or inference that names the graph."""

    graph: NamedNode
    basis: NamedNode
    evidence: NamedNode


class EvidenceFault(NamedTuple):
    """Evidence that does not fit its subject: what it names is absent, or could be more than one fact."""

    subject: NamedNode
    evidence: NamedNode
    property: NamedNode | None
    message: str


class Exemptions(NamedTuple):
    """The properties, and the classes of nodes, whose facts are bookkeeping and need no support."""

    properties: frozenset[NamedNode]
    classes: frozenset[NamedNode]


@dataclass(frozen=True, slots=True)
class Support:
    """The facts with what supports them, those unsupported, the evidence that fits none; and all facts, indexed."""

    supporters: Mapping[Fact, tuple[Supporter, ...]]
    unsupported: tuple[Fact, ...]
    exempt: int
    faults: tuple[EvidenceFault, ...]
    index: Index = field(repr=False, compare=False)


def read_exemptions(ontology: Iterable[Triple]) -> Exemptions:
    """Read the closed list of exempt properties and classes: the terms that the ontology marks mg:supportExempt."""
    triples = list(ontology)
    marked = {
        triple.subject
        for triple in triples
        if triple.predicate == MG.supportExempt and isinstance(triple.object, Literal) and triple.object.value == "true"
    }
    classes = {
        triple.subject
        for triple in triples
        if triple.predicate == _TYPE and triple.object == NamedNode("http://www.w3.org/2002/07/owl#Class")
    }
    terms = frozenset(term for term in marked if isinstance(term, NamedNode))
    return Exemptions(properties=terms - classes, classes=frozenset(terms & classes))


def compute_support(facts: Iterable[Fact], exemptions: Exemptions) -> Support:
    """Give the support of facts; see ``support_index``."""
    return support_index(index_facts(facts), exemptions)


def support_index(index: Index, exemptions: Exemptions) -> Support:
    """Match the evidence among indexed facts with the facts that it supports.

    Support is per triple. Evidence without ``mg:value`` supports the one value that each of its properties has; with
    it, the values named. The triple that leads to a nested node is supported by the evidence of that node.
    """
    found: dict[Fact, dict[Supporter, None]] = defaultdict(dict)
    faults: list[EvidenceFault] = []
    for subject, properties in index.items():
        for evidence in properties.get(_EVIDENCE, ()):
            if isinstance(evidence, NamedNode):
                faults += _match(subject, evidence, index, found)
    _support_links(index, found)
    unsupported, exempt = _rest(index, found, exemptions)
    return Support({fact: tuple(by) for fact, by in found.items()}, unsupported, exempt, tuple(faults), index)


def find_faults(subject: NamedNode, index: Index) -> list[EvidenceFault]:
    """Find the evidence of one subject that fits no fact, or could be for more than one."""
    evidence = [node for node in index[subject].get(_EVIDENCE, ()) if isinstance(node, NamedNode)]
    return [fault for node in evidence for fault in _match(subject, node, index, defaultdict(dict))]


def index_facts(facts: Iterable[Fact]) -> dict[NamedNode, dict[NamedNode, list[Term]]]:
    """Index facts by subject and property."""
    index: dict[NamedNode, dict[NamedNode, list[Term]]] = {}
    properties: dict[NamedNode, list[Term]] = {}
    last: object = None
    for subject, predicate, value in facts:
        # What is said of a subject stands together, mostly, and it is one term in all rows of a file.
        if subject is not last:
            properties, last = index.setdefault(subject, {}), subject
        if predicate in properties:
            properties[predicate].append(value)
        else:
            properties[predicate] = [value]
    return index


def list_facts(index: Index) -> Iterator[Fact]:
    """Give the facts of an index."""
    for subject, properties in index.items():
        for property_, values in properties.items():
            yield from [_make_fact((subject, property_, value)) for value in values]


def list_claims(subject: NamedNode, evidence: NamedNode, index: Index) -> list[Fact]:
    """Give the facts of a subject that an evidence is for: for each of its properties those named, or its one value."""
    return [fact for claim in _claims(subject, evidence, index) for fact in claim.facts]


class _Claim(NamedTuple):
    property: NamedNode
    facts: list[Fact]
    fault: str | None


def _claims(subject: NamedNode, evidence: NamedNode, index: Index) -> Iterator[_Claim]:
    node = index.get(evidence, {})
    values = node.get(_VALUE, [])
    for property_ in node.get(_PROPERTY, []):
        if isinstance(property_, NamedNode):
            present = index[subject].get(property_, [])
            fault = _fault(present, values)
            chosen = [value for value in values if value in present] if fault else values or present
            yield _Claim(property_, [Fact(subject, property_, value) for value in chosen], fault)


def _match(
    subject: NamedNode,
    evidence: NamedNode,
    index: Index,
    found: dict[Fact, dict[Supporter, None]],
) -> list[EvidenceFault]:
    faults: list[EvidenceFault] = []
    by = dict.fromkeys(_supporters(evidence, index.get(evidence, {})))
    for claim in _claims(subject, evidence, index):
        if claim.fault:
            faults.append(EvidenceFault(subject, evidence, claim.property, claim.fault))
        for fact in claim.facts if by else ():
            found[fact].update(by)
    return faults


def _fault(present: list[Term], values: list[Term]) -> str | None:
    if not present:
        return "the evidence is for a property that its subject does not have."
    if absent := [value for value in values if value not in present]:
        return f"the evidence is for a value that its subject does not have: {absent[0]}."
    if not values and len(present) > 1:
        return "the evidence names no value, and the property has more than one."
    return None


def _supporters(evidence: NamedNode, node: Mapping[NamedNode, list[Term]]) -> list[Supporter]:
    bases = node.get(_BASIS, [])
    basis = bases[0] if bases and isinstance(bases[0], NamedNode) else _STATED
    if basis == _INFERRED:
        return [Supporter(evidence, basis, evidence)]
    graphs = node.get(_REFERENCE, []) if basis == _REFERENCED else node.get(_TARGET, [])
    return [Supporter(graph, basis, evidence) for graph in graphs if isinstance(graph, NamedNode)]


def _support_links(index: Index, found: dict[Fact, dict[Supporter, None]]) -> None:
    """Let the evidence of each nested node support the triple that leads to it."""
    nested = {node for node, properties in index.items() if _EVIDENCE in properties and "#" in node.value}
    for subject, properties in index.items():
        for property_, values in properties.items():
            if nested.isdisjoint(values) or property_ == _EVIDENCE:
                continue
            for value in values:
                if isinstance(value, NamedNode) and value in nested and document_of(value) == document_of(subject):
                    by = _evidence_of(value, index)
                    if by:
                        found[Fact(subject, property_, value)].update(dict.fromkeys(by))


def _evidence_of(node: NamedNode, index: Index) -> list[Supporter]:
    return [
        supporter
        for evidence in index[node].get(_EVIDENCE, ())
        if isinstance(evidence, NamedNode)
        for supporter in _supporters(evidence, index.get(evidence, {}))
    ]


def _rest(index: Index, found: Mapping[Fact, object], exemptions: Exemptions) -> tuple[tuple[Fact, ...], int]:
    unsupported: list[Fact] = []
    exempt = 0
    borne: dict[NamedNode, set[NamedNode]] = {}
    for fact in found:
        borne.setdefault(fact[0], set()).add(fact[1])
    for subject, properties in index.items():
        is_exempt = not exemptions.classes.isdisjoint(properties.get(_TYPE, ()))
        if is_exempt or exemptions.properties.issuperset(properties):
            exempt += sum(map(len, properties.values()))
            continue
        supported = borne.get(subject, ())
        for property_, values in properties.items():
            if property_ in exemptions.properties:
                exempt += len(values)
            elif property_ not in supported:
                unsupported += [_make_fact((subject, property_, value)) for value in values]
            else:
                # A bare tuple is equal to the fact, and made in less time.
                without = [value for value in values if (subject, property_, value) not in found]
                unsupported += [Fact(subject, property_, value) for value in without]
    return tuple(unsupported), exempt
