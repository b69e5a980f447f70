"""Derivations: derived figures computed again, and their hedges held against those of the figures used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from migragraph.audit.formula import parse_formula
from migragraph.audit.ranges import Range
from migragraph.consistency import HEDGE, Observation, find_nodes
from migragraph.iris import shorten_iri
from migragraph.namespaces import MG
from migragraph.support import Index

__all__ = ["Computation", "compute_derived"]

_LOOSE_BELOW = (HEDGE.approximately, HEDGE.nearly, HEDGE["less-than"], HEDGE["at-most"], HEDGE["up-to"])
_LOOSE_ABOVE = (HEDGE.approximately, HEDGE["more-than"], HEDGE["at-least"])


@dataclass(frozen=True, slots=True)
class Computation:
    """A derived figure computed again: the figures used, what the formula gives, and what is wrong, if anything.

    ``rule`` is ``derived-figure`` where the value is not what the formula gives, or that cannot be computed, and
    ``derived-hedge`` where the hedge is firmer than the figures used.
    """

    figure: Observation
    derivation: NamedNode
    used: tuple[Observation, ...]
    given: Range | None
    rule: str = ""
    fault: str = ""

    @property
    def mixes(self) -> bool:
        """Tell whether the figures used have different hedges."""
        return len({one.hedge for one in self.used}) > 1


def compute_derived(
    figure: Observation, observations: Mapping[NamedNode, Observation], index: Index, prefixes: Mapping[str, str]
) -> Iterator[Computation]:
    """Compute a figure again by each of its derivations that has a formula."""
    for derivation in find_nodes(index[figure.iri], MG.derivation):
        properties = index.get(derivation, {})
        used = tuple(observations[one] for one in find_nodes(properties, MG.computedFrom) if one in observations)
        for formula in properties.get(MG.formula, ()):
            if isinstance(formula, Literal):
                yield _compute(figure, derivation, used, formula.value, prefixes)


def _compute(
    figure: Observation,
    derivation: NamedNode,
    used: tuple[Observation, ...],
    text: str,
    prefixes: Mapping[str, str],
) -> Computation:
    names = {shorten_iri(one.iri.value, prefixes): one for one in used}
    try:
        formula = parse_formula(text)
        given = formula({name: Range(one.low, one.high) for name, one in names.items()}, True)
        possible = formula({name: Range.of(one.extent) for name, one in names.items()}, False)
    except KeyError as error:
        fault = f"The formula names {error.args[0]}, which is no figure used with a value."
        return Computation(figure, derivation, used, None, "derived-figure", fault)
    except (ValueError, ArithmeticError) as error:
        message = str(error) if isinstance(error, ValueError | ZeroDivisionError) else "The formula cannot be computed."
        return Computation(figure, derivation, used, None, "derived-figure", message[0].upper() + message[1:])
    rule, fault = _judge(figure, given, possible)
    return Computation(figure, derivation, used, given, rule, fault)


def _judge(figure: Observation, given: Range, possible: Range) -> tuple[str, str]:
    if given != Range(figure.low, figure.high):
        ends = " to ".join(dict.fromkeys(f"{end:,f}" for end in given))
        return "derived-figure", f"The formula gives {ends}, and not the figure."
    if (possible.low < figure.low and not _allows(figure, _LOOSE_BELOW)) or (
        possible.high > figure.high and not _allows(figure, _LOOSE_ABOVE)
    ):
        return (
            "derived-hedge",
            "The hedge of the derived figure is firmer than the figures used, or the rounding, allow.",
        )
    return "", ""


def _allows(figure: Observation, hedges: tuple[NamedNode, ...]) -> bool:
    known = (*_LOOSE_BELOW, *_LOOSE_ABOVE, HEDGE.exact, HEDGE["more-than-to"])
    return figure.hedge in hedges or figure.hedge not in known
