"""Texts: does the phrase print a name or a number as the graph has it, and every figure that a gist tells?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from migragraph.fidelity.case import Case, Fault
from migragraph.fidelity.names import split_words
from migragraph.fidelity.words import Words
from migragraph.lookup import fold_name
from migragraph.namespaces import DCTERMS, ELI, FOAF, MG, RDFS, SCHEMA, SKOS, XSD
from migragraph.quotations import read_testimony
from migragraph.support import Fact

__all__ = ["IS_PRINTED", "PRINTED", "judge_gist", "judge_text"]

PRINTED = frozenset(
    (
        DCTERMS.identifier,
        DCTERMS.title,
        FOAF.familyName,
        FOAF.givenName,
        FOAF.name,
        MG.wording,
        RDFS.label,
        SCHEMA.alternateName,
        SCHEMA.headline,
        SCHEMA.identifier,
        SCHEMA.jobTitle,
        SCHEMA.name,
        SCHEMA.url,
        SKOS.altLabel,
        SKOS.prefLabel,
        ELI.number,
    )
)
"""The properties whose texts are given as they are printed."""
IS_PRINTED = frozenset((XSD.anyURI, XSD.string))
"""The datatypes of texts that are given as they are printed, whatever the property."""
# A phrase has this many words at most: of a longer name it can print only a part.
_LONGEST = 12
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def judge_text(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the name or number, given as it is printed, that does not stand in the words."""
    text = fact.object
    assert isinstance(text, Literal)
    own = [words for words in case.words if not text.language or text.language.startswith(words.language)]
    if own and not any(_prints(words, split_words(text.value)) for words in own):
        yield case.say("text-differs", fact, "do not print it", f"“{text.value}”")


def _prints(words: Words, name: tuple[str, ...]) -> bool:
    """Tell whether words print a name, what is told to stand around them included; of a long one they print a part."""
    around = split_words(words.around)
    line, printed, whole = (f" {' '.join(parts)} " for parts in (words.folded, name, around))
    return printed in whole or (len(name) > max(_LONGEST, len(around)) and line in printed)


def judge_gist(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the figures in the graph's own text that no words quoted for the thing print, nor a name it leads to."""
    numbers = dict.fromkeys(_NUMBER.findall(fact.object.value))
    printed = set(_list_printed(case)) if numbers else set()
    for number in numbers:
        if number not in printed:
            yield case.say("figure-differs", fact, f"do not print “{number}”", f"“{fact.object.value}”")


def _list_printed(case: Case) -> Iterator[str]:
    """Give the numbers in all words quoted for a thing, and in the names of what it leads to."""
    for property_, values in case.index[case.testimony.subject].items():
        for value in values:
            if property_ == MG.evidence and isinstance(value, NamedNode):
                for quotation in read_testimony(case.testimony.subject, value, case.index).quotations:
                    yield from _NUMBER.findall(quotation.exact)
            elif isinstance(value, NamedNode):
                # A label is the graph's own; only another name is one that a source prints.
                for name in case.index.get(value, {}).get(SKOS.altLabel, ()):
                    yield from _NUMBER.findall(fold_name(name.value))
