"""A vocabulary for readers: the classes and properties that a document defines, with what the ontology says of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from migragraph.iris import is_minted
from migragraph.layout import Layout
from migragraph.namespaces import OWL, RDF, RDFS
from migragraph.site.site import Site

__all__ = ["Example", "Term", "Vocabulary", "read_vocabulary"]

_CLASSES = (OWL["Class"], RDFS.Class)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
_QUALITIES = {
    OWL.FunctionalProperty: "functional",
    OWL.TransitiveProperty: "transitive",
    OWL.SymmetricProperty: "symmetric",
    OWL.InverseFunctionalProperty: "inverse-functional",
}

Values = Mapping[NamedNode, Sequence[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its IRI, its anchor in the document, what it is (class, property or other), and its values."""

    iri: NamedNode
    anchor: str
    kind: str
    values: Values
    qualities: tuple[str, ...]

    def values_of(self, property_: NamedNode) -> Sequence[NamedNode | Literal]:
        """List the values of a property."""
        return self.values.get(property_, ())

    @property
    def supers(self) -> list[NamedNode]:
        """List what the term specialises."""
        above = (*self.values_of(RDFS.subClassOf), *self.values_of(RDFS.subPropertyOf))
        return [one for one in above if isinstance(one, NamedNode)]

    @property
    def domains(self) -> list[NamedNode]:
        """List the classes that the property is about."""
        return [one for one in self.values_of(RDFS.domain) if isinstance(one, NamedNode)]

    @property
    def ranges(self) -> list[NamedNode]:
        """List the classes and datatypes of its values."""
        return [one for one in self.values_of(RDFS.range) if isinstance(one, NamedNode)]


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a class: the text of its file, and what its first lines say of it."""

    remark: str
    text: str


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a document, sorted, and the examples of its classes by their local names."""

    classes: Sequence[Term]
    properties: Sequence[Term]
    others: Sequence[Term]
    examples: Mapping[str, Example]

    def about(self, term: Term) -> list[Term]:
        """List the properties whose domain a class is."""
        return self._about.get(term.iri, [])

    def below(self, term: Term) -> list[Term]:
        """List the terms that specialise a term."""
        return self._below.get(term.iri, [])

    @cached_property
    def _about(self) -> Mapping[NamedNode, list[Term]]:
        return _group((class_, one) for one in self.properties for class_ in dict.fromkeys(one.domains))

    @cached_property
    def _below(self) -> Mapping[NamedNode, list[Term]]:
        terms = (*self.classes, *self.properties)
        return _group((above, one) for one in terms for above in dict.fromkeys(one.supers))


def _group(pairs: Iterable[tuple[NamedNode, Term]]) -> dict[NamedNode, list[Term]]:
    found: dict[NamedNode, list[Term]] = {}
    for iri, term in pairs:
        found.setdefault(iri, []).append(term)
    return found


def read_vocabulary(site: Site, iri: str) -> Vocabulary:
    """Read the terms of a document."""
    terms = sorted(_read_terms(site.dataset.ontology, f"{iri}#"), key=lambda term: term.anchor.casefold())
    kinds = {kind: [term for term in terms if term.kind == kind] for kind in ("class", "property", "other")}
    examples = _read_examples(site.layout)
    return Vocabulary(kinds["class"], kinds["property"], kinds["other"], examples)


def _read_terms(ontology: Iterable[Triple], start: str) -> list[Term]:
    found: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
    for triple in ontology:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            continue
        if subject.value.startswith(start) and not is_minted(subject.value):
            found.setdefault(subject, {}).setdefault(triple.predicate, []).append(value)
    return [_make_term(term, values) for term, values in found.items()]


def _make_term(term: NamedNode, values: Values) -> Term:
    types = values.get(RDF.type, ())
    is_class, is_property = (any(kind in types for kind in kinds) for kinds in (_CLASSES, _PROPERTIES))
    kind = "class" if is_class else "property" if is_property else "other"
    qualities = tuple(name for quality, name in _QUALITIES.items() if quality in types)
    return Term(term, term.value.partition("#")[2], kind, values, qualities)


def _read_examples(layout: Layout) -> dict[str, Example]:
    folder = layout.root / layout.folders["ontology"] / "examples"
    return {path.stem: _read_example(path.read_text("utf-8")) for path in sorted(folder.glob("*.ttl"))}


def _read_example(text: str) -> Example:
    lines = text.splitlines()
    remark = " ".join(line[1:].strip() for line in lines if line.startswith("#"))
    kept = [line for line in lines if not line.startswith(("#", "@prefix", "PREFIX"))]
    return Example(remark, "\n".join(kept).strip())
