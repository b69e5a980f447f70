from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from migragraph.literals import DATATYPES, find_misfits, is_well_typed
from migragraph.namespaces import XSD

FITTING = {
    "boolean": ["true", "false", "0", "1"],
    "byte": ["-128", "127", "+007"],
    "date": [
        "2024-02-29",
        "2024-12-18Z",
        "2024-12-18+07:00",
        "0000-02-29",
        "-0044-03-15",
        "12024-01-01",
        "-0400-02-29",
        "9" * 5000 + "6-02-29",
    ],
    "dateTime": ["2024-12-18T09:00:00", "2024-12-18T24:00:00", "2024-12-18T09:00:00.5+07:00"],
    "dateTimeStamp": ["2024-12-18T09:00:00Z"],
    "decimal": ["1", "01", "-1.50", ".5", "5.", "+3"],
    "double": ["1e3", "-INF", "NaN", "1.5E-3"],
    "duration": ["P3D", "P4Y", "PT1H30M", "-P1M", "P1DT0.5S"],
    "float": ["1e3", "-INF", "NaN", "1.5E-3"],
    "gDay": ["---01", "---31Z"],
    "gMonth": ["--01", "--12+07:00"],
    "gMonthDay": ["--02-29", "--12-31"],
    "gYear": ["2024", "0000", "-0044", "2024+07:00"],
    "gYearMonth": ["2024-12", "2024-01Z"],
    "int": ["-2147483648", "2147483647"],
    "integer": ["0", "-1", "+007"],
    "long": ["-9223372036854775808", "9223372036854775807"],
    "negativeInteger": ["-1", "-007"],
    "nonNegativeInteger": ["0", "+1", "-0"],
    "nonPositiveInteger": ["0", "-1", "+0"],
    "positiveInteger": ["1", "007"],
    "short": ["-32768", "32767"],
    "time": ["09:00:00", "24:00:00", "09:00:00.5Z"],
    "unsignedByte": ["0", "255"],
    "unsignedInt": ["4294967295"],
    "unsignedLong": ["18446744073709551615"],
    "unsignedShort": ["65535"],
}
UNFIT = {
    "boolean": ["True", "", "2"],
    "byte": ["-129", "128", "1.0"],
    "date": [
        "2023-02-29",
        "2024-10-32",
        "2024-13-01",
        "2024-1-1",
        "24-01-01",
        "1900-02-29",
        "-0100-02-29",
        "9" * 5000 + "-02-29",
        "2024-12-18+15:00",
    ],
    "dateTime": ["2024-12-18", "2024-12-18T25:00:00", "2024-12-18T24:00:01", "2024-02-30T00:00:00"],
    "dateTimeStamp": ["2024-12-18T09:00:00"],
    "decimal": ["15998x", "1e3", "", ".", "1,5", "١"],
    "double": ["inf", "1e", ""],
    "duration": ["P", "PT", "3D", "P1H", "P1DT"],
    "float": ["inf", "1e", ""],
    "gDay": ["---32", "31"],
    "gMonth": ["--13", "12"],
    "gMonthDay": ["--13-01", "--02-30", "12-18", "--1-1"],
    "gYear": ["24", "02024", "year"],
    "gYearMonth": ["2002-13", "2002-00", "2002-1"],
    "int": ["2147483648", "x"],
    "integer": ["1.0", "", "one"],
    "long": ["9223372036854775808", "1" * 30],
    "negativeInteger": ["0", "1"],
    "nonNegativeInteger": ["-1"],
    "nonPositiveInteger": ["1"],
    "positiveInteger": ["0"],
    "short": ["32768"],
    "time": ["25:00:00", "09:00", "24:00:01"],
    "unsignedByte": ["-1", "256"],
    "unsignedInt": ["4294967296"],
    "unsignedLong": ["18446744073709551616"],
    "unsignedShort": ["65536"],
}


def case(name: str, text: str) -> Literal:
    return Literal(text, datatype=XSD[name])


@pytest.mark.parametrize("literal", [case(name, text) for name, texts in FITTING.items() for text in texts], ids=str)
def test_fits(literal: Literal) -> None:
    assert is_well_typed(literal)


@pytest.mark.parametrize("literal", [case(name, text) for name, texts in UNFIT.items() for text in texts], ids=str)
def test_does_not_fit(literal: Literal) -> None:
    assert not is_well_typed(literal)


def test_each_datatype_has_both_cases() -> None:
    names = {iri.removeprefix(str(XSD)) for iri in DATATYPES}
    assert names == FITTING.keys() == UNFIT.keys()


def test_of_other_datatypes_nothing_is_known() -> None:
    assert is_well_typed(Literal("anything", datatype=NamedNode("https://example.org/type")))
    assert is_well_typed(Literal("anything", language="en"))


TEXTS = st.sampled_from(
    ["1", "-0", "+01", "1.5", ".", "true", "2000", "2000Z", "12:00:00", "--12", "---31", "P1D", "INF"]
)


@given(st.sampled_from(sorted(DATATYPES)), st.lists(TEXTS | st.text("01-+.\n:ZPDTeE", max_size=4)))
def test_many_are_looked_at_as_each_is(datatype: str, texts: list[str]) -> None:
    misfits = [place for place, text in enumerate(texts) if not DATATYPES[datatype](text)]
    assert list(find_misfits(datatype, texts)) == misfits


def test_more_are_looked_at_than_at_one_time() -> None:
    texts = ["1"] * 5000
    texts[0] = texts[1000] = texts[2500] = texts[-1] = "one"
    assert list(find_misfits(XSD.integer.value, texts)) == [0, 1000, 2500, 4999]
    assert list(find_misfits(XSD.string.value, texts)) == []
