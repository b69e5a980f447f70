"""Re-reading: the words of every passage, looked for in the text of its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from migragraph.errors import DataError
from migragraph.evidence.phrases import Flaw, ReadText, find_flaw
from migragraph.layout import Layout
from migragraph.namespaces import MG, OA
from migragraph.passages import Span
from migragraph.quotations import Quotation, read_quotation
from migragraph.support import Index
from migragraph.texts import find_texts, read_hashes, read_text

__all__ = ["Quoted", "Rereading", "collect_quoted", "reread"]

# How many phrases with a flaw get a suggestion: with a wrong text all have one.
_SUGGESTED = 200


@dataclass(frozen=True, slots=True)
class Quoted:
    """The passages of a dataset: the words of each, and the evidence (subject and node) that rests on it."""

    passages: Mapping[NamedNode, Quotation]
    users: Mapping[NamedNode, tuple[tuple[NamedNode, NamedNode], ...]]

    def group(self) -> dict[NamedNode, list[Quotation]]:
        """Give the quotations of each source."""
        grouped: dict[NamedNode, list[Quotation]] = {}
        for quotation in self.passages.values():
            grouped.setdefault(quotation.source, []).append(quotation)
        return grouped


@dataclass(frozen=True, slots=True)
class Rereading:
    """What the texts that are at hand gave.

    ``spans`` are where each passage of a text that was read stands in it, in code points; ``hashes`` the SHA-256 of
    those texts; ``changed`` the sources whose text is not the one that the data know; ``unread`` how many passages of
    which source were not looked for; ``flaws`` what is wrong with which passage; ``faults`` the texts that cannot be
    read.
    """

    spans: Mapping[NamedNode, tuple[Span, ...]]
    hashes: Mapping[NamedNode, str]
    changed: Mapping[NamedNode, Path]
    unread: Mapping[NamedNode, int]
    flaws: Mapping[NamedNode, Flaw]
    faults: tuple[DataError, ...]


def collect_quoted(index: Index) -> Quoted:
    """Collect the passages on which evidence rests."""
    passages: dict[NamedNode, Quotation] = {}
    users: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = {}
    for subject, evidence, target in _targets(index):
        if target not in passages and (quotation := read_quotation(target, index)):
            passages[target] = quotation
        if target in passages:
            users.setdefault(target, []).append((subject, evidence))
    return Quoted(passages, {passage: tuple(pairs) for passage, pairs in users.items()})


def _targets(index: Index) -> Iterator[tuple[NamedNode, NamedNode, NamedNode]]:
    by, has_target = MG.evidence, OA.hasTarget
    for subject, properties in index.items():
        for evidence in properties.get(by, ()):
            if isinstance(evidence, NamedNode):
                for target in index.get(evidence, {}).get(has_target, ()):
                    if isinstance(target, NamedNode):
                        yield subject, evidence, target


def reread(quoted: Quoted, index: Index, layout: Layout, folder: Path | None) -> Rereading:
    """Look for the words of all passages in the texts of a folder; without one, nothing is read."""
    grouped, hashes = quoted.group(), read_hashes(index)
    files = find_texts(folder, grouped, hashes, layout.texts) if folder else {}
    spans: dict[NamedNode, tuple[Span, ...]] = {}
    flaws: dict[NamedNode, Flaw] = {}
    read: dict[NamedNode, str] = {}
    faults: list[DataError] = []
    for source in files:
        try:
            content, read[source] = read_text(files[source].path)
        except DataError as error:
            faults.append(error)
            continue
        text = ReadText(content)
        for quotation in grouped[source]:
            found = tuple(text.find(quotation))
            spans[quotation.passage] = found
            if flaw := find_flaw(quotation, found, text, with_help=len(flaws) < _SUGGESTED):
                flaws[quotation.passage] = flaw
    changed = {source: file.path for source, file in files.items() if source in hashes and not file.is_known}
    unread = {source: len(quotations) for source, quotations in grouped.items() if source not in read}
    return Rereading(spans, read, changed, unread, flaws, tuple(faults))
