"""The building of a site: its files rendered by two processes, and written into a folder where they changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from migragraph.dataset import Dataset
from migragraph.paths import page_path
from migragraph.report import Report as Findings
from migragraph.site.answers import LARGE
from migragraph.site.checking import check_site
from migragraph.site.digests import digest_documents
from migragraph.site.documents import Document
from migragraph.site.downloads import SUFFIXES
from migragraph.site.folder import Folder, list_files
from migragraph.site.manifest import MANIFEST, Manifest, read_manifest, render_manifest
from migragraph.site.rendering import SHARED, Files, render_checks, render_document, render_last
from migragraph.site.site import Site
from migragraph.site.thing import Things
from migragraph.workers import run_tasks

__all__ = ["Built", "build_site"]

PROCESSES = 2
_CHUNK = 50

Task = Sequence[Document] | Callable[[Site], Files]
Held = dict[str, tuple[str, tuple[str, ...]]]
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


def build_site(
    dataset: Dataset,
    folder: Path,
    report: Report | None = None,
    processes: int | None = None,
    validation: Callable[[], Findings] | None = None,
) -> Built:
    """Build the site of a dataset into a folder, by two processes unless told; what is as before is not made again.

    ``validation`` gives the report of the dataset's validation, where that is under way already.

    Raises ProjectError where two files would lie in one place, OutputError where the folder holds what is no site of
    ours, or cannot be written.
    """
    old, site = read_manifest(folder), Site(dataset, validation)
    check_site(site)
    digests = digest_documents(site)
    there = list_files(folder)
    held = _list_held(digests, old, there)
    changed = [one for one in site.documents.values() if one.path not in held]
    writer = Folder(folder, {name: digest for name, digest in old.files.items() if name in there})
    writer.write(MANIFEST, render_manifest(_doubt(old, held, changed, site.languages)))
    things = Things(site)
    work = partial(_work, things, writer, site.definers)
    new = Manifest(dict(held), {})
    written = 0
    for part in _do_all(things, changed, work, new, processes or min(PROCESSES, os.cpu_count() or 1)):
        new.documents.update((path, (digests[path], suffixes)) for path, suffixes in part.documents.items())
        new.files.update(part.files)
        written += part.written
        if report is not None:
            report(len(new.documents) - len(held), len(changed))
    names = {*new.list_files()}
    deleted = writer.delete(sorted({*old.list_files()} - names))
    writer.write(MANIFEST, render_manifest(new))
    return Built(len(names), written, deleted)


def _list_held(digests: Mapping[str, str], old: Manifest, there: set[str]) -> Held:
    """List the documents whose files are there, made from what they would be made from now."""
    return {
        path: (digest, suffixes)
        for path, (digest, suffixes) in old.documents.items()
        if digest == digests.get(path) and all(path + suffix in there for suffix in suffixes)
    }


def _doubt(old: Manifest, held: Held, changed: Iterable[Document], languages: Sequence[str]) -> Manifest:
    """Give the manifest while the build goes on: it names all files that may be there, and vouches for those held."""
    suffixes = (*(page_path("", language, languages) for language in languages), *SUFFIXES)
    listed = {one.path: ("", suffixes) for one in changed}
    before = {path: ("", suffixes) for path, (_, suffixes) in old.documents.items()}
    return Manifest({**listed, **before, **held}, dict.fromkeys(old.files, ""))


def _do_all(
    things: Things, changed: Sequence[Document], work: Callable[[Task], _Part], made: Manifest, processes: int
) -> Iterator[_Part]:
    """Do all tasks, those last that need to know which pages there are: ``made`` tells it then."""
    if changed:
        # What all processes share is made for the first document, before there are any.
        list(render_document(things, changed[0]))
    chunks = [changed[start : start + _CHUNK] for start in range(0, len(changed), _CHUNK)]
    tasks: list[Task] = [*SHARED, *chunks]
    # What is asked of the whole of a large graph takes much memory: no two of these at once.
    is_large = len(things.site.dataset.asserted) > LARGE
    yield from run_tasks(tasks, work, processes, alone=len(SHARED) if is_large else 0)
    yield work(render_checks)
    pages = sorted(name for name in made.list_files() if name.endswith(".html"))
    last: list[Task] = [partial(render_last, pages=pages)]
    yield from run_tasks(last, work, processes)


def _work(things: Things, writer: Folder, definers: Container[str], task: Task) -> _Part:
    before = writer.written
    if callable(task):
        listed = {name: writer.keep(name, data) for name, data in task(things.site)}
        return _Part({}, listed, writer.written - before)
    documents = {one.path: _write_document(things, one, writer, definers) for one in task}
    return _Part(documents, {}, writer.written - before)


def _write_document(things: Things, document: Document, writer: Folder, definers: Container[str]) -> tuple[str, ...]:
    suffixes = []
    for name, data in render_document(things, document, definers):
        writer.write(name, data)
        suffixes.append(name.removeprefix(document.path))
    return tuple(sorted(suffixes))
