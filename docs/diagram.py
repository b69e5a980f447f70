#!/usr/bin/env python3
"""Write the class diagram of docs/data-model.md from the ontology, as Mermaid (https://mermaid.js.org).

Usage: python docs/diagram.py
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from migragraph.iris import local_name, shorten_iri
from migragraph.layout import Layout, load_layout
from migragraph.namespaces import MG, OWL, RDF, RDFS, SKOS
from migragraph.reading import read_quads

PAGE = Path(__file__).with_name("data-model.md")
_BLOCK = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)


def main() -> None:
    """Put the diagram into its page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(replace_diagram(page, draw(load_layout(Path(__file__).parent.parent))), encoding="utf-8")


def replace_diagram(page: str, diagram: str) -> str:
    """Replace the page's Mermaid block."""
    return _BLOCK.sub(lambda _: f"```mermaid\n{diagram}```\n", page, count=1)


def draw(layout: Layout) -> str:
    """Draw our classes: an arrow to each super-class, and a line for each property from its domain to its range."""
    triples = [
        Triple(quad.subject, quad.predicate, quad.object)
        for path in layout.files("ontology")
        for quad in read_quads(path).quads
    ]
    ours = _ours(triples, OWL["Class"])
    lines = ["classDiagram", "  direction LR"]
    lines += [f"  {_name(above, layout)} <|-- {_name(term, layout)}" for term, above in _supers(triples, ours)]
    lines += [
        f"  {_name(domain, layout)} --> {_name(range_, layout)} : {local_name(term.value)}"
        for term, domain, range_ in _links(triples)
    ]
    return "".join(f"{line}\n" for line in lines)


def _ours(triples: Iterable[Triple], kind: NamedNode) -> set[NamedNode]:
    return {
        triple.subject
        for triple in triples
        if triple.predicate == RDF.type and triple.object == kind and _is_ours(triple.subject)
        if isinstance(triple.subject, NamedNode)
    }


def _is_ours(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(str(MG))


def _supers(triples: Iterable[Triple], ours: set[NamedNode]) -> list[tuple[NamedNode, NamedNode]]:
    pairs = [
        (triple.subject, triple.object)
        for triple in triples
        if triple.predicate == RDFS.subClassOf and triple.subject in ours and triple.object != SKOS.Concept
    ]
    return sorted(((a, b) for a, b in pairs if isinstance(a, NamedNode) and isinstance(b, NamedNode)), key=str)


def _links(triples: Sequence[Triple]) -> list[tuple[NamedNode, NamedNode, NamedNode]]:
    def named(relation: NamedNode) -> dict[NamedNode, NamedNode]:
        return {
            triple.subject: triple.object
            for triple in triples
            if triple.predicate == relation
            if isinstance(triple.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
            and _is_ours(triple.subject)
        }

    domains, ranges = named(RDFS.domain), named(RDFS.range)
    shared = [term for term in domains if term in ranges and _is_ours(domains[term]) and _is_ours(ranges[term])]
    return sorted(((term, domains[term], ranges[term]) for term in shared), key=str)


def _name(term: NamedNode, layout: Layout) -> str:
    curie = shorten_iri(term.value, layout.prefixes)
    return local_name(term.value) if _is_ours(term) else curie.replace(":", "_").replace("-", "_")


if __name__ == "__main__":
    main()
