"""The pages on which all documents are listed: a shelf for each class, and its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import Shortener, local_name
from migragraph.namespaces import RDF
from migragraph.paths import path_of
from migragraph.site.digests import combine_digests
from migragraph.site.documents import Document
from migragraph.site.folder import Recipe, cook
from migragraph.site.pages import Page
from migragraph.site.site import Site

__all__ = ["PER_PAGE", "Shelf", "list_shelves", "render_classes"]

FOLDER = "things"
PER_PAGE = 400
"""How many documents a page lists."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A class, its CURIE, where its documents are listed, and the documents, by IRI."""

    kind: NamedNode
    curie: str
    path: str
    documents: Sequence[Document]

    @property
    def pages(self) -> int:
        """Give the number of its pages."""
        return -(-len(self.documents) // PER_PAGE)

    def page_path(self, number: int) -> str:
        """Give the path of one of its pages, counted from 1."""
        return self.path if number == 1 else f"{self.path}~p{number}"


def list_shelves(site: Site) -> list[Shelf]:
    """List the classes of the documents' things, those with the most documents first; once for all pages."""
    return site.once(_list_shelves, site)


def _list_shelves(dataset: Dataset, site: Site) -> list[Shelf]:
    index, terms = dataset.index, dataset.connections.terms
    found: dict[NamedNode, list[Document]] = {}
    for document in site.documents.values():
        node = NamedNode(document.iri)
        defined = [triple.object for triple in terms.get(node, ()) if triple.predicate == RDF.type]
        for kind in dict.fromkeys([*index.get(node, {}).get(RDF.type, ()), *defined]):
            if isinstance(kind, NamedNode):
                found.setdefault(kind, []).append(document)
    ordered = sorted(found, key=lambda kind: (-len(found[kind]), kind.value))
    curies = Shortener(site.layout.prefixes)
    paths = _name_paths(ordered)
    return [Shelf(kind, curies.shorten(kind.value), path, found[kind]) for kind, path in paths.items()]


def render_classes(site: Site, digests: Mapping[str, str]) -> Iterator[tuple[str, bytes | Recipe]]:
    """Render the pages of each class in each language, or tell how where that can be compared by digests."""
    for shelf in list_shelves(site):
        for number in range(1, shelf.pages + 1):
            listed = shelf.documents[(number - 1) * PER_PAGE : number * PER_PAGE]
            things = [NamedNode(document.iri) for document in listed]
            digest = combine_digests(site, digests, [shelf.kind, *things], number, len(shelf.documents))
            for language in site.languages:
                page = site.page(shelf.page_path(number), language)
                yield page.file, cook(digest, partial(_render_page, site, page, shelf, number, things))


def _render_page(site: Site, page: Page, shelf: Shelf, number: int, things: Sequence[NamedNode]) -> bytes:
    return site.render("shelf.html.jinja", page, shelf=shelf, number=number, things=things)


def _name_paths(kinds: Sequence[NamedNode]) -> dict[NamedNode, str]:
    """Name the path of each class by the last part of its IRI; a number tells two of one name apart."""
    paths: dict[NamedNode, str] = {}
    for kind in kinds:
        path = f"{FOLDER}/{path_of(f'x:{local_name(kind.value).lower()}', 'x:')}"
        same = sum(other == path or other.startswith(f"{path}~n") for other in paths.values())
        paths[kind] = f"{path}~n{same + 1}" if same else path
    return paths
