"""A small world in which one thing, ex:it, has facts, and one piece of evidence quotes words for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["ONTOLOGY", "World", "write_data"]

PREFIXES = """
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix ex: <https://example.org/town/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hedge: <https://example.org/hedge/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sex: <http://purl.org/linked-data/sdmx/2009/code#sex-> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix attribute: <http://purl.org/linked-data/sdmx/2009/attribute#> .
@prefix dimension: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix state: <https://example.org/state/> .
@prefix unit: <https://example.org/unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

ONTOLOGY = (
    PREFIXES
    + """
unit:people a mg:Unit ; skos:prefLabel "people"@en .
unit:percent a mg:Unit ; skos:prefLabel "per cent"@en .
unit:dollars a mg:Unit ; skos:prefLabel "US dollars"@en .
unit:dollars-a-year a mg:Unit ; skos:prefLabel "US dollars a year"@en .
unit:countries a mg:Unit ; skos:prefLabel "countries"@en .
unit:both a mg:Unit ; skos:prefLabel "countries and territories"@en .
unit:ministries a mg:Unit ; skos:prefLabel "ministries"@en .
state:passed a mg:InstrumentStatus ; skos:prefLabel "passed"@en .
state:signed a mg:InstrumentStatus ; skos:prefLabel "signed"@en .
mg:acting rdfs:label "acting"@en .
"""
)

# What else there is: each unit is used somewhere, persons speak, places are the scenes of events.
OTHERS = """
ex:gazette a schema:NewsArticle ; schema:inLanguage "en" .
ex:bao a schema:NewsArticle ; schema:inLanguage "vi" .
ex:used attribute:unitMeasure unit:people, unit:percent, unit:dollars, unit:dollars-a-year, unit:countries, unit:both,
    unit:ministries .
ex:viet-nam a schema:Country ; rdfs:label "Viet Nam"@en ; skos:altLabel "Vietnam"@en .
ex:hanoi a schema:City ; rdfs:label "Hanoi"@en ; schema:containedInPlace ex:viet-nam .
ex:hue a schema:City ; rdfs:label "Hue"@en ; schema:containedInPlace ex:viet-nam .
ex:fair schema:location ex:hanoi, ex:hue, ex:viet-nam .
ex:giang a foaf:Person ; rdfs:label "Phan Thi Minh Giang"@en ; skos:altLabel "Giang"@en .
ex:quinn a foaf:Person ; rdfs:label "Ben Quinn"@en ; skos:altLabel "Quinn"@en .
ex:director a org:Post ; rdfs:label "Deputy Director"@en .
ex:officer a org:Post ; rdfs:label "Liaison Officer"@en .
ex:holding org:member ex:giang ; mg:inPost ex:director .
ex:other-holding org:member ex:quinn ; mg:inPost ex:officer .
ex:guests rdfs:label "Guests"@en .
ex:law mg:status state:passed, state:signed .
ex:claim mg:speaker ex:giang, ex:quinn, ex:guests .
ex:year a mg:Period ; rdfs:label "The year 2023"@en ; schema:startDate "2023"^^xsd:gYear ;
    schema:endDate "2023"^^xsd:gYear .
ex:years a mg:Period ; rdfs:label "From 2021"@en ; schema:startDate "2021"^^xsd:gYear .
ex:yearly a mg:Period ; rdfs:label "A year"@en ; schema:duration "P1Y"^^xsd:duration .
ex:day a mg:Period ; rdfs:label "22 November 2021"@en ; schema:startDate "2021-11-22"^^xsd:date ;
    schema:endDate "2021-11-22"^^xsd:date .
ex:yearless a mg:Period ; rdfs:label "22 November"@en ; schema:startDate "--11-22"^^xsd:gMonthDay .
ex:undated a mg:Period ; rdfs:label "A time that is not given"@en ; mg:notAfter "2024-07-18"^^xsd:date .
"""


class World(NamedTuple):
    """The facts of ex:it in Turtle, the properties that the evidence is for, its words, and how it stands to them."""

    facts: str
    properties: str
    phrases: tuple[str, ...]
    basis: str = "mg:stated"
    source: str = "ex:gazette"
    more: str = ""


def write_data(world: World) -> str:
    """Write a world as Turtle."""
    return f"{PREFIXES}{OTHERS}{world.more}\nex:it {world.facts} ; mg:evidence {_write_evidence(world)} .\n"


def _write_evidence(world: World) -> str:
    targets = " , ".join(_write_targets(world.source, world.phrases))
    reason = ' ; mg:reason "So it is."@en' if world.basis == "mg:inferred" else ""
    return (
        f"[ a mg:Evidence ; mg:property {world.properties} ; mg:basis {world.basis}{reason} ; oa:hasTarget {targets} ]"
    )


def _write_targets(source: str, phrases: Iterable[str]) -> Iterable[str]:
    for phrase in phrases:
        yield (
            f"[ a oa:SpecificResource ; oa:hasSource {source} ; "
            f"oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact '''{phrase}''' ] ]"
        )
