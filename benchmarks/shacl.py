#!/usr/bin/env python3
"""Time SHACL on cubes of made-up statistics: our engine, pyshacl, and the bare time of parsing.

Usage: python benchmarks/shacl.py [OBSERVATIONS] [RUNS]

Prints the medians of RUNS (3) runs over OBSERVATIONS (10,000), of which one in a hundred has a fault. Whole processes
from a cold start, the lines of the findings included; then, inside one process, parsing, numbering the terms, and
validation proper. Beside the wall time stands the time that the processors worked, which other work on the machine
does not lengthen.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.cube import write_cube

FOLDER = Path(__file__).parent / "shapes"
COMMAND = str(Path(sys.executable).with_name("migragraph"))
SHAPES = {"Core": ["core.ttl"], "Core and SPARQL rules": ["core.ttl", "rules.ttl"]}
# pyshacl asks each rule anew for each node: it does not finish 10,000 observations in five minutes.
MOST_FOR_RULES = 1_000
PARSE = "import sys, pyoxigraph; sum(1 for _ in pyoxigraph.parse(path=sys.argv[1]))"


class Times(NamedTuple):
    """Hold the seconds on the clock, and those that the processors worked."""

    wall: float
    processor: float


def main() -> None:
    """Print the tables."""
    numbers = [int(word) for word in sys.argv[1:]]
    observations, runs = (*numbers, 10_000, 3)[0], (*numbers[1:], 3)[0]
    with tempfile.TemporaryDirectory() as folder:
        for faults in (0.01, 0.0):
            data = Path(folder) / f"cube-{faults}.ttl"
            triples = write_cube(data, observations, faults)
            print(f"\n{observations:,} observations, {triples:,} triples, faults in {faults:.0%}")
            _print_processes(data, observations, runs)
        _print_steps(data, runs)


def _print_processes(data: Path, observations: int, runs: int) -> None:
    print(f"{'whole process':<40} {'median s':>9} {'CPU s':>9}")
    _print("bare parse (pyoxigraph)", _median(runs, lambda: _run([sys.executable, "-c", PARSE, str(data)])))
    for engine in ("fast", "pyshacl"):
        for name, files in SHAPES.items():
            if engine == "fast" or len(files) == 1 or observations <= MOST_FOR_RULES:
                command = [COMMAND, "validate", str(data), "--engine", engine]
                command += [word for file in files for word in ("--shapes", str(FOLDER / file))]
                repeats = runs if engine == "fast" else 1
                _print(f"{engine}, {name}", _median(repeats, partial(_run, command)))


def _print_steps(data: Path, runs: int) -> None:
    from pyoxigraph import parse

    from migragraph.shacl.fast import run_fast
    from migragraph.shacl.fast.columns import Columns
    from migragraph.shacl.fast.terms import Terms
    from migragraph.shacl.shapes import index_shapes

    triples = tuple(quad.triple for quad in parse(path=data))
    print(f"\n{'inside one process':<40} {'median s':>9} {'CPU s':>9}")
    parsing = _median(runs, lambda: _time(lambda: sum(1 for _ in parse(path=data))))
    numbering = _median(runs, lambda: _time(lambda: Columns(Terms(), triples)))
    _print("parsing", parsing)
    _print("numbering the terms", numbering)
    for name, files in SHAPES.items():
        shapes = tuple(quad.triple for file in files for quad in parse(path=FOLDER / file))
        work = partial(run_fast, triples, shapes, index_shapes(shapes), time_limit=3600)
        whole = _median(runs, partial(_time, work))
        proper = Times(whole.wall - numbering.wall, whole.processor - numbering.processor)
        _print(f"validation proper, {name}", proper, f"{proper.processor / parsing.processor:.0%} of parsing")


def _print(name: str, times: Times, more: str = "") -> None:
    print(f"{name:<40} {times.wall:>9.3f} {times.processor:>9.3f}  {more}".rstrip())


def _median(runs: int, measure: Callable[[], Times]) -> Times:
    return Times(*map(statistics.median, zip(*(measure() for _ in range(runs)), strict=True)))


def _run(command: Sequence[str]) -> Times:
    return _time(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))


def _time(work: Callable[[], object]) -> Times:
    start, before = time.perf_counter(), _work()
    work()
    return Times(time.perf_counter() - start, _work() - before)


def _work() -> float:
    """Give the seconds that this process and those that it ran have worked."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


if __name__ == "__main__":
    main()
