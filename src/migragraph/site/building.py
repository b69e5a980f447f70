"""The building of a site: its files rendered by two processes, and written into a folder where they changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.errors import ProjectError
from migragraph.paths import find_collisions, page_path
from migragraph.site.asking import render_scripts
from migragraph.site.browser import render_browser_data
from migragraph.site.browsing import render_classes
from migragraph.site.catalog import RESERVED, render_catalog, render_map
from migragraph.site.defining import list_definers, render_definers
from migragraph.site.digests import digest_documents
from migragraph.site.documents import Document
from migragraph.site.downloads import SUFFIXES
from migragraph.site.folder import Folder, list_files
from migragraph.site.manifest import MANIFEST, Manifest, read_manifest, render_manifest
from migragraph.site.models import fill
from migragraph.site.servers import render_servers
from migragraph.site.site import Site
from migragraph.site.statistics import render_tables
from migragraph.site.thing import render_thing
from migragraph.workers import run_tasks

__all__ = ["Built", "build_site", "render_static"]

PROCESSES = 2
_CHUNK = 50

Files = Iterator[tuple[str, bytes]]
Task = Sequence[Document] | Callable[[Site], Files]
Report = Callable[[int, int], None]
"""What is told, again and again, how many documents are done, and of how many."""


class Built(NamedTuple):
    """How many files a site has, and how many of them were written and how many deleted by this build."""

    files: int
    written: int
    deleted: int


def build_site(dataset: Dataset, folder: Path, report: Report | None = None, processes: int | None = None) -> Built:
    """Build the site of a dataset into a folder, by one or two processes; what is as before is not made again.

    Raises OutputError where the folder holds what is no site of ours, or cannot be written.
    """
    old = read_manifest(folder)
    site = Site(dataset)
    _check_paths(site)
    documents = list(site.documents.values())
    digests = digest_documents(site, documents)
    there = list_files(folder)
    kept, changed = _compare(documents, digests, old, there)
    writer = Folder(folder, {name: digest for name, digest in old.files.items() if name in there})
    writer.write(MANIFEST, render_manifest(_doubt(old, kept, changed, site.languages)))
    done = _Done(dict(kept), {}, 0)
    if processes is None:
        processes = min(PROCESSES, os.cpu_count() or 1)
    for number, part in _render(site, changed, writer, processes):
        done = done.add(part, digests)
        if report is not None:
            report(number, len(changed))
    pages = sorted(name for name in Manifest(done.documents, done.files).list_files() if name.endswith(".html"))
    before = writer.written
    last = {name: writer.keep(name, data) for name, data in _render_last(site, pages)}
    done = done.add(_Part({}, last, writer.written - before), digests)
    new = Manifest(done.documents, done.files)
    listed = set(new.list_files())
    deleted = writer.delete(sorted({*old.list_files()} - listed))
    writer.write(MANIFEST, render_manifest(new))
    return Built(len(listed), done.written, deleted)


def _check_paths(site: Site) -> None:
    """Raise ProjectError where a document would lie in the file of a view, or of what hosts and crawlers look for."""
    views = [view.path for view in site.views]
    for paths in find_collisions([*(one.path for one in site.documents.values()), *views, *RESERVED]):
        names = [iri for iri, document in site.documents.items() if document.path in paths] or [f"the view {paths[0]}"]
        raise ProjectError(f"{names[0]} would lie in a file that the site keeps for another page.", advice="Rename it.")


class _Part(NamedTuple):
    """What a task has made: the suffixes of the files of documents, by their paths; other files, with their digests."""

    documents: Mapping[str, tuple[str, ...]]
    files: Mapping[str, str]
    written: int


@dataclass(frozen=True)
class _Done:
    documents: dict[str, tuple[str, tuple[str, ...]]]
    files: dict[str, str]
    written: int

    def add(self, part: _Part, digests: Mapping[str, str]) -> _Done:
        self.documents.update((path, (digests[path], suffixes)) for path, suffixes in part.documents.items())
        self.files.update(part.files)
        return _Done(self.documents, self.files, self.written + part.written)


def _compare(
    documents: Sequence[Document], digests: Mapping[str, str], old: Manifest, there: set[str]
) -> tuple[dict[str, tuple[str, tuple[str, ...]]], list[Document]]:
    """Give the documents whose files are there as they would be made, and the others."""
    kept: dict[str, tuple[str, tuple[str, ...]]] = {}
    changed: list[Document] = []
    for one in documents:
        digest, suffixes = old.documents.get(one.path, ("", ()))
        if digest == digests[one.path] and all(one.path + suffix in there for suffix in suffixes):
            kept[one.path] = digest, suffixes
        else:
            changed.append(one)
    return kept, changed


def _doubt(
    old: Manifest,
    kept: Mapping[str, tuple[str, tuple[str, ...]]],
    changed: Sequence[Document],
    languages: Sequence[str],
) -> Manifest:
    """Give the manifest while the build goes on: it names all files that may be there, and vouches for those kept."""
    usual = tuple(_list_suffixes(languages))
    listed = {one.path: ("", usual) for one in changed}
    before = {path: ("", suffixes) for path, (_, suffixes) in old.documents.items()}
    return Manifest({**listed, **before, **kept}, dict.fromkeys(old.files, ""))


def _render(site: Site, changed: Sequence[Document], writer: Folder, processes: int) -> Iterator[tuple[int, _Part]]:
    """Do all tasks, and give for each how many documents are done with it, and what it has made."""
    definers = list_definers(site)
    chunks = [changed[start : start + _CHUNK] for start in range(0, len(changed), _CHUNK)]

    tasks: list[Task] = [*_TASKS, *chunks]

    def work(task: Task) -> tuple[int, _Part]:
        before = writer.written
        if callable(task):
            listed = {name: writer.keep(name, data) for name, data in task(site)}
            return 0, _Part({}, listed, writer.written - before)
        suffixes = {one.path: _write_document(site, one, writer, one.iri not in definers) for one in task}
        return len(task), _Part(suffixes, {}, writer.written - before)

    if changed:
        # What all processes share is made by the first document, before there are any.
        list(_render_document(site, changed[0], changed[0].iri not in definers))
    number = 0
    for count, part in run_tasks(tasks, work, processes):
        number += count
        yield number, part


def _write_document(site: Site, document: Document, writer: Folder, has_page: bool) -> tuple[str, ...]:
    suffixes = []
    for name, data in _render_document(site, document, has_page):
        writer.write(name, data)
        suffixes.append(name.removeprefix(document.path))
    return tuple(sorted(suffixes))


def _render_document(site: Site, document: Document, has_page: bool) -> Files:
    """Render the page of a document in each language, unless it is rendered elsewhere, and its files of RDF."""
    for language in site.languages if has_page else ():
        yield render_thing(site, document, language)
    for suffix, data in site.downloads.render(site.descriptions.describe(NamedNode(document.iri))).items():
        yield document.path + suffix, data


def _render_views(site: Site) -> Files:
    """Render what is asked of the store, then let it go: it takes as much memory as all the rest."""
    for view in site.views:
        for language in site.languages:
            page = site.page(view.path, language)
            yield page.file, site.render(view.template, page, view=view, **fill(site, view, page))
    yield from render_scripts(site)
    site.close_store()


def _render_last(site: Site, pages: Sequence[str]) -> Files:
    """Render what lists all pages: the sitemap, and the configuration of servers."""
    yield from render_map(site, pages)
    yield from render_servers(site, pages)


def render_static(site: Site) -> Files:
    """Render the files that are the same in every site, those of the project instead of ours of the same name."""
    own = {path.name: path.read_bytes() for path in sorted(Path(str(files(__package__).joinpath("static"))).iterdir())}
    if site.settings.static:
        paths = (path for path in site.settings.static.rglob("*") if path.is_file())
        own |= {path.relative_to(site.settings.static).as_posix(): path.read_bytes() for path in paths}
    for name, data in sorted(own.items()):
        yield f"assets/{name}", data


def _list_suffixes(languages: Sequence[str]) -> Iterator[str]:
    yield from (page_path("", language, languages) for language in languages)
    yield from SUFFIXES


_TASKS: Sequence[Callable[[Site], Files]] = (
    _render_views,
    render_catalog,
    render_definers,
    render_browser_data,
    render_classes,
    render_static,
    render_tables,
)
"""What renders the files that belong to no one document: always, since they may depend on all."""
