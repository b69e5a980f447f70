#!/usr/bin/env python3
"""Time the building of a site, the first time and again after one change, with the memory of all its processes.

Usage: python benchmarks/site.py [OBSERVATIONS]

It prints a table for the bundled graph and for a project of so many made-up observations (100,000; see
benchmarks/observations.py), each built as a whole process: by the clock, in seconds of the processor, the most memory
of all processes together (what they share counted once; on Linux), the files and their size. Each is built twice, into
two folders, which are to hold the same bytes; then once more after the label of one thing has changed. The cache is
empty at first, as after an installation, so that the first build also compiles templates and rules.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import compile_package
from benchmarks.observations import write_observations

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = str(Path(sys.executable).with_name("migragraph"))
OBSERVATIONS = 100_000
PAUSE = 0.5
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Run(NamedTuple):
    """What a build took: seconds by the clock and of the processor, the most memory in MB, and what it said."""

    clock: float
    processor: float
    memory: float
    told: str


def main() -> None:
    """Print the table."""
    observations = int(sys.argv[1]) if len(sys.argv) > 1 else OBSERVATIONS
    compile_package()
    print(f"{'what':44} {'clock s':>8} {'processor s':>11} {'memory MB':>9}  files")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bundled = folder / "bundled"
        for part in ("data", "ontology", "shapes", "queries"):
            shutil.copytree(ROOT / part, bundled / part)
        shutil.copy(ROOT / "migragraph.toml", bundled)
        _measure("the bundled graph, with an empty cache", bundled, folder, _change_bundled)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_observations(folder / "project", observations)
        _measure(f"{observations:,} observations, with an empty cache", folder / "project", folder, _change_observation)


def _change_bundled(project: Path) -> None:
    _replace(project / "data" / "places.ttl", 'rdfs:label "Hanoi"@en', 'rdfs:label "Ha Noi"@en')


def _change_observation(project: Path) -> None:
    _replace(project / "data" / "observations-0000.ttl", '"Figure 1 of place', '"Figure no. 1 of place')


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _measure(what: str, project: Path, folder: Path, change: Callable[[Path], None]) -> None:
    os.environ["MIGRAGRAPH_CACHE"] = str(folder / "cache")
    _print(what, _build(project, folder / "one"))
    _print("  again", _build(project, folder / "two"))
    same = _is_same(filecmp.dircmp(folder / "one", folder / "two", ignore=[], hide=[]))
    shutil.rmtree(folder / "two")
    print(f"  the two have {'the same bytes' if same else 'DIFFERENT BYTES'}")
    change(project)
    _print("  after one change", _build(project, folder / "one"))


def _print(what: str, run: Run) -> None:
    print(f"{what:44} {run.clock:>8.1f} {run.processor:>11.1f} {run.memory:>9.0f}  {run.told}", flush=True)


def _is_same(pair: filecmp.dircmp[str]) -> bool:
    _, wrong, failed = filecmp.cmpfiles(pair.left, pair.right, pair.common_files, shallow=False)
    alone = [*pair.left_only, *pair.right_only, *pair.common_funny]
    return not (wrong or failed or alone) and all(_is_same(inner) for inner in pair.subdirs.values())


def _build(project: Path, site: Path) -> Run:
    before, start, most = os.times(), time.perf_counter(), 0
    command = [SCRIPT, "build", "-o", str(site), "--project", str(project)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most = max(most, sum(map(_read_memory, _list_processes(process.pid))))
            # The end is not waited for longer than it takes.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PAUSE)
        clock = time.perf_counter() - start
        told = process.stderr.read() if process.stderr else ""
    after = os.times()
    assert process.returncode == 0, told
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(clock, processor, most / 1024, told.partition("\n")[0].replace(f" in {site}", ""))


def _list_processes(process: int) -> Iterator[int]:
    """List a process and those that it started, as far as Linux tells."""
    yield process
    with contextlib.suppress(OSError):
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _list_processes(int(child))


def _read_memory(process: int) -> int:
    """Read the memory of a process in KiB, what it shares with others in its share; 0 where it is gone."""
    with contextlib.suppress(OSError):
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text())
        return int(found[1]) if found else 0
    return 0


if __name__ == "__main__":
    main()
