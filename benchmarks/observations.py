#!/usr/bin/env python3
"""Write a project of made-up statistics, each figure with labels, evidence and the passage of a source.

Usage: python benchmarks/observations.py OBSERVATIONS FOLDER

Each observation is a thing of 13 triples, its evidence among them; ten of them rest on one passage, a thousand on one
source. Each is of one of 50 indicators, 100 places and 20 years, and all are of one data set, so that there are things
that few others name, and things that all others name. Two runs write the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from migragraph.namespaces import MG, OA, QB, RDF, RDFS, SCHEMA, SDMX_DIMENSION, SDMX_MEASURE, SKOS, XSD, Namespace

__all__ = ["write_observations"]

ROOT = Path(__file__).resolve().parent.parent
BASE = "https://data.example.org/"
TOWN = BASE + "town/"
OBSERVATION, PLACE, SOURCE, PERIOD, SET = (
    Namespace(f"{TOWN}{kind}/") for kind in ("observation", "place", "source", "period", "dataset")
)
INDICATOR = Namespace(BASE + "scheme/indicator/")
INDICATORS, PLACES, YEARS = 50, 100, 20
PER_PASSAGE, PER_SOURCE, PER_FILE = 10, 1_000, 5_000
PREFIXES = {
    "rdf": str(RDF), "rdfs": str(RDFS), "xsd": str(XSD), "qb": str(QB), "skos": str(SKOS), "schema": str(SCHEMA),
    "mg": str(MG), "oa": str(OA), "sdmx-dimension": str(SDMX_DIMENSION), "sdmx-measure": str(SDMX_MEASURE),
    "observation": str(OBSERVATION), "place": str(PLACE), "source": str(SOURCE), "period": str(PERIOD),
    "dataset": str(SET), "indicator": str(INDICATOR),
}  # fmt: skip
DESCRIPTION = f"""title = "Made-up statistics"
base = "{BASE}"
key = "town"
version = "1"
licence = "https://creativecommons.org/licenses/by/4.0/"
languages = ["en", "vi"]
[prefixes]
"""

Described = Iterator[tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]]


def main() -> None:
    """Write the project that the command line asks for."""
    observations, folder = sys.argv[1:]
    print(f"{write_observations(Path(folder), int(observations)):,} triples in {folder}")


def write_observations(root: Path, observations: int) -> int:
    """Write a project with so many observations, and give the number of the triples of its data."""
    for part in ("data", "shapes", "queries"):
        (root / part).mkdir(parents=True)
    shutil.copytree(ROOT / "ontology", root / "ontology", ignore=shutil.ignore_patterns("examples"))
    lines = "".join(f'{prefix} = "{iri}"\n' for prefix, iri in PREFIXES.items())
    (root / "migragraph.toml").write_text(DESCRIPTION + lines, encoding="utf-8")
    count = _write(root / "data" / "things.ttl", _describe_things(observations))
    for start in range(0, observations, PER_FILE):
        numbers = range(start, min(start + PER_FILE, observations))
        count += _write(root / "data" / f"observations-{start // PER_FILE:04}.ttl", _describe_observations(numbers))
    return count


def _write(path: Path, described: Described) -> int:
    triples = [Triple(*one) for one in described]
    serialize(triples, str(path), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    return len(triples)


def _name(node: NamedNode, property_: NamedNode, text: str) -> Described:
    yield node, property_, Literal(text, language="en")
    yield node, property_, Literal(f"{text} (vi)", language="vi")


def _describe_things(observations: int) -> Described:
    yield SET["figures"], RDF.type, QB.DataSet
    yield from _name(SET["figures"], RDFS.label, "Figures")
    for number in range(INDICATORS):
        yield INDICATOR[f"i{number}"], RDF.type, SKOS.Concept
        yield from _name(INDICATOR[f"i{number}"], SKOS.prefLabel, f"Indicator {number}")
    for number in range(PLACES):
        yield PLACE[f"p{number}"], RDF.type, SCHEMA.Place
        yield from _name(PLACE[f"p{number}"], RDFS.label, f"Place {number}")
    for number in range(YEARS):
        yield PERIOD[f"y{2000 + number}"], RDF.type, MG.Period
        yield from _name(PERIOD[f"y{2000 + number}"], RDFS.label, f"{2000 + number}")
        yield PERIOD[f"y{2000 + number}"], SCHEMA.startDate, Literal(f"{2000 + number}", datatype=XSD.gYear)
    for number in range(-(-observations // PER_SOURCE)):
        yield from _describe_source(number)


def _describe_source(number: int) -> Described:
    source = SOURCE[f"s{number}"]
    yield source, RDF.type, SCHEMA.NewsArticle
    yield from _name(source, RDFS.label, f"Article {number}")
    yield source, SCHEMA.headline, Literal(f"What was counted in town {number}", language="en")
    yield source, SCHEMA.inLanguage, Literal("en")
    yield source, SCHEMA.datePublished, Literal("2024-05-17", datatype=XSD.date)
    yield source, SCHEMA.url, Literal(f"https://news.example.org/{number}", datatype=XSD.anyURI)


def _describe_observations(numbers: range) -> Described:
    for number in numbers:
        one, evidence, passage = OBSERVATION[f"o{number}"], BlankNode(f"e{number}"), _passage(number)
        rest, indicator = divmod(number, INDICATORS)
        rest, place = divmod(rest, PLACES)
        year = 2000 + rest % YEARS
        yield one, RDF.type, QB.Observation
        yield from _name(one, RDFS.label, f"Figure {number} of place {place}, {year}")
        yield one, QB.dataSet, SET["figures"]
        yield one, MG.indicator, INDICATOR[f"i{indicator}"]
        yield one, SDMX_DIMENSION.refArea, PLACE[f"p{place}"]
        yield one, SDMX_DIMENSION.refPeriod, PERIOD[f"y{year}"]
        yield one, SDMX_MEASURE.obsValue, Literal(str(number * 7919 % 1_000_003), datatype=XSD.integer)
        yield one, MG.evidence, evidence
        yield evidence, RDF.type, MG.Evidence
        yield evidence, MG.property, SDMX_MEASURE.obsValue
        yield evidence, MG.basis, MG.stated
        yield evidence, OA.hasTarget, passage
        if number % PER_PASSAGE == 0:
            yield from _describe_passage(number, passage)


def _passage(number: int) -> NamedNode:
    return SOURCE[f"s{number // PER_SOURCE}#passage-{number // PER_PASSAGE:010x}"]


def _describe_passage(number: int, passage: NamedNode) -> Described:
    selector = SOURCE[f"s{number // PER_SOURCE}#textquoteselector-{number // PER_PASSAGE:010x}"]
    yield passage, RDF.type, OA.SpecificResource
    yield passage, OA.hasSource, SOURCE[f"s{number // PER_SOURCE}"]
    yield passage, OA.hasSelector, selector
    yield selector, RDF.type, OA.TextQuoteSelector
    yield selector, OA.exact, Literal(f"the counts of row {number // PER_PASSAGE} were", language="en")


if __name__ == "__main__":
    main()
