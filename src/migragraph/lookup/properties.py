"""Properties of a thing, by what people call them."""

from __future__ import annotations

import re
from collections.abc import Collection

from pyoxigraph import NamedNode

from migragraph.errors import CallError
from migragraph.iris import local_name
from migragraph.labels import FALLBACK, Labels
from migragraph.lookup.folding import check_name, fold_name
from migragraph.wording import PROPERTIES, find_term
from migragraph.wrapping import show_line

__all__ = ["find_properties"]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def find_properties(text: str, present: Collection[NamedNode], labels: Labels, owner: str) -> list[NamedNode]:
    """Find which of the properties that a thing has are meant; raise CallError, naming those, where it is none.

    A property is an IRI, a CURIE, a local name or a label; words that several have in common mean all of these.
    """
    asked = check_name(text)
    folded = _fold(asked)
    exact = {labels.shorten(one): one for one in present} | {one.value: one for one in present}
    if found := exact.get(asked.removeprefix("<").removesuffix(">")):
        return [found]
    names = {one: _names_of(one, labels) for one in present}
    for fits in (
        lambda name: name == folded,
        lambda name: bool(folded) and set(folded.split()) <= set(name.split()),
    ):
        if several := [one for one, own in names.items() if any(fits(name) for name in own)]:
            return several
    known = "\n".join(
        sorted(f"  {labels.shorten(one)}  {show_line(find_term(one, FALLBACK) or labels.name(one))}" for one in present)
    )
    raise CallError(f"{owner} has no property {asked!r}; it has:\n{known}", advice="Name one of these.")


def _names_of(property_: NamedNode, labels: Labels) -> set[str]:
    called = [literal.value for _, literal in labels.names.get(property_, ())]
    return set(map(_fold, (local_name(property_.value), *PROPERTIES.get(property_, ()), *called)))


def _fold(text: str) -> str:
    return fold_name(_HUMP.sub(" ", text))
