"""The data of the search: a classic script that sets one global, since a page on a disk may read nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from migragraph.labels import Labels
from migragraph.site.scripts import make_script
from migragraph.site.search.entries import Entry
from migragraph.wording import find_term

__all__ = ["DATA", "LIMIT", "render_search_data"]

DATA = "assets/search-data.js"
"""Where the data lie in the site."""

LIMIT = 20_000
"""How many things a browser is asked to search; docs/search-and-sparql.md tells what was measured."""


def render_search_data(
    entries: Sequence[Entry], labels: Labels, base: str, languages: Sequence[str]
) -> dict[str, bytes]:
    """Render the data of the search: the names of the kinds, and of each thing its names, numbers and place."""
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(one.kind for one in entries if one.kind))}
    data = {
        "base": base,
        "kinds": [{tag: find_term(kind, tag) or labels.find(kind, tag).text for tag in languages} for kind in kinds],
        "things": [_write(entry, None if entry.kind is None else kinds[entry.kind], labels, base) for entry in entries],
    }
    return {DATA: make_script("MigragraphSearch", data)}


def _write(entry: Entry, kind: int | None, labels: Labels, base: str) -> Mapping[str, Any]:
    return {
        "id": entry.iri.value.removeprefix(base),
        "curie": labels.shorten(entry.iri),
        "path": entry.path,
        "anchor": entry.anchor,
        "kind": kind,
        "labels": dict(entry.labels),
        "others": entry.others,
        "numbers": entry.numbers,
    }
