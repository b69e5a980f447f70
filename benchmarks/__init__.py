"""Benchmarks: what the project is to do fast, timed beside its peers; each is a script to be run by itself."""

from __future__ import annotations

import compileall
import importlib.util

__all__ = ["compile_package"]


def compile_package() -> None:
    """Compile the modules of the package, as pip does where it installs it: no run is to do it again."""
    found = importlib.util.find_spec("migragraph")
    for folder in (found and found.submodule_search_locations) or ():
        compileall.compile_dir(folder, quiet=1)
