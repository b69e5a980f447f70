#!/usr/bin/env python3
"""Write a statistical cube of migration between made-up countries, as large as asked for, with a share of faults.

Usage: python benchmarks/cube.py OBSERVATIONS FILE [FAULTS]

FILE ends in .ttl or .nt; FAULTS (0) is the share of observations with a fault, of ten kinds in turn. Each observation
has about nine triples, and two runs write the same bytes.
"""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from migragraph.namespaces import DCTERMS, FOAF, PROV, QB, RDF, RDFS, SKOS, XSD, Namespace

__all__ = ["PREFIXES", "write_cube"]

BASE = "https://data.example.org/migration/"
ORG = Namespace("http://www.w3.org/ns/org#")
DEF, OBS, GEO, SOURCE, OFFICE, SET, CODE = (
    Namespace(BASE + part) for part in ("def#", "obs/", "geo/", "source/", "org/", "dataset/", "code/")
)
PREFIXES = {
    "rdf": str(RDF), "rdfs": str(RDFS), "xsd": str(XSD), "qb": str(QB), "skos": str(SKOS), "prov": str(PROV),
    "dct": str(DCTERMS), "org": str(ORG), "foaf": str(FOAF), "mg": str(DEF), "obs": str(OBS), "geo": str(GEO),
    "src": str(SOURCE), "orgz": str(OFFICE), "ds": str(SET), "code": str(CODE),
}  # fmt: skip

COUNTRIES, REGIONS, SOURCES, OFFICES, YEARS = 300, 24, 20, 50, 35
SEXES = [CODE[f"sex-{sex}"] for sex in "FMT"]
STATUSES = [CODE[f"status-{status}"] for status in "AEP"]
LETTERS = [chr(ord("A") + number) for number in range(26)]
CODES = ["".join(letters) for letters in itertools.product(LETTERS, repeat=3)]
PLACES = [GEO[CODES[number * 59 % len(CODES)]] for number in range(COUNTRIES)]
DIMENSIONS = [
    QB["dataSet"], DEF["origin"], DEF["destination"], DEF["refPeriod"], DEF["sex"], DEF["value"], DEF["unit"],
    PROV["hadPrimarySource"],
]  # fmt: skip
# The dimensions have so many combinations; a step that shares no factor with it meets each once.
COMBINATIONS = COUNTRIES * (COUNTRIES - 1) * len(SEXES) * YEARS
STEP = next(step for step in itertools.count((2**31 - 1) % COMBINATIONS) if math.gcd(step, COMBINATIONS) == 1)

Term = NamedNode | Literal
Facts = list[tuple[NamedNode, Term]]


def main() -> None:
    """Write the cube that the command line asks for."""
    observations, path, *faults = sys.argv[1:]
    print(f"{write_cube(Path(path), int(observations), float(faults[0]) if faults else 0.0):,} triples in {path}")


def write_cube(path: Path, observations: int, faults: float = 0.0) -> int:
    """Write a cube in the format of the suffix, and give the number of its triples."""
    every = round(1 / faults) if faults else 0
    counted = _Count(_list_triples(observations, every))
    serialize(counted, str(path), format=RdfFormat.from_extension(path.suffix[1:]), prefixes=PREFIXES)
    return counted.number


class _Count:
    """Count what is gone through."""

    def __init__(self, triples: Iterator[Triple]) -> None:
        self._triples = triples
        self.number = 0

    def __iter__(self) -> Iterator[Triple]:
        for triple in self._triples:
            self.number += 1
            yield triple


def _list_triples(observations: int, every: int) -> Iterator[Triple]:
    described = itertools.chain(
        _describe_classes(), _describe_places(bool(every)), _describe_offices(bool(every)), _describe_sources(),
        _describe_observations(observations, every),
    )  # fmt: skip
    for subject, facts in described:
        yield from (Triple(subject, predicate, value) for predicate, value in facts)


Described = Iterator[tuple[NamedNode, Facts]]


def _type(class_: NamedNode) -> tuple[NamedNode, Term]:
    return RDF["type"], class_


def _label(text: str, language: str = "en") -> Literal:
    return Literal(text, language=language)


def _describe_classes() -> Described:
    above = {
        "Census": "OfficialSource", "Register": "OfficialSource", "Survey": "StatisticalSource",
        "AdminRecord": "DataSource", "OfficialSource": "StatisticalSource", "StatisticalSource": "DataSource",
        "Country": "Place", "Region": "Place",
    }  # fmt: skip
    for class_, superclass in above.items():
        yield DEF[class_], [_type(RDFS["Class"]), (RDFS["subClassOf"], DEF[superclass])]
    for name in ("flows", "stocks"):
        yield SET[name], [_type(QB["DataSet"]), (DCTERMS["title"], _label(f"Migration {name}"))]


def _describe_places(faulty: bool) -> Described:
    yield GEO["scheme"], [_type(SKOS["ConceptScheme"]), (SKOS["prefLabel"], _label("Countries"))]
    for number in range(REGIONS):
        broader = GEO[f"r{number % 6}"] if number > 5 else GEO["world"]
        facts: Facts = [(SKOS["prefLabel"], _label(f"Region {number}")), (SKOS["broader"], broader)]
        yield GEO[f"r{number}"], [_type(SKOS["Concept"]), _type(DEF["Region"]), *facts]
    for number, place in enumerate(PLACES):
        code = "x1" if faulty and number == 11 else place.value.removeprefix(str(GEO))
        labels = [_label(f"Country {number} ({language})", language) for language in ("en", "fr", "es")]
        labels = (
            labels[1:] if faulty and number == 13 else [*labels, *([_label("Twice")] if faulty and number == 7 else [])]
        )
        yield place, [
            _type(SKOS["Concept"]), _type(DEF["Country"]), (SKOS["inScheme"], GEO["scheme"]),
            (SKOS["notation"], Literal(code)), *((SKOS["prefLabel"], label) for label in labels),
            (SKOS["broader"], GEO[f"r{6 + number % 18}"]),
        ]  # fmt: skip


def _describe_offices(faulty: bool) -> Described:
    for number in range(OFFICES):
        homepage = Literal("none") if faulty and number == 17 else NamedNode(f"https://stat{number}.example.org/")
        yield OFFICE[f"o{number}"], [
            _type(ORG["Organization"]), (SKOS["prefLabel"], _label(f"Statistical Office {number}")),
            (FOAF["homepage"], homepage), (DEF["locatedIn"], PLACES[number * 5]),
        ]  # fmt: skip


def _describe_sources() -> Described:
    classes = ("Census", "Survey", "Register", "AdminRecord")
    for number in range(SOURCES):
        licence: Term = (
            NamedNode("https://creativecommons.org/licenses/by/4.0/") if number % 3 else Literal("CC BY 4.0")
        )
        yield SOURCE[f"s{number}"], [
            _type(DEF[classes[number % 4]]), (DCTERMS["title"], _label(f"Source number {number}")),
            (DCTERMS["publisher"], OFFICE[f"o{number}"]), (DCTERMS["license"], licence),
            (DCTERMS["issued"], Literal(f"2024-0{1 + number % 9}-15", datatype=XSD["date"])),
        ]  # fmt: skip


def _describe_observations(observations: int, every: int) -> Described:
    for number in range(observations):
        facts = [_type(QB["Observation"]), *zip(DIMENSIONS, _choose(number), strict=True)]
        if number % 5 == 0:
            facts.append((DEF["obsStatus"], STATUSES[number % 3]))
        if every and number % every == every - 1:
            FAULTS[number // every % len(FAULTS)](facts, number)
        yield OBS[f"o{number}"], facts


def _choose(number: int) -> Sequence[Term]:
    """Give the values of an observation, in the order of the dimensions; no two observations have the same."""
    rest, sex = divmod(number * STEP % COMBINATIONS, len(SEXES))
    rest, year = divmod(rest, YEARS)
    origin, destination = divmod(rest, COUNTRIES - 1)
    amount = number * 7919 % 100_000
    value = (
        Literal(str(amount), datatype=XSD["integer"])
        if number % 10
        else Literal(f"{amount}.5", datatype=XSD["decimal"])
    )
    return (
        SET["flows" if number % 4 else "stocks"], PLACES[origin], PLACES[destination + (destination >= origin)],
        Literal(str(1990 + year), datatype=XSD["gYear"]), SEXES[sex], value, CODE["unit-persons"],
        SOURCE[f"s{number % SOURCES}"],
    )  # fmt: skip


def _replace(place: int, value: Term) -> Callable[[Facts, int], None]:
    def break_(facts: Facts, _: int) -> None:
        facts[place] = (facts[place][0], value)

    return break_


def _add(predicate: NamedNode, value: Term) -> Callable[[Facts, int], None]:
    return lambda facts, _: facts.append((predicate, value))


def _leave_out_value(facts: Facts, _: int) -> None:
    del facts[6]


def _repeat_dimensions(facts: Facts, number: int) -> None:
    """Make the dimensions those of the observation before, as IC-12 of the Data Cube rules out."""
    for place, value in enumerate(_choose(number - 1)):
        if DIMENSIONS[place] not in {DEF["value"], PROV["hadPrimarySource"]}:
            facts[place + 1] = (DIMENSIONS[place], value)


FAULTS: Sequence[Callable[[Facts, int], None]] = (
    _leave_out_value,
    _add(DEF["refPeriod"], Literal("1989", datatype=XSD["gYear"])),
    _replace(6, Literal("n/a")),
    _replace(5, CODE["sex-X"]),
    _replace(2, GEO["r3"]),
    _replace(7, Literal("persons")),
    _replace(6, Literal("-5", datatype=XSD["integer"])),
    _add(RDFS["comment"], Literal("stray note")),
    _repeat_dimensions,
    _replace(4, Literal("2031", datatype=XSD["gYear"])),
)


if __name__ == "__main__":
    main()
