"""The constraint components that look at one value at a time: https://www.w3.org/TR/shacl/#core-components."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

import numpy as np
from pyoxigraph import NamedNode

from migragraph.namespaces import SH
from migragraph.shacl.fast.comparison import Value, is_at_most, is_less, read_value
from migragraph.shacl.fast.context import Context
from migragraph.shacl.fast.model import Constraint
from migragraph.shacl.fast.patterns import match_pattern
from migragraph.shacl.fast.terms import BLANK, ID, IRI, LITERAL, TRIPLE, Ids, Mask
from migragraph.shacl.shapes import Term

__all__ = ["VALUE_TESTS", "ValueTest"]

ValueTest: TypeAlias = Callable[[Context, Constraint, Ids], Mask]

NODE_KINDS: Mapping[Term, tuple[int, ...]] = {
    SH["IRI"]: (IRI,),
    SH["BlankNode"]: (BLANK,),
    SH["Literal"]: (LITERAL,),
    SH["BlankNodeOrIRI"]: (BLANK, IRI),
    SH["BlankNodeOrLiteral"]: (BLANK, LITERAL),
    SH["IRIOrLiteral"]: (IRI, LITERAL),
}


def test_class(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values are instances of the class."""
    return context.are_instances(constraint.value, values)


def test_datatype(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values are literals of the datatype, and have a lexical form of it."""
    return context.literals.have_datatype(context.terms.number(constraint.value), values)


def test_node_kind(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values are IRIs, blank nodes or literals, as the constraint asks."""
    fitting = np.zeros(TRIPLE + 1, np.bool_)
    fitting[list(NODE_KINDS[constraint.value])] = True
    return fitting[context.terms.kinds[values]]


def test_in(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values are members of the list."""
    return context.are_among(context.terms.number_all(constraint.members), values)


def test_pattern(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values match the regular expression; a blank node never does."""
    distinct = context.terms.distinct(values)
    numbered = zip(distinct.tolist(), context.terms.read_texts(distinct), strict=True)
    texts = {number: text for number, text in numbered if text is not None}
    pattern = constraint.value.value
    found = match_pattern(texts, pattern, constraint.flags)
    if found is None:
        said = f"The pattern {pattern!r} does not run in linear time; Python ran it, in a process with a time limit."
        context.notes[said] = None
        found = np.array(context.worker.ask("search", texts, pattern, constraint.flags), ID)
    return context.are_among(found, values)


def test_language_in(context: Context, constraint: Constraint, values: Ids) -> Mask:
    """Tell which values have one of the languages, by basic filtering (https://www.rfc-editor.org/rfc/rfc4647)."""
    ranges = [member.value.lower() for member in constraint.members]

    @cache
    def holds(tag: str) -> bool:
        return bool(tag) and any(tag == wanted or tag.startswith(f"{wanted}-") or wanted == "*" for wanted in ranges)

    distinct = context.terms.distinct(values)
    found = np.fromiter(map(holds, context.terms.read_languages(distinct)), np.bool_, len(distinct))
    return context.are_among(distinct[found], values)


def _measure(fits: Callable[[int, int], bool]) -> ValueTest:
    """Make a test of how long the text of a value is, in characters; a blank node has none."""

    def test(context: Context, constraint: Constraint, values: Ids) -> Mask:
        distinct = context.terms.distinct(values)
        texts = context.terms.read_texts(distinct)
        fitting = [text is not None and fits(len(text), constraint.count) for text in texts]
        return context.are_among(distinct[np.array(fitting, np.bool_)], values)

    return test


def _compare(fits: Callable[[Value | None, Value | None], bool], *, above: bool) -> ValueTest:
    """Make a test of where a value stands to a bound; ``above`` says whether it may be greater.

    Rounding keeps the order of numbers, so only those that are the same float as the bound are looked at exactly.
    """

    def test(context: Context, constraint: Constraint, values: Ids) -> Mask:
        bound = read_value(constraint.value)
        near = context.literals.approximate(values)
        (limit,) = context.literals.approximate(np.array([context.terms.number(constraint.value)], np.int32))
        passed: Mask = near > limit if above else near < limit
        close = ~((near > limit) | (near < limit))
        passed[close] = context.terms.test(values[close], lambda term: fits(read_value(term), bound))
        return passed

    return test


VALUE_TESTS: Mapping[NamedNode, ValueTest] = {
    SH[f"{name}ConstraintComponent"]: test
    for name, test in {
        "Class": test_class,
        "Datatype": test_datatype,
        "In": test_in,
        "LanguageIn": test_language_in,
        "MaxExclusive": _compare(is_less, above=False),
        "MaxInclusive": _compare(is_at_most, above=False),
        "MaxLength": _measure(lambda length, bound: length <= bound),
        "MinExclusive": _compare(lambda value, bound: is_less(bound, value), above=True),
        "MinInclusive": _compare(lambda value, bound: is_at_most(bound, value), above=True),
        "MinLength": _measure(lambda length, bound: length >= bound),
        "NodeKind": test_node_kind,
        "Pattern": test_pattern,
    }.items()
}
"""For each component, which values satisfy a constraint of it."""
