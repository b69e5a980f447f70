"""Usage: the figures in the words quoted that nothing in the graph uses, or that could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.fidelity.case import list_values, read_number
from migragraph.fidelity.context import Context
from migragraph.fidelity.dates import read_duration
from migragraph.fidelity.names import split_words
from migragraph.fidelity.words import read_words
from migragraph.figures import Figure
from migragraph.quotations import Quotation, Testimony
from migragraph.report import Finding, Severity
from migragraph.support import Index, Term

__all__ = ["find_unused"]


class _Place(NamedTuple):
    """A figure in the words that a testimony quotes."""

    figure: Figure
    quotation: Quotation
    testimony: Testimony


class _Use(NamedTuple):
    """What the facts use that are told by words of a source: values, and texts, folded."""

    values: set[object]
    texts: set[str]


def find_unused(testimonies: Iterable[Testimony], index: Index, context: Context) -> Iterator[Finding]:
    """Find the figures that no fact uses whose evidence quotes the same figure from the same source."""
    found: dict[Hashable, list[_Place]] = defaultdict(list)
    for testimony in testimonies:
        for quotation in testimony.quotations:
            for figure in read_words(quotation, context).figures:
                printed = frozenset(list_values(figure)) or figure.text.lower()
                found[quotation.source, figure.kind, printed].append(_Place(figure, quotation, testimony))
    for places in found.values():
        if not _is_used(places[0].figure, _list_uses((place.testimony for place in places), index, context)):
            yield _warn(*places[0], context)


def _list_uses(testimonies: Iterable[Testimony], index: Index, context: Context) -> _Use:
    use = _Use(set(), set())
    for testimony in testimonies:
        for fact in testimony.facts:
            _add(fact.object, use)
            if isinstance(fact.object, NamedNode):
                for values in index.get(fact.object, {}).values():
                    for value in values:
                        _add(value, use)
                for _, name in context.labels.names.get(fact.object, ()):
                    _add(name, use)
    return use


def _add(term: Term, use: _Use) -> None:
    if isinstance(term, Literal):
        number = read_number(term)
        use.values.add(read_duration(term.value) if number is None else number)
        use.texts.add(f" {' '.join(split_words(term.value))} ")


def _is_used(figure: Figure, use: _Use) -> bool:
    values = {read_duration(value) if isinstance(value, str) else value for value in list_values(figure)}
    text = f" {' '.join(split_words(figure.text))} "
    return bool(values & use.values) or any(text in printed for printed in use.texts)


def _warn(figure: Figure, quotation: Quotation, testimony: Testimony, context: Context) -> Finding:
    is_read = figure.kind != "unknown"
    told = "is used by nothing in the graph" if is_read else "gives no number, and no unknown stands for it"
    return Finding(
        kind="evidence",
        rule="figure-unused" if is_read else "figure-unread",
        severity=Severity.WARNING,
        message=f"The figure “{figure.text}” in the words quoted, “{quotation.exact}”, {told}.",
        focus=testimony.subject.value,
        value=str(testimony.evidence),
        file=context.origin.get(testimony.subject),
        advice="State what the figure tells, or quote fewer words."
        if is_read
        else "State it as an mg:Unknown, or quote fewer words.",
    )
