#!/usr/bin/env python3
"""Time the check of the evidence: what re-reading the texts adds, and how it grows.

Usage: python benchmarks/evidence.py [RUNS]

For the bundled graph it prints the medians of RUNS (5) of checking the evidence in one process, in turn without the
texts and with them (of MIGRAGRAPH_TEXTS, or of the folder in migragraph.toml), in seconds of the processor. For
generated projects it prints the re-reading proper in seconds of the processor, and `migragraph evidence --check` as a
whole process from a cold start, by the clock and in seconds of the processor.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from migragraph.dataset import build
from migragraph.evidence import check_evidence
from migragraph.evidence.rereading import collect_quoted, reread
from migragraph.layout import load_layout
from migragraph.namespaces import MG, OA, RDF, RDFS, SCHEMA
from migragraph.project import Project
from migragraph.texts import find_folder

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = str(Path(sys.executable).with_name("migragraph"))
SIZES = ((1_000, 10), (10_000, 100), (100_000, 1_000))
DESCRIPTION = """title = "Generated"
base = "https://example.org/"
key = "town"
version = "1"
licence = "https://creativecommons.org/licenses/by/4.0/"
[prefixes]
mg = "https://w3id.org/migragraph/ontology#"
oa = "http://www.w3.org/ns/oa#"
source = "https://example.org/town/source/"
thing = "https://example.org/town/thing/"
[folders]
texts = "texts"
[texts]
"""
WORDS = 12
SENTENCE = 20
VOCABULARY = [f"{first}{middle}{last}" for first in "bdfglmnprst" for middle in "aeiou" for last in ("n", "ra", "lo")]


class Generated(NamedTuple):
    """A generated project, and how long two ways through it take, in seconds."""

    evidences: int
    texts: int
    rereading: float
    whole: float
    processor: float


def main() -> None:
    """Print the tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    _time_bundled(runs)
    print(f"\n{'evidences':>9} {'texts':>6} {'re-reading s':>13} {'evidence --check s':>19} {'processor s':>12}")
    for evidences, texts in SIZES:
        row = _time_generated(evidences, texts)
        print(f"{row.evidences:>9,} {row.texts:>6,} {row.rereading:>13.2f} {row.whole:>19.2f} {row.processor:>12.2f}")


def _time_bundled(runs: int) -> None:
    layout = load_layout(ROOT)
    dataset, folder = build(layout), find_folder(layout)
    if folder is None:
        print("the texts are not at hand")
        return
    check_evidence(dataset, folder)
    turns = [
        (_time(lambda: check_evidence(dataset)), _time(lambda: check_evidence(dataset, folder))) for _ in range(runs)
    ]
    without, with_texts = (statistics.median(times) for times in zip(*turns, strict=True))
    print(f"bundled graph: {without:.3f} s without the texts, {with_texts:.3f} s with them,")
    print(f"so that re-reading adds {with_texts - without:.3f} s")


def _time_generated(evidences: int, texts: int) -> Generated:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_project(root, evidences, texts)
        Project.load(root).lock()
        dataset = build(load_layout(root))
        rereading = _time(lambda: reread(collect_quoted(dataset.index), dataset.index, dataset.layout, root / "texts"))
        command = [SCRIPT, "evidence", "--check", "--project", folder]
        before, start = os.times(), time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        whole, after = time.perf_counter() - start, os.times()
        processor = after.children_user + after.children_system - before.children_user - before.children_system
        return Generated(evidences, texts, rereading, whole, processor)


def _time(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def write_project(root: Path, evidences: int, texts: int) -> None:
    """Write a project with so many evidences, spread evenly over so many texts."""
    for part in ("data", "ontology", "shapes", "queries", "texts"):
        (root / part).mkdir()
    names = {f"town/source/s{number}": f"s{number}.txt" for number in range(texts)}
    lines = "".join(f'"{key}" = "{name}"\n' for key, name in names.items())
    (root / "migragraph.toml").write_text(DESCRIPTION + lines, encoding="utf-8")
    for name in ("migragraph.ttl", "reused.ttl"):
        (root / "ontology" / name).write_bytes((ROOT / "ontology" / name).read_bytes())
    chance = random.Random(evidences)
    for number in range(texts):
        phrases = list(_make_phrases(chance, number, evidences // texts))
        (root / "texts" / f"s{number}.txt").write_text(_make_text(phrases, chance), encoding="utf-8")
        quads = _describe(number, phrases)
        data = serialize(quads, format=RdfFormat.N_TRIPLES)
        (root / "data" / f"s{number}.nt").write_bytes(data or b"")


def _make_phrases(chance: random.Random, text: int, count: int) -> Iterator[str]:
    for number in range(count):
        yield " ".join([f"n{text}x{number}", *chance.choices(VOCABULARY, k=WORDS - 1)])


def _make_text(phrases: list[str], chance: random.Random) -> str:
    """Put each phrase into a sentence of its own."""
    rest = SENTENCE - WORDS
    return "\n".join(f"Then {phrase} {' '.join(chance.choices(VOCABULARY, k=rest))}." for phrase in phrases)


def _describe(text: int, phrases: list[str]) -> Iterator[Quad]:
    """Give a source, and for each phrase a thing that is described by it and whose evidence it is."""
    source = NamedNode(f"https://example.org/town/source/s{text}")
    yield Quad(source, RDF.type, SCHEMA.NewsArticle)
    for number, phrase in enumerate(phrases):
        thing = NamedNode(f"https://example.org/town/thing/t{text}-{number}")
        evidence, target, selector = BlankNode(), BlankNode(), BlankNode()
        yield Quad(thing, RDF.type, MG.Event)
        yield Quad(thing, RDFS.label, Literal(f"Thing {number}", language="en"))
        yield Quad(thing, MG.gist, Literal(phrase, language="en"))
        yield Quad(thing, MG.evidence, evidence)
        yield Quad(evidence, RDF.type, MG.Evidence)
        yield Quad(evidence, MG.property, MG.gist)
        yield Quad(evidence, MG.basis, MG.stated)
        yield Quad(evidence, OA.hasTarget, target)
        yield Quad(target, RDF.type, OA.SpecificResource)
        yield Quad(target, OA.hasSource, source)
        yield Quad(target, OA.hasSelector, selector)
        yield Quad(selector, RDF.type, OA.TextQuoteSelector)
        yield Quad(selector, OA.exact, Literal(phrase))


if __name__ == "__main__":
    main()
