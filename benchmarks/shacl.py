#!/usr/bin/env python3
"""Time SHACL on cubes of made-up statistics: our engine, the pyshacl command, and the bare time of parsing.

Usage: python benchmarks/shacl.py [--big] [RUNS]

Prints the medians of RUNS (3) runs of whole processes from a cold start, the lines of the findings included: 10,000
observations without faults, with a fault in one of a thousand, and of a hundred; with --big 1,000,000 as well. A ratio
is that of wall times within this run, to parsing the same file with pyoxigraph; beside it stand the seconds that the
processors worked, which other work on the machine does not lengthen, and the memory of the largest process. Last, in
one process, stand numbering, and validation proper.
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

from benchmarks import compile_package
from benchmarks.cube import write_cube

FOLDER = Path(__file__).parent / "shapes"
VALIDATE = [sys.executable, "-m", "migragraph", "validate"]
PYSHACL = [sys.executable, "-m", "pyshacl"]
SHAPES = {
    "Core": ["core.ttl"],
    "Core and SPARQL rules": ["core.ttl", "rules.ttl"],
    "Core and a rule outside the fragment": ["core.ttl", "outside.ttl"],
}
# pyshacl asks each rule anew for each node: it does not finish 10,000 observations in five minutes.
FEWEST = 300
PARSE = "import sys, pyoxigraph; sum(1 for _ in pyoxigraph.parse(path=sys.argv[1]))"


class Cost(NamedTuple):
    """Hold the seconds on the clock, those that the processors worked, and the most memory of a process, in MB."""

    wall: float
    processor: float
    memory: float


def main() -> None:
    """Print the tables."""
    numbers = [int(word) for word in sys.argv[1:] if word != "--big"]
    runs = (*numbers, 3)[0]
    compile_package()
    with tempfile.TemporaryDirectory() as folder:
        for faults in (0.0, 0.001, 0.01):
            _print_processes(Path(folder) / "cube.ttl", 10_000, faults, runs, peer=faults == 0.0)
        _print_processes(Path(folder) / "small.ttl", FEWEST, 0.0, runs, peer=True)
        _print_steps(Path(folder) / "cube.ttl", runs)
        for suffix in (".ttl", ".nt") if "--big" in sys.argv else ():
            for faults in (0.0, 0.001):
                _print_processes(Path(folder) / f"cube{suffix}", 1_000_000, faults, runs, peer=False)
            (Path(folder) / f"cube{suffix}").unlink()


def _print_processes(data: Path, observations: int, faults: float, runs: int, *, peer: bool) -> None:
    triples = write_cube(data, observations, faults)
    print(f"\n{observations:,} observations, {triples:,} triples, {data.suffix}, faults in {faults:.1%}")
    print(f"{'whole process':<46} {'median s':>9} {'CPU s':>9} {'MB':>6} {'ratio':>6}")
    bare = _print("bare parse (pyoxigraph)", runs, [sys.executable, "-c", PARSE, str(data)])
    for name, files in SHAPES.items():
        if observations > 10_000 and "outside.ttl" in files:
            continue
        command = [*VALIDATE, str(data), *(word for file in files for word in ("--shapes", str(FOLDER / file)))]
        own = _print(name, runs, command, bare)
        if peer and (files == ["core.ttl"] or observations == FEWEST):
            shapes = data.with_name("shapes.ttl")
            shapes.write_text("".join((FOLDER / file).read_text("utf-8") for file in files), "utf-8")
            other = _print(f"pyshacl, {name}", runs, [*PYSHACL, "-s", str(shapes), str(data)], bare)
            print(f"{'':<46} {other.wall / own.wall:>9.1f} times as long")


def _print(name: str, runs: int, command: Sequence[str], bare: Cost | None = None) -> Cost:
    cost = _median(runs, partial(_run, command))
    ratio = "" if bare is None else f"{cost.wall / bare.wall:>6.2f}"
    print(f"{name:<46} {cost.wall:>9.3f} {cost.processor:>9.3f} {cost.memory:>6.0f} {ratio}".rstrip(), flush=True)
    return cost


def _print_steps(data: Path, runs: int) -> None:
    from pyoxigraph import parse

    from migragraph.lines import Lines
    from migragraph.shacl.fast import number_files, run_fast
    from migragraph.shacl.shapes import index_shapes

    parsing = _median(runs, lambda: _time(lambda: sum(1 for _ in parse(path=data))))
    print(f"\n{'inside one process':<46} {'median s':>9} {'CPU s':>9}")
    print(f"{'parsing':<46} {parsing.wall:>9.3f} {parsing.processor:>9.3f}")
    for name, files in list(SHAPES.items())[:2]:
        shapes = tuple(quad.triple for file in files for quad in parse(path=FOLDER / file))
        costs = []
        for _ in range(runs):
            graph, _errors = number_files([Lines(data)])
            costs.append(_time(partial(run_fast, graph, shapes, index_shapes(shapes), time_limit=3600)))
        proper = Cost(*map(statistics.median, zip(*costs, strict=True)))
        share = proper.processor / parsing.processor
        print(
            f"{f'validation proper, {name}':<46} {proper.wall:>9.3f} {proper.processor:>9.3f}  {share:.0%} of parsing"
        )


def _median(runs: int, measure: Callable[[], Cost]) -> Cost:
    return Cost(*map(statistics.median, zip(*(measure() for _ in range(runs)), strict=True)))


def _run(command: Sequence[str]) -> Cost:
    """Run a command; of its own children it waits for, as ours does, the time counts too."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{' '.join(command)} exits with {process.returncode}.")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _time(work: Callable[[], object]) -> Cost:
    start, before = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - start, time.process_time() - before, 0)


if __name__ == "__main__":
    main()
