"""Placing: findings about evidence stand at the words that it quotes, where they are about those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal

from migragraph.dataset import Dataset
from migragraph.evidence.rereading import Quoted
from migragraph.places import place_findings
from migragraph.positions import Position, find_strings
from migragraph.report import Finding

__all__ = ["place_evidence"]


def place_evidence(findings: Iterable[Finding], dataset: Dataset, quoted: Quoted) -> list[Finding]:
    """Give findings their places: that of the words, or of the property, or of the subject.

    A finding is about words where its value is these, or the evidence that quotes them.
    """
    found = list(findings)
    if not found:
        return []
    words = _list_words(quoted)
    wanted: dict[Path, dict[tuple[str, str], None]] = {}
    for finding in found:
        if finding.file is not None and finding.line is None:
            wanted.setdefault(finding.file, {}).update(dict.fromkeys(_pairs(finding, words)))
    places = {file: find_strings(file, pairs) for file, pairs in wanted.items() if pairs}
    placed = [_place(finding, words, places) for finding in found]
    return place_findings(placed, dataset.places, {}, dataset.prefixes)


def _list_words(quoted: Quoted) -> dict[str, list[str]]:
    """Give the words quoted by each evidence, and by each phrase, in N-Triples form."""
    words = {str(Literal(quotation.exact)): [quotation.exact] for quotation in quoted.passages.values()}
    for passage, users in quoted.users.items():
        for _, evidence in users:
            words.setdefault(str(evidence), []).append(quoted.passages[passage].exact)
    return words


def _pairs(finding: Finding, words: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Give what to look for: the words, in the block of the node itself, or of the thing that it is nested in.

    Of several phrases of one evidence, it is the one that the message repeats.
    """
    focus, phrases = finding.focus, words.get(finding.value or "", [])
    told = [phrase for phrase in phrases if phrase in finding.message] or phrases
    return [] if focus is None else [(node, phrase) for phrase in told for node in (focus, focus.partition("#")[0])]


def _place(
    finding: Finding, words: dict[str, list[str]], places: Mapping[Path, Mapping[tuple[str, str], Position]]
) -> Finding:
    here = places.get(finding.file, {}) if finding.file else {}
    place = next((here[pair] for pair in _pairs(finding, words) if pair in here), None)
    return replace(finding, line=place.line, column=place.column) if place and finding.line is None else finding
