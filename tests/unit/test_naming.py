"""A period is told by its label, and by what of its length and its dates the label leaves out."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode
from tests.unit.conftest import ProjectWriter

from migragraph.dataset import Dataset, build
from migragraph.explain.naming import Naming
from migragraph.labels import collect_labels
from migragraph.namespaces import MG, RDF
from migragraph.wording import LANGUAGES

PERIODS = {
    'rdfs:label "Its years"@en, "Các năm"@vi ; schema:startDate "2017"^^xsd:gYear ; schema:endDate "2023"^^xsd:gYear': (
        "Its years (from 2017 to 2023)",
        "Các năm (từ 2017 đến 2023)",
    ),
    'rdfs:label "2017 to 2023"@en, "Từ 2017 đến nay"@vi ; schema:startDate "2017"^^xsd:gYear ;'
    ' schema:endDate "2023"^^xsd:gYear ; schema:duration "P6Y"^^xsd:duration': (
        "2017 to 2023",
        "Từ 2017 đến nay (từ 2017 đến 2023)",
    ),
    'rdfs:label "To 22 May 2021"@en, "22021"@vi ; schema:startDate "2021"^^xsd:gYear ;'
    ' schema:endDate "2021-05-22"^^xsd:date': (
        "To 22 May 2021 (from 2021 to 22 May 2021)",
        "22021 (từ 2021 đến 22 tháng 5 năm 2021)",
    ),
    'rdfs:label "Once"@en, "Năm 2021"@vi ; schema:startDate "2021"^^xsd:gYear ; schema:endDate "2021"^^xsd:gYear': (
        "Once (2021)",
        "Năm 2021",
    ),
    'rdfs:label "Of late"@en, "Một năm gần đây"@vi ; schema:duration "P1Y"^^xsd:duration ;'
    ' mg:notAfter "2024-07-18"^^xsd:date': (
        "Of late (1 year, ending by 18 July 2024)",
        "Một năm gần đây (kết thúc muộn nhất là 18 tháng 7 năm 2024)",
    ),
    'rdfs:label "By then"@en ; mg:notAfter "2024"^^xsd:gYear': (
        "By then (by 2024)",
        "By then (muộn nhất là 2024)",
    ),
    'rdfs:label "A year, not said which"@en, "Không rõ"@vi ; schema:duration "P1Y"^^xsd:duration': (
        "A year, not said which",
        "Không rõ (1 năm)",
    ),
    'rdfs:label "A time"@en': ("A time", "A time"),
}


@pytest.mark.parametrize(("data", "told"), PERIODS.items())
def test_a_period_is_told_with_what_its_label_leaves_out(
    write_project: ProjectWriter, data: str, told: tuple[str, str]
) -> None:
    period = NamedNode("https://example.org/town/period/one")
    text = f"""
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{period.value}> a mg:Period ; {data} ."""
    dataset = build(write_project({"a.ttl": text}))
    labels = collect_labels(dataset)
    assert tuple(Naming(dataset, labels, language).period(period) for language in LANGUAGES) == told


def test_each_period_is_named_in_both_languages(bundled: Dataset) -> None:
    labels = collect_labels(bundled)
    periods = [one for one, properties in bundled.index.items() if MG.Period in properties.get(RDF.type, ())]
    assert periods
    assert [one for one in periods if labels.find(one, "vi").language != "vi"] == []
