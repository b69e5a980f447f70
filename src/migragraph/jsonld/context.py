"""The JSON-LD context: a short name, and the kind of its values, for each term of the ontology."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode, Triple

from migragraph.iris import local_name
from migragraph.jsonld.usage import ID, LANGUAGE, Usage, survey_triples
from migragraph.memo import Memo
from migragraph.namespaces import MG, OWL, RDF, RDFS, XSD

__all__ = ["Context", "Term", "make_context"]

# A namespace that ends in none of these is a prefix only where the context says so.
_DELIMITERS = (":", "/", "?", "#", "[", "]", "@")
_NAME = re.compile(r"[\w.-]+")
_LANG_STRING = RDF.langString


@dataclass(frozen=True, slots=True)
class Term:
    """A name in the context: its IRI, and the coercion of its values: ``@id``, ``@language``, a datatype or none."""

    name: str
    iri: str
    coercion: str | None = None


@dataclass(frozen=True)
class Context:
    """The terms of a context by their IRIs, and the prefixes for every other IRI."""

    terms: Mapping[str, Term]
    prefixes: Mapping[str, str]

    def json(self, used: Collection[str] | None = None) -> dict[str, Any]:
        """Give the context as JSON-LD has it (https://www.w3.org/TR/json-ld11/#the-context); of some names only."""
        whole = self._all
        kept = whole if used is None else {name: whole[name] for name in whole if name in used}
        return {"@version": 1.1, **kept}

    @cached_property
    def _all(self) -> dict[str, Any]:
        prefixes = {name: self._prefix(iri) for name, iri in sorted(self.prefixes.items())}
        terms = sorted(self.terms.values(), key=lambda term: term.name)
        return {**prefixes, **{term.name: self._definition(term) for term in terms}}

    def list_names(self, iri: str) -> tuple[str, ...]:
        """Give the names of the context with which an IRI may be written: those of its term and of its prefix."""
        short, term = self.shorten(iri), self.terms.get(iri)
        names = () if term is None else (term.name,)
        return names if short == iri else (*names, short.partition(":")[0])

    def shorten(self, iri: str) -> str:
        """Give the shortest compact IRI, or the IRI (https://www.w3.org/TR/json-ld11-api/#iri-compaction)."""
        return self._short[iri]

    @cached_property
    def properties(self) -> Mapping[NamedNode, tuple[str, Term | None]]:
        """Give how a property is written: its compact IRI, and its term, where it has one."""
        return Memo(lambda property_: (self.shorten(property_.value), self.terms.get(property_.value)))

    @cached_property
    def first(self) -> tuple[str, ...]:
        """Give the names that stand first in an object: what it is, of which class, and how it is called."""
        label = self.terms.get(RDFS.label.value)
        return (ID, "@type", label.name) if label else (ID, "@type")

    @cached_property
    def _short(self) -> Memo[str, str]:
        return Memo(self._shorten)

    def _shorten(self, iri: str) -> str:
        lengths, bases = self._bases
        fitting = ((bases[iri[:length]], iri[length:]) for length in lengths if iri[:length] in bases)
        short = (f"{prefix}:{local}" for prefix, local in fitting if local and not local.startswith("//"))
        return min(short, key=lambda text: (len(text), text), default=iri)

    @cached_property
    def _bases(self) -> tuple[list[int], dict[str, str]]:
        """Give the lengths of the namespaces, and the shortest prefix of each."""
        bases: dict[str, str] = {}
        for prefix, base in sorted(self.prefixes.items(), key=lambda item: (len(item[0]), item[0])):
            bases.setdefault(base, prefix)
        return sorted({len(base) for base in bases}), bases

    def _prefix(self, iri: str) -> Any:
        return iri if iri.endswith(_DELIMITERS) else {"@id": iri, "@prefix": True}

    def _definition(self, term: Term) -> Any:
        if term.coercion is None:
            return term.iri
        if term.coercion == LANGUAGE:
            return {"@id": term.iri, "@container": LANGUAGE}
        return {"@id": term.iri, "@type": term.coercion}


def make_context(ontology: Iterable[Triple], used: Iterable[Triple] | Usage, prefixes: Mapping[str, str]) -> Context:
    """Make the context for the terms that the ontology declares and the triples use, or whose usage is known.

    A term's name is its local name, ours before others' where two are the same (the others then keep their CURIEs); a
    prefix of that name gives way and is called ``<prefix>-id``.
    Ranges give the coercion; where the ontology gives no range, the values in use do if they are all of one kind.
    """
    usage = used if isinstance(used, Usage) else survey_triples(used)
    coercions = _coercions(ontology, usage)
    names: dict[str, Term] = {}
    for term in sorted({*usage.classes, *usage.kinds}, key=_rank):
        name = local_name(term.value)
        if _NAME.fullmatch(name) and name not in names and term != RDF.type:
            names[name] = Term(name, term.value, coercions.get(term))
    free = {f"{prefix}-id" if prefix in names else prefix: iri for prefix, iri in prefixes.items() if prefix}
    safe = {prefix: iri for prefix, iri in free.items() if prefix not in usage.schemes}
    return Context({term.iri: term for term in names.values()}, safe)


def _rank(term: NamedNode) -> tuple[bool, str]:
    return (not term.value.startswith(str(MG)), term.value)


def _coercions(ontology: Iterable[Triple], usage: Usage) -> dict[NamedNode, str]:
    found = {term: next(iter(kinds)) for term, kinds in usage.kinds.items() if len(kinds) == 1}
    for triple in ontology:
        if not isinstance(triple.subject, NamedNode) or triple.predicate not in (RDF.type, RDFS.range):
            continue
        if triple.object == OWL.ObjectProperty:
            found[triple.subject] = ID
        elif triple.object == _LANG_STRING and triple.predicate == RDFS.range:
            found[triple.subject] = LANGUAGE
        elif isinstance(triple.object, NamedNode) and triple.object.value.startswith(str(XSD)):
            found[triple.subject] = triple.object.value
    found.pop(MG.value, None)
    return {term: kind for term, kind in found.items() if kind != XSD.string.value}
