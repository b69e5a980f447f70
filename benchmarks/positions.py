#!/usr/bin/env python3
"""Time how long it takes to find where findings stand in a large file, beside the bare time of parsing it.

Usage: python benchmarks/positions.py [OBSERVATIONS]   (100,000 by default: some 900,000 triples)
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from migragraph.places import add_ends
from migragraph.positions import Sought, find_triples
from migragraph.report import Finding

BASE = "https://example.org/"
FINDINGS = 1_000
RUNS = 3
FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
PROPERTIES = ("dataSet", "origin", "destination", "period", "sex", "value", "unit", "source")


def name(local: str) -> NamedNode:
    return NamedNode(BASE + local)


def make_observations(count: int) -> Iterator[Quad]:
    """Make observations of nine triples each; the value of an observation is its number."""
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for number in range(count):
        subject = name(f"observation/o{number}")
        yield Quad(subject, kind, name("Observation"))
        for property_ in PROPERTIES:
            is_value = property_ == "value"
            yield Quad(
                subject, name(property_), Literal(number) if is_value else name(f"code/{property_}-{number % 97}")
            )


def parse_all(path: Path) -> int:
    return sum(1 for _ in parse(path=path))


def place(path: Path, sought: list[Sought]) -> int:
    """Do all that is done to place findings: look for them, and for the ends of their tokens."""
    places = find_triples(path, sought)
    found = [
        Finding(kind="shacl", rule="r", message="m", file=path, line=line, column=column)
        for line, column in places.values()
    ]
    return sum(finding.end_column is not None for finding in add_ends(found))


def measure(action: Callable[[], int]) -> tuple[float, int]:
    """Give the median of the seconds, and what the action gives."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - started)
    return median(times), result


def main() -> None:
    """Measure Turtle and N-Triples, and print a row for each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chosen = random.Random(1).sample(range(count), FINDINGS)
    sought: list[Sought] = [(f"{BASE}observation/o{number}", f"{BASE}value", str(number)) for number in chosen]
    with tempfile.TemporaryDirectory() as folder:
        for suffix, format_ in FORMATS.items():
            path = Path(folder) / f"cube.{suffix}"
            serialize(
                make_observations(count), path, format=format_, prefixes={"ex": BASE} if suffix == "ttl" else None
            )
            parsing, triples = measure(lambda path=path: parse_all(path))  # type: ignore[misc]
            placing, found = measure(lambda path=path: place(path, sought))  # type: ignore[misc]
            size = path.stat().st_size / 1e6
            sys.stdout.write(
                f"{suffix}: {triples:,} triples, {size:,.0f} MB: parsed in {parsing:.2f} s, "
                f"{found:,} findings placed in {placing:.2f} s ({placing / parsing:.2f} times)\n"
            )


if __name__ == "__main__":
    main()
