"""Put findings at their places: the file in which a node is described, and the line and column there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from migragraph.errors import CallError
from migragraph.iris import expand_curie
from migragraph.positions import Position, find_ends, find_triples, read_value
from migragraph.report import Finding

__all__ = ["add_ends", "place_findings"]

# A node may be nested in a node nested in a thing; no deeper than this is anything authored.
DEEPEST_NODE = 16

NO_LABELS: Mapping[str, str] = MappingProxyType({})
Sought: TypeAlias = tuple[str, str | None, str | None]


def place_findings(
    findings: Iterable[Finding],
    files: Mapping[str, Sequence[Path]],
    parents: Mapping[str, str],
    prefixes: Mapping[str, str],
    *,
    labels: Mapping[str, str] = NO_LABELS,
    with_base: bool = False,
) -> list[Finding]:
    """Give the findings with file, line and column as far as they can be known.

    ``files`` give those that describe a subject, of which the one is meant that holds the value, or else the predicate,
    or else the first; ``parents`` the node that points to a node: a nested node stands where the thing does that it is
    nested in. The place of the value, or else of the predicate, is preferred where the finding's
    path is one property. ``labels`` give for blank nodes the labels that they have in their files. With ``with_base``
    the relative IRIs of a file are resolved with the file's own IRI.
    """
    origins = _Origins(files, parents, prefixes, labels)
    told = [(finding, origins.list_files(finding), origins.list_sought(finding)) for finding in findings]
    wanted: dict[Path, dict[Sought, None]] = {}
    for finding, found, sought in told:
        for file in found if finding.line is None else ():
            wanted.setdefault(file, {}).update(dict.fromkeys(sought))
    places = {
        file: find_triples(file, sought, base=file.resolve().as_uri() if with_base else "")
        for file, sought in wanted.items()
    }
    return [_place(finding, found, sought, places) for finding, found, sought in told]


def add_ends(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings the end of the token at which they stand; those whose place or token is not known stay as they are.

    A fault of the syntax has none: the parser stopped at a character.
    """
    found = list(findings)
    wanted: dict[Path, dict[Position, None]] = {}
    for finding in found:
        if finding.file is not None and (place := _find_start(finding)):
            wanted.setdefault(finding.file, {})[place] = None
    ends = {file: find_ends(file, places) for file, places in wanted.items()}
    return [_add_end(finding, ends) for finding in found]


def _find_start(finding: Finding) -> Position | None:
    if finding.line is None or finding.column is None or finding.rule == "syntax":
        return None
    return Position(finding.line, finding.column)


def _add_end(finding: Finding, ends: Mapping[Path, Mapping[Position, int]]) -> Finding:
    place = _find_start(finding)
    end = ends[finding.file].get(place) if finding.file is not None and place is not None else None
    return finding if end is None else replace(finding, end_column=end)


def _place(
    finding: Finding,
    files: Sequence[Path],
    sought: Sequence[Sought],
    places: Mapping[Path, Mapping[Sought, Position]],
) -> Finding:
    if finding.line is not None or not files:
        return finding
    # The first of those that tell it as exactly as any.
    file = max(files, key=lambda file: _judge(sought, places[file]))
    place = next((places[file][one] for one in sought if one in places[file]), None)
    placed = replace(finding, file=file)
    return placed if place is None else replace(placed, line=place.line, column=place.column)


def _judge(sought: Sequence[Sought], here: Mapping[Sought, Position]) -> int:
    """Tell how much of what is sought stands in a file: each that is not found has the place of the one after it."""
    found = [here.get(one) for one in sought]
    return next((len(sought) - number for number, pair in enumerate(pairwise((*found, None))) if pair[0] != pair[1]), 0)


class _Origins(NamedTuple):
    files: Mapping[str, Sequence[Path]]
    parents: Mapping[str, str]
    prefixes: Mapping[str, str]
    labels: Mapping[str, str]

    def list_files(self, finding: Finding) -> Sequence[Path]:
        """Give the files in which a finding may stand: its own, or those that describe its node, or what holds that."""
        if finding.file is not None:
            return (finding.file,)
        names = (name for node in self.climb(finding.focus) for name in (node, node.partition("#")[0]))
        return next((self.files[name] for name in names if name in self.files), ())

    def list_sought(self, finding: Finding) -> list[Sought]:
        """Give what to look for, the best place first."""
        nodes = list(self.climb(finding.focus))
        value = None if finding.value is None else read_value(finding.value)
        ends = (value, None) if value is not None else (None,)
        sought: list[Sought] = [
            (nodes[0], predicate, end) for predicate in self.read_path(finding) for end in ends if nodes
        ]
        sought += [(node, None, None) for node in nodes]
        # A blank node is called by a label of ours: in its file it has another one, or none.
        names = {node: self.labels.get(node) if node.startswith("_:") else node for node in nodes}
        named = ((names[node], predicate, value) for node, predicate, value in sought)
        return [(name, predicate, value) for name, predicate, value in named if name is not None]

    def climb(self, node: str | None) -> Iterator[str]:
        """Give the node, the one that it is nested in, and so on up."""
        for _ in range(DEEPEST_NODE):
            if node is None:
                return
            yield node
            node = self.parents.get(node)

    def read_path(self, finding: Finding) -> list[str]:
        """Give the IRI of a path that is one property."""
        if finding.path is None:
            return []
        try:
            return [expand_curie(finding.path, self.prefixes).value]
        except CallError:
            return []
