"""The browser libraries: scripts bundled from npm when the project is set up, in the folder ``vendor``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["FOLDER", "has_libraries", "vendor_files"]

FOLDER = "assets/vendor"
"""Where the libraries lie in the site."""

_MANIFEST = "vendor.json"


def has_libraries() -> bool:
    """Tell whether the libraries are there."""
    return (_folder() / _MANIFEST).is_file()


def vendor_files() -> dict[str, bytes] | None:
    """Give the libraries, their licences and the list of what is in them, by path in the site; None without them."""
    if not has_libraries():
        return None
    paths = (path for path in sorted(_folder().iterdir()) if not path.name.startswith("."))
    return {f"{FOLDER}/{path.name}": path.read_bytes() for path in paths}


def _folder() -> Path:
    return Path(str(files(__package__))) / "vendor"
