"""A validation that keeps what it made of unchanged files finds what a fresh one finds, after any edits."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from migragraph.dataset import build
from migragraph.errors import MigragraphError
from migragraph.evidence.rereading import collect_quoted
from migragraph.inputs import Reader
from migragraph.layout import Layout, load_layout
from migragraph.lock import Lock, find_lock, render_lock
from migragraph.parsed import ParsedFiles
from migragraph.passages import Span
from migragraph.reading import read_quads
from migragraph.report import Report
from migragraph.validation import validate

PROJECT = Path(__file__).parent / "project"
TOKEN = re.compile(r'(?<= )(?:"[^"\n]*"(?:@\w+|\^\^\w+:\w+)?|(?!xsd:)[a-z]+:[\w-]+)(?= )')
HOWS = ("token", "token", "token", "token", "line", "twice", "copy", "remove", "undo", "undo")
NUMBERS = st.integers(0, 999)
STEPS = st.lists(st.tuples(st.sampled_from(HOWS), NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5)


def list_texts(layout: Layout) -> list[Path]:
    rdf = (path for part in ("data", "ontology", "shapes") for path in layout.files(part))
    return [*rdf, layout.root / "queries" / "events.rq"]


def write_lock(layout: Layout) -> None:
    """Write a lock, so that passages are described by two files."""
    quoted = collect_quoted(build(layout).index)
    spans = {passage: Span(place, place + 5) for place, passage in enumerate(quoted.passages)}
    sources = {passage: quotation.source for passage, quotation in quoted.passages.items()}
    hashes = dict.fromkeys(sources.values(), "a" * 64)
    find_lock(layout).write_bytes(render_lock(Lock(hashes, spans), sources, layout.prefixes))


def edit(layout: Layout, how: str, first: int, second: int, third: int) -> None:
    """Change one file; what comes out may be anything."""
    paths = list_texts(layout)
    path, other = paths[first % len(paths)], paths[second % len(paths)]
    text, lines = path.read_text("utf-8"), path.read_text("utf-8").splitlines(keepends=True)
    tokens, others = list(TOKEN.finditer(text)), TOKEN.findall(other.read_text("utf-8"))
    if how == "token" and tokens and others:
        token = tokens[third % len(tokens)]
        path.write_text(text[: token.start()] + others[first % len(others)] + text[token.end() :], "utf-8")
    elif how == "line" and lines:
        del lines[third % len(lines)]
        path.write_text("".join(lines), "utf-8")
    elif how == "twice":
        path.write_text(text + "\n" + other.read_text("utf-8"), "utf-8")
    elif how == "copy" and path.suffix != ".rq":
        shutil.copy(path, path.with_stem(f"copy{third % 3}"))
    elif how == "remove" and path.suffix != ".rq" and path.name != "laws.ttl":
        path.unlink()
    elif how == "undo":
        shutil.copytree(PROJECT, layout.root, dirs_exist_ok=True)


def run(layout: Layout, read: Reader, *, stated_only: bool) -> Report | str:
    """Give the report, or how the validation fails."""
    try:
        return validate(layout, stated_only=stated_only, read=read)
    except MigragraphError as error:
        return f"{type(error).__name__}: {error}"


def test_any_edits_of_the_small_project() -> None:
    met: list[Report | str] = []

    @settings(deadline=None, derandomize=True, max_examples=60)
    @given(STEPS)
    def check(steps: Sequence[tuple[str, int, int, int]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            layout = load_layout(Path(shutil.copytree(PROJECT, Path(folder) / "project")))
            write_lock(layout)
            kept = ParsedFiles()
            for how, *numbers in (("nothing", 0, 0, 0), *steps):
                edit(layout, how, *numbers)
                for stated_only in (False, True):
                    met.append(run(layout, kept.read, stated_only=stated_only))
                    assert met[-1] == run(layout, read_quads, stated_only=stated_only)

    check()
    reports = [one for one in met if isinstance(one, Report)]
    rules = {finding.rule for report in reports for finding in report.findings}
    assert rules >= {"EventShape-startDate", "fact-supported", "lock-current", "prefix", "syntax", "undeclared-term"}
    assert any(report.is_whole for report in reports)
    assert len(reports) < len(met)
