"""Usage: what a context has to know of the triples that it is for, gone through once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.dataset import Dataset
from migragraph.namespaces import RDF

__all__ = ["ID", "LANGUAGE", "Usage", "survey_dataset", "survey_triples"]

ID = "@id"
LANGUAGE = "@language"

Term = NamedNode | BlankNode | Literal | Triple

_TYPE = RDF.type
_PLAIN = ("https://", "http://")


class Usage(NamedTuple):
    """The properties, each with the kinds of its values; the classes; the schemes of such IRIs as ``geo:10,106``."""

    kinds: dict[NamedNode, set[str]]
    classes: set[NamedNode]
    schemes: set[str]


def survey_triples(triples: Iterable[Triple | tuple[Term, NamedNode, Term]]) -> Usage:
    """Survey the triples that a context is for."""
    usage = Usage({}, set(), set())
    for subject, predicate, value in triples:
        _add_values(predicate, [value], usage)
        if isinstance(subject, NamedNode):
            _add_scheme(subject, usage.schemes)
    return usage


def _add_values(predicate: NamedNode, values: Iterable[Term], usage: Usage) -> None:
    kinds = usage.kinds.get(predicate)
    if kinds is None:
        kinds = usage.kinds[predicate] = set()
    for value in values:
        if isinstance(value, NamedNode):
            kinds.add(ID)
            _add_scheme(value, usage.schemes)
            if predicate == _TYPE:
                usage.classes.add(value)
        else:
            kinds.add(_kind(value))


def survey_dataset(dataset: Dataset) -> Usage:
    """Survey the default graph of a dataset, without making what is implied of each of its things."""
    usage = survey_triples(dataset.ontology)
    for thing, properties in dataset.index.items():
        _add_scheme(thing, usage.schemes)
        for predicate, values in properties.items():
            _add_values(predicate, values, usage)
    rules = dataset.rules
    if any(_TYPE in supers for supers in rules.properties.values()):
        return survey_triples(dataset.default)
    for pairs in rules.direct.values():
        for direct, value in pairs:
            usage.kinds.setdefault(direct, set()).add(_kind(value))
    for property_, supers in rules.properties.items():
        if isinstance(property_, NamedNode) and property_ in usage.kinds:
            for super_ in supers:
                usage.kinds.setdefault(super_, set()).update(usage.kinds[property_])
    implied = (super_ for class_ in usage.classes for super_ in rules.classes.get(class_, ()))
    return usage._replace(classes={*usage.classes, *implied})


def _add_scheme(node: NamedNode, schemes: set[str]) -> None:
    iri = node.value
    if not iri.startswith(_PLAIN):
        scheme, _, rest = iri.partition(":")
        if not rest.startswith("//"):
            schemes.add(scheme)


def _kind(value: object) -> str:
    if not isinstance(value, Literal):
        return ID
    return LANGUAGE if value.language else value.datatype.value
