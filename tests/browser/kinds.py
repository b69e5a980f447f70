"""One page of each kind of a site: those that differ in what they show, not in what they are about."""

from __future__ import annotations

from pathlib import Path

__all__ = ["SUFFIXES", "list_kinds", "list_pages"]

SUFFIXES = {"en": ".html", "vi": ".vi.html"}
_ALL_OF = ("", "model")
"""The folders in which each page is of its own kind."""


def list_pages(folder: Path) -> list[str]:
    """List the pages of a site, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def list_kinds(folder: Path) -> dict[str, list[str]]:
    """List, by language, a page of each kind: of a folder of things the largest, which has most to show."""
    found: dict[str, list[str]] = {}
    for language, suffix in SUFFIXES.items():
        pages = [name for name in list_pages(folder) if name.endswith(".vi.html") == (language == "vi")]
        largest: dict[str, tuple[int, str]] = {}
        for name in pages:
            place = name.rpartition("/")[0]
            kind = name if place in _ALL_OF else "scheme/concept" if place.startswith("scheme/") else place
            # By its file in English, so that each language has the same pages.
            size = (folder / (name.removesuffix(suffix) + ".html")).stat().st_size
            largest[kind] = max(largest.get(kind, (0, "")), (size, name))
        found[language] = sorted(name for _, name in largest.values())
    return found
