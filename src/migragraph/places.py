"""Put findings at their places: the file in which a node is described, and the line and column there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
    origin: Mapping[str, Path],
    parents: Mapping[str, str],
    prefixes: Mapping[str, str],
    *,
    labels: Mapping[str, str] = NO_LABELS,
    with_base: bool = False,
) -> list[Finding]:
    """Give the findings with file, line and column as far as they can be known.

    ``origin`` gives the file of a subject; ``parents`` the node that points to a node: a nested node stands where the
    thing does that it is nested in. The place of the value, or else of the predicate, is preferred where the finding's
    path is one property. ``labels`` give for blank nodes the labels that they have in their files. With ``with_base``
    the relative IRIs of a file are resolved with the file's own IRI.
    """
    origins = _Origins(origin, parents, prefixes, labels)
    located = [replace(finding, file=finding.file or origins.find_file(finding)) for finding in findings]
    wanted: dict[Path, dict[Sought, None]] = {}
    for finding in located:
        if finding.file is not None and finding.line is None:
            wanted.setdefault(finding.file, {}).update(dict.fromkeys(origins.list_sought(finding)))
    places = {
        file: find_triples(file, sought, base=file.resolve().as_uri() if with_base else "")
        for file, sought in wanted.items()
    }
    return [_place(finding, origins.list_sought(finding), places) for finding in located]


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


def _place(finding: Finding, sought: Iterable[Sought], places: Mapping[Path, Mapping[Sought, Position]]) -> Finding:
    if finding.file is None or finding.line is not None:
        return finding
    here = places[finding.file]
    place = next((here[one] for one in sought if one in here), None)
    return finding if place is None else replace(finding, line=place.line, column=place.column)


class _Origins(NamedTuple):
    origin: Mapping[str, Path]
    parents: Mapping[str, str]
    prefixes: Mapping[str, str]
    labels: Mapping[str, str]

    def find_file(self, finding: Finding) -> Path | None:
        names = (name for node in self.climb(finding.focus) for name in (node, node.partition("#")[0]))
        return next((self.origin[name] for name in names if name in self.origin), None)

    def list_sought(self, finding: Finding) -> list[Sought]:
        """Give what to look for, the best place first."""
        nodes = list(self.climb(finding.focus))
        value = None if finding.value is None else read_value(finding.value)
        sought: list[Sought] = [(nodes[0], predicate, value) for predicate in self.read_path(finding) if nodes]
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
