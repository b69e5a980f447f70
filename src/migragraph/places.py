"""Put findings at their places: the file in which a node is described, and the line and column there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from migragraph.errors import CallError
from migragraph.iris import expand_curie
from migragraph.positions import Position, find_ends, find_positions
from migragraph.report import Finding

__all__ = ["add_ends", "place_findings"]

# A node may be nested in a node nested in a thing; no deeper than this is anything authored.
DEEPEST_NODE = 16

Pair: TypeAlias = tuple[str, str | None]


def place_findings(
    findings: Iterable[Finding],
    origin: Mapping[str, Path],
    parents: Mapping[str, str],
    prefixes: Mapping[str, str],
    *,
    with_base: bool = False,
) -> list[Finding]:
    """Give the findings with file, line and column as far as they can be known.

    ``origin`` gives the file of a subject; ``parents`` the node that points to a node: a nested node stands where the
    thing does that it is nested in. A predicate's place is preferred where the finding's path is one property. With
    ``with_base`` the relative IRIs of a file are resolved with the file's own IRI.
    """
    origins = _Origins(origin, parents, prefixes)
    located = [replace(finding, file=finding.file or origins.find_file(finding)) for finding in findings]
    wanted: dict[Path, dict[Pair, None]] = {}
    for finding in located:
        if finding.file is not None and finding.line is None:
            wanted.setdefault(finding.file, {}).update(dict.fromkeys(origins.list_pairs(finding)))
    places = {
        file: find_positions(file, pairs, base=file.resolve().as_uri() if with_base else "")
        for file, pairs in wanted.items()
    }
    return [_place(finding, origins.list_pairs(finding), places) for finding in located]


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


def _place(finding: Finding, pairs: Iterable[Pair], places: Mapping[Path, Mapping[Pair, Position]]) -> Finding:
    if finding.file is None or finding.line is not None:
        return finding
    here = places[finding.file]
    place = next((here[pair] for pair in pairs if pair in here), None)
    return finding if place is None else replace(finding, line=place.line, column=place.column)


class _Origins(NamedTuple):
    origin: Mapping[str, Path]
    parents: Mapping[str, str]
    prefixes: Mapping[str, str]

    def find_file(self, finding: Finding) -> Path | None:
        names = (name for node in self.climb(finding.focus) for name in (node, node.partition("#")[0]))
        return next((self.origin[name] for name in names if name in self.origin), None)

    def list_pairs(self, finding: Finding) -> list[Pair]:
        """Give what to look for, the best place first."""
        nodes = list(self.climb(finding.focus))
        pairs = [*((nodes[0], predicate) for predicate in self.read_path(finding)), *((node, None) for node in nodes)]
        # The label of a blank node is one that we gave it: in the file it is none, or another node's.
        return [(node, predicate) for node, predicate in pairs if not node.startswith("_:")]

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
