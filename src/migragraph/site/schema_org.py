"""The view of a thing as schema.org has it, for search engines: JSON-LD that says nothing that the graph does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from migragraph.namespaces import DCTERMS, MG, OWL, RDFS, SCHEMA, SKOS
from migragraph.site.pages import Page, check_address

__all__ = ["CONTEXT", "View", "find_classes", "tell_of"]

CONTEXT = "https://schema.org"

_SAME = (SCHEMA.sameAs, OWL.sameAs, SKOS.exactMatch)
_TELLING = (SCHEMA.description, DCTERMS.description, MG.gist, MG.aim, SKOS.definition, RDFS.comment)
_OTHER_NAMES = (SKOS.altLabel, SCHEMA.alternateName)

Properties = Mapping[NamedNode, Sequence[object]]


def find_classes(types: Iterable[NamedNode], supertypes: Mapping[NamedNode, Sequence[NamedNode]]) -> list[str]:
    """Find the classes of schema.org among some types and all that is above them; where there is none, Thing."""
    all_ = dict.fromkeys(term.value for one in types for term in (one, *supertypes.get(one, ())))
    found = [iri.removeprefix(str(SCHEMA)) for iri in all_ if iri.startswith(str(SCHEMA))]
    return found or ["Thing"]


def tell_of(properties: Properties, language: str) -> str:
    """Give the first text that tells of a thing, in a language where there is one, else any; or the empty string."""
    for property_ in _TELLING:
        texts = [value for value in properties.get(property_, ()) if isinstance(value, Literal)]
        if texts:
            return min(texts, key=lambda one: (one.language != language, one.value)).value
    return ""


@dataclass(frozen=True, slots=True)
class View:
    """What is told of a thing and of the page about it; the trail gives the name and address of each page above."""

    iri: str
    name: str
    description: str
    classes: Sequence[str]
    properties: Properties
    page: Page
    sources: Sequence[str]
    trail: Sequence[tuple[str, str]]
    licence: str

    def write(self) -> dict[str, Any]:
        """Write the thing, and the page that is about it and rests on sources, as one object."""
        address = self.page.address()
        about = {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "inLanguage": self.page.language,
            "license": check_address(self.licence),
            "isBasedOn": [{"@id": source} for source in self.sources],
            "breadcrumb": _write_trail(self.trail) if address else None,
        }
        same = {check_address(one) for one in _list_values(self.properties, _SAME)}
        values = {
            "@context": CONTEXT,
            "@type": self.classes[0] if len(self.classes) == 1 else list(self.classes),
            "@id": self.iri,
            "name": self.name,
            "alternateName": [one for one in _list_values(self.properties, _OTHER_NAMES) if one != self.name],
            "description": self.description,
            "url": address or self.iri,
            "sameAs": sorted(same - {""}),
            "subjectOf": _fill(about),
        }
        return _fill(values)


def _write_trail(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _fill(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in values.items() if value}


def _list_values(properties: Properties, names: Iterable[NamedNode]) -> list[str]:
    found = (value for name in names for value in properties.get(name, ()))
    return list(dict.fromkeys(value.value for value in found if isinstance(value, NamedNode | Literal)))
