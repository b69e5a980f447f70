"""Translations: where a query takes names in English, a page in another language shows those of its language.

What the query answers stays as it is, in its files too: a name is looked up by its text, and stays English where things
of that name are called differently, or have no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.dataset import Dataset
from migragraph.explain.naming import Naming
from migragraph.labels import FALLBACK, PREFERRED
from migragraph.namespaces import SKOS
from migragraph.site.site import Site
from migragraph.wording import LANGUAGES

__all__ = ["translate_rows"]

Term = TypeVar("Term", bound=NamedNode | BlankNode | Literal | Triple | None)
Forms = Mapping[str, str]

_NAMED = re.compile(r"(?<!\|)(?:rdfs:label|skos:prefLabel)\s+[?$](\w+)")
"""Where a query takes the one name that a thing has in a language."""


def translate_rows(
    site: Site, query: str, columns: Sequence[str], rows: Sequence[Sequence[Term | Literal]], language: str
) -> Sequence[Sequence[Term | Literal]]:
    """Give the rows of an answer with the names in a language, in the columns for which the query takes names."""
    names = set(_NAMED.findall(query))
    named = [column in names for column in columns]
    # What things are called is not held a second time where there are very many.
    if site.is_large or language == FALLBACK or not any(named):
        return rows
    forms = site.once(_collect_forms, site.namings)[language]
    return [
        [_translate(term, forms, language) if own else term for own, term in zip(named, row, strict=True)]
        for row in rows
    ]


def _translate(term: Term, forms: Forms, language: str) -> Term | Literal:
    if isinstance(term, Literal) and term.language == FALLBACK and (form := forms.get(term.value)):
        return Literal(form, language=language)
    return term


def _collect_forms(dataset: Dataset, namings: Mapping[str, Naming]) -> Mapping[str, Forms]:
    return {language: _list_forms(naming) for language, naming in namings.items()}


def _list_forms(naming: Naming) -> Forms:
    """Give for each English name the one in the language, where what is called so shares it.

    A concept goes before the class or property of its name, and what the graph names before what the tool names.
    """
    found: dict[str, list[set[str]]] = {}
    # A word of the tool has no tag, and is English for any language that the tool does not speak.
    known = (naming.language, *([""] if naming.language in LANGUAGES else []))
    for term, names in naming.labels.names.items():
        own = naming.find_label(term)
        for property_, name in names if own.language in known else ():
            if property_ in PREFERRED and name.language == FALLBACK:
                rank = 0 if property_ == SKOS.prefLabel else 1 if own.language else 2
                found.setdefault(name.value, [set(), set(), set()])[rank].add(own.text)
    chosen = ((name, next(forms for forms in ranked if forms)) for name, ranked in found.items())
    return {name: next(iter(forms)) for name, forms in chosen if len(forms) == 1}
