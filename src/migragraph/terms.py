"""Whether each term and prefix in use is declared, so that a misspelt one cannot pass.

Our own terms are declared in the ontology folder; each term of another vocabulary is listed in its ``reused.ttl``, with
its type, its label, and its vocabulary and version.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from migragraph.errors import DataError
from migragraph.iris import shorten_iri
from migragraph.layout import Layout
from migragraph.namespaces import OWL, RDF, RDFS, SH
from migragraph.positions import find_mentions
from migragraph.prefixes import check_prefixes
from migragraph.reading import ParsedFile, read_bytes
from migragraph.report import Finding
from migragraph.uses import Use, read_query_uses, read_uses

__all__ = ["REUSED", "check_terms"]

REUSED = "reused.ttl"
"""The file of the ontology folder that lists the terms of others."""

ALIGNMENTS = "alignments"
RDF_TYPE = RDF["type"]
# The queries that are kept in mind by a run that validates again and again.
_TEXTS_KEPT = 1024
# Below the project's base, the namespaces whose terms the ontology and the shapes declare.
OWN_NAMESPACES = ("ontology#", "scheme/", "shapes#")
# What is used so is declared, whatever its namespace.
DECLARED_ROLES = {"property", "class", "name"}
CLASSES = {"Class", "Datatype", "DataRange"}


Prefixes: TypeAlias = tuple[tuple[str, str], ...]


class Fault(NamedTuple):
    """What is wrong with a term, by which rule, and what to do."""

    rule: str
    message: str
    advice: str


@dataclass(frozen=True)
class Vocabulary:
    """The terms that are declared, each with its types, and the namespaces in which nothing else may be named.

    ``described`` are the things that are.
    """

    types: Mapping[str, Collection[str]]
    own: tuple[str, ...]
    closed: frozenset[str]
    described: Collection[str]
    prefixes: Mapping[str, str]

    @cached_property
    def near(self) -> Mapping[str, Mapping[str, str]]:
        """Give the names in use by namespace and local name: the declared terms and the things described."""
        near: dict[str, dict[str, str]] = {}
        for iri in (*self.types, *self.described):
            namespace, local = _split(iri)
            near.setdefault(namespace, {})[local] = iri
        return near

    def covers(self, iri: str) -> bool:
        """Tell whether an IRI lies in a namespace whose terms are all declared."""
        return iri.startswith(self.own) or _split(iri)[0] in self.closed

    def suggest(self, iri: str) -> str:
        """Ask whether a name much like this one in its namespace is meant, or the same name in another one."""
        namespace, local = _split(iri)
        near = self.near.get(namespace, {})
        matches = [near[name] for name in difflib.get_close_matches(local, near, n=1)]
        matches += sorted(names[local] for names in self.near.values() if local in names)
        return f"Is {shorten_iri(matches[0], self.prefixes)} meant? " if matches else ""


def check_terms(
    layout: Layout, files: Mapping[str, Sequence[ParsedFile]], described: Collection[str] | None = None
) -> list[Finding]:
    """Find terms and prefixes that are not declared, things that are not described, and faults of ``reused.ttl``.

    ``files`` are the parsed files of "ontology", "data" and "shapes"; ``described`` the subjects of the built dataset:
    without it nothing is said of things.
    """
    parsed = [file for part in files.values() for file in part]
    queries, unread = _read_queries(layout)
    vocabulary = _read_vocabulary(layout, files, described or ())
    prefixes = tuple(layout.prefixes.items())
    uses = {file.path: file.derive(_list_uses, prefixes) for file in parsed}
    uses |= {path: _list_query_uses(text, prefixes) for path, text in queries.items()}
    findings = [*unread, *_check_reused(layout, files["ontology"]), *check_prefixes(layout, parsed, queries)]
    things = layout.things

    @cache
    def judge(use: Use) -> Fault | None:
        is_thing = use.iri.startswith(things)
        return _judge_thing(use, vocabulary, described) if is_thing else _judge(use, vocabulary)

    for path, found in uses.items():
        faults: dict[str, Fault] = {}
        for use in found:
            if fault := judge(use):
                faults.setdefault(use.iri, fault)
        findings += _place(path, faults, layout)
    return findings


def _list_uses(file: ParsedFile, prefixes: Prefixes) -> tuple[Use, ...]:
    return tuple(dict.fromkeys(read_uses(file, dict(prefixes))))


@lru_cache(maxsize=_TEXTS_KEPT)
def _list_query_uses(text: str, prefixes: Prefixes) -> tuple[Use, ...]:
    return tuple(dict.fromkeys(read_query_uses(text, dict(prefixes))))


def _read_queries(layout: Layout) -> tuple[dict[Path, str], list[Finding]]:
    texts, faults = {}, []
    for path in sorted((layout.root / layout.folders["queries"]).rglob("*.rq")):
        try:
            texts[path] = read_bytes(path).decode()
        except DataError as error:
            finding = Finding(kind="terms", rule="query-text", message=error.message, file=path, advice=error.advice)
            faults.append(replace(finding, line=error.line, column=error.column))
    return texts, faults


def _read_vocabulary(
    layout: Layout, files: Mapping[str, Sequence[ParsedFile]], described: Collection[str]
) -> Vocabulary:
    types = _read_types(layout, files)
    terms = (iri for iri, kinds in types.items() if OWL["Ontology"].value not in kinds and _split(iri)[1])
    closed = frozenset(_split(iri)[0] for iri in terms)
    own = tuple(f"{layout.base}{name}" for name in OWN_NAMESPACES)
    return Vocabulary(types, own, closed, described, layout.prefixes)


def _read_types(layout: Layout, files: Mapping[str, Sequence[ParsedFile]]) -> dict[str, set[str]]:
    """Give the declared terms with their types; an alignment speaks of terms, and declares none."""
    alignments = layout.folder("ontology") / ALIGNMENTS
    types: dict[str, set[str]] = {}
    for part in ("ontology", "shapes"):
        for file in files[part]:
            own = file.derive(_list_types, part) if not file.path.is_relative_to(alignments) else {}
            for iri, kinds in own.items():
                types.setdefault(iri, set()).update(kinds)
    return types


def _list_types(file: ParsedFile, part: str) -> dict[str, set[str]]:
    types: dict[str, set[str]] = {}
    for subject, predicate, value, _ in file.rows:
        if isinstance(subject, NamedNode):
            if predicate == RDF_TYPE and isinstance(value, NamedNode):
                types.setdefault(subject.value, set()).add(value.value)
            elif part == "shapes" and predicate.value.startswith(str(SH)):
                types.setdefault(subject.value, set())
    return types


def _split(iri: str) -> tuple[str, str]:
    """Cut an IRI behind its last ``#`` or ``/``."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def _judge(use: Use, vocabulary: Vocabulary) -> Fault | None:
    kinds = vocabulary.types.get(use.iri)
    if kinds is None:
        if use.role not in DECLARED_ROLES and not vocabulary.covers(use.iri):
            return None
        where = "the ontology" if use.iri.startswith(vocabulary.own) else f"{REUSED} of the ontology"
        advice = f"{vocabulary.suggest(use.iri)}Correct it, or declare it in {where}."
        return Fault("undeclared-term", f"{shorten_iri(use.iri, vocabulary.prefixes)} is not declared.", advice)
    names = {_split(kind)[1] for kind in kinds}
    if use.role == "property" and not any(kind.endswith("Property") for kind in names):
        return _misused(use, vocabulary)
    if use.role == "class" and not names & CLASSES:
        return _misused(use, vocabulary)
    return None


def _misused(use: Use, vocabulary: Vocabulary) -> Fault:
    name = shorten_iri(use.iri, vocabulary.prefixes)
    advice = f"Use a {use.role} in its place, or correct the declaration."
    return Fault("misused-term", f"{name} is used as a {use.role}, and is not declared as one.", advice)


def _judge_thing(use: Use, vocabulary: Vocabulary, described: Collection[str] | None) -> Fault | None:
    if described is None or use.role == "term" or use.iri in described:
        return None
    name = shorten_iri(use.iri, vocabulary.prefixes)
    advice = f"{vocabulary.suggest(use.iri)}Correct the reference, or describe the thing."
    return Fault("dangling-reference", f"{name} is described nowhere.", advice)


def _place(path: Path, faults: Mapping[str, Fault], layout: Layout) -> Iterator[Finding]:
    places = find_mentions(path, faults, layout.prefixes) if faults else {}
    for iri, (rule, message, advice) in faults.items():
        line, column = places.get(iri, (None, None))
        yield Finding(
            kind="terms", rule=rule, message=message, focus=iri, file=path, line=line, column=column, advice=advice
        )


def _check_reused(layout: Layout, ontology: Sequence[ParsedFile]) -> Iterator[Finding]:
    """Find the terms of the list that lack a type, a label, or a vocabulary with its version."""
    for file in ontology:
        if file.path.name != REUSED:
            continue
        facts: dict[str, dict[NamedNode, list[str]]] = {}
        for quad in file.quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                facts.setdefault(quad.subject.value, {}).setdefault(quad.predicate, []).append(quad.object.value)
        vocabularies = {iri for iri, said in facts.items() if OWL["versionInfo"] in said}
        missing = {iri: _find_missing(said, vocabularies) for iri, said in facts.items()}
        faults = {
            iri: Fault("reused-term", f"{shorten_iri(iri, layout.prefixes)} has no {what}.", "Add it to the list.")
            for iri, what in missing.items()
            if what and iri not in vocabularies
        }
        yield from _place(file.path, faults, layout)


def _find_missing(said: Mapping[NamedNode, list[str]], vocabularies: set[str]) -> str | None:
    wanted = {"type (rdf:type)": RDF_TYPE, "label (rdfs:label)": RDFS["label"]}
    for what, predicate in wanted.items():
        if predicate not in said:
            return what
    if vocabularies.isdisjoint(said.get(RDFS["isDefinedBy"], ())):
        return "vocabulary with a version (rdfs:isDefinedBy, owl:versionInfo)"
    return None
