"""The building of a site: its files rendered by some processes, and written into a folder where they changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.collection import pause_collection
from migragraph.dataset import Dataset
from migragraph.forking import can_fork, count_processors
from migragraph.memo import Memo
from migragraph.paths import page_path
from migragraph.report import Report as Findings
from migragraph.site.catalog.sitemap import list_pages
from migragraph.site.checking import check_site
from migragraph.site.digests import Digester, Digests
from migragraph.site.documents import Document
from migragraph.site.downloads import SUFFIXES
from migragraph.site.folder import Folder, Recipe, list_files
from migragraph.site.manifest import MANIFEST, Manifest, read_manifest, render_manifest
from migragraph.site.mentions import path_of_page
from migragraph.site.rendering import (
    COMPARED,
    PREPARED,
    SHARED,
    UNPREPARED,
    Files,
    render_all,
    render_checks,
    render_description,
    render_document,
    render_last,
    render_pages,
)
from migragraph.site.site import Site
from migragraph.site.thing import Things
from migragraph.workers import Batch, run_tasks

__all__ = ["Built", "build_site", "list_missing"]

_PROCESSES, _OF_LARGE = 4, 2
"""How many processes there are at most: each copies what it shares with the others as soon as it works with it."""

_CHUNK, _CHUNKS = 25, 20
"""How many documents are a task: fewer where there are few, so that all processes have some."""

Held = Mapping[str, tuple[str, tuple[str, ...]]]
Render = Callable[[Things, Document, Mapping[str, str], Digests], Iterator[tuple[str, bytes | Recipe]]]
Report = Callable[[int, int], None]
"""What is told, again and again, how many documents are done, and of how many."""


class Built(NamedTuple):
    """How many files a site has, and how many of them were written and how many deleted by this build."""

    files: int
    written: int
    deleted: int


class _Part(NamedTuple):
    """What a task has made: the suffixes of the files of documents, by their paths; other files, with their digests."""

    documents: Mapping[str, tuple[str, ...]]
    files: Mapping[str, str]
    written: int


class _Plan:
    """Which documents of a site have to be made, and which are as they would be made; worked out when it is asked."""

    def __init__(self, site: Site, old: Manifest, missing: Collection[str]) -> None:
        self.site = site
        self.old = old
        self._missing = missing

    @cached_property
    def things(self) -> Things:
        """Give what renders the pages of documents."""
        return Things(self.site)

    @cached_property
    def digests(self) -> Digests:
        """Give the digest of each document."""
        return self.digester.digest()

    @cached_property
    def digester(self) -> Digester:
        """Give what digests the documents."""
        return Digester(self.site)

    @cached_property
    def _further(self) -> Mapping[str, Sequence[str]]:
        """Give the files of the further pages of documents, by their paths, as far as they are told of by digests."""
        found: dict[str, list[str]] = {}
        for name in self.old.files:
            if (path := path_of_page(name)) in self.old.documents:
                found.setdefault(path, []).append(name)
        return found

    @cached_property
    def held(self) -> Held:
        """List the documents whose files are there, made from what they would be made from now."""
        return {
            path: (digest, suffixes)
            for path, (digest, suffixes) in self.old.documents.items()
            if digest == self.digests.documents.get(path) and not (self._missing and self._misses(path, suffixes))
        }

    def _misses(self, path: str, suffixes: Iterable[str]) -> bool:
        files = chain((path + suffix for suffix in suffixes), self._further.get(path, ()))
        return any(name in self._missing for name in files)

    def list_held(self) -> Manifest:
        """List the documents that are held, and their further pages."""
        further = (name for path in self._further.keys() & self.held.keys() for name in self._further[path])
        return Manifest({**self.held}, {name: self.old.files[name] for name in further})

    @cached_property
    def changed(self) -> Sequence[Document]:
        """List the documents to be made, sorted."""
        return self.sort(one for one in self.site.documents.values() if one.path not in self.held)

    def sort(self, documents: Iterable[Document]) -> list[Document]:
        """Sort documents, those first that take longest: of terms, then those of which most is said, and by most."""
        return sorted(documents, key=self._weigh, reverse=True)

    def _weigh(self, document: Document) -> tuple[bool, int]:
        connections = self.site.dataset.connections
        said, naming = connections.nodes.get(document.iri, ()), connections.incoming.get(NamedNode(document.iri), ())
        return document.iri in self.site.definers, len(said) + len(naming)


Task = Callable[[_Plan, Folder], _Part]


@pause_collection()
def build_site(
    dataset: Dataset,
    folder: Path,
    report: Report | None = None,
    *,
    processes: int | None = None,
    validation: Callable[[], Findings] | None = None,
    look: Callable[[], Collection[str]] | None = None,
) -> Built:
    """Build the site of a dataset into a folder; what is as before is not made again.

    Unless told, it takes a process for each processor, at most four, or two where the graph is large.
    ``validation`` gives the report of the dataset's validation, and ``look`` what ``list_missing`` does, where these
    are under way already.

    Raises ProjectError where two files would lie in one place, OutputError where the folder holds what is no site of
    ours, or cannot be written.
    """
    old, site = read_manifest(folder), Site(dataset, validation)
    check_site(site)
    missing = list_missing(folder) if look is None else look()
    plan = _Plan(site, old, missing)
    writer = Folder(folder, {name: digest for name, digest in old.files.items() if name not in missing})
    # Before the documents are compared, other files are written that it no longer vouches for.
    writer.write(MANIFEST, render_manifest(Manifest(old.documents, dict.fromkeys(old.files, ""))))
    new = Manifest({}, {})
    made = written = 0
    for part in _do_all(plan, writer, new, processes or _count_processes(site)):
        new.documents.update(
            (path, (plan.digests.documents[path], suffixes)) for path, suffixes in part.documents.items()
        )
        new.files.update(part.files)
        made, written = made + len(part.documents), written + part.written
        if report is not None:
            report(made, len(plan.changed))
    deleted = writer.delete(old.list_gone(new))
    writer.write(MANIFEST, render_manifest(new))
    return Built(sum(1 for _ in new.list_files()), written, deleted)


def list_missing(folder: Path) -> Collection[str]:
    """List the files of the last build that the folder of a site has no more."""
    there = list_files(folder)
    return {name for name in read_manifest(folder).list_files() if name not in there}


def _count_processes(site: Site) -> int:
    return min(count_processors(), _OF_LARGE if site.is_large else _PROCESSES)


def _doubt(old: Manifest, held: Held, changed: Iterable[Document], languages: Sequence[str]) -> Manifest:
    """Give the manifest while the build goes on: it names all files that may be there, and vouches for those held."""
    suffixes = (*(page_path("", language, languages) for language in languages), *SUFFIXES)
    listed = {one.path: ("", suffixes) for one in changed}
    before = {path: ("", suffixes) for path, (_, suffixes) in old.documents.items()}
    return Manifest({**listed, **before, **held}, dict.fromkeys(old.files, ""))


def _do_all(plan: _Plan, writer: Folder, new: Manifest, processes: int) -> Iterator[_Part]:
    """Do all tasks, those last that need to know which pages there are: ``new`` tells it then."""
    site, old, is_large = plan.site, plan.old, plan.site.is_large
    # Where nothing can be held, RDF, for which a site need not be prepared, is begun while it is.
    is_first = not old.documents and not is_large

    def list_batches() -> Iterator[Batch[Task]]:
        if is_large:
            # What is asked of the whole of it takes much memory; what is needed for it and for all else is made before.
            _ = site.dataset.rules, site.dataset.connections.graph, site.labels
            yield Batch(alone=[_keep(partial(render_all, renders=UNPREPARED))])
        if is_first:
            _ = site.downloads
            documents = plan.sort(site.documents.values())
            writer.write(MANIFEST, render_manifest(_doubt(old, {}, documents, site.languages)))
            yield Batch(rest=[partial(_write_descriptions, documents=chunk) for chunk in _divide(documents)])
        site.prepare()
        if is_large:
            # The first of these begins when the one before has ended.
            yield Batch(alone=[_keep(one) for one in PREPARED], waits=False)
        for _ in plan.digester.reading:
            yield Batch()
        if not is_first:
            doubted = _doubt(old, plan.held, plan.changed, site.languages)
            writer.write(MANIFEST, render_manifest(doubted))
        held = plan.list_held()
        new.documents.update(held.documents)
        new.files.update(held.files)
        if plan.changed:
            # What all processes share is made for a document that is like most, before there are any.
            list(render_document(plan.things, plan.changed[len(plan.changed) // 2], site.definers, plan.digests))
        render = render_pages if is_first else render_document
        chunks = [partial(_write_documents, documents=chunk, render=render) for chunk in _divide(plan.changed)]
        compared = [_keep(partial(one, digests=plan.digests.documents)) for one in COMPARED]
        halves = [(*PREPARED, *UNPREPARED)] if processes < 3 else [PREPARED, UNPREPARED]
        whole = [] if is_large else [_keep(partial(render_all, renders=half)) for half in halves]
        yield Batch(rest=[*whole, *map(_keep, SHARED), *compared, *chunks])

    if is_large and not can_fork():
        # The threads of a store on the disk that was opened in this process before would be missing in its copies.
        processes = 1
    yield from run_tasks(list_batches(), lambda task: task(plan, writer), processes)
    yield _write_files(plan, writer, render_checks)
    yield _write_files(plan, writer, partial(render_last, pages=_list_pages(new, site.languages)))


def _divide(documents: Sequence[Document]) -> list[Sequence[Document]]:
    size = min(_CHUNK, 1 + len(documents) // _CHUNKS)
    return [documents[start : start + size] for start in range(0, len(documents), size)]


def _list_pages(manifest: Manifest, languages: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """List the pages of a site by path, sorted, each with the languages that it is in."""
    found = list_pages(manifest.files, languages)
    # What pages a document has is told by the suffixes of its files, which are the same for most of them.
    ends = Memo(partial(list_pages, languages=languages))
    for path, (_, suffixes) in manifest.documents.items():
        found += [(path + end, own) for end, own in ends[suffixes]]
    return sorted(found, key=itemgetter(0))


def _keep(render: Callable[[Site], Files]) -> Task:
    """Give the task of writing what a function renders."""
    return partial(_write_files, render=render)


def _write_files(plan: _Plan, writer: Folder, render: Callable[[Site], Files]) -> _Part:
    before = writer.written
    return _Part({}, {name: writer.keep(name, data) for name, data in render(plan.site)}, writer.written - before)


def _write_descriptions(plan: _Plan, writer: Folder, documents: Iterable[Document]) -> _Part:
    """Write the files of RDF of documents, which are told of when their pages are there."""
    before = writer.written
    for document in documents:
        for name, data in render_description(plan.site, document):
            writer.write(name, data)
    return _Part({}, {}, writer.written - before)


def _write_documents(plan: _Plan, writer: Folder, documents: Iterable[Document], render: Render) -> _Part:
    before, further = writer.written, dict[str, str]()
    made = {one.path: _write_document(plan, one, writer, further, render) for one in documents}
    return _Part(made, further, writer.written - before)


def _write_document(
    plan: _Plan, document: Document, writer: Folder, further: dict[str, str], render: Render
) -> tuple[str, ...]:
    """Write files of a document, and give the suffixes of all; its further pages are told of with their digests."""
    suffixes = {*SUFFIXES}
    for name, data in render(plan.things, document, plan.site.definers, plan.digests):
        if isinstance(data, Recipe):
            further[name] = writer.keep(name, data)
        else:
            writer.write(name, data)
            suffixes.add(name.removeprefix(document.path))
    return tuple(sorted(suffixes))
