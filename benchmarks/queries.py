#!/usr/bin/env python3
"""Time each query script on the bundled graph as the site asks it, without the start of a process.

Usage: python benchmarks/queries.py [RUNS]

Prints the scripts by what they take, in milliseconds of the processor, the least of RUNS (5): judging the query,
running it with its defaults, and writing the answer as JSON and CSV.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from migragraph.project import Project
from migragraph.queries import Query, load_queries, render_results, run_query
from migragraph.store import load_store

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    project = Project.load(ROOT)
    store, prefixes = load_store(project.dataset()), project.layout.prefixes
    times = {
        query.name: min(_time(store, query, prefixes) for _ in range(runs)) for query in load_queries(ROOT / "queries")
    }
    for name, seconds in sorted(times.items(), key=lambda one: -one[1]):
        print(f"{1000 * seconds:8.1f} {name}")
    print(f"{1000 * sum(times.values()):8.1f} all {len(times)}")


def _time(store: Store, query: Query, prefixes: Mapping[str, str]) -> float:
    start = time.process_time()
    data = render_results(run_query(store, query, {}, prefixes), "json").encode()
    render_results(parse_query_results(data, format=QueryResultsFormat.JSON), "csv")
    return time.process_time() - start


if __name__ == "__main__":
    main()
