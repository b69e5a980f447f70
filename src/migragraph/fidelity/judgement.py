"""The judgement: every testimony of a thing against the words that it quotes, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.fidelity.case import DATES, NUMBERS, Case, Fault, Judge
from migragraph.fidelity.context import NAMED, Context
from migragraph.fidelity.dates import judge_date, judge_duration, judge_period
from migragraph.fidelity.numbers import BOUNDS, judge_bound, judge_number
from migragraph.fidelity.qualities import SEX, TOLD, UNIT, judge_flag, judge_hedge, judge_sex, judge_term, judge_unit
from migragraph.fidelity.things import judge_speaker, judge_thing
from migragraph.fidelity.usage import find_unused
from migragraph.fidelity.wordings import IS_PRINTED, PRINTED, judge_gist, judge_text
from migragraph.iris import shorten_iri
from migragraph.namespaces import MG, RDF, XSD
from migragraph.quotations import Testimony, read_testimony
from migragraph.report import Finding, Severity
from migragraph.support import Fact, Index

__all__ = ["JUDGES", "KIND", "judge", "judge_subject"]

KIND = "evidence"
_STATED, _PERIOD, _TYPE, _LANGUAGE_STRING = MG.stated, MG.Period, RDF.type, RDF.langString

JUDGES: Mapping[NamedNode, Judge] = MappingProxyType(
    {
        **dict.fromkeys(NAMED, judge_thing),
        **dict.fromkeys(TOLD, judge_term),
        MG.hedge: judge_hedge,
        MG.speaker: judge_speaker,
        SEX: judge_sex,
        UNIT: judge_unit,
    }
)
"""How the things that are the values of a property are judged."""
_JUDGES_OF_TYPE: Mapping[NamedNode, Judge] = MappingProxyType(
    {
        **dict.fromkeys(NUMBERS, judge_number),
        **dict.fromkeys(DATES, judge_date),
        XSD.boolean: judge_flag,
        XSD.duration: judge_duration,
    }
)


_OF_FIGURES = frozenset((judge_bound, judge_date, judge_duration, judge_hedge, judge_number, judge_period, judge_unit))


def judge(dataset: Dataset) -> list[Finding]:
    """Find the facts that the words quoted do not say, as violations, and the figures nothing uses, as warnings.

    Where what is only inferred is left out, the rest is still compared with all that the graph knows: a name or a use
    of a figure may be inferred.
    """
    whole = dataset.whole
    context = Context.of(whole)
    kept = {str(testimony.evidence) for testimony in dataset.testimonies}
    differing = [finding for testimony in dataset.testimonies for finding in _judge(testimony, whole.index, context)]
    return [
        *differing,
        *(finding for finding in find_unused(whole.testimonies, whole.index, context) if finding.value in kept),
    ]


def judge_subject(subject: NamedNode, index: Index, context: Context) -> Iterator[Finding]:
    """Find the stated facts of one thing that the words quoted for them do not say.

    What is inferred, or stands in a reference, is not in the words, and is not judged.
    """
    for evidence in index[subject].get(MG.evidence, ()):
        if isinstance(evidence, NamedNode):
            yield from _judge(read_testimony(subject, evidence, index), index, context)


def _judge(testimony: Testimony, index: Index, context: Context) -> Iterator[Finding]:
    if testimony.basis == _STATED and testimony.quotations:
        case = Case(testimony, index, context)
        for fact in testimony.facts:
            find = _choose_text(fact, fact.object) if isinstance(fact.object, Literal) else _choose(fact, index)
            if find in _OF_FIGURES and not all(words.is_readable for words in case.words):
                yield _warn(case, fact)
            elif find is not None:
                yield from _report(find(case, fact), context)


def _choose(fact: Fact, index: Index) -> Judge | None:
    """Choose how a fact is judged whose value is a thing."""
    if fact.predicate in JUDGES:
        return JUDGES[fact.predicate]
    value = index.get(fact.object) if isinstance(fact.object, NamedNode) else None
    return judge_period if value and _PERIOD in value.get(_TYPE, ()) else None


def _choose_text(fact: Fact, text: Literal) -> Judge | None:
    """Choose how a fact is judged whose value is a literal."""
    if text.datatype in NUMBERS and fact.predicate in BOUNDS:
        return judge_bound
    if text.datatype in _JUDGES_OF_TYPE:
        return _JUDGES_OF_TYPE[text.datatype]
    if fact.predicate in PRINTED or text.datatype in IS_PRINTED:
        return judge_text
    return judge_gist if text.datatype == _LANGUAGE_STRING else None


def _warn(case: Case, fact: Fact) -> Finding:
    languages = sorted({words.language for words in case.words if not words.is_readable})
    return Finding(
        kind=KIND,
        rule="figure-unread",
        severity=Severity.WARNING,
        message=f"The words quoted, {case.quote}, were not compared: there are no rules for {' and '.join(languages)}.",
        focus=fact.subject.value,
        path=shorten_iri(fact.predicate.value, case.context.prefixes),
        value=str(fact.object),
        file=case.context.origin.get(fact.subject),
        advice="Compare them by eye, or quote a source in a language that has rules.",
    )


def _report(faults: Iterable[Fault], context: Context) -> Iterator[Finding]:
    for fault in faults:
        yield Finding(
            kind=KIND,
            rule=fault.rule,
            message=fault.message,
            focus=fault.fact.subject.value,
            path=shorten_iri(fault.fact.predicate.value, context.prefixes),
            value=str(fault.fact.object),
            file=context.origin.get(fault.fact.subject),
            advice="Correct the value, or quote the words that state it.",
        )
