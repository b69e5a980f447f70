"""What words tell without printing it: the hedge of a figure, its unit, the sex that it counts; a state, a role."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from migragraph.fidelity.case import Case, Fault
from migragraph.fidelity.names import split_words
from migragraph.fidelity.numbers import list_texts
from migragraph.fidelity.vocabulary import UnitWords
from migragraph.fidelity.words import Words, is_printed
from migragraph.figures import Figure
from migragraph.iris import local_name
from migragraph.namespaces import MG, ORG, SDMX_ATTRIBUTE, SDMX_DIMENSION
from migragraph.support import Fact

__all__ = ["SEX", "TOLD", "UNIT", "judge_flag", "judge_hedge", "judge_sex", "judge_term", "judge_unit"]

UNIT = SDMX_ATTRIBUTE.unitMeasure
SEX = SDMX_DIMENSION.sex
TOLD = (MG.role, MG.status, ORG.role)
_CODES = "sex-"
_TOTAL, _NOT_APPLICABLE = "T", "N"
_PEOPLE = "people"
# A figure of one of these kinds measures; any other one counts what its words name.
_MEASURES = frozenset(("money", "percentage"))
_YES = ("true", "1")
_NO_FIT = (False, -1)


def judge_hedge(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the hedge that does not stand beside the figure; exact is one only where no word qualifies the figure.

    The reader of figures calls a hedge by the last part of its IRI: hedge:more-than is "more than".
    """
    hedge = local_name(fact.object.value).replace("-", " ")
    read = {figure.hedge for _, figure in case.own_figures or case.figures}
    if hedge not in read:
        printed = f"say {' or '.join(sorted(read))}" if read else "print no figure"
        yield case.say("hedge-differs", fact, printed, hedge)


def judge_unit(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the unit that the words contradict: they print another one of the graph beside the figure, and not this."""
    printed = [_list_units(words, figure, case) for words, figure in case.own_figures]
    if printed and all(units and fact.object not in units for units in printed):
        units = {unit for fitting in printed for unit in fitting}
        yield case.say("unit-differs", fact, f"give the unit {case.list_names(units)}", case.name(fact))


def _list_units(words: Words, figure: Figure, case: Case) -> set[NamedNode]:
    """Give the units of the graph that fit a figure best: the one that was read, then the one told in most words."""
    beside = split_words(words.look_beside(figure))
    fits = {unit: _fit(words, figure, beside, unit) for unit in case.context.rivals.get(UNIT, ())}
    best = max(fits.values(), default=(False, -1))
    return {unit for unit, fit in fits.items() if fit == best and fit != _NO_FIT}


def _fit(words: Words, figure: Figure, beside: tuple[str, ...], unit: NamedNode) -> tuple[bool, int]:
    """Tell whether a unit is the one read in a figure, and how many words beside it tell the unit; -1 for no fit."""
    label = words.context.labels.name(unit)
    known = words.vocabulary.units.get(label) if words.vocabulary else None
    told = known or UnitWords(frozenset(), (" ".join(split_words(label)),))
    is_read = figure.unit in told.read
    if not is_read and (figure.kind in _MEASURES or (figure.unit is not None and told.read)):
        return _NO_FIT
    lengths = [len(phrase.split()) for phrase in told.words if is_printed([phrase], beside)]
    return (is_read, max(lengths, default=0)) if lengths or (is_read and not told.words) else _NO_FIT


def judge_sex(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the code of a sex that the words beside the figure contradict."""
    prefix, found, code = local_name(fact.object.value).partition(_CODES)
    if not found or prefix or any(words.vocabulary is None for words in case.words):
        return
    told = [_read_codes(words, figure) for words, figure in case.own_figures] or [_read_all(case)]
    codes = {code for fitting in told for code in fitting}
    if code not in codes:
        yield case.say("sex-differs", fact, f"{list_texts(case)}, of the sex {' or '.join(sorted(codes))}", code)


def _read_codes(words: Words, figure: Figure) -> frozenset[str]:
    """Give the codes that fit the words beside a figure: of people the total is a code, of other things it is not."""
    codes = _list_codes(words, words.look_beside(figure))
    if figure.unit == _PEOPLE:
        return codes or frozenset(_TOTAL)
    if figure.kind in _MEASURES:
        return codes or frozenset((_TOTAL, _NOT_APPLICABLE))
    return codes or frozenset(_NOT_APPLICABLE)


def _read_all(case: Case) -> frozenset[str]:
    codes = frozenset(code for words in case.words for code in _list_codes(words, words.text))
    return codes or frozenset((_TOTAL, _NOT_APPLICABLE))


def _list_codes(words: Words, text: str) -> frozenset[str]:
    """Give the codes that words name; the total too where they name several."""
    assert words.vocabulary is not None
    parts = split_words(text)
    codes = frozenset(code for code, names in words.vocabulary.sexes.items() if is_printed(names, parts))
    return codes | {_TOTAL} if len(codes) > 1 else codes


def judge_flag(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the no of a property whose name stands in the words without a word that denies it: "Acting Chief"."""
    name = split_words(case.context.labels.name(fact.predicate))
    told = [words for words in case.words if words.vocabulary and is_printed([" ".join(name)], words.folded)]
    is_denied = any(words.vocabulary and is_printed(words.vocabulary.denials, words.folded) for words in case.words)
    if told and not is_denied and fact.object.value not in _YES:
        yield case.say("flag-differs", fact, f"print “{' '.join(name)}”", fact.object.value)


def judge_term(case: Case, fact: Fact) -> Iterator[Fault]:
    """Find the state or role that the words do not tell while they tell another."""
    told = {term for term in case.context.rivals[fact.predicate] if _is_told(term, case)}
    if told and fact.object not in told and told.isdisjoint(case.index[fact.subject][fact.predicate]):
        yield case.say("term-differs", fact, f"tell {case.list_names(told)}", case.name(fact))


def _is_told(term: NamedNode, case: Case) -> bool:
    label = case.context.labels.name(term)
    vocabularies = ((words, words.vocabulary) for words in case.words)
    return any(rules and is_printed((*rules.told.get(label, ()), label), words.folded) for words, rules in vocabularies)
