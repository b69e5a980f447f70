"""Coverage: each fact once by its strongest support, in the rows of its classes, its property and its sources."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.evidence import COVERAGES, Coverage, count_coverage, measure_coverage
from migragraph.evidence.coverage import KINDS, NO_CLASS, NO_SOURCE
from migragraph.iris import shorten_iri
from migragraph.namespaces import MG, OA, RDF
from migragraph.quotations import list_testimonies


@pytest.fixture(scope="module")
def coverage(dataset: Dataset) -> Coverage:
    return measure_coverage(dataset)


@pytest.fixture(scope="module")
def whole(bundled: Dataset) -> Coverage:
    return measure_coverage(bundled)


def test_every_fact_counts_once(dataset: Dataset, coverage: Coverage, bundled: Dataset, whole: Coverage) -> None:
    for data, counted in ((dataset, coverage), (bundled, whole)):
        assert sum(counted.total.values()) == len(data.asserted)
        assert counted.total["unsupported"] == len(data.support.unsupported)
        assert list(counted.total) == list(KINDS)
        assert list(count_coverage(data).values()) == list(counted.total.values())
        by_property = [sum(row[kind] for row in counted.properties.values()) for kind in KINDS]
        assert by_property == list(counted.total.values())


def test_rows_by_hand(coverage: Coverage) -> None:
    assert coverage.properties["schema:attendee"] == dict.fromkeys(KINDS, 0) | {"passage": 2}
    assert coverage.properties["schema:identifier"] == dict.fromkeys(KINDS, 0) | {"reference": 2, "inference": 2}
    assert coverage.properties["mg:fee"] == dict.fromkeys(KINDS, 0) | {"inference": 1, "unsupported": 1}
    assert coverage.properties["rdfs:label"]["exempt"] == sum(coverage.properties["rdfs:label"].values())
    assert coverage.classes["mg:InstrumentState"]["passage"] == 2
    assert coverage.classes["mg:Derivation"] == dict.fromkeys(KINDS, 0) | {"exempt": 3}
    assert coverage.sources["source:gazette"]["passage"] == coverage.total["passage"]
    assert coverage.sources[NO_SOURCE]["passage"] == 0


def test_what_hangs_on_one_source(coverage: Coverage) -> None:
    (sole,) = coverage.sole
    assert sole.source == "source:gazette"
    assert len(sole.facts) == coverage.total["passage"]
    # The market law and the fair have facts that are inferred and stay.
    assert sole.things == ("observation:all", "statement:praise")


def test_the_largest_rows_come_first(whole: Coverage) -> None:
    for rows in (whole.classes, whole.properties, whole.sources):
        sizes = [sum(row.values()) for row in rows.values()]
        assert sizes == sorted(sizes, reverse=True)


def test_nothing_of_the_bundled_graph_is_unsupported(whole: Coverage) -> None:
    assert whole.total["unsupported"] == 0
    assert NO_CLASS not in whole.classes
    assert len([name for name in whole.sources if name.startswith("source:")]) == 5


def test_the_bundled_graph_is_counted_anew(bundled: Dataset, whole: Coverage) -> None:
    """From the evidence, not from its support: what each source's own words state, and what falls with the source."""
    supports: dict[object, set[tuple[str, frozenset[str]]]] = {}
    for testimony in list_testimonies(bundled.index):
        sources = frozenset(quotation.source.value for quotation in testimony.quotations)
        for fact in testimony.facts:
            supports.setdefault(fact, set()).add((testimony.basis.value, sources))
    links = {
        fact
        for fact in bundled.asserted
        if fact.predicate != MG.evidence
        and isinstance(fact.object, NamedNode)
        and fact.object.value.startswith(fact.subject.value.partition("#")[0] + "#")
        and MG.evidence in bundled.index.get(fact.object, {})
    }
    for name, row in whole.sources.items():
        source = next((iri for iri in bundled.index if shorten_iri(iri.value, bundled.prefixes) == name), None)
        if source is None:
            continue
        stated = {
            fact for fact, by in supports.items() if any(b == MG.stated.value and source.value in s for b, s in by)
        }
        assert len(stated) <= row["passage"] <= len(stated) + len(links)
    for sole in whole.sole:
        for fact in sole.facts:
            if fact in supports and fact not in links:
                assert {sole.source} == {
                    shorten_iri(iri, bundled.prefixes) for _, sources in supports[fact] for iri in sources
                }


def test_subjects_count_in_each_of_their_classes(bundled: Dataset, whole: Coverage) -> None:
    passages = [subject for subject, about in bundled.index.items() if MG.Passage in about.get(RDF.type, ())]
    facts = sum(len(values) for subject in passages for values in bundled.index[subject].values())
    assert sum(whole.classes["mg:Passage"].values()) == facts
    assert whole.classes["oa:SpecificResource"] == whole.classes["mg:Passage"]
    assert all(OA.hasSource in bundled.index[subject] for subject in passages)


def test_the_forms_tell_the_same(coverage: Coverage) -> None:
    document = json.loads(COVERAGES["json"](coverage))
    rows = list(csv.DictReader(io.StringIO(COVERAGES["csv"](coverage))))
    assert len(rows) == sum(len(document[by]) for by in ("class", "property", "source"))
    for row in rows:
        assert {key: int(row[key]) for key in ("asserted", *KINDS)} == document[row["by"]][row["name"]]
    text = COVERAGES["text"](coverage)
    for name, counts in coverage.properties.items():
        numbers = [sum(counts.values()), *counts.values()]
        assert [name, *map(str, numbers)] in [line.split() for line in text.splitlines()]
    assert "without source:gazette: " in text
    assert len(document["sole"][0]["facts"]) == len(coverage.sole[0].facts)
