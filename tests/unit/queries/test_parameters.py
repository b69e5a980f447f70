"""A text given for a parameter becomes a term of the declared type, or a message that says what is accepted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from migragraph.errors import QueryError
from migragraph.namespaces import XSD
from migragraph.queries import TYPES, Parameter
from migragraph.queries.parameters import read_term, read_values

PREFIXES = {"person": "https://example.org/person/", "urn": "https://example.org/urn/"}


def make(kind: str, default: str | None = None, *, choices: tuple[str, ...] = (), optional: bool = False) -> Parameter:
    return Parameter("x", kind, "A value.", f"_x{TYPES[kind].suffix}", default, choices, optional)


ACCEPTED = [
    ("iri", "https://example.org/a", NamedNode("https://example.org/a")),
    ("iri", "<https://example.org/a>", NamedNode("https://example.org/a")),
    ("iri", "person:kendra-rinas", NamedNode("https://example.org/person/kendra-rinas")),
    ("iri", "urn:a", NamedNode("https://example.org/urn/a")),
    ("iri", "mailto:a@example.org", NamedNode("mailto:a@example.org")),
    ("string", "", Literal("")),
    ("string", 'a"} DROP ALL #', Literal('a"} DROP ALL #')),
    ("integer", "-12", Literal("-12", datatype=XSD.integer)),
    ("decimal", "2.50", Literal("2.50", datatype=XSD.decimal)),
    ("decimal", ".5", Literal(".5", datatype=XSD.decimal)),
    ("boolean", "true", Literal("true", datatype=XSD.boolean)),
    ("date", "2024-02-29", Literal("2024-02-29", datatype=XSD.date)),
    ("year", "2024", Literal("2024", datatype=XSD.gYear)),
    ("lang", "vi", Literal("vi")),
    ("lang", "en-GB", Literal("en-gb")),
]


@pytest.mark.parametrize(("kind", "text", "term"), ACCEPTED)
def test_a_text_becomes_a_term(kind: str, text: str, term: NamedNode | Literal) -> None:
    assert read_term(make(kind), text, PREFIXES) == term


REFUSED = [
    ("iri", "kendra-rinas"),
    ("iri", "persn:kendra-rinas"),
    ("iri", "https://example.org/a b"),
    ("iri", "https://example.org/a> } DROP ALL #"),
    ("iri", "person:a>b"),
    ("iri", ""),
    ("iri", "person:\udc80"),
    ("string", "\udc80"),
    ("integer", "1.0"),
    ("integer", "١"),
    ("integer", "9" * 19),
    ("decimal", "1e3"),
    ("decimal", "."),
    ("boolean", "yes"),
    ("date", "2023-02-29"),
    ("date", "2024-2-9"),
    ("date", "20240209"),
    ("year", "24"),
    ("lang", "english language"),
    ("lang", "vi\n"),
    ("year", "2024\n"),
]


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_a_wrong_text_is_told_with_what_is_accepted(kind: str, text: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_values([make(kind)], {"x": text}, PREFIXES, name="figures", path=Path("queries/figures.rq"))
    error = caught.value
    assert error.message == f"the parameter 'x' of the query figures cannot be {text!r}."
    assert error.advice == f"It is {TYPES[kind].accepts}."
    assert error.place == "queries/figures.rq"


def test_all_types_are_tried() -> None:
    assert {kind for kind, *_ in ACCEPTED} == {kind for kind, _ in REFUSED} == set(TYPES)


def test_values_are_bound_to_variables() -> None:
    parameters = [make("year", "2023"), Parameter("to", "iri", "To whom.", "_to_iri")]
    values = read_values(parameters, {"to": "person:a"}, PREFIXES, name="q")
    assert values == {
        "_x_xsd_gYear": Literal("2023", datatype=XSD.gYear),
        "_to_iri": NamedNode("https://example.org/person/a"),
    }


def test_an_optional_parameter_may_stay_free() -> None:
    assert read_values([make("year", optional=True)], {}, {}, name="q") == {}


@pytest.mark.parametrize(
    ("parameters", "values", "message"),
    [
        ([make("year")], {}, "the query q needs the parameter 'x'. Give -p x=VALUE, where VALUE is a year"),
        ([make("year")], {"y": "2024"}, "the query q has no parameter 'y'. It has x."),
        ([], {"y": "2024"}, "the query q has no parameter 'y'. It has none."),
        ([make("lang", choices=("en", "vi"))], {"x": "fr"}, "It is one of en, vi."),
    ],
)
def test_a_wrong_call_says_what_there_is(parameters: list[Parameter], values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        read_values(parameters, values, {}, name="q")


def test_a_choice_may_be_written_in_another_way() -> None:
    parameter = make("iri", choices=("https://example.org/person/a",))
    assert read_term(parameter, "person:a", PREFIXES) == NamedNode("https://example.org/person/a")
