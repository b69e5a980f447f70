"""Who says the facts of an evidence: its own speaker, or that of the statement that it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from migragraph.dataset import Dataset, build
from migragraph.iris import local_name
from migragraph.layout import Layout
from migragraph.quotations import list_testimonies
from migragraph.speech import Speech, find_speech

Writer = Callable[[Mapping[str, str]], Layout]

# The reason, or the phrase, of each evidence is its name in the table below.
STATEMENTS = """
@prefix actor: <https://example.org/town/actor/> .
@prefix event: <https://example.org/town/event/> .
@prefix law: <https://example.org/town/law/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix speech: <https://w3id.org/migragraph/scheme/speech-mode/> .
law:stated mg:speaker actor:ann ; mg:inPost actor:mayor ; mg:madeAt event:fair ; mg:speechMode speech:quoted ;
    mg:gist "It is good." ; mg:addressee actor:town ; mg:evidence
    [ mg:property mg:speaker , mg:inPost , mg:madeAt ; mg:basis mg:stated ; mg:reason "frame" ] ,
    [ mg:property mg:gist ; mg:basis mg:stated ; mg:reason "gist" ] ,
    [ mg:property mg:addressee ; mg:basis mg:inferred ; mg:reason "inference" ] ,
    [ mg:property mg:gist , mg:speaker ; mg:basis mg:stated ; mg:reason "both" ] .
law:guessed mg:speaker actor:bob ; mg:speechMode speech:by-context ; mg:gist "It is bad." ; mg:evidence
    [ mg:property mg:speaker ; mg:basis mg:inferred ; mg:reason "guess" ] ,
    [ mg:property mg:gist ; mg:basis mg:stated ; mg:reason "guessed gist" ] .
law:figure mg:value 7 ; mg:evidence
    [ mg:property mg:value ; mg:basis mg:stated ; mg:reason "unsaid" ] ,
    [ mg:property mg:value ; mg:basis mg:stated ; mg:reason "said" ; mg:speaker actor:ann ; mg:inPost actor:mayor ;
        mg:speechMode speech:by-context ] .
law:parted mg:speaker actor:ann ; mg:part [ mg:gist "A part." ; mg:evidence
    [ mg:property mg:gist ; mg:basis mg:stated ; mg:reason "nested" ] ] .
"""


@pytest.fixture
def town(write_project: Writer) -> Dataset:
    return build(write_project({"a.ttl": STATEMENTS}))


def tell(speech: Speech | None) -> tuple[str, str, str, bool] | None:
    if speech is None:
        return None
    post, mode = (local_name(one.value) if one else "" for one in (speech.post, speech.mode))
    return local_name(speech.speaker.value), post, mode, speech.is_inferred


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("frame", None),
        ("gist", ("ann", "mayor", "quoted", False)),
        ("inference", ("ann", "mayor", "quoted", False)),
        ("both", ("ann", "mayor", "quoted", False)),
        ("guess", None),
        ("guessed gist", ("bob", "", "by-context", True)),
        ("unsaid", None),
        ("said", ("ann", "mayor", "by-context", False)),
        ("nested", ("ann", "", "", False)),
    ],
)
def test_who_says_it(town: Dataset, name: str, told: tuple[str, str, str, bool] | None) -> None:
    found = {
        reason.value: find_speech(testimony, town.index)
        for testimony in list_testimonies(town.index)
        for property_, reasons in town.index[testimony.evidence].items()
        if property_.value.endswith("#reason")
        for reason in reasons
    }
    assert tell(found[name]) == told


def test_only_what_is_neither_quoted_nor_reported_needs_a_remark(town: Dataset) -> None:
    speeches = [find_speech(testimony, town.index) for testimony in list_testimonies(town.index)]
    remarks = {local_name(one.mode.value): one.remark for one in speeches if one and one.mode}
    assert remarks["quoted"] is None
    assert remarks["by-context"] is not None
