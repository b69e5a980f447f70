"""Looking: what is left of the last build of a site, found while the data are read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path

from migragraph.forking import do_apart

__all__ = ["MANIFEST", "look_beside"]

MANIFEST = ".migragraph-site.json"
"""The file in the folder of a site that lists the others."""

_MANY = 1_000_000
"""The bytes of a list of files that take longer to look for than a process to start."""


def look_beside(
    folder: Path, look: Callable[[Path], Collection[str]]
) -> AbstractContextManager[Callable[[], Collection[str]]]:
    """Begin to look for the files of a site in a copy of this process; give what waits for the list of those missing.

    ``look`` gives the list. A site of few files is looked through where the list is asked for.
    """
    try:
        size = (folder / MANIFEST).stat().st_size
    except OSError:
        size = 0
    return do_apart(lambda: look(folder), is_worthwhile=size > _MANY)
