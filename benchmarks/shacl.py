#!/usr/bin/env python3
"""Time SHACL on cubes of made-up statistics: our engine, pyshacl, and the bare time of parsing.

Usage: python benchmarks/shacl.py [OBSERVATIONS] [RUNS]

Prints the medians of RUNS (3) runs over OBSERVATIONS (10,000), of which one in a hundred has a fault. Whole processes
from a cold start, the lines of the findings included; then, inside one process, parsing, numbering the terms, and
validation proper.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.cube import write_cube

FOLDER = Path(__file__).parent / "shapes"
COMMAND = str(Path(sys.executable).with_name("migragraph"))
SHAPES = {"Core": ["core.ttl"], "Core and SPARQL rules": ["core.ttl", "rules.ttl"]}
# pyshacl asks each rule anew for each node: it does not finish 10,000 observations in five minutes.
MOST_FOR_RULES = 1_000
PARSE = "import sys, pyoxigraph; sum(1 for _ in pyoxigraph.parse(path=sys.argv[1]))"


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
    print(f"{'whole process':<40} {'median s':>9}")
    bare = _median(runs, lambda: _run([sys.executable, "-c", PARSE, str(data)]))
    print(f"{'bare parse (pyoxigraph)':<40} {bare:>9.2f}")
    for engine in ("fast", "pyshacl"):
        for name, files in SHAPES.items():
            if engine == "fast" or len(files) == 1 or observations <= MOST_FOR_RULES:
                command = [COMMAND, "validate", str(data), "--engine", engine]
                command += [word for file in files for word in ("--shapes", str(FOLDER / file))]
                seconds = _median(runs if engine == "fast" else 1, lambda command=command: _run(command))  # type: ignore[misc]
                print(f"{f'{engine}, {name}':<40} {seconds:>9.2f}")


def _print_steps(data: Path, runs: int) -> None:
    from pyoxigraph import parse

    from migragraph.shacl.fast import run_fast
    from migragraph.shacl.fast.columns import Columns
    from migragraph.shacl.fast.terms import Terms
    from migragraph.shacl.shapes import index_shapes

    triples = tuple(quad.triple for quad in parse(path=data))
    print(f"\n{'inside one process':<40} {'median s':>9}")
    parsing = _median(runs, lambda: _time(lambda: sum(1 for _ in parse(path=data))))
    encoding = _median(runs, lambda: _time(lambda: Columns(Terms(), triples)))
    print(f"{'parsing':<40} {parsing:>9.3f}")
    print(f"{'numbering the terms':<40} {encoding:>9.3f}")
    for name, files in SHAPES.items():
        shapes = tuple(quad.triple for file in files for quad in parse(path=FOLDER / file))
        index = index_shapes(shapes)

        def run(shapes: tuple[object, ...] = shapes, index: object = index) -> float:
            return _time(lambda: run_fast(triples, shapes, index, time_limit=3600))  # type: ignore[arg-type]

        seconds = _median(runs, run) - encoding
        print(f"{f'validation proper, {name}':<40} {seconds:>9.3f}  {seconds / parsing:.0%} of parsing")


def _median(runs: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(runs))


def _run(command: Sequence[str]) -> float:
    return _time(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
