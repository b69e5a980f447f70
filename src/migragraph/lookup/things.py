"""Things and terms, by what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.errors import CallError
from migragraph.iris import expand_curie, local_name
from migragraph.labels import Labels, collect_labels
from migragraph.lookup.folding import check_name, fold_name
from migragraph.lookup.numbers import Numbers
from migragraph.lookup.suggestions import suggest_names
from migragraph.wrapping import show_line

__all__ = ["Lookup"]

_SHOWN = 20
_NEAREST = 5

_ADVICE = "Name a thing by an IRI, a CURIE, a label, or a number such as 402/QD-TTg."


class Lookup:
    """Find things of a dataset by what people call them; what is folded once is kept for the next question."""

    def __init__(self, dataset: Dataset, labels: Labels) -> None:
        self.dataset = dataset
        self.labels = labels
        self._numbers = Numbers(dataset, labels)

    def find(self, text: str) -> NamedNode:
        """Find the one thing that is meant; raise CallError, naming several or the nearest, where there is not one.

        An IRI or a CURIE is taken as it is. Then a name exactly as written beats a number that a thing bears, that
        beats a name that is alike when folded, that a number that a figure gives, and that names that hold the words.
        """
        asked = check_name(text)
        if self._is_iri(asked):
            return self._described(asked)
        folded = fold_name(asked)
        for found in (
            self._named(asked),
            self._numbers.find(asked),
            self._folded.get(folded, {}),
            self._numbers.find_figures(asked),
            self._holding(folded),
        ):
            if found:
                return self._only(asked, list(found))
        self._refuse_left_out(asked)
        near = self._nearest(folded, self._folded, self.dataset.layout.base)
        raise CallError(f"nothing in the graph is called {asked!r}.", advice=f"{_ADVICE}{near}")

    def _is_iri(self, text: str) -> bool:
        prefix, colon, local = text.partition(":")
        written = text.startswith("<") and text.endswith(">")
        curie = bool(colon) and prefix in self.dataset.prefixes and " " not in text
        return written or curie or (bool(colon) and local.startswith("//") and " " not in text)

    def _described(self, text: str) -> NamedNode:
        iri = expand_curie(text, self.dataset.prefixes)
        if iri not in self.dataset.index and iri not in self.labels.names:
            self._refuse_left_out(text)
            near = self._nearest_in(iri)
            raise CallError(f"the graph says nothing of {iri.value}.", advice=f"Check the IRI, or the CURIE.{near}")
        return iri

    def _named(self, text: str) -> dict[NamedNode, None]:
        return {
            thing: None
            for thing, names in self.labels.names.items()
            if any(literal.value == text for _, literal in names)
        }

    @cached_property
    def _folded(self) -> dict[str, dict[NamedNode, None]]:
        folded: dict[str, dict[NamedNode, None]] = {}
        for thing, names in self.labels.names.items():
            for _, literal in names:
                folded.setdefault(fold_name(literal.value), {})[thing] = None
        return folded

    def _holding(self, folded: str) -> dict[NamedNode, None]:
        """Find the things a name of which holds words, or words that begin so; those with the shortest names first."""
        words = [f" {word}" for word in folded.split()]
        names = [name for name in self._folded if words and all(word in f" {name}" for word in words)]
        return self._where(sorted(names, key=lambda name: (len(name.split()), name)))

    def _where(self, names: Iterable[str]) -> dict[NamedNode, None]:
        return {thing: None for name in names for thing in self._folded[name]}

    def _only(self, text: str, found: list[NamedNode]) -> NamedNode:
        if len(found) == 1:
            return found[0]
        more = f"\n  and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        listed = f"{self._list(found[:_SHOWN])}{more}"
        raise CallError(f"{text!r} may mean {len(found)} things:{listed}", advice="Name one by its CURIE.")

    def _refuse_left_out(self, text: str) -> None:
        """Raise CallError where a name is that of a thing that is left out because it is only inferred."""
        found = self._find_left_out(text)
        if found is not None and found not in self.dataset.index:
            told = f"{self.labels.shorten(found)} is only inferred, and --stated-only leaves it out."
            raise CallError(told, advice="Ask without --stated-only.")

    def _find_left_out(self, text: str) -> NamedNode | None:
        whole = self.dataset.whole
        if whole is self.dataset:
            return None
        try:
            return Lookup(whole, collect_labels(whole)).find(text)
        except CallError:
            return None

    def _nearest_in(self, iri: NamedNode) -> str:
        """Name the things in the namespace of an IRI whose last part is most like that of the IRI, as lines."""
        local = local_name(iri.value)
        space = iri.value.removesuffix(local)
        keys: dict[str, dict[NamedNode, None]] = {}
        for thing in (*self.dataset.index, *self.labels.names):
            if thing.value.startswith(space) and "#" not in thing.value.removeprefix(space):
                keys.setdefault(fold_name(local_name(thing.value)), {})[thing] = None
        return self._nearest(fold_name(local), keys, space)

    def _nearest(self, folded: str, names: Mapping[str, Mapping[NamedNode, None]], space: str) -> str:
        """Name the things in a namespace that are called most like a folded name, as lines."""
        found = {thing: None for name in suggest_names(folded, names) for thing in names[name]}
        things = [thing for thing in found if thing.value.startswith(space)]
        return f" Nearest:{self._list(things[:_NEAREST])}" if things else ""

    def _list(self, things: Iterable[NamedNode]) -> str:
        return "".join(
            f"\n  {self.labels.shorten(thing)}  {show_line(self.labels.find(thing).text)}" for thing in things
        )
