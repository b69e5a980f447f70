"""Comparison: what a report shows when findings are known, are waived, or were there at an earlier revision."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from migragraph.baseline import Baseline, apply_baseline
from migragraph.conformance import validate_files
from migragraph.errors import CallError, MigragraphError
from migragraph.formats import SUFFIXES
from migragraph.layout import DESCRIPTION, Layout, load_layout
from migragraph.report import Report
from migragraph.report.fingerprints import split_findings, take_fingerprint, take_twin
from migragraph.revisions import Checkout, open_checkout
from migragraph.shacl import TIME_LIMIT
from migragraph.texts import find_folder

__all__ = ["Past", "compare_report", "validate_files_at", "validate_project_at"]

# What the checks of a project read: files of RDF, and queries.
_READ = {*SUFFIXES, ".rq"}


@dataclass(frozen=True)
class Past:
    """What a revision had: its report, and the folder that stood for the project, or for the working directory."""

    revision: str
    report: Report
    root: Path


def compare_report(
    report: Report,
    root: Path,
    *,
    baseline: Baseline | None = None,
    past: Past | None = None,
    today: datetime.date | None = None,
) -> Report:
    """Leave out of a report what a baseline knows or waives, and what a revision had beyond that baseline too.

    ``root`` is the folder of the project, or the working directory for files. Both sides are known by their
    ``fingerprints``, and counted: of three findings where two were, one is shown. What is said of the baseline itself
    is always shown. ``today`` is what waivers end by, by default the day it is.
    """
    root, today = root.resolve(), today or datetime.date.today()
    if baseline is not None:
        report = apply_baseline(report, baseline, root, today)
    if past is None:
        return report
    before = past.report if baseline is None else apply_baseline(past.report, baseline, past.root, today)
    keys = [take_fingerprint(finding, before.prefixes, past.root) for finding in before.findings]
    had = Counter(key for key in keys if key.check != "baseline")
    twins = Counter(take_twin(one, key, past.root) for one, key in zip(before.findings, keys, strict=True))
    left, taken = split_findings(report, root, had, twins)
    number = taken.total()
    noun = "finding that it had is" if number == 1 else "findings that it had are"
    return replace(
        report,
        findings=left,
        left_out={**report.left_out, "unchanged": number},
        notes=(*report.notes, f"Compared with {past.revision}: {number:,} {noun} left out."),
    )


def validate_project_at(
    layout: Layout,
    revision: str,
    *,
    only: Collection[str] | None = None,
    stated_only: bool = False,
    texts: Path | None = None,
    engine: str = "fast",
    time_limit: float = TIME_LIMIT,
) -> Past:
    """Validate a project as it was at a revision of its git repository; there the project may not have been yet.

    Texts that the repository does not hold are those of now. Raises CallError where there is no such revision, or the
    project could not be validated there.
    """
    root = layout.root.resolve()
    with open_checkout(root, revision) as checkout:
        checkout.write([root / DESCRIPTION])
        here = checkout.place(root)

        def run() -> Report:
            past = load_layout(here)
            _write_parts(checkout, root, past)
            folder = _find_texts(checkout, layout, past, texts)
            from migragraph.validation import validate

            if not past.files("data"):
                return Report(findings=())
            return validate(
                past, only=only, stated_only=stated_only, texts=folder, engine=engine, time_limit=time_limit
            )

        report = _run(checkout, run) if (here / DESCRIPTION).is_file() else Report(findings=())
        return Past(revision, report, here)


def _write_parts(checkout: Checkout, root: Path, past: Layout) -> None:
    """Write the folders of a project; git holds no empty folder, so one that is missing is made."""
    names = [name for part, name in past.folders.items() if part != "texts"]
    for name in names:
        if Path(name).is_absolute():
            raise checkout.refuse(f"the project names the folder {name}", "Name it relative to the project.")
    folders = [root / name for name in names]
    checkout.write(folders, lambda path: path.suffix in _READ)
    for folder in folders:
        checkout.place(folder).mkdir(parents=True, exist_ok=True)


def _find_texts(checkout: Checkout, layout: Layout, past: Layout, named: Path | None) -> Path | None:
    now = find_folder(layout, named)
    told = past.folders.get("texts")
    root = layout.root.resolve()
    if told is None or now is None or now.resolve() != (root / told).resolve():
        return now
    if not now.resolve().is_relative_to(checkout.top):
        return now
    checkout.write([root / told])
    then = checkout.place(root / told)
    return then if then.is_dir() else now


def validate_files_at(
    data: Sequence[Path],
    shapes: Sequence[Path],
    revision: str,
    *,
    engine: str = "fast",
    time_limit: float = TIME_LIMIT,
) -> Past:
    """Validate files as they were at a revision of the git repository around the working directory.

    A file that was not there yet has no findings, nor has any where no file of the shapes was there.
    """
    with open_checkout(Path.cwd(), revision) as checkout:
        checkout.write([*data, *shapes])
        there = [[place for place in map(checkout.place, paths) if place.is_file()] for paths in (data, shapes)]
        is_empty = not all(there)

        def run() -> Report:
            return validate_files(*there, engine=engine, time_limit=time_limit)

        report = Report(findings=()) if is_empty else _run(checkout, run)
        return Past(revision, report, checkout.place(Path.cwd()))


def _run(checkout: Checkout, run: Callable[[], Report]) -> Report:
    """Run a validation of a checkout; raise CallError, with the path in the repository, where it cannot be made."""
    try:
        return run()
    except MigragraphError as error:
        path = error.path and PurePosixPath(error.path)
        if path and path.is_relative_to(checkout.folder):
            path = path.relative_to(checkout.folder)
        raise CallError(
            error.message,
            path=f"{checkout.revision}:{path or ''}",
            line=error.line,
            column=error.column,
            advice=f"At that revision it cannot be checked, so nothing can be compared. {error.advice or ''}".strip(),
        ) from error
