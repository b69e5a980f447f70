"""Garbage collection: put off while what is made stays."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["pause_collection"]


@contextlib.contextmanager
def pause_collection() -> Iterator[None]:
    """Collect no garbage: a build makes millions of small values that stay, and going over them took half its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
