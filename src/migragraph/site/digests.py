"""Digests: for each document a hash of all that its page and its files are made from, so that only changes are made.

What a page shows of other documents it reaches by a few steps from its own facts: the passage that bears a fact out,
the source of that, who published it. So the digest of a document holds what the documents say that are at most some
steps away, and what is said by those that name it. It may change where the page does not, but not the other way round.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.cache import hash_package
from migragraph.iris import document_of
from migragraph.layout import DESCRIPTION
from migragraph.memo import Memo
from migragraph.namespaces import OA
from migragraph.site.bearing import find_bearing
from migragraph.site.site import Site

__all__ = ["Digester", "Digests", "combine_digests", "digest_mentions"]

_STEPS = 4
_AT_ONCE = 5_000
"""How many documents are read before it is looked what else there is to do."""
_LIBRARIES = ("jinja2", "pyoxigraph")


class Digests(NamedTuple):
    """The digest of each document, by its path: equal ones mean equal pages and files.

    ``own`` are those of what the data say of the nodes of a document, by its IRI, and ``shared`` is that of what is the
    same for all.
    """

    documents: Mapping[str, str]
    own: Mapping[str, bytes]
    shared: bytes


def digest_mentions(digests: Digests, things: Iterable[NamedNode], *words: object) -> str:
    """Give a digest of the names of some things that name another, in their order; ``words`` are what else is shown.

    It changes with no more than the digest of that other does, which holds what is said by those that name it.
    """
    parts = [digests.shared, repr(words).encode()]
    for thing in things:
        parts += (thing.value.encode(), digests.own.get(document_of(thing), b""))
    return _hash(parts).hex()


def combine_digests(site: Site, digests: Mapping[str, str], things: Iterable[NamedNode], *words: object) -> str | None:
    """Give a digest of what is shown of some things, in their order: no more than each shows on its own page.

    ``words`` are what else it depends on. None where the data describe a thing that has no page.
    """
    parts = [repr(words)]
    for thing in things:
        document = site.documents.get(document_of(thing))
        if document is None and thing in site.dataset.index:
            return None
        parts += (thing.value, digests[document.path] if document else "")
    return _hash(part.encode() for part in parts).hex()


def _hash(parts: Iterable[bytes]) -> bytes:
    return blake2b(b"\n".join(parts), digest_size=16).digest()


def _list_code(site: Site) -> Iterator[bytes]:
    """Give what is the same for all pages and lies in files: the code, the templates, the project but for its data."""
    layout, settings = site.layout, site.settings
    yield " ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES).encode()
    yield hash_package().encode()
    shapes = (file.path for file in site.dataset.shapes)
    files = [layout.root / DESCRIPTION, *layout.files("ontology"), *shapes]
    yield from _read_all(layout.root, files)
    if settings.templates:
        yield from _read_all(settings.templates, (path for path in settings.templates.rglob("*") if path.is_file()))


def _read_all(root: Path, paths: Iterable[Path]) -> Iterator[bytes]:
    for path in sorted(paths):
        yield f"{path.relative_to(root).as_posix()}".encode()
        yield _hash([path.read_bytes()])


def _list_shared(site: Site) -> Iterator[bytes]:
    """Give what is the same for all pages and comes from the data: who only acts in a post, the graph, the context,
    whether there is a search."""
    for language, explainer in site.explainers.items():
        yield language.encode()
        yield repr(explainer.naming.bibliography.graph).encode()
    acting = site.explainers[site.languages[0]].witnesses.acting
    yield from sorted(f"{person} {post}".encode() for person, post in acting)
    yield repr(site.downloads.context.json()).encode()
    yield f"{site.dataset.stated_from is not None} {site.is_searchable}".encode()


class Digester:
    """Digest the documents of a site: what each says by itself first, then what it reaches and what names it.

    ``reading`` is the first half of the work, which stops now and then on the way.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._dataset = dataset = site.dataset
        # A source is described by the whole dataset.
        self._datasets = [dataset] if dataset.stated_from is None else [dataset, dataset.whole]
        self._disagreements = site.explainers[site.languages[0]].disagreements
        self._names: Memo[NamedNode, bytes] = Memo(lambda term: term.value.encode())
        self._origins: Memo[Path, str] = Memo(lambda path: path.relative_to(dataset.layout.root).as_posix())
        self._own: dict[str, bytes] = {}
        self._named: dict[str, Sequence[str]] = {}
        # What is reached in so many steps: of most documents, which no other names, only in the most.
        self._reached: list[dict[str, bytes]] = [self._own, *({} for _ in range(_STEPS))]
        self.reading = self._read_all()

    def _read_all(self) -> Iterator[None]:
        for number, document in enumerate(self._list_documents()):
            if number % _AT_ONCE == 0:
                yield
            self._own[document], self._named[document] = self._read(document)

    def digest(self) -> Digests:
        """Give the digests of the documents; what has not been read of them is read first."""
        for _ in self.reading:
            pass
        site, own = self._site, self._own
        self._named = {document: [one for one in named if one in own] for document, named in self._named.items()}
        self._quoting = self._find_quoting()
        shared = _hash(chain(_list_code(site), _list_shared(site)))
        found = {one.path: _hash([shared, *self._list_parts(one.iri)]).hex() for one in site.documents.values()}
        return Digests(found, own, shared)

    def _list_documents(self) -> Iterable[str]:
        nodes = self._dataset.connections.nodes
        return nodes if self._dataset.stated_from is None else {**self._dataset.whole.connections.nodes, **nodes}

    def _read(self, document: str) -> tuple[bytes, Sequence[str]]:
        """Hash what the data say of the nodes of a document, and list the other documents that this names."""
        parts: list[str] = []
        values: list[str] = []
        for dataset in self._datasets:
            for node in dataset.connections.nodes.get(document, ()):
                parts += (node.value, self._origins[dataset.origin[node]])
                for property_, some in dataset.index[node].items():
                    # No term has a line break that is not written as another character.
                    written = [*map(str, some)]
                    parts += (property_.value, *written)
                    values += written
        # An IRI is written in angle brackets, a literal in quotes.
        named = dict.fromkeys([text[1:-1].partition("#")[0] for text in values if text.startswith("<")])
        named.pop(document, None)
        return _hash(["\n".join(parts).encode()]), tuple(named)

    def _find_quoting(self) -> Mapping[str, Iterable[str]]:
        """Give for each source the documents that quote it: its page shows what its passages bear out."""
        found: dict[str, dict[str, None]] = {}
        for node, properties in self._dataset.index.items():
            for target in properties.get(OA.hasTarget, ()):
                if isinstance(target, NamedNode):
                    found.setdefault(document_of(target), {})[document_of(node)] = None
        return found

    def _reach(self, document: str, steps: int = _STEPS) -> bytes:
        """Hash what the data say of a document, and of what it reaches in some steps."""
        reached, nearer = self._reached[steps], self._reached[steps - 1]
        if document not in reached:
            named = (nearer.get(one) or self._reach(one, steps - 1) for one in self._named[document])
            reached[document] = _hash([self._own[document], *named])
        return reached[document]

    def _list_parts(self, document: str) -> Iterator[bytes]:
        """Give what the page of a document depends on: what is reached from it, and what names it or differs on it."""
        connections, node = self._dataset.connections, NamedNode(document)
        own, names = self._own, self._names
        yield self._reach(document) if document in own else b""
        yield "\n".join(self._named.get(document, ())).encode()
        for subject, predicate, _ in connections.incoming.get(node, ()):
            yield names[predicate]
            yield own[document_of(subject)]
        yield from (self._own[one] for one in self._quoting.get(document, ()))
        yield from (self._reach(document_of(one)) for one in find_bearing(self._dataset, node))
        for one in (*connections.unknowns.get(node, ()), *connections.members.get(node, ())):
            yield self._reach(document_of(one))
        for disagreement in self._disagreements.get(document, ()):
            yield disagreement.point.value.encode()
            things = (document_of(thing) for thing in disagreement.things)
            yield from (self._reach(one) if one in own else b"" for one in things)
