"""The machine-readable migration profile, and the publisher that turns such a graph into linked data.

>>> from migragraph import Project
>>> project = Project.find()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migragraph.project import Project

__all__ = ["Project", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import the library's one door only when it is asked for, so that a command starts at once."""
    if name == "Project":
        from migragraph.project import Project

        return Project
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
