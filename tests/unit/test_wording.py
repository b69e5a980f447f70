"""The tool speaks English and Vietnamese, and calls the terms of others as people do."""

from __future__ import annotations

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.labels import collect_labels
from migragraph.namespaces import OA, QB, RDF, SCHEMA
from migragraph.wording import CONCEPTS, LANGUAGES, PROPERTIES, WORDS, find_term, say


def test_every_word_has_a_form_in_each_language() -> None:
    for forms in [*WORDS.values(), *PROPERTIES.values(), *CONCEPTS.values()]:
        assert len(forms) == len(LANGUAGES)
        assert all(form == form.strip() != "" for form in forms)


def test_words_are_said() -> None:
    assert say("stated", "en") == "stated"
    assert say("stated", "vi") == "được nêu"
    assert say("stated", "fr") == "stated"
    assert say("and more", "vi", count=3) == "và 3 mục khác"
    assert say("fr", "en") == "fr"


def test_terms_of_others_have_words() -> None:
    assert find_term(SCHEMA.startDate, "en") == "start"
    assert find_term(QB.Observation, "vi") == "quan sát"
    assert find_term(SCHEMA.unheardOf, "vi") == ""


def test_each_foreign_term_that_tells_of_a_thing_has_a_vietnamese_word(bundled: Dataset) -> None:
    """But for the parts of evidence, which the pages tell in words of their own, and statements taken apart."""
    labels = collect_labels(bundled)
    properties = {name for some in bundled.index.values() for name in some}
    classes = {value for some in bundled.index.values() for value in some.get(RDF.type, ())}
    lacking = {
        term.value
        for term in properties | classes
        if isinstance(term, NamedNode) and not find_term(term, "vi") and labels.find(term, "vi").language != "vi"
    }
    assert {one for one in lacking if not one.startswith(str(OA))} == {RDF.Statement.value}
