"""Validated: the report of a project, made beside other work, and kept while what it was made from stays as it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from migragraph.cache import cache_key, find_cached, keep_cached
from migragraph.errors import MigragraphError
from migragraph.forking import do_apart
from migragraph.layout import DESCRIPTION, Layout
from migragraph.report import Finding, Hint, Report, Severity
from migragraph.texts import find_folder
from migragraph.validation import validate

__all__ = ["keep_report", "validate_beside"]

_MOST_BYTES = 20_000_000
_REPORT = "report.json"
_PLAIN = ("conforms", "checked", "triples", "files", "checks", "notes", "is_whole")


def validate_beside(layout: Layout) -> AbstractContextManager[Callable[[], Report]]:
    """Begin every check of a project in a copy of this process, and give what waits for the report inside the block.

    The report of the same files, by the same program, is taken from the cache: all of it but the graph of SHACL.
    A large project is validated where its report is asked for, since it may not be: the copy would be in vain.
    """
    name = _name(layout)
    kept = find_cached(name) if name else None
    if kept is not None:
        report = _read((kept / _REPORT).read_text(encoding="utf-8"), layout)
        return nullcontext(lambda: report)

    def check() -> Report:
        # Nothing is left out, and a read-only mapping that says so could not be handed from process to process.
        report = replace(validate(layout, alone=True), left_out={})
        # A file may have changed since its hash was taken, and then the name is another's.
        if name and _name(layout) == name:
            keep_cached(name, lambda folder: _write(report, folder))
        return report

    return do_apart(check, is_worthwhile=bool(name))


def keep_report(layout: Layout, make: Callable[[], Report]) -> Report:
    """Give the report of every check of a project, which ``make`` makes, and keep it for ``validate_beside``."""
    before = _stamp(layout)
    # The other processor has nothing else to do while the files are parsed.
    with do_apart(lambda: _name(layout)) as tell:
        report = make()
        name = tell()
    if before and name and find_cached(name) is None and _stamp(layout) == before:
        keep_cached(name, lambda folder: _write(report, folder))
    return report


def _stamp(layout: Layout) -> dict[Path, tuple[int, ...]]:
    """Give what tells that a file has changed without reading it, for each file; nothing of a broken project."""
    try:
        found = {path: path.stat() for path in _list_files(layout)}
    except (MigragraphError, OSError):
        return {}
    return {path: (one.st_mtime_ns, one.st_ctime_ns, one.st_size, one.st_ino) for path, one in found.items()}


def _name(layout: Layout) -> str:
    """Name the report of a project by a hash of all that its validation reads; a large, or a broken one, has none."""
    try:
        files = list(dict.fromkeys(_list_files(layout)))
        if sum(path.stat().st_size for path in files) > _MOST_BYTES:
            return ""
        return f"report-{cache_key(files, 'report', str(layout.root), sys.version)}"
    except (MigragraphError, OSError):
        # What is wrong with it is said where its report is asked for.
        return ""


def _list_files(layout: Layout) -> Iterator[Path]:
    yield layout.root / DESCRIPTION
    for part in ("ontology", "data", "shapes"):
        yield from layout.files(part)
    yield from sorted((layout.root / layout.folders["queries"]).rglob("*.rq"))
    if folder := find_folder(layout):
        named = (folder / name for name in layout.texts.values())
        yield from (path for path in (*sorted(folder.iterdir()), *named) if path.is_file())


def _write(report: Report, folder: Path) -> None:
    document = {
        "findings": [_describe(one) for one in report.findings],
        "hints": [_describe(one) for one in report.hints],
        "completed": sorted(report.completed),
        **{name: getattr(report, name) for name in _PLAIN},
    }
    (folder / _REPORT).write_text(json.dumps(document), encoding="utf-8")


def _describe(one: Finding | Hint) -> dict[str, Any]:
    plain = {"file": one.file and str(one.file)}
    return {**vars(one), **plain, **({"severity": one.severity.value} if isinstance(one, Finding) else {})}


def _read(text: str, layout: Layout) -> Report:
    document = json.loads(text)
    return Report(
        **{
            **document,
            "findings": tuple(
                Finding(**{**_place(one), "severity": Severity(one["severity"])}) for one in document["findings"]
            ),
            "hints": tuple(Hint(**_place(one)) for one in document["hints"]),
            "checks": tuple(document["checks"]),
            "notes": tuple(document["notes"]),
            "completed": frozenset(document["completed"]),
            "prefixes": layout.prefixes,
        }
    )


def _place(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "file": one["file"] and Path(one["file"])}
