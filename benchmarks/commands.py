#!/usr/bin/env python3
"""Time the commands on the bundled graph, each as a whole process from a cold start.

Usage: python benchmarks/commands.py [RUNS]

Prints the medians of RUNS (5) runs, by the clock and of the processor (user and system), beside the time that is asked
for, and for a query the ratio to rdflib reading the same files and answering the same query in the same run.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = str(Path(sys.executable).with_name("migragraph"))
PEER = """
import pathlib, rdflib, sys
graph = rdflib.Dataset()
for part in ("ontology", "data"):
    for path in sorted(pathlib.Path(part).rglob("*.ttl")):
        graph.default_graph.parse(path)
list(graph.query(pathlib.Path(sys.argv[1]).read_text()))
"""


class Case(NamedTuple):
    """A command to time, with the seconds by the clock that it may take, if any are set."""

    name: str
    command: tuple[str, ...]
    limit: float | None = None
    cached: bool = True


QUERY = "queries/instruments.rq"
CASES = (
    Case("migragraph --help", (SCRIPT, "--help"), 0.15),
    Case("migragraph query", (SCRIPT, "query", QUERY), 0.35),
    Case("migragraph query, without its cache", (SCRIPT, "query", QUERY), cached=False),
    Case("migragraph info", (SCRIPT, "info")),
    Case("migragraph export jsonld", (SCRIPT, "export", "jsonld"), 3),
    Case("migragraph export, all formats", (SCRIPT, "export", "-o", "{folder}")),
    Case("migragraph validate, rules cached", (SCRIPT, "validate"), 0.6),
    Case("migragraph validate, without the cache", (SCRIPT, "validate"), cached=False),
    Case("rdflib, the same query", (sys.executable, "-c", PEER, QUERY)),
)


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{'command':<40} {'clock s':>9} {'processor s':>12} {'limit s':>8}")
    times = {case.name: _median(case, runs) for case in CASES}
    for case in CASES:
        clock, processor = times[case.name]
        print(f"{case.name:<40} {clock:>9.3f} {processor:>12.3f} {case.limit if case.limit else '':>8}")
    ratio = times["rdflib, the same query"][0] / times["migragraph query"][0]
    print(f"rdflib takes {ratio:.0f} times as long as migragraph for the same query.")


def _median(case: Case, runs: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        if case.cached:
            _time(case, folder)
        clock, processor = zip(*(_time(case, folder) for _ in range(runs)), strict=True)
        return statistics.median(clock), statistics.median(processor)


def _time(case: Case, folder: str) -> tuple[float, float]:
    command = [word.replace("{folder}", folder) for word in case.command]
    extra = {} if case.cached else {"MIGRAGRAPH_CACHE": "/dev/null/none"}
    # An installed package has its bytecode; without it each run would compile the modules again.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, env={**inherited, **extra}, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, spent


if __name__ == "__main__":
    main()
