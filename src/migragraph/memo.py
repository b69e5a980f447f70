"""Memos: what a function gave for a key, kept for the next time it is asked, up to a number of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Memo"]

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """Give ``memo[key]`` by a function, and keep it; where there are too many, all are forgotten and made again.

    What tells of a hundred thousand things so stays in a memory that does not grow with them.
    """

    def __init__(self, make: Callable[[Key], Value], limit: int = 20_000) -> None:
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, key: Key) -> Value:
        """Make what is not kept."""
        value = self._make(key)
        if len(self) >= self._limit:
            self.clear()
        self[key] = value
        return value
