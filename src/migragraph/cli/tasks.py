"""What `validate` is to check, against what, and which files that takes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from migragraph.errors import CallError

if TYPE_CHECKING:
    from migragraph.comparison import Past
    from migragraph.layout import Layout
    from migragraph.reading import ParsedFile
    from migragraph.report import Report

__all__ = ["Subject", "Task", "list_project"]


@dataclass(frozen=True)
class Subject:
    """Hold what is checked: DATA files with shapes, or else a project, found once, with some of its checks."""

    data: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    layout: Layout | None = None
    only: tuple[str, ...] = ()
    texts: Path | None = None
    stated_only: bool = False
    engine: str = "fast"
    time_limit: float = 60

    @property
    def root(self) -> Path:
        """Give the folder that the findings' names are relative to."""
        return self.layout.root if self.layout else Path.cwd()

    def run(self, read: Callable[..., ParsedFile] | None, *, alone: bool = False) -> Report:
        """Check it as it is now, the description of the project included; ``alone`` is for ``validate``."""
        if self.layout is None:
            from migragraph.conformance import validate_files

            return validate_files(self.data, self.shapes, engine=self.engine, time_limit=self.time_limit, read=read)
        from migragraph.layout import load_layout
        from migragraph.reading import read_quads
        from migragraph.validated import keep_report
        from migragraph.validation import validate

        layout = load_layout(self.layout.root)
        make = partial(
            validate,
            layout,
            only=self.only or None,
            stated_only=self.stated_only,
            texts=self.texts,
            engine=self.engine,
            time_limit=self.time_limit,
            read=read or read_quads,
            alone=alone,
        )
        is_usual = self == Subject(layout=self.layout)
        return keep_report(layout, make) if is_usual else make()

    def run_at(self, revision: str) -> Past:
        """Check it as it was at a revision."""
        from migragraph.comparison import validate_files_at, validate_project_at

        if self.layout is None:
            return validate_files_at(self.data, self.shapes, revision, engine=self.engine, time_limit=self.time_limit)
        return validate_project_at(
            self.layout,
            revision,
            only=self.only or None,
            stated_only=self.stated_only,
            texts=self.texts,
            engine=self.engine,
            time_limit=self.time_limit,
        )

    def list_files(self) -> Iterator[Path]:
        """Give the files that a check reads, those of a project as it was described at first."""
        yield from (*self.data, *self.shapes)
        if self.layout is not None:
            yield from list_project(self.layout, self.texts)


@dataclass(frozen=True)
class Task:
    """Hold a subject, and what its findings are held against: a baseline's file, an earlier revision."""

    subject: Subject
    baseline: Path | None = None
    since: str | None = None

    @cached_property
    def past(self) -> Past | None:
        """Give what the earlier revision had, checked once."""
        return None if self.since is None else self.subject.run_at(self.since)

    def run(self, read: Callable[..., ParsedFile] | None = None, *, alone: bool = False) -> Report:
        """Check the subject, and leave out what is known, waived or unchanged."""
        if self.baseline is None and self.since is None:
            return self.subject.run(read, alone=alone)

        from migragraph.baseline import read_baseline
        from migragraph.comparison import compare_report

        baseline = None if self.baseline is None else read_baseline(self.baseline)
        report = self.subject.run(read, alone=alone)
        return compare_report(report, self.subject.root, baseline=baseline, past=self.past)

    def write_baseline(self) -> Report:
        """Check the subject and write what is found into the baseline; give the report that is left."""
        from migragraph.baseline import update_baseline
        from migragraph.comparison import compare_report

        if self.baseline is None or self.since is not None:
            raise CallError(
                "--write-baseline goes with --baseline FILE, and not with --changed-since.", advice="Name the file."
            )
        report = self.subject.run(None)
        baseline = update_baseline(self.baseline, report, self.subject.root, datetime.date.today())
        return compare_report(report, self.subject.root, baseline=baseline)

    def list_files(self) -> Iterator[Path]:
        """Give the files whose change may change the report."""
        yield from self.subject.list_files()
        if self.baseline is not None:
            yield self.baseline


def list_project(layout: Layout, texts: Path | None = None) -> Iterator[Path]:
    """Give the files of a project whose change may change what is said of it."""
    from migragraph.layout import DESCRIPTION, FOLDERS, load_layout
    from migragraph.texts import find_folder

    yield layout.root / DESCRIPTION
    try:
        layout = load_layout(layout.root)
        folder = find_folder(layout, texts)
    except CallError:
        # It is broken for now: its folders are where they were.
        folder = None
    for part in FOLDERS:
        yield from (layout.root / layout.folders[part]).rglob("*.*")
    if folder is not None:
        yield from folder.iterdir()
