"""The tool speaks English and Vietnamese, and calls the terms of others as people do."""

from __future__ import annotations

from migragraph.namespaces import QB, SCHEMA
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
